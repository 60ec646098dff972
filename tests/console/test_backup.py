"""A copy of the database."""

import sqlite3

import pytest
from django.db import connection

from essor.console.backup import backup

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own tool")
def test_the_copy_holds_what_the_database_holds(tmp_path, territory, capsys):
    out = tmp_path / "copy.sqlite3"
    assert backup([str(out)]) == 0
    with sqlite3.connect(out) as copy:
        assert copy.execute("SELECT name FROM territories_territory").fetchall() == [(territory.name,)]
    copy.close()
    assert str(out) in capsys.readouterr().out


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own tool")
def test_a_file_that_exists_is_never_overwritten(tmp_path, capsys):
    out = tmp_path / "precious"
    out.write_text("precious")
    assert backup([str(out)]) == 1
    assert out.read_text() == "precious"
    assert "existe déjà" in capsys.readouterr().err


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite is copied by Essor itself")
def test_with_postgresql_one_is_told_which_command_to_use(tmp_path, capsys):
    assert backup([str(tmp_path / "copy")]) == 1
    assert "pg_dump" in capsys.readouterr().err
