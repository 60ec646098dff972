"""Codes with their counts, rolled up on prefixes; the synthesis table; the agreement of two coders."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from essor.chain.listening.enums import VoiceState
from essor.chain.needs.agreement import cohen_kappa
from essor.chain.needs.enums import Hand
from essor.chain.needs.models import Code, Group, Placement, Synthesis, VoiceCode
from essor.chain.needs.spiral import component_of, generalisations
from essor.ground.gatherings.models import Gathering
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

INTERVIEWS = 0  # stands for all interviews, which are never told apart
COUNTED = (VoiceState.PUBLISHED, VoiceState.PRIVATE)


@dataclass
class Tally:
    """Voices that bear a code or a more precise one: each voice once, whatever the number of coders."""

    own: set[int] = field(default_factory=set)
    signs: dict[int, int] = field(default_factory=dict)  # voice → sum of the signs given
    gatherings: set[int] = field(default_factory=set)

    @property
    def voices(self) -> int:
        return len(self.signs)

    @property
    def well(self) -> int:
        return sum(sign > 0 for sign in self.signs.values())

    @property
    def ill(self) -> int:
        return sum(sign < 0 for sign in self.signs.values())

    @property
    def polarity(self) -> Fraction | None:
        """(well-being − ill-being) / (well-being + ill-being); None when no sign was given."""
        said = self.well + self.ill
        return Fraction(self.well - self.ill, said) if said else None

    def add(self, voice: int, sign: int, gathering: int | None) -> None:
        self.signs[voice] = self.signs.get(voice, 0) + sign
        if gathering is not None:
            self.gatherings.add(gathering)


@dataclass(frozen=True)
class CodeRow:
    """A code of the table and what it gathers."""

    code: Code
    tally: Tally

    @property
    def depth(self) -> int:
        return len(generalisations(self.code.value))


@dataclass(frozen=True)
class TableRow:
    """A component, its counts by column, and over all columns."""

    component: str
    meaning: str
    cells: tuple[int, ...]
    total: Tally


@dataclass(frozen=True)
class CodeTable:
    """Component × gathering, or component × group of a synthesis."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class Agreement:
    """Two coders on the voices both coded. ``by_component`` is in the order of the codes."""

    first: str
    second: str
    voices: int
    kappa: Fraction | None
    by_component: tuple[tuple[str, Fraction | None], ...]


def codes_with_counts(territory: Territory) -> list[CodeRow]:
    """The table of codes with their voices, those of more precise codes included."""
    codes = list(Code.objects.in_territory(territory))
    tallies: dict[str, Tally] = defaultdict(Tally)
    for voice, value, sign, gathering, _coder in _uses(territory):
        tallies[value].own.add(voice)
        for each in (value, *generalisations(value)):
            tallies[each].add(voice, sign, gathering)
    return [CodeRow(code, tallies[code.value]) for code in codes]


def table_by_gathering(territory: Territory) -> CodeTable:
    """What each meeting said, interviews together: voices by component.

    Ranked by distinct gatherings, then by voices.
    """
    here = Gathering.objects.in_territory(territory)
    titles = dict(here.meetings().values_list("pk", "title")) | {INTERVIEWS: _("Entretiens")}
    place_of: dict[int, int] = {}
    for voice, _value, _sign, gathering, _coder in _uses(territory):
        if gathering is not None:
            place_of[voice] = gathering if gathering in titles else INTERVIEWS
    return _table(territory, place_of, titles)


def table_by_group(synthesis: Synthesis) -> CodeTable:
    """What each overview group said: voices by component."""
    tops = dict(Group.objects.filter(synthesis=synthesis, parent=None).standing().values_list("pk", "label"))
    placed = Placement.objects.filter(synthesis=synthesis, group__isnull=False)
    rows = placed.values_list("contribution_id", "group_id", "group__parent_id")
    return _table(synthesis.territory, {voice: parent or group for voice, group, parent in rows}, tops)


def agreements(territory: Territory) -> list[Agreement]:
    """For each pair of people who coded the same voices, how alike they coded: by component and overall.

    A decision is “does this voice speak of this component?”, for each voice both coded and each component
    at least one of them used on those voices.
    """
    coded: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for voice, value, _sign, _gathering, by in _uses(territory):
        coded[by][voice].add(component_of(value))
    found = []
    for first, second in combinations(sorted(coded), 2):
        both = sorted(coded[first].keys() & coded[second].keys())
        if both:
            found.append((first, second, _components_alike(both, coded[first], coded[second])))
    names = {each.pk: each.shown_name for each in Person.objects.filter(pk__in=coded)}
    return [Agreement(names[first], names[second], *alike) for first, second, alike in found]


def codes_of_voices(voices: list[int]) -> dict[int, list[VoiceCode]]:
    """The standing codes of these voices, people’s before suggestions."""
    found: dict[int, list[VoiceCode]] = defaultdict(list)
    rows = VoiceCode.objects.filter(contribution__in=voices, removed_at=None).select_related("code", "by")
    for each in rows.order_by("-hand", "code__value", "pk"):
        found[each.contribution_id].append(each)
    return found


def code_uses(code: Code) -> QuerySet[VoiceCode]:
    """The standing uses of a code, newest first."""
    return code.uses.filter(removed_at=None, hand=Hand.PERSON).order_by("-at", "-pk")


def _uses(territory: Territory) -> Iterator[tuple[int, str, int, int | None, int]]:
    """(voice, code, sign, gathering, coder) of every code people put on voices that count."""
    rows = VoiceCode.objects.filter(
        code__territory=territory, hand=Hand.PERSON, removed_at=None, contribution__state__in=COUNTED
    ).order_by("contribution_id", "code__value", "pk")
    yield from rows.values_list(
        "contribution_id", "code__value", "sign", "contribution__gathering_id", "by_id"
    )


def _table(territory: Territory, place_of: dict[int, int], titles: dict[int, str]) -> CodeTable:
    meanings = dict(Code.objects.in_territory(territory).values_list("value", "meaning"))
    totals: dict[str, Tally] = defaultdict(Tally)
    cells: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    used: set[int] = set()
    for voice, value, sign, gathering, _coder in _uses(territory):
        component = component_of(value)
        totals[component].add(voice, sign, gathering)
        if (place := place_of.get(voice)) in titles and place is not None:
            used.add(place)
            cells[component][place].add(voice)
    columns = sorted(used, key=lambda place: titles[place].casefold())
    rows = [
        TableRow(
            component,
            meanings.get(component, ""),
            tuple(len(cells[component][place]) for place in columns),
            tally,
        )
        for component, tally in totals.items()
    ]
    rows.sort(key=lambda row: (-len(row.total.gatherings), -row.total.voices, row.component))
    return CodeTable(tuple(titles[place] for place in columns), tuple(rows))


def _components_alike(
    both: list[int], one: dict[int, set[str]], other: dict[int, set[str]]
) -> tuple[int, Fraction | None, tuple[tuple[str, Fraction | None], ...]]:
    components = sorted(set().union(*(one[voice] | other[voice] for voice in both)))
    by_component = []
    said: list[bool] = []
    said_too: list[bool] = []
    for component in components:
        mine = [component in one[voice] for voice in both]
        theirs = [component in other[voice] for voice in both]
        by_component.append((component, cohen_kappa(mine, theirs)))
        said += mine
        said_too += theirs
    return len(both), cohen_kappa(said, said_too), tuple(by_component)
