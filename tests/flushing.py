"""Emptying the tables between tests that commit, although the database refuses to empty some of them."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

_MARK = "append-only"


def let_tests_flush() -> None:
    """From now on Django's flush lifts the append-only protection, and puts it back at once.

    Every connection of the thread learns it: once a browser runs its loop here, Django opens another one.
    """
    kind = type(connection.ops)
    flush = kind.execute_sql_flush
    if getattr(flush, "lifts", False):
        return

    def lifted(ops: Any, statements: Iterable[str]) -> Any:
        if ops.connection.vendor == "postgresql":
            return flush(ops, [
                "SET session_replication_role = replica",
                *statements,
                "SET session_replication_role = DEFAULT",
            ])  # fmt: skip
        with ops.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s", [f"%{_MARK}%"]
            )
            triggers = cursor.fetchall()
        drops = [f"DROP TRIGGER {name}" for name, _sql in triggers]
        return flush(ops, [*drops, *statements, *(sql for _name, sql in triggers)])

    lifted.lifts = True  # type: ignore[attr-defined]
    kind.execute_sql_flush = lifted  # type: ignore[method-assign]
