"""The `essor` command: finds the subcommand, prepares what it needs, and says plainly what went wrong."""

import difflib
import importlib
import os
import sys
from collections.abc import Sequence

from essor.console.registry import COMMANDS, Command, find
from essor.console.words import _


def _help() -> str:
    here = [each for each in COMMANDS if each.is_here]
    width = max(len(each.name) for each in here)
    lines = [f"  {each.name.ljust(width)}  {each.summary}" for each in here]
    return "\n".join(
        [
            _("Essor : de toute voix à ce qu’elle est devenue."),
            "",
            _("Usage : essor COMMANDE [options]"),
            "",
            *lines,
            "",
            _("« essor COMMANDE --help » dit tout d’une commande."),
        ]
    )


def _load_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essor.config.settings.dev")
    importlib.import_module("django").setup()


def _run(command: Command, arguments: Sequence[str]) -> int:
    if command.needs_django:
        _load_django()
    function = getattr(importlib.import_module(command.module), command.function)
    return int(function(list(arguments)) or 0)


def _unknown(name: str) -> int:
    print(_("essor : « %(name)s » n’est pas une commande.") % {"name": name}, file=sys.stderr)
    near = difflib.get_close_matches(name, [each.name for each in COMMANDS if each.is_here], n=1)
    if near:
        print(_("Vouliez-vous dire « essor %(name)s » ?") % {"name": near[0]}, file=sys.stderr)
    print(_("Tapez « essor --help » pour la liste des commandes."), file=sys.stderr)
    return 2


def _explain(problem: Exception) -> int:
    """Database not prepared, file not found…: one line that says what to do; the rest with ESSOR_TRACE=1."""
    if os.environ.get("ESSOR_TRACE"):
        raise problem
    kind = type(problem).__name__
    text = str(problem).strip() or kind
    if kind == "OperationalError" and ("no such table" in text or "does not exist" in text):
        text = _("La base de données n’est pas prête : lancez « essor prepare » d’abord.")
    elif isinstance(problem, FileNotFoundError) and problem.filename:
        text = _("Le fichier « %(file)s » est introuvable.") % {"file": problem.filename}
    print(f"essor : {text}", file=sys.stderr)
    print(_("(Pour le détail technique : ESSOR_TRACE=1.)"), file=sys.stderr)
    return 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code: 0 done, 1 not possible, 2 misused."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in {"-h", "--help", "help"}:
        print(_help())
        return 0
    command = find(given[0])
    if command is None:
        return _unknown(given[0])
    try:
        return _run(command, given[1:])
    except KeyboardInterrupt:
        print(_("Interrompu."), file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    except Exception as problem:
        return _explain(problem)


if __name__ == "__main__":
    sys.exit(main())
