from django.db import migrations

from essor.common.append_only import refuse_replacing


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_append_only")]

    operations = [
        refuse_replacing("ledger_fact", "id"),
        refuse_replacing("ledger_link", "id"),
        refuse_replacing("ledger_linkend", "id", "link_id"),
    ]
