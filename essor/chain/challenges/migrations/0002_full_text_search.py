from django.db import migrations

from essor.common.full_text import index


class Migration(migrations.Migration):
    dependencies = [("challenges", "0001_the_first_tables")]

    operations = [index("challenges_challenge")]
