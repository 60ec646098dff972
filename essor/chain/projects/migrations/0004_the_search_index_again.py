from django.db import migrations

from essor.common.full_text import index_again


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_hidden_with_a_reason_and_offers_of_help")]

    operations = [index_again("projects_project")]
