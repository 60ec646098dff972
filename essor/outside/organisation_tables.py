"""A plain table of organisations (CSV, XLSX, ODS): any order of columns, several names for each."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from essor.common.text import plain
from essor.outside.issues import IssueLog, MissingColumn, RowIssue
from essor.outside.spreadsheets import open_table
from essor.outside.structures import (
    MOST_NAME,
    MOST_SOURCE,
    MOST_WORDS,
    Structure,
    cell,
    could_be_somebody,
    cut,
    siren_of,
)
from essor.outside.tables import Table
from essor.outside.words import gettext as _

# What each column may be called, once bare.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("nom", "name", "organisation", "structure", "raison sociale", "intitule"),
    "family": ("famille", "family", "type", "famille d acteurs"),
    "siren": ("siren", "siret", "numero siren", "numero siret"),
    "commune_code": ("code insee", "insee", "code commune", "code insee de la commune"),
    "commune": ("commune", "ville", "city"),
    "contact": ("courriel", "mail", "email", "e mail", "adresse electronique", "contact"),
    "website": ("site", "site web", "website", "url"),
    "presentation": ("presentation", "description", "activite", "objet"),
    "themes": ("themes", "theme", "thematiques", "thematique"),
    "offers": ("propose", "offre", "offers", "ce qu elle propose"),
    "seeks": ("cherche", "besoin", "seeks", "ce qu elle cherche"),
    "id": ("id", "identifiant", "reference"),
}


def read_organisations(path: Path, name: str, issues: IssueLog) -> Iterator[Structure]:
    """Each organisation of the table. Raises ``UnreadableFile`` for a whole file."""
    table = open_table(path, name=name)
    known = _known(table)
    for line, record in table.records():
        row = {field: cell(record, column) for field, column in known.items()}
        if row["name"]:
            yield _structure(line, row, known, issues)
        else:
            reason, mend = _("Cette case est vide."), _("Donnez un nom à cette ligne.")
            issues.add(RowIssue(line, known["name"], reason, mend))
    tell_of_the_file(table, issues)


def tell_of_the_file(table: Table, issues: IssueLog) -> None:
    """What the reader of the file itself remarked: rows too short or too long, huge cells, its encoding."""
    for each in table.issues:
        issues.add(each)
    for words in table.warnings:
        issues.add(RowIssue(table.header_line, "", words, _("Vérifiez les accents des fiches."), False))


def _known(table: Table) -> dict[str, str]:
    columns = {bare(each): each for each in reversed(table.columns)}
    known = {
        field: next((columns[name] for name in names if name in columns), "")
        for field, names in COLUMNS.items()
    }
    if not known["name"]:
        raise MissingColumn(
            _("Aucune colonne ne donne le nom des organisations : ce fichier a %(columns)s.")
            % {"columns": ", ".join(f"« {each[:40]} »" for each in table.columns[:6])},
            _("Nommez-la « nom », et importez de nouveau."),
        )
    return known


def _structure(line: int, row: dict[str, str], known: dict[str, str], issues: IssueLog) -> Structure:
    own = f"{bare(row['name'])}|{bare(row['commune_code'] or row['commune'])}"
    found = Structure(
        line=line,
        source=(row["id"] or own)[:MOST_SOURCE],
        name=cut(row["name"], MOST_NAME, line, known["name"], issues),
        siren=siren_of(row["siren"], line, known["siren"], issues),
        commune_code=insee(row["commune_code"]),
        commune=row["commune"],
        website=row["website"],
        presentation=cut(row["presentation"], MOST_WORDS, line, known["presentation"], issues),
        family=row["family"],
        themes=several(row["themes"], r"[,;|]"),
        offers=several(row["offers"], r"[;|\n]"),
        seeks=several(row["seeks"], r"[;|\n]"),
    )
    return replace(found, contact=public_contact(row["contact"], found, known["contact"], issues))


def public_contact(address: str, found: Structure, column: str, issues: IssueLog) -> str:
    """The address when it is the organisation’s; empty, with an issue, when it may be somebody’s."""
    if address and could_be_somebody(address, found.name):
        reason = _("Cette adresse peut être celle d’une personne : elle n’est pas reprise.")
        mend = _("Donnez une adresse générale ; la personne peut tenir la fiche et y mettre la sienne.")
        issues.add(RowIssue(found.line, column, reason, mend, False))
        return ""
    return address


def insee(code: str) -> str:
    """A code of a commune; a spreadsheet may have lost its first zero.

    >>> insee("1004"), insee("99704.0"), insee("2A004")
    ('01004', '99704', '2A004')
    """
    code = re.sub(r"\.0$", "", code)
    return code.zfill(5) if code.isdecimal() and len(code) == 4 else code


def several(text: str, separators: str) -> tuple[str, ...]:
    """The different texts of one cell."""
    return tuple(dict.fromkeys(each.strip() for each in re.split(separators, text) if each.strip()))


def bare(text: str) -> str:
    """A text reduced to its plain words."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain(text).lower()).split())
