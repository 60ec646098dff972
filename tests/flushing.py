"""Emptying the tables between tests that commit, although the database refuses to empty some of them."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

_MARK = "append-only"


def let_tests_flush() -> None:
    """From now on Django's flush lifts the append-only protection, and puts it back at once."""
    ops = connection.ops
    flush = ops.execute_sql_flush

    def lifted(statements: Iterable[str]) -> Any:
        if connection.vendor == "postgresql":
            return flush([
                "SET session_replication_role = replica",
                *statements,
                "SET session_replication_role = DEFAULT",
            ])  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s", [f"%{_MARK}%"]
            )
            triggers = cursor.fetchall()
        drops = [f"DROP TRIGGER {name}" for name, _sql in triggers]
        return flush([*drops, *statements, *(sql for _name, sql in triggers)])

    ops.execute_sql_flush = lifted
