"""Reads and writes `.pb`, the format of participatory budgets (Pabulib): META, PROJECTS, then VOTES."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from essor.outside.issues import IssueLog, RowIssue, UnreadableFile
from essor.outside.pabulib_ballots import Ballots
from essor.outside.pabulib_records import GROUPS, VOTE_TYPES, BrokenPb, PbElection, PbProject
from essor.outside.text_encoding import detect_encoding
from essor.outside.words import gettext as _

SECTIONS = ("META", "PROJECTS", "VOTES")
_AMOUNT = re.compile(r"[0-9]{1,18}([.,][0-9]{1,6})?", re.ASCII)
_SPACES = re.compile(r"[\s\u00a0\u202f]")
Rows = Iterator[tuple[int, list[str]]]


def _see() -> str:
    return _("Donnez un fichier .pb, avec les parties META, PROJECTS et VOTES (pabulib.org/format).")


def read_pb(path: Path) -> PbElection:
    """The election of a file. What can be read without a line or a cell is an issue of the result.

    Raises ``BrokenPb`` when it cannot be counted at all, ``FileNotFoundError`` when it is not there.
    """
    try:
        found = detect_encoding(path)
        text = path.read_bytes().decode(found.name, found.errors)
    except (UnreadableFile, UnicodeError) as problem:
        raise BrokenPb(_("Ce fichier n’est pas du texte."), _see()) from problem
    return parse_pb(text)


def parse_pb(text: str) -> PbElection:
    """The same from its text."""
    issues = IssueLog()
    try:
        return _parsed(_rows(text.removeprefix("\ufeff")), issues)
    except csv.Error as problem:
        raise BrokenPb(_("Un guillemet ouvert n’est jamais refermé."), _see()) from problem


def _rows(text: str) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    for row in reader:
        if row and (len(row) > 1 or row[0].strip()):
            yield reader.line_num, row


def _section(row: list[str]) -> str:
    word = row[0].strip().upper()
    return word if word in SECTIONS and not any(cell.strip() for cell in row[1:]) else ""


def _parsed(rows: Rows, issues: IssueLog) -> PbElection:
    meta, after = _meta(rows)
    budget = _budget(meta)
    vote_type = meta.get("vote_type", "").strip().lower()
    if vote_type not in VOTE_TYPES:
        raise BrokenPb(
            _("Le type de vote « %(type)s » est inconnu.") % {"type": vote_type},
            _("Écrivez dans META une ligne vote_type : %(known)s.") % {"known": ", ".join(VOTE_TYPES)},
        )
    if after != "PROJECTS":
        raise _without("PROJECTS")
    columns, projects, after = _projects(rows, issues)
    if after != "VOTES":
        raise _without("VOTES")
    ballots = Ballots([each.id for each in projects], vote_type, issues)
    vote_columns = ballots.read(rows)
    _count_again(meta, "num_projects", len(projects), issues)
    _count_again(meta, "num_votes", len(ballots.rows), issues)
    kinds, scale = ballots.kinds()
    return PbElection(
        meta=meta,
        budget=budget,
        vote_type=vote_type,
        projects=projects,
        project_columns=columns,
        vote_columns=vote_columns,
        vote_rows=tuple(ballots.rows),
        kinds=kinds,
        kind_of=tuple(ballots.kind_of),
        scale=scale,
        issues=issues,
    )


def _without(section: str) -> BrokenPb:
    return BrokenPb(_("La partie %(section)s manque ou n’est pas à sa place.") % {"section": section}, _see())


def _meta(rows: Rows) -> tuple[dict[str, str], str]:
    _line, first = next(rows, (0, [""]))
    if _section(first) != "META":
        raise _without("META")
    meta: dict[str, str] = {}
    for _line, row in rows:
        if _section(row):
            meta.pop("key", None)
            return meta, _section(row)
        meta[row[0].strip()] = row[1].strip() if len(row) > 1 else ""
    raise _without("PROJECTS")


def amount(text: str) -> Fraction | None:
    """An amount of money: digits, and a comma or a point; None when it is none.

    >>> amount("1 250,50"), amount("-3"), amount("1e9")
    (Fraction(2501, 2), None, None)
    """
    close = _SPACES.sub("", text)
    return Fraction(close.replace(",", ".")) if _AMOUNT.fullmatch(close) else None


def _budget(meta: Mapping[str, str]) -> Fraction:
    found = amount(meta.get("budget", ""))
    if found is None:
        raise BrokenPb(
            _("L’enveloppe « %(budget)s » n’est pas un montant.") % {"budget": meta.get("budget", "")},
            _("Écrivez dans META une ligne budget avec un nombre de zéro ou plus."),
        )
    return found


def _projects(rows: Rows, issues: IssueLog) -> tuple[tuple[str, ...], tuple[PbProject, ...], str]:
    columns = _header(rows, ("project_id", "cost"))
    found: dict[str, PbProject] = {}
    after = ""
    for line, row in rows:
        after = _section(row)
        if after:
            break
        project = _project(line, row, columns, issues)
        if project and project.id in found:
            reason = _("Le projet « %(id)s » est déjà écrit plus haut.") % {"id": project.id}
            issues.add(RowIssue(line, "project_id", reason, _("Donnez à chaque projet son identifiant.")))
        elif project:
            found[project.id] = project
    if not found:
        raise BrokenPb(_("Aucun projet ne peut être lu."), _("Écrivez un projet par ligne, avec son coût."))
    return columns, tuple(found.values()), after


def _header(rows: Rows, needed: tuple[str, ...]) -> tuple[str, ...]:
    line, row = next(rows, (0, [""]))
    columns = tuple(cell.strip() for cell in row)
    for name in needed:
        if name not in columns:
            raise BrokenPb(
                _("La colonne %(column)s manque, ligne %(line)d.") % {"column": name, "line": line}, _see()
            )
    return columns


def _project(line: int, row: list[str], columns: tuple[str, ...], issues: IssueLog) -> PbProject | None:
    cells = dict(zip(columns, row, strict=False))
    name, cost = cells["project_id"].strip(), amount(cells.get("cost", ""))
    if not name:
        reason = _("Ce projet n’a pas d’identifiant.")
        issues.add(RowIssue(line, "project_id", reason, _("Donnez à chaque projet son identifiant.")))
        return None
    if cost is None:
        reason = _("Le coût « %(cost)s » n’est pas un montant.") % {"cost": cells.get("cost", "")}
        issues.add(RowIssue(line, "cost", reason, _("Écrivez un nombre de zéro ou plus, sans devise.")))
        return None
    said = cells.get("selected", "").strip()
    groups = dict.fromkeys(
        part.strip() for key in GROUPS for part in cells.get(key, "").split(",") if part.strip()
    )
    return PbProject(
        name, cost, cells.get("name", "").strip(), tuple(groups), said == "1" if said else None, tuple(row)
    )


def _count_again(meta: Mapping[str, str], key: str, count: int, issues: IssueLog) -> None:
    said = meta.get(key, "")
    if said and said != str(count):
        reason = _("META annonce %(said)s, le fichier en contient %(count)d.") % {
            "said": said,
            "count": count,
        }
        mend = _("Vérifiez que le fichier est complet.")
        issues.add(RowIssue(1, key, reason, mend, skipped=False))


def write_pb(found: PbElection, path: Path) -> None:
    """The same file again: every fact, every cell, in the order they were read."""
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, delimiter=";", lineterminator="\n")
        writer.writerows([["META"], ["key", "value"], *([key, value] for key, value in found.meta.items())])
        writer.writerows([["PROJECTS"], found.project_columns, *(each.cells for each in found.projects)])
        writer.writerows([["VOTES"], found.vote_columns, *found.vote_rows])
