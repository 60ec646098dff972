from django.db import migrations

from essor.common.full_text import index


class Migration(migrations.Migration):
    dependencies = [("needs", "0002_their_keys")]

    operations = [index("needs_need")]
