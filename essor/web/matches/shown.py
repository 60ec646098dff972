"""A proposal as pages show it: who, with whom, why, and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.matches.enums import PairState
from essor.chain.matches.models import Match, MatchAnswer
from essor.chain.matches.selectors.pairs import latest_answers, state_of
from essor.ground.directory.enums import ResourceKind
from essor.ground.territories.models import Territory, Theme
from essor.web.matches.wording import SaidPart, in_a_line, said_changes, said_lessons, said_parts


@dataclass(frozen=True)
class End:
    """One end of a proposal: what it is, its name, its page, the hue of its step."""

    what: str
    name: str
    url: str
    step: str


@dataclass(frozen=True)
class ShownMatch:
    """A proposal, its reasons in words and its answers."""

    match: Match
    seeker: End
    candidate: End
    line: str
    state: PairState
    url: str
    answers: list[MatchAnswer]
    seen_by_candidate: bool = False
    parts: list[SaidPart] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    lessons: list[str] = field(default_factory=list)

    @property
    def other(self) -> End:
        """The end one discovers: never one's own."""
        return self.seeker if self.seen_by_candidate else self.candidate

    @property
    def own(self) -> End:
        """The end it is proposed to."""
        return self.candidate if self.seen_by_candidate else self.seeker


def themes_of(territory: Territory) -> dict[int, Theme]:
    """The themes of the territory by key: one query for a whole page."""
    return {each.pk: each for each in Theme.objects.in_territory(territory)}


def shown_matches(territory: Territory, matches: Iterable[Match]) -> list[ShownMatch]:
    """Proposals of a page, with their reasons in a line: two queries, however many they are."""
    rows = list(matches)
    themes = themes_of(territory)
    answers = latest_answers(territory, [each.pair for each in rows]) if rows else {}
    return [_shown(territory, each, themes, answers.get(each.pair, {}), whole=False) for each in rows]


def shown_match(territory: Territory, match: Match) -> ShownMatch:
    """One proposal with all its parts."""
    answers = latest_answers(territory, [match.pair]).get(match.pair, {})
    return _shown(territory, match, themes_of(territory), answers, whole=True)


def _shown(
    territory: Territory,
    match: Match,
    themes: dict[int, Theme],
    answers: dict[str, MatchAnswer],
    *,
    whole: bool,
) -> ShownMatch:
    return ShownMatch(
        match=match,
        seeker=_seeker(territory, match),
        candidate=_candidate(territory, match),
        line=in_a_line(match, themes),
        state=state_of(answers),
        url=reverse("territory:match", args=[territory.slug, match.pk]),
        answers=sorted(answers.values(), key=lambda each: each.at),
        parts=said_parts(match, themes) if whole else [],
        changes=said_changes(match) if whole else [],
        lessons=said_lessons(match) if whole else [],
    )


def _seeker(territory: Territory, match: Match) -> End:
    if match.need is not None:
        url = reverse("territory:need", args=[territory.slug, match.need.slug])
        return End(_("Besoin"), match.need.statement, url, "need")
    assert match.project is not None  # noqa: S101 a constraint of the table says so
    url = reverse("territory:project", args=[territory.slug, match.project.slug])
    return End(_("Projet"), match.project.title, url, "project")


def _candidate(territory: Territory, match: Match) -> End:
    if match.other is not None:
        url = reverse("territory:project", args=[territory.slug, match.other.slug])
        return End(_("Projet"), match.other.title, url, "project")
    if match.resource is not None:
        actor = match.resource.actor
        name = _("%(place)s, chez %(actor)s") % {"place": match.resource.words, "actor": actor.name}
        return End(
            str(ResourceKind(match.resource.kind).label).capitalize(),
            name,
            reverse("territory:actor", args=[territory.slug, actor.slug]),
            "place",
        )
    assert match.actor is not None  # noqa: S101 a constraint of the table says so
    url = reverse("territory:actor", args=[territory.slug, match.actor.slug])
    return End(str(match.actor.get_family_display()).capitalize(), match.actor.name, url, "alliance")
