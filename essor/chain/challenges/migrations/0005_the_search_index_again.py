from django.db import migrations

from essor.common.full_text import index_again


class Migration(migrations.Migration):
    dependencies = [("challenges", "0004_where_it_stood_before_it_was_hidden")]

    operations = [index_again("challenges_challenge")]
