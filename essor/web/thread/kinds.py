"""The kinds of objects the thread meets: their step, their words, their address.

A later link of the chain adds its kind here, and its objects appear on every thread that reaches them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.chain.alliances.models import Alliance
from essor.chain.alliances.selectors.chain import state_told, with_what_is_left_alone
from essor.chain.challenges.models import Challenge
from essor.chain.listening.models import Consultation, Contribution
from essor.chain.needs.models import Need
from essor.chain.opinions.enums import ConversationState
from essor.chain.opinions.models import Statement
from essor.chain.projects.models import Project
from essor.common.text import excerpt
from essor.ground.gatherings.models import Gathering
from essor.ground.ledger.selectors import Node
from essor.ground.territories.models import Territory
from essor.web.drawings.thread import Knot


@dataclass(frozen=True)
class Kind:
    """How objects of one type stand on the thread. ``visible`` gives those anybody may see."""

    path: str
    step: str
    name: str | Promise
    visible: Callable[[Territory], QuerySet[Any]]
    words: Callable[[Any], str]
    address: Callable[[Territory, Any], str]
    note: Callable[[Any], str] = lambda thing: ""


KINDS: dict[str, Kind] = {
    "listening.contribution": Kind(
        "voix",
        "listen",
        _("Voix"),
        lambda territory: (
            Contribution.objects.in_territory(territory)
            .public()
            .select_related("gathering", "speaker", "consultation")
        ),
        lambda voice: _("« %(words)s »") % {"words": excerpt(voice.words, 60)},
        lambda territory, voice: reverse("territory:voice", args=[territory.slug, voice.pk]),
    ),
    "opinions.statement": Kind(
        "affirmation",
        "listen",
        _("Affirmation"),
        lambda territory: (
            Statement.objects.in_territory(territory)
            .to_vote()
            .exclude(conversation__state=ConversationState.DRAFT)
            .select_related("conversation__territory")
        ),
        lambda statement: _("« %(words)s »") % {"words": excerpt(statement.text, 60)},
        lambda territory, statement: reverse(
            "territory:statement", args=[territory.slug, statement.conversation.slug, statement.number]
        ),
        lambda statement: statement.conversation.title,
    ),
    "needs.need": Kind(
        "besoin",
        "need",
        _("Besoin"),
        lambda territory: with_what_is_left_alone(Need.objects.in_territory(territory).public()),
        lambda need: need.statement,
        lambda territory, need: reverse("territory:need", args=[territory.slug, need.slug]),
        state_told,
    ),
    "challenges.challenge": Kind(
        "defi",
        "challenge",
        _("Défi"),
        lambda territory: Challenge.objects.in_territory(territory).public(),
        lambda challenge: challenge.title,
        lambda territory, challenge: reverse("territory:challenge", args=[territory.slug, challenge.slug]),
        lambda challenge: str(challenge.get_state_display()),
    ),
    "projects.project": Kind(
        "projet",
        "project",
        _("Projet"),
        lambda territory: Project.objects.in_territory(territory).public(),
        lambda project: project.title,
        lambda territory, project: reverse("territory:project", args=[territory.slug, project.slug]),
        lambda project: str(project.get_stage_display()),
    ),
    "alliances.alliance": Kind(
        "alliance",
        "alliance",
        _("Alliance"),
        lambda territory: Alliance.objects.in_territory(territory).public(),
        lambda alliance: alliance.title,
        lambda territory, alliance: reverse("territory:alliance", args=[territory.slug, alliance.slug]),
        lambda alliance: str(alliance.get_state_display()),
    ),
    "gatherings.gathering": Kind(
        "rencontre",
        "listen",
        _("Rencontre"),
        lambda territory: Gathering.objects.in_territory(territory).public(),
        lambda gathering: gathering.title,
        lambda territory, gathering: reverse("territory:gathering", args=[territory.slug, gathering.slug]),
    ),
    "listening.consultation": Kind(
        "concertation",
        "listen",
        _("Concertation"),
        lambda territory: Consultation.objects.in_territory(territory).public(),
        lambda consultation: consultation.title,
        lambda territory, consultation: reverse(
            "territory:consultation", args=[territory.slug, consultation.slug]
        ),
    ),
}
BY_PATH = {kind.path: label for label, kind in KINDS.items()}


def named(territory: Territory, nodes: Iterable[Node]) -> dict[Node, Knot]:
    """The visible objects among these nodes, each under its node; one query a type."""
    keys: dict[str, list[int]] = {}
    for label, pk in nodes:
        keys.setdefault(label, []).append(pk)
    return {
        (label, thing.pk): knot_of(territory, kind, thing)
        for label, kind in KINDS.items()
        if label in keys
        for thing in kind.visible(territory).filter(pk__in=keys[label])
    }


def knots_of(territory: Territory, nodes: Iterable[Node]) -> list[Knot]:
    """The visible objects among these nodes, as knots; one query a type."""
    return list(named(territory, nodes).values())


def knot_of(territory: Territory, kind: Kind, thing: Any, count: int = 1) -> Knot:
    """One object as a knot."""
    return Knot(kind.step, kind.words(thing), kind.address(territory, thing), count, kind.note(thing))
