from django.db import migrations

from essor.common.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_their_keys")]

    operations = [
        refuse_changes("ledger_fact"),
        refuse_changes("ledger_link"),
        refuse_changes("ledger_linkend"),
    ]
