from django.db import migrations

from essor.common.full_text import index


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_the_first_tables")]

    operations = [index("directory_actor")]
