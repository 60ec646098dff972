"""Inserting very many rows with keys known beforehand, on SQLite and PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection, models

ROWS_A_STATEMENT = 250


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


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of values that are ready for the database, in the order of ``fields``.

    Many rows a statement: the full-text index is flushed once a statement, and is four times faster so.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in fields)
    holes = f"({', '.join(['%s'] * len(fields))})"
    start = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 our own names
    with connection.cursor() as cursor:
        for first in range(0, len(rows), ROWS_A_STATEMENT):
            part = rows[first : first + ROWS_A_STATEMENT]
            cursor.execute(start + ", ".join([holes] * len(part)), list(chain.from_iterable(part)))


def moment_for_database(moment: datetime) -> Any:
    """A moment as this database takes it."""
    return connection.ops.adapt_datetimefield_value(moment)
