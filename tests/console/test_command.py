"""The `essor` command itself."""

from pathlib import Path

import pytest

from essor.console import __main__ as command
from essor.console.registry import COMMANDS


def test_help_lists_each_command_with_what_it_does(capsys):
    assert command.main(["--help"]) == 0
    shown = capsys.readouterr().out
    for each in COMMANDS:
        if each.is_here:
            assert each.name in shown
            assert each.summary in shown


def test_a_mistyped_command_is_told_the_nearest_one(capsys):
    assert command.main(["serv"]) == 2
    assert "essor serve" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named_without_a_trace(monkeypatch, capsys):
    def missing(_command, _arguments):
        Path("/nowhere/voix.csv").read_text()

    monkeypatch.setattr(command, "_run", missing)
    assert command.main(["serve"]) == 1
    shown = capsys.readouterr().err
    assert "/nowhere/voix.csv" in shown
    assert "Traceback" not in shown


def test_a_database_that_is_not_ready_says_what_to_run(monkeypatch, capsys):
    class OperationalError(Exception):
        pass

    def unprepared(_command, _arguments):
        raise OperationalError("no such table: people_person")

    monkeypatch.setattr(command, "_run", unprepared)
    assert command.main(["serve"]) == 1
    assert "essor prepare" in capsys.readouterr().err


@pytest.mark.parametrize("each", [each for each in COMMANDS if each.is_here], ids=lambda each: each.name)
def test_each_command_in_the_table_has_its_function(each):
    module = command.importlib.import_module(each.module)
    assert callable(getattr(module, each.function))
