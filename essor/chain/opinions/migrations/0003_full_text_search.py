from django.db import migrations

from essor.common.full_text import index


class Migration(migrations.Migration):
    dependencies = [("opinions", "0002_votes_are_append_only")]

    operations = [index("opinions_statement")]
