"""`essor map PATH`: a map of opinions from a Polis export or a plain table of votes, without the site."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tqdm import tqdm

from essor.console.opinion_map_report import render_report
from essor.console.opinion_map_words import direction_words, group_name, people, reason_words, step_title
from essor.console.words import _
from essor.engines.opinion_map.draw import draw_map
from essor.engines.opinion_map.errors import BadRequest, BadVotes, NoVotes
from essor.engines.opinion_map.result import OpinionMap
from essor.engines.opinion_map.votes import Votes, votes_from_events
from essor.outside.issues import RowIssue, UnreadableFile
from essor.outside.polis import is_polis, read_polis
from essor.outside.vote_matrix import read_vote_matrix

DONE, FAILED, MISUSED = 0, 1, 2


@dataclass(frozen=True)
class Reading:
    """The votes of a folder or a file, the words of statements where they are known, and what went wrong."""

    votes: Votes
    moderated: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[tuple[str, RowIssue], ...] = ()


def draw(argv: Sequence[str]) -> int:
    """Run the command; the number returned is the exit code."""
    options = _parser().parse_args(argv)
    try:
        reading = read_votes(options.path)
        found = _with_progress(reading, options)
    except FileNotFoundError:
        return _refuse(_("Le chemin « %(path)s » est introuvable.") % {"path": options.path}, MISUSED)
    except UnreadableFile as problem:
        return _refuse(str(problem), FAILED)
    except NoVotes:
        return _refuse(_("Aucun vote à dessiner : le fichier est vide, ou tout est écarté."), FAILED)
    except (BadRequest, BadVotes) as problem:
        return _refuse(str(problem), FAILED)
    _write(found, reading, options)
    print(summary(found, reading))
    return DONE


def _refuse(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="essor map",
        description=_("Dessine la carte des opinions d’un export Polis ou d’un tableau de votes."),
    )
    where = _("dossier d’un export Polis, ou tableau CSV : une ligne par participant, une colonne par énoncé")
    parser.add_argument("path", type=Path, metavar=_("CHEMIN"), help=where)
    parser.add_argument(
        "--groups",
        type=_groups,
        default="auto",
        metavar="auto|K",
        help=_("nombre de groupes, de 2 à 20, ou auto"),
    )
    parser.add_argument("--seed", type=int, default=0, help=_("graine : la même donne le même résultat"))
    mode = _("default, ou polis pour suivre à la lettre les règles publiées de Polis")
    parser.add_argument("--mode", choices=("default", "polis"), default="default", help=mode)
    parser.add_argument(
        "--json", type=Path, metavar=_("FICHIER"), help=_("écrire le résultat complet en JSON")
    )
    parser.add_argument("--html", type=Path, metavar=_("FICHIER"), help=_("écrire un rapport à lire"))
    parser.add_argument("--quiet", action="store_true", help=_("sans barre d’avancement"))
    return parser


def _groups(value: str) -> Literal["auto"] | int:
    if value == "auto":
        return "auto"
    if value.isdecimal() and 2 <= int(value) <= 20:
        return int(value)
    message = _("« %(value)s » : écrivez auto, ou un nombre de groupes de 2 à 20.")
    raise argparse.ArgumentTypeError(message % {"value": value})


def read_votes(path: Path) -> Reading:
    """A folder is an export of Polis; a file is one of its files or a plain table."""
    if not path.exists():
        raise FileNotFoundError(path)
    if path.is_dir() or is_polis(path):
        found = read_polis(path)
        everybody = (each.id for each in found.participants or ())
        votes = votes_from_events(found.log(), participants=everybody, statements=found.statements)
        return Reading(votes, found.moderated_out, found.bodies, found.issues)
    table = read_vote_matrix(path)
    votes = votes_from_events(table.log(), participants=table.participants, statements=table.statements)
    return Reading(votes, issues=tuple((path.name, each) for each in table.issues))


def _with_progress(reading: Reading, options: argparse.Namespace) -> OpinionMap:
    bar = tqdm(total=100, disable=options.quiet or None, bar_format="{desc:<32}{bar:30} {percentage:3.0f} %")

    def tell(share: float, step: str) -> None:
        bar.set_description_str(step_title(step))
        bar.update(round(100 * share) - bar.n)

    with bar:
        return draw_map(
            reading.votes,
            mode=options.mode,
            groups=options.groups,
            seed=options.seed,
            moderated=reading.moderated,
            progress=tell,
        )


def _write(found: OpinionMap, reading: Reading, options: argparse.Namespace) -> None:
    if options.json:
        text = json.dumps(found.to_dict(), ensure_ascii=False, indent=1, allow_nan=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    if options.html:
        name = options.path.resolve().name
        options.html.write_text(render_report(found, reading.texts, source=name), encoding="utf-8")


def summary(found: OpinionMap, reading: Reading) -> str:
    """What the terminal shows: each group, who is in none, what all agree on, what could not be read."""
    lines = [
        _("%(people)d participants, %(statements)d énoncés, %(votes)d votes, %(groups)d groupes.")
        % {
            "people": len(found.participants),
            "statements": len(found.statements),
            "votes": found.votes,
            "groups": len(found.groups),
        }
    ]
    largest = max((group.size for group in found.groups), default=1)
    for group in found.groups:
        bar = "█" * max(1, round(20 * group.size / largest))
        lines.append(f"{people(group.size):>8}  {bar:<20}  {group_name(group.id)}")
    asides = found.participants.not_grouped()
    lines += [f"{people(count):>8}  {reason_words(reason)}" for reason, count in asides.items()]
    if found.consensus:
        lines.append(_("Accord de tous les groupes :"))
        lines += [
            f"  {_brief(reading, each.statement)} ({direction_words(each.direction)})"
            for each in found.consensus[:3]
        ]
    lines += _problems(reading)
    return "\n".join(lines)


def _brief(reading: Reading, statement: str) -> str:
    words = " ".join(reading.texts.get(statement, "").split())
    told = words if len(words) <= 90 else words[:89] + "…"
    return f"{statement} · {told}" if told else statement


def _problems(reading: Reading) -> Iterator[str]:
    if reading.issues:
        file, issue = reading.issues[0]
        yield _(
            "%(count)d remarques de lecture ; la première, %(file)s ligne %(line)d : %(reason)s %(mend)s"
        ) % {
            "count": len(reading.issues),
            "file": file,
            "line": issue.line,
            "reason": issue.reason,
            "mend": issue.mend,
        }
