"""What a stored map says, ready for a page: nothing is computed here, small counts are left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from essor.chain.opinions.enums import StatementStatus
from essor.chain.opinions.models import OpinionMap, Statement
from essor.chain.opinions.selectors.maps import NamedGroup, groups_of_map, result_of_map
from essor.chain.opinions.selectors.statements import in_language
from essor.web.opinion_maps.hiding import FEW, shown_groups
from essor.web.opinion_maps.wording import (
    aside_words,
    chance_words,
    group_label,
    number_words,
    side_words,
    stability_words,
    steadiness_words,
)

READABLE = (StatementStatus.ACCEPTED, StatementStatus.MERGED)


@dataclass(frozen=True)
class GroupShare:
    """How a group answered one statement; counts are None when too few of it answered."""

    label: str
    key: int
    agrees: int | None = None
    disagrees: int | None = None
    passes: int | None = None

    @property
    def seen(self) -> int | None:
        if self.agrees is None or self.disagrees is None or self.passes is None:
            return None
        return self.agrees + self.disagrees + self.passes

    @property
    def percent(self) -> int | None:
        return round(100 * (self.agrees or 0) / self.seen) if self.seen else None


@dataclass(frozen=True)
class Said:
    """One thing a group says more than the others; ``count`` is None when it may not be shown."""

    statement: Statement
    side: str
    direction: str
    count: int | None
    seen: int
    times: float
    certain: bool
    chance: str


@dataclass(frozen=True)
class ToldGroup:
    """A group, its words and what makes it stand out."""

    named: NamedGroup
    label: str
    stability: float | None
    steadiness: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Row:
    """A statement, with its figures and those of each group."""

    statement: Statement
    side: str
    percent: int
    least: int | None
    shares: tuple[GroupShare, ...]
    figures: dict[str, Any]


class Told:
    """A map, read once: groups, what all agree on, what divides, how sure it is. Four queries."""

    def __init__(self, drawn: OpinionMap) -> None:
        self.drawn = drawn
        self.result = result_of_map(drawn)
        self.least = int(drawn.parameters.get("minimum") or FEW)
        self.named = groups_of_map(drawn)
        self.columns = {each["id"]: at for at, each in enumerate(self.result["statements"])}
        self.labels = {each.key: group_label(each.name, each.letter) for each in self.named}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Those the map speaks of first: groups, agreement, divisions."""
        keys = {one["statement"] for each in self.result["groups"] for one in each["representative"]}
        keys |= {one["statement"] for name in ("consensus", "divisive") for one in self.result[name]}
        return readable_statements(self.drawn, keys)

    @cached_property
    def groups(self) -> list[ToldGroup]:
        """In the order of the map."""
        named = {each.key: each for each in self.named}
        return [self._group(named[each["id"]], each) for each in self.result["groups"] if each["id"] in named]

    @cached_property
    def consensus(self) -> list[Row]:
        return self._rows("consensus")

    @cached_property
    def divisive(self) -> list[Row]:
        return self._rows("divisive")

    @cached_property
    def why_this_number(self) -> str:
        """Why the map has so many groups."""
        step = next((each for each in self.result["reasons"] if each["code"] == "groups"), None)
        return number_words(step["because"]) if step else ""

    @cached_property
    def aside(self) -> list[str]:
        """Who is in no group, and why, a sentence a reason."""
        least = self.result["places"]["least_votes"]
        return [aside_words(why, n, least) for why, n in sorted(self.result["not_grouped"].items()) if n]

    @property
    def stability(self) -> dict[str, Any] | None:
        """Figures of the maps drawn again: ``overall``, ``runs``, ``share``, ``people``."""
        found: dict[str, Any] | None = self.result["stability"]
        return found

    @property
    def stability_words(self) -> str:
        return stability_words(self.stability)

    @property
    def stability_percent(self) -> int:
        return round(100 * self.stability["share"]) if self.stability else 0

    @property
    def explained(self) -> tuple[int, int]:
        """What the two directions of the drawing tell of the differences, in hundredths."""
        one, two = self.result["explained"]
        return round(100 * one), round(100 * two)

    def shares_of(self, statement: str) -> tuple[GroupShare, ...]:
        """How each group answered, small ones hidden with what would give them away.

        Those in no group are one more count: they are not to be found by taking groups from the whole.
        """
        column = self.columns.get(statement)
        if column is None:
            return ()
        counts = [row[column] for row in self.result["tallies"]]
        seen = [sum(each) for each in counts]
        told = self.result["statements"][column]
        outside = max(0, sum(told[name] for name in ("agrees", "disagrees", "passes")) - sum(seen))
        shown = shown_groups([*seen, outside], self.least)[: len(seen)]
        keys = [each["id"] for each in self.result["groups"]]
        return tuple(
            GroupShare(self.labels.get(key, _("Groupe")), key, agrees, disagrees, passes)
            if open_
            else GroupShare(self.labels.get(key, _("Groupe")), key)
            for key, open_, (agrees, passes, disagrees) in zip(keys, shown, counts, strict=True)
        )

    def figures_of(self, statement: str) -> dict[str, Any]:
        """The figures of one statement over everybody."""
        found: dict[str, Any] = self.result["statements"][self.columns[statement]]
        return found

    def rows(self, keys: Iterable[str], statements: dict[str, Statement]) -> list[Row]:
        """Statements with the figures of everybody and of each group."""
        return [self._row({"statement": key}, statements[key]) for key in keys if key in statements]

    def _group(self, named: NamedGroup, told: dict[str, Any]) -> ToldGroup:
        said = (self._said(each, named.key) for each in told["representative"])
        return ToldGroup(
            named=named,
            label=self.labels[named.key],
            stability=told["stability"],
            steadiness=steadiness_words(told["stability"]),
            said=tuple(each for each in said if each),
        )

    def _said(self, each: dict[str, Any], key: int) -> Said | None:
        statement = self.statements.get(each["statement"])
        if statement is None:
            return None
        own = next((share for share in self.shares_of(each["statement"]) if share.key == key), None)
        return Said(
            statement=statement,
            side=side_words(each["direction"]),
            direction=each["direction"],
            count=each["count"] if own and own.seen else None,
            seen=each["seen"],
            times=round(each["ratio"], 1),
            certain=each["certain"],
            chance=chance_words(each["p"], certain=each["certain"]),
        )

    def _rows(self, name: str) -> list[Row]:
        return [
            self._row(each, self.statements[each["statement"]])
            for each in self.result[name]
            if each["statement"] in self.statements
        ]

    def _row(self, each: dict[str, Any], statement: Statement) -> Row:
        shares, figures = self.shares_of(each["statement"]), self.figures_of(each["statement"])
        is_open = all(share.seen for share in shares)
        seen = figures["agrees"] + figures["disagrees"] + figures["passes"]
        direction = each.get("direction", "agree")
        count = figures["agrees" if direction == "agree" else "disagrees"]
        return Row(
            statement=statement,
            side=side_words(direction),
            percent=round(100 * count / seen) if seen else 0,
            least=round(100 * each["least"]) if is_open and "least" in each else None,
            shares=shares,
            figures={**figures, "seen": seen},
        )


def readable_statements(drawn: OpinionMap, keys: Iterable[str]) -> dict[str, Statement]:
    """Statements anybody may read, by their keys as text, in the reader's language. Two queries at most."""
    wanted = [int(key) for key in keys]
    rows = Statement.objects.filter(
        conversation=drawn.conversation_id, pk__in=wanted, status__in=READABLE
    ).order_by("number")
    found = list(rows)
    in_language(found, (get_language() or "fr").split("-")[0])
    for each in found:
        each.conversation = drawn.conversation
    return {str(each.pk): each for each in found}


def results_by_group(statement: Statement, drawn: OpinionMap | None) -> tuple[GroupShare, ...]:
    """How each group of a map answered one statement, for the page of the statement.

    Include ``opinion_maps/parts/by_group.html`` with ``shares`` set to this.
    """
    return Told(drawn).shares_of(str(statement.pk)) if drawn is not None else ()
