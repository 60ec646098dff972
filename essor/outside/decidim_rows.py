"""One row of a Decidim export turned into its record."""

from __future__ import annotations

import datetime as dt

from essor.common.text import tidy
from essor.outside.dates import UnreadableDate, read_moment
from essor.outside.decidim_cells import (
    coordinate,
    host_of,
    kind_of,
    names_in,
    person_identifier,
    root_of,
    source_key,
    unguarded,
    whole_number,
)
from essor.outside.decidim_columns import Columns
from essor.outside.decidim_records import DecidimComment, DecidimDebate, DecidimMeeting, DecidimProposal
from essor.outside.html_text import text_of_html
from essor.outside.issues import IssueLog, RowIssue
from essor.outside.tables import Row
from essor.outside.words import gettext as _

UNKNOWN_HOST = "decidim"


class Unusable(Exception):
    """The row cannot become a record."""

    def __init__(self, column: str, reason: str, mend: str) -> None:
        self.column = column
        self.reason = reason
        self.mend = mend
        super().__init__(f"{reason} {mend}")


class RowReader:
    """Answers by field name for the row in hand; places are looked up once per file."""

    def __init__(self, columns: Columns, file: str, issues: IssueLog) -> None:
        self.columns = columns
        self.file = file
        self.issues = issues
        self.row = Row(0, ())
        self._places: dict[tuple[str, ...], tuple[int, ...]] = {}

    def cell(self, *names: str) -> str:
        """The first filled cell of the first of these fields that the file has."""
        places = self._places.get(names)
        if places is None:
            places = self._places[names] = self.columns.places(*names)
        for place in places:
            if cell := self.row.cells[place].strip():
                return cell
        return ""

    def line_of_text(self, *names: str) -> str:
        cell = unguarded(self.cell(*names))
        if cell.startswith("{"):
            cell = next(iter(names_in(cell, self.columns.locale)), "")
        return " ".join(text_of_html(cell).split())

    def long_text(self, *names: str) -> str:
        cell = unguarded(self.cell(*names))
        if cell.startswith('{"'):
            cell = next(iter(names_in(cell, self.columns.locale)), cell)
        return text_of_html(cell)

    def identifier(self) -> str:
        found = self.cell("id")
        if not found:
            raise Unusable(
                "id",
                _("La ligne n’a pas d’identifiant."),
                _("Refaites l’export sans modifier la colonne id."),
            )
        return found

    def host(self, *names: str) -> str:
        return next((host for name in names if (host := host_of(self.cell(name)))), UNKNOWN_HOST)

    def moment(self, *names: str) -> dt.datetime | None:
        written = self.cell(*names)
        if not written:
            return None
        try:
            return read_moment(unguarded(written))
        except UnreadableDate as error:
            self.issues.add(RowIssue(self.row.line, names[0], error.reason, error.mend, skipped=False))
            return None

    def person(self, host: str) -> str:
        found = person_identifier(self.cell("author/id", "author_id", "authors/id"))
        return source_key(host, "user", found) if found else ""

    def categories(self) -> tuple[str, ...]:
        cell = self.cell("taxonomies/name", "category/name")
        if not cell:
            return ()
        identifiers = self.cell("taxonomies/id", "category/id")
        return names_in(cell, self.columns.locale, len(identifiers.split(",")) if identifiers else None)


def proposal_of(row: RowReader) -> DecidimProposal:
    host = row.host("url", "participatory_space/url")
    title, body = row.line_of_text("title"), row.long_text("body")
    _refuse_silence(title or body, "body")
    return DecidimProposal(
        source_key=source_key(host, "proposal", row.identifier()),
        title=title,
        body=body,
        created_at=row.moment("created_at", "published_at"),
        categories=row.categories(),
        author_key=row.person(host),
        votes=whole_number(row.cell("votes", "supports", "proposal_votes_count")),
        address=tidy(unguarded(row.cell("address"))),
        latitude=coordinate(row.cell("latitude"), 90),
        longitude=coordinate(row.cell("longitude"), 180),
        url=row.cell("url"),
        line=row.row.line,
        file=row.file,
    )


def comment_of(row: RowReader) -> DecidimComment:
    url = row.cell("root_commentable_url")
    host = row.host("root_commentable_url")
    identifier = row.identifier()
    body = row.long_text("body")
    _refuse_silence(body, "body")
    kind, answered = kind_of(row.cell("commentable_type")), row.cell("commentable_id")
    parent = source_key(host, kind, answered) if kind and answered else ""
    root = root_of(url)
    alignment = whole_number(row.cell("alignment")) or 0
    return DecidimComment(
        source_key=source_key(host, "comment", identifier),
        body=body,
        created_at=row.moment("created_at"),
        alignment=max(-1, min(1, alignment)),
        depth=max(0, whole_number(row.cell("depth")) or 0),
        parent_key=parent,
        root_key=source_key(host, *root) if root else (parent if kind != "comment" else ""),
        root_url=url,
        author_key=row.person(host),
        locale=row.cell("locale"),
        line=row.row.line,
        file=row.file,
    )


def debate_of(row: RowReader) -> DecidimDebate:
    host = row.host("url", "participatory_space/url")
    title = row.line_of_text("title")
    _refuse_silence(title, "title")
    return DecidimDebate(
        source_key=source_key(host, "debate", row.identifier()),
        title=title,
        body=row.long_text("description"),
        created_at=row.moment("created_at"),
        starts_at=row.moment("start_time"),
        ends_at=row.moment("end_time"),
        categories=row.categories(),
        author_key=row.person(host),
        url=row.cell("url"),
        line=row.row.line,
        file=row.file,
    )


def meeting_of(row: RowReader) -> DecidimMeeting:
    host = row.host("url", "participatory_space/url")
    title = row.line_of_text("title")
    _refuse_silence(title, "title")
    return DecidimMeeting(
        source_key=source_key(host, "meeting", row.identifier()),
        title=title,
        body=row.long_text("description"),
        starts_at=row.moment("start_time"),
        ends_at=row.moment("end_time"),
        attendees=whole_number(row.cell("attendees")),
        categories=row.categories(),
        author_key=row.person(host),
        address=tidy(unguarded(row.cell("address") or row.cell("location"))),
        latitude=coordinate(row.cell("latitude"), 90),
        longitude=coordinate(row.cell("longitude"), 180),
        url=row.cell("url"),
        line=row.row.line,
        file=row.file,
    )


def _refuse_silence(text: str, column: str) -> None:
    if not text:
        raise Unusable(
            column, _("La ligne n’a pas de texte."), _("Complétez le texte, ou laissez cette ligne de côté.")
        )
