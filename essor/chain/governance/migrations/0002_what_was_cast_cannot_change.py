from django.db import migrations

from essor.common.append_only import refuse_changes, refuse_replacing

TABLES = ("sharemovement", "signature", "openvote", "sealedenvelope", "urnballot")


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_the_first_tables")]

    operations = [
        operation
        for table in TABLES
        for operation in (
            refuse_changes(f"governance_{table}"),
            refuse_replacing(f"governance_{table}", "id"),
        )
    ]
