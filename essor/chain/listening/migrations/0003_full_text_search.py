from django.db import migrations

from essor.common.full_text import index


class Migration(migrations.Migration):
    dependencies = [("listening", "0002_their_keys")]

    operations = [index("listening_contribution")]
