"""`essor tally FILE.json`: counts a decision exactly, and says how, without the site."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from essor.console.tally_reading import Misread, read_and_count
from essor.console.tally_words import problem_words, report
from essor.console.words import _
from essor.engines.tally.errors import TallyError

DONE, FAILED, MISUSED = 0, 1, 2


def tally(argv: Sequence[str]) -> int:
    """Run the command; the number returned is the exit code."""
    options = _parser().parse_args(argv)
    try:
        found = read_and_count(options.path)
    except FileNotFoundError:
        return _refuse(_("Le chemin « %(path)s » est introuvable.") % {"path": options.path}, MISUSED)
    except OSError:
        return _refuse(_("Le fichier « %(path)s » ne peut pas être lu.") % {"path": options.path}, MISUSED)
    except Misread as problem:
        return _refuse(str(problem), MISUSED)
    except TallyError as problem:
        return _refuse(problem_words(problem), MISUSED)
    if options.json:
        text = json.dumps(found.to_dict(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        try:
            options.json.write_text(text, encoding="utf-8")
        except OSError:
            message = _("Le fichier « %(path)s » ne peut pas être écrit.") % {"path": options.json}
            return _refuse(message, FAILED)
    else:
        print(report(found))
    return DONE


def _refuse(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="essor tally", description=_("Dépouille une décision, exactement, et dit comment.")
    )
    parser.add_argument("path", type=Path, metavar=_("FICHIER"), help=_("le vote, en JSON"))
    parser.add_argument(
        "--json", type=Path, metavar=_("FICHIER"), help=_("écrire le résultat complet en JSON")
    )
    return parser
