from django.db import migrations

from essor.common.full_text import index_again


class Migration(migrations.Migration):
    dependencies = [("challenges", "0003_hidden_with_a_reason")]

    operations = [index_again("challenges_challenge")]
