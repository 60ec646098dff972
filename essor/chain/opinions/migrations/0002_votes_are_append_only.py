from django.db import migrations

from essor.common.append_only import refuse_changes, refuse_replacing


class Migration(migrations.Migration):
    dependencies = [("opinions", "0001_the_first_tables")]

    operations = [
        refuse_changes("opinions_vote"),
        refuse_replacing("opinions_vote", "id"),
    ]
