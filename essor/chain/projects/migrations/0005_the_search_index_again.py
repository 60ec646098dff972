from django.db import migrations

from essor.common.full_text import index_again


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_where_it_stood_before_it_was_hidden")]

    operations = [index_again("projects_project")]
