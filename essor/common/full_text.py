"""Full-text search on a column of normalised, stemmed words: the same matches on SQLite and PostgreSQL.

SQLite: an FTS5 table that takes its content from the source table, kept in step by triggers.
PostgreSQL: a GIN index on ``to_tsvector('simple', column)``. Both hold what ``search_text`` made.
"""

from typing import Any, TypeVar

from django.db import connection, migrations, models

from essor.common.text import search_words

M = TypeVar("M", bound=models.Model)


def matching(rows: "models.QuerySet[M]", asked: str, column: str = "search") -> "models.QuerySet[M]":
    """Rows whose column holds every word asked for (stems; the last word may be unfinished).

    A question without any word gives all rows back.
    """
    words = search_words(asked)[:12]
    if not words:
        return rows
    table = rows.model._meta.db_table
    if connection.vendor == "sqlite":
        query = " ".join(f'"{word}"' for word in words[:-1]) + f' "{words[-1]}"*'
        condition = f"{table}.id IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s)"
    else:
        query = " & ".join(f"'{word}'" for word in words[:-1])
        query = f"{query} & '{words[-1]}':*" if query else f"'{words[-1]}':*"
        condition = f"to_tsvector('simple', {table}.{column}) @@ to_tsquery('simple', %s)"
    return rows.extra(where=[condition], params=[query])


def forget_gone_words(model: type[models.Model]) -> None:
    """Leave nothing in the files of the index of words that rows no longer hold.

    FTS5 only marks them as gone until its pieces are merged, so they are merged, and the journal of SQLite
    is emptied. PostgreSQL cleans its own index (autovacuum).
    """
    if connection.vendor != "sqlite":
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('optimize')")
        if not connection.in_atomic_block:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _create(table: str, column: str) -> Any:
    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            schema_editor.execute(
                f"CREATE INDEX {table}_fts ON {table} USING gin (to_tsvector('simple', {column}))"
            )
            return
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5({column}, content='{table}', content_rowid='id', "
            f"tokenize='unicode61')"
        )
        add = f"INSERT INTO {table}_fts(rowid, {column}) VALUES (new.id, new.{column});"
        drop = (
            f"INSERT INTO {table}_fts({table}_fts, rowid, {column}) VALUES ('delete', old.id, old.{column});"
        )
        schema_editor.execute(f"CREATE TRIGGER {table}_fts_added AFTER INSERT ON {table} BEGIN {add} END")
        schema_editor.execute(f"CREATE TRIGGER {table}_fts_deleted AFTER DELETE ON {table} BEGIN {drop} END")
        schema_editor.execute(
            f"CREATE TRIGGER {table}_fts_changed AFTER UPDATE OF {column} ON {table} BEGIN {drop} {add} END"
        )

    return run


def _drop(table: str) -> Any:
    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for what in ("added", "deleted", "changed"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_fts_{what}")
            schema_editor.execute(f"DROP TABLE IF EXISTS {table}_fts")
        else:
            schema_editor.execute(f"DROP INDEX IF EXISTS {table}_fts")

    return run


def index(table: str, column: str = "search") -> migrations.RunPython:
    """A migration operation: index ``column`` of ``table`` for ``matching``."""
    return migrations.RunPython(_create(table, column), _drop(table))


def index_again(table: str, column: str = "search") -> migrations.RunPython:
    """A migration operation, to write after one that alters ``table``.

    SQLite rebuilds a table to alter it, and its triggers go with the old one: the index is made again from
    the rows. PostgreSQL keeps its own.
    """

    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            _drop(table)(apps, schema_editor)
            _create(table, column)(apps, schema_editor)
            schema_editor.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")

    return migrations.RunPython(run, migrations.RunPython.noop)
