from django.db import migrations

from essor.common.full_text import index


class Migration(migrations.Migration):
    dependencies = [("alliances", "0001_the_first_tables")]

    operations = [index("alliances_alliance")]
