"""Making the database itself refuse to change or delete rows of a table."""

from typing import Any

from django.db import migrations


def _protect(table: str) -> Any:
    def run(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        if vendor == "sqlite":
            for act in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_refuses_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            schema_editor.execute(
                f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} is append-only' "
                f"USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only()"
            )

    return run


def _release(table: str) -> Any:
    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for act in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{act}")
        else:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_is_append_only() CASCADE")

    return run


def _protect_from_replacing(table: str, keys: tuple[str, ...]) -> Any:
    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            return  # PostgreSQL has no REPLACE, and its ON CONFLICT … DO UPDATE is an update
        same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
        there = f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608 names of our own models
        schema_editor.execute(
            f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS ({there}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )

    return run


def _release_replacing(table: str) -> Any:
    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_replace")

    return run


def refuse_replacing(table: str, *keys: str) -> migrations.RunPython:
    """A migration operation: a row of ``table`` cannot be written over another with one of its unique keys.

    On SQLite, REPLACE deletes the row in its way without waking the trigger that refuses deletions.
    """
    return migrations.RunPython(_protect_from_replacing(table, keys), _release_replacing(table))


def refuse_changes(table: str) -> migrations.RunPython:
    """A migration operation: from now on rows of ``table`` can only be added.

    On PostgreSQL TRUNCATE is refused as well. ``table`` is a name from our own models, never user input.
    """
    return migrations.RunPython(_protect(table), _release(table))
