"""`essor import decidim FILES…` and `essor import table FILE --text COLUMN`: voices from elsewhere."""

import argparse
import csv
import difflib
import sys
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from essor.chain.listening.enums import ImportField, ImportKind, ImportState
from essor.chain.listening.mapping import ImportMapping
from essor.chain.listening.models import Consultation, ImportBatch
from essor.chain.listening.services import imports
from essor.chain.listening.services.consultations import draft_consultation
from essor.chain.listening.services.refusals import Refused
from essor.common.text import excerpt, plain
from essor.console.words import _
from essor.ground.people.enums import Role
from essor.ground.people.models import Membership, Person
from essor.ground.territories.models import Territory
from essor.journeys.import_voices import run
from essor.journeys.receive_import import receive_import
from essor.outside.issues import UnreadableFile

ISSUES_SHOWN = 8
COLUMN_OPTIONS = (
    ("--text", ImportField.WORDS, _("la colonne des mots (répétez l’option pour plusieurs)")),
    ("--title", ImportField.TITLE, _("la colonne du titre")),
    ("--date", ImportField.DATE, _("la colonne de la date")),
    (
        "--author",
        ImportField.AUTHOR,
        _("la colonne qui distingue les personnes ; elle n’est jamais gardée en clair"),
    ),
    ("--family", ImportField.FAMILY, _("la colonne de la famille d’acteurs")),
    ("--theme", ImportField.THEME, _("la colonne du thème")),
    ("--commune", ImportField.COMMUNE, _("la colonne de la commune")),
    ("--question", ImportField.QUESTION, _("la colonne de la question")),
    ("--id", ImportField.IDENTIFIER, _("la colonne de l’identifiant de la ligne")),
)


class Impossible(Exception):
    """It cannot be done; the message says what to do."""


def import_voices(arguments: list[str]) -> int:
    """Import, and say what came in, what was already known and what was left, and why."""
    options = _parser().parse_args(arguments)
    try:
        territory = _territory(options.territory)
        person = _person(territory, options.by)
        with transaction.atomic():
            batch = _received(options, territory, person)
        print(_("Territoire : %(name)s. Concertation : %(title)s.") % {
            "name": territory.name, "title": batch.consultation.title,
        })  # fmt: skip
        imports.queue_import(batch=batch)
        with closing(_Bar()) as bar:
            run(batch.pk, progress=bar.show)
    except (Impossible, Refused, UnreadableFile) as problem:
        print(f"essor : {problem}", file=sys.stderr)
        return 1
    return _report(ImportBatch.objects.select_related("consultation").get(pk=batch.pk), options.issues)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--territory", metavar=_("ADRESSE"), help=_("l’adresse courte du territoire"))
    common.add_argument(
        "--consultation",
        metavar=_("TITRE"),
        help=_("l’adresse courte ou le titre ; créée si elle n’existe pas"),
    )
    common.add_argument("--by", metavar=_("COURRIEL"), help=_("la personne au nom de qui l’import est fait"))
    common.add_argument("--create-themes", action="store_true", help=_("ajoute les thèmes inconnus"))
    common.add_argument(
        "--issues", type=Path, metavar=_("FICHIER"), help=_("où écrire le rapport des lignes (CSV)")
    )
    parser = argparse.ArgumentParser("essor import", description=_("Importe des voix d’un autre outil."))
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="decidim | table")
    decidim = kinds.add_parser(
        "decidim", parents=[common], help=_("un export de données ouvertes de Decidim")
    )
    decidim.add_argument("files", nargs="+", type=Path, metavar=_("FICHIER"), help=_("CSV ou ZIP"))
    table = kinds.add_parser("table", parents=[common], help=_("un tableau CSV, XLSX ou ODS de toute forme"))
    table.add_argument("files", nargs=1, type=Path, metavar=_("FICHIER"), help=_("CSV, XLSX ou ODS"))
    for flag, field, text in COLUMN_OPTIONS:
        table.add_argument(
            flag, action="append", metavar=_("COLONNE"), dest=f"column_{field.value}", help=text
        )
    table.add_argument(
        "--origin", metavar=_("NOM"), default="", help=_("distingue deux fichiers de même forme")
    )
    return parser


def _territory(slug: str | None) -> Territory:
    found = Territory.objects.filter(slug=slug) if slug else Territory.objects.all()
    territories = list(found[:20])
    if len(territories) == 1:
        return territories[0]
    known = ", ".join(Territory.objects.values_list("slug", flat=True)[:20])
    if slug:
        raise Impossible(
            _("Aucun territoire n’a l’adresse « %(slug)s ». Connus : %(known)s.")
            % {"slug": slug, "known": known}
        )
    if not territories:
        raise Impossible(
            _("Il n’y a pas encore de territoire : lancez « essor demo build », ou créez-en un sur le site.")
        )
    raise Impossible(
        _("Plusieurs territoires existent : choisissez avec --territory parmi %(known)s.") % {"known": known}
    )


def _person(territory: Territory, email: str | None) -> Person:
    """The person asked for, else the first administrator of the territory."""
    if email:
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            raise Impossible(_("Personne n’a le compte « %(email)s ».") % {"email": email})
        return person
    first = (
        Membership.objects.in_territory(territory)
        .current()
        .filter(role=Role.ADMINISTRATOR)
        .select_related("person")
        .order_by("pk")
        .first()
    )
    if first is None:
        raise Impossible(_("Ce territoire n’a pas encore d’administration : dites au nom de qui avec --by."))
    return first.person


def _received(options: argparse.Namespace, territory: Territory, person: Person) -> ImportBatch:
    for path in options.files:
        if not path.is_file():
            raise Impossible(_("Le fichier « %(file)s » est introuvable.") % {"file": path})
    consultation = _consultation(options, territory, person)
    with ExitStack() as opened:
        batch = receive_import(
            by=person,
            territory=territory,
            consultation=consultation,
            files=[(path.name, opened.enter_context(path.open("rb"))) for path in options.files],
            kind=options.kind,
        )
    mapping = replace(ImportMapping.from_json(batch.mapping), create_themes=options.create_themes)
    try:
        if options.kind == ImportKind.TABLE:
            mapping = _mapped(mapping, options)
    except Impossible:
        batch.file.delete(save=False)
        raise
    imports.choose_mapping(batch=batch, mapping=mapping)
    return batch


def _consultation(options: argparse.Namespace, territory: Territory, person: Person) -> Consultation:
    title = options.consultation or (
        _("Voix importées de Decidim")
        if options.kind == ImportKind.DECIDIM
        else _("Voix importées de %(file)s") % {"file": options.files[0].stem}
    )
    here = Consultation.objects.in_territory(territory)
    found = here.filter(slug=title).first() or here.filter(title=title).first()
    return found or draft_consultation(
        by=person, territory=territory, title=title[:120], summary=_("Voix venues d’un autre outil.")
    )


def _mapped(mapping: ImportMapping, options: argparse.Namespace) -> ImportMapping:
    """The columns said on the command line; when the words are said, what is not said is not imported."""
    said = {
        column: field.value
        for _flag, field, _text in COLUMN_OPTIONS
        for column in getattr(options, f"column_{field.value}") or ()
    }
    columns = {name: "" for name in mapping.columns} if said else dict(mapping.columns)
    for column, field in said.items():
        columns[_existing(column, list(mapping.columns))] = field
    several = sum(given == ImportField.WORDS for given in columns.values()) > 1
    return replace(mapping, columns=columns, origin=options.origin, question_from_column=several)


def _existing(asked: str, columns: list[str]) -> str:
    if asked in columns:
        return asked
    same = [name for name in columns if plain(name).strip() == plain(asked).strip()]
    if same:
        return same[0]
    near = difflib.get_close_matches(asked, columns, n=1)
    hint = " " + _("Vouliez-vous dire « %(near)s » ?") % {"near": near[0]} if near else ""
    raise Impossible(
        _("La colonne « %(column)s » n’est pas dans le fichier. Ses colonnes : %(columns)s.")
        % {"column": asked, "columns": ", ".join(columns)}
        + hint
    )


class _Bar:
    """A bar on the error stream, only where somebody watches."""

    def __init__(self) -> None:
        self._is_watched = sys.stderr.isatty()

    def show(self, done: int, total: int) -> None:
        if self._is_watched:
            filled = round(30 * done / max(total, 1))
            text = _("%(done)d lignes lues") % {"done": done}
            print(f"\r[{'█' * filled}{'·' * (30 - filled)}] {text}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self._is_watched:
            print(file=sys.stderr)


def _report(batch: ImportBatch, wanted: Path | None) -> int:
    if batch.state != ImportState.DONE:
        print(f"essor : {batch.failure}", file=sys.stderr)
        print(_("Rien n’a été importé."), file=sys.stderr)
        return 1
    figures = {"made": batch.voices_made, "known": batch.voices_known, "skipped": batch.rows_skipped}
    print(_("Voix importées : %(made)d. Déjà connues : %(known)d. Lignes écartées : %(skipped)d.") % figures)
    for note in batch.mapping.get("notes", []):
        print(f"  {note}")
    issues = list(batch.issues.all())
    for issue in issues[:ISSUES_SHOWN]:
        print(f"  {issue.file}:{issue.line} {issue.column} — {excerpt(issue.reason, 160)} {issue.mend}")
    if len(issues) > ISSUES_SHOWN:
        print("  " + _("… et %(count)d autres remarques.") % {"count": len(issues) - ISSUES_SHOWN})
    if issues:
        path = wanted or Path(f"import-{batch.pk}-remarques.csv")
        _write_issues(path, issues)
        print(_("Toutes les remarques, ligne par ligne : %(file)s") % {"file": path})
    return 0


def _write_issues(path: Path, issues: list) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([_("fichier"), _("ligne"), _("colonne"), _("écartée"), _("raison"), _("remède")])
        for each in issues:
            skipped = _("oui") if each.is_skipped else _("non")
            writer.writerow([each.file, each.line, each.column, skipped, each.reason, each.mend])
