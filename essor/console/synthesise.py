"""`essor synthesise FILE --text COLUMN`: group the texts of a table, without the site or a database."""

import argparse
import difflib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from essor.console.synthesis_report import render_report
from essor.console.synthesis_words import reason_words, step_title
from essor.console.words import _
from essor.engines.synthesis.errors import SynthesisError, TooFewTexts
from essor.engines.synthesis.result import Grain, SynthesisResult
from essor.engines.synthesis.synthesise import synthesise as group_texts
from essor.outside.issues import UnreadableFile
from essor.outside.sentence_encoder import sentence_encoder
from essor.outside.spreadsheets import open_table

DONE, FAILED, MISUSED = 0, 1, 2


class Misused(Exception):
    """The command was called with something that does not fit the file; the message says what to write."""


@dataclass(frozen=True)
class Reading:
    """The texts of one column with the identifiers of another (or the line numbers), and what was skipped."""

    texts: list[str]
    ids: list[str]
    skipped: int
    first_problem: str


def synthesise(argv: Sequence[str]) -> int:
    """Run the command; the number returned is the exit code."""
    options = _parser().parse_args(argv)
    try:
        reading = read_texts(options.file, options.text, options.id)
        result = _with_progress(reading, options)
    except FileNotFoundError:
        return _refuse(_("Le fichier « %(file)s » est introuvable.") % {"file": options.file}, MISUSED)
    except Misused as problem:
        return _refuse(str(problem), MISUSED)
    except UnreadableFile as problem:
        return _refuse(str(problem), FAILED)
    except TooFewTexts as problem:
        message = _("Il faut au moins %(needed)d textes lisibles ; il y en a %(found)d dans cette colonne.")
        return _refuse(message % {"needed": problem.needed, "found": problem.found}, FAILED)
    except SynthesisError as problem:
        return _refuse(str(problem), FAILED)
    _write(result, reading, options)
    print(summary(result, reading))
    return DONE


def _refuse(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="essor synthesise", description=_("Range les textes d’un fichier CSV ou XLSX par thèmes.")
    )
    parser.add_argument("file", type=Path, metavar=_("FICHIER"), help=_("fichier CSV, XLSX, XLS ou ODS"))
    parser.add_argument("--text", required=True, metavar=_("COLONNE"), help=_("colonne des textes"))
    parser.add_argument("--id", metavar=_("COLONNE"), help=_("colonne des identifiants (sinon, la ligne)"))
    grain = _("overview (5 à 12 groupes), detail (20 à 60) ou un nombre de groupes")
    parser.add_argument("--grain", type=_grain, default="overview", metavar="GRAIN", help=grain)
    parser.add_argument("--seed", type=int, default=0, help=_("graine : la même donne le même résultat"))
    parser.add_argument(
        "--json", type=Path, metavar=_("FICHIER"), help=_("écrire le résultat complet en JSON")
    )
    parser.add_argument("--html", type=Path, metavar=_("FICHIER"), help=_("écrire un rapport à lire"))
    words_only = _(
        "lire les mots seuls, sans l’encodeur de phrases : plus rapide, moins fin sur les longs textes"
    )
    parser.add_argument("--words-only", action="store_true", help=words_only)
    parser.add_argument("--quiet", action="store_true", help=_("sans barre d’avancement"))
    return parser


def _grain(value: str) -> Grain:
    if value in ("overview", "detail"):
        return value
    if value.isdecimal() and int(value) >= 1:
        return int(value)
    message = _("« %(value)s » : écrivez overview, detail ou un nombre de groupes.")
    raise argparse.ArgumentTypeError(message % {"value": value})


def read_texts(path: Path, text_column: str, id_column: str | None) -> Reading:
    """The column of texts; a row without an identifier, or with one already seen, is named by its line."""
    table = open_table(path)
    text_at = _column(table.columns, text_column)
    id_at = _column(table.columns, id_column) if id_column else None
    texts: list[str] = []
    ids: list[str] = []
    taken: set[str] = set()
    for row in table.rows():
        wanted = row.cells[id_at].strip() if id_at is not None else str(row.line)
        name = wanted if wanted and wanted not in taken else f"{wanted}#{row.line}"
        taken.add(name)
        texts.append(row.cells[text_at])
        ids.append(name)
    first = next(iter(table.issues), None)
    problem = f"{first.line} : {first.reason} {first.mend}" if first else ""
    return Reading(texts, ids, table.issues.skipped, problem)


def _column(columns: Sequence[str], wanted: str) -> int:
    if wanted in columns:
        return list(columns).index(wanted)
    folded = [column.casefold() for column in columns]
    if wanted.casefold() in folded:
        return folded.index(wanted.casefold())
    near = difflib.get_close_matches(wanted, columns, n=1)
    message = _("La colonne « %(wanted)s » n’existe pas. Colonnes du fichier : %(columns)s.") % {
        "wanted": wanted,
        "columns": ", ".join(columns),
    }
    if near:
        message += " " + _("Vouliez-vous dire « %(near)s » ?") % {"near": near[0]}
    raise Misused(message)


def _with_progress(reading: Reading, options: argparse.Namespace) -> SynthesisResult:
    bar = tqdm(total=100, disable=options.quiet or None, bar_format="{desc:<32}{bar:30} {percentage:3.0f} %")

    def tell(share: float, step: str) -> None:
        bar.set_description_str(step_title(step))
        bar.update(round(100 * share) - bar.n)

    with bar:
        return group_texts(
            reading.texts,
            reading.ids,
            grain=options.grain,
            seed=options.seed,
            encoder=None if options.words_only else sentence_encoder(),
            progress=tell,
        )


def _write(result: SynthesisResult, reading: Reading, options: argparse.Namespace) -> None:
    if options.json:
        text = json.dumps(result.to_dict(), ensure_ascii=False, indent=1, allow_nan=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    if options.html:
        texts = dict(zip(reading.ids, reading.texts, strict=True))
        options.html.write_text(render_report(result, texts, source=options.file.name), encoding="utf-8")


def summary(result: SynthesisResult, reading: Reading) -> str:
    """What the terminal shows: each group with its size, then what was left aside."""
    total = len(reading.texts)
    lines = [
        _("%(total)d textes, %(groups)d groupes, %(share).1f %% rangés.")
        % {"total": total, "groups": len(result.groups), "share": 100 * result.coverage}
    ]
    largest = max(group.size for group in result.groups)
    for group in sorted(result.groups, key=lambda group: -group.size):
        bar = "█" * max(1, round(20 * group.size / largest))
        lines.append(f"{group.size:>8}  {bar:<20}  {group.label}")
    reasons: dict[str, int] = {}
    for aside in result.left_aside:
        reasons[aside.reason] = reasons.get(aside.reason, 0) + 1
    lines += [f"{count:>8}  {reason_words(reason)}" for reason, count in sorted(reasons.items())]
    if reading.skipped:
        lines.append(
            _("%(count)d lignes illisibles ont été sautées ; la première : ligne %(problem)s")
            % {"count": reading.skipped, "problem": reading.first_problem}
        )
    return "\n".join(lines)
