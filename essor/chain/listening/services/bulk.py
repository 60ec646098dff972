"""Inserting very many rows with keys known beforehand, on SQLite and PostgreSQL."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """Primary keys nobody else will take. On SQLite the caller is inside a write transaction, and uses them
    before asking again."""
    table = model._meta.db_table
    if not count:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            first = (row[0] if row else 0) + 1
            return list(range(first, first + count))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [row[0] for row in cursor.fetchall()]


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values that are ready for the database, in the order of ``fields``."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in fields)
    holes = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({holes})",  # noqa: S608 our own names
            list(rows),
        )


def moment_for_database(moment: datetime) -> Any:
    """A moment as this database takes it."""
    return connection.ops.adapt_datetimefield_value(moment)
