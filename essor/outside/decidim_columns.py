"""Which export of Decidim a header belongs to, and where each thing stands in it, old headers and new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from essor.outside.issues import MissingColumn, NotATable, UnsupportedEntity
from essor.outside.words import gettext as _

_LOCALE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,4})?")
PROPOSALS, COMMENTS, DEBATES, MEETINGS = "proposals", "comments", "debates", "meetings"

_UNSUPPORTED: Mapping[str, frozenset[str]] = {
    "users": frozenset({"nickname", "avatar_url"}),
    "metrics": frozenset({"metric_type", "cumulative"}),
    "moderations": frozenset({"reportable_type", "reported_url"}),
    "survey answers": frozenset({"ip_hash", "user_status"}),
    "projects": frozenset({"budget_amount", "budget/id", "budget/url"}),
    "results": frozenset({"progress", "children_count", "status/key"}),
    "initiatives": frozenset({"signature_type", "signatures", "signature_end_date"}),
    "participatory spaces": frozenset({"hashtag", "short_description", "slug"}),
}
_MARKS: Mapping[str, frozenset[str]] = {
    COMMENTS: frozenset({"commentable_id", "commentable_type", "root_commentable_url", "alignment", "depth"}),
    MEETINGS: frozenset({"attendees", "organizations", "location", "contributions", "meeting_url"}),
    PROPOSALS: frozenset(
        {"supports", "votes", "meeting_urls", "is_amend", "state_published_at", "created_in_meeting"}
        | {"endorsements/total_count", "coauthorships_count", "state"}
    ),
    DEBATES: frozenset(
        {"instructions", "information_updates", "conclusions", "comments_enabled", "last_comment_at"}
        | {"description"}
    ),
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    PROPOSALS: ("id", "title", "body"),
    COMMENTS: ("id", "body", "commentable_id", "commentable_type", "root_commentable_url"),
    DEBATES: ("id", "title"),
    MEETINGS: ("id", "title"),
}


def entity_of(columns: Iterable[str]) -> str:
    """ "proposals", "comments", "debates" or "meetings", told by the header alone.

    Raises `UnsupportedEntity` for other exports of Decidim, `MissingColumn` when a column it needs is gone,
    and `NotATable` for anything else.
    """
    names = _bases(columns)
    for entity, marks in _UNSUPPORTED.items():
        if len(names & marks) >= 2:
            raise _unsupported(entity)
    entity = _likeliest(names)
    missing = [column for column in _REQUIRED[entity] if column not in names]
    if missing:
        raise MissingColumn(
            _("Il manque la colonne « %(column)s » à cet export Decidim (%(entity)s).")
            % {"column": missing[0], "entity": entity},
            _("Redonnez ce nom à la colonne qui la contient, ou refaites l’export sans modifier ses titres."),
            column=missing[0],
            entity=entity,
        )
    return entity


def _likeliest(names: frozenset[str]) -> str:
    if len(names & _MARKS[COMMENTS]) >= 2:
        return COMMENTS
    if "id" in names or {"title", "body"} <= names:
        for entity in (MEETINGS, PROPOSALS, DEBATES):
            if names & _MARKS[entity] and (entity == PROPOSALS or "body" not in names):
                return entity
    if {"id", "title", "body"} <= names:
        raise _unsupported("posts, pages")
    raise NotATable(
        _("La première ligne ne porte pas les noms de colonnes d’un export Decidim."),
        _(
            "Gardez la ligne de titres de l’export (id, title, body, url…), "
            "ou importez ce fichier comme un tableau ordinaire."
        ),
    )


def _unsupported(entity: str) -> UnsupportedEntity:
    return UnsupportedEntity(
        _("Ce fichier est un export Decidim de type « %(entity)s », qui n’apporte pas de contributions.")
        % {"entity": entity},
        _("Déposez les propositions, les commentaires, les débats ou les rencontres (proposals, comments…)."),
        entity=entity,
    )


def _bases(columns: Iterable[str]) -> frozenset[str]:
    """Column names, and the same without their language (`title/fr` → `title`)."""
    names: set[str] = set()
    for column in columns:
        names.add(column)
        base, _slash, rest = column.partition("/")
        if _is_locale(rest) or rest.startswith("machine_translations"):
            names.add(base)
    return frozenset(names)


def _is_locale(text: str) -> bool:
    """`fr`, `pt-BR`… but neither `id` nor `url`, which columns end with too."""
    return bool(_LOCALE.fullmatch(text)) and text not in {"id", "url", "key"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands in the header, its languages in order of preference."""

    names: Sequence[str]
    locale: str = "fr"

    def places(self, *wanted: str) -> tuple[int, ...]:
        """Indexes of the first name found: plain, language preferred, others, machine translations."""
        for name in wanted:
            found = [(self._rank(column, name), i) for i, column in enumerate(self.names)]
            kept = sorted((rank, i) for rank, i in found if rank is not None)
            if kept:
                return tuple(i for _rank, i in kept)
        return ()

    def _rank(self, column: str, name: str) -> int | None:
        if column == name:
            return 0
        if not column.startswith(name + "/"):
            return None
        rest = column[len(name) + 1 :]
        by_machine = rest.startswith("machine_translations/")
        language = rest.removeprefix("machine_translations/")
        if not _is_locale(language):
            return None
        preferred = language == self.locale or language.split("-")[0] == self.locale
        return (1 if preferred else 2) + (2 if by_machine else 0)
