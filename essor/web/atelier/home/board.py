"""The dashboard: where the work stands along the chain, and what to do next."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.chain.alliances.models import Commitment
from essor.chain.challenges.enums import ChallengeState
from essor.chain.challenges.models import Challenge
from essor.chain.holders.models import ProjectHolder
from essor.chain.listening.enums import AppealState, ImportState
from essor.chain.listening.models import Appeal, Consultation, Contribution, ImportBatch, Report
from essor.chain.needs.enums import NeedState, SynthesisState
from essor.chain.needs.models import Need, Synthesis
from essor.chain.projects.selectors.listing import late_milestones
from essor.ground.gatherings.models import Gathering
from essor.ground.ledger.models import Fact
from essor.ground.ledger.verbs import TOLD_WITHOUT_NAME
from essor.ground.people.policies import can_facilitate
from essor.ground.territories.models import Territory
from essor.web.access import moderator, page
from essor.web.figures import figures_of
from essor.web.thread.kinds import named

FACTS_SHOWN = 12


@dataclass(frozen=True)
class Stage:
    """One stage of the work: how much is there, what waits, and the gesture that helps most."""

    step: str
    label: str | Promise
    count: int
    waiting: int
    waiting_words: str | Promise
    url: str
    action: str | Promise
    action_url: str


def _moderation(territory: Territory) -> int:
    waiting = Contribution.objects.in_territory(territory).to_moderate().count()
    reported = (
        Report.objects.filter(contribution__territory=territory, settled_at=None)
        .exclude(contribution__in=Contribution.objects.in_territory(territory).to_moderate())
        .values("contribution")
        .distinct()
        .count()
    )
    appealed = Appeal.objects.filter(contribution__territory=territory, state=AppealState.OPEN).count()
    return waiting + reported + appealed


def _stages(territory: Territory) -> list[Stage]:
    """Listening, synthesis, needs: each with what waits."""
    figures = figures_of(territory)
    to = lambda name: reverse(f"territory:{name}", args=[territory.slug])  # noqa: E731
    syntheses = Synthesis.objects.in_territory(territory).current()
    unfinished = ImportBatch.objects.in_territory(territory).exclude(
        state__in=[ImportState.DONE, ImportState.FAILED]
    )
    drafts = Need.objects.in_territory(territory).filter(state=NeedState.DRAFT)
    return [
        Stage(
            "listen", _("Voix entendues"), figures.voices, unfinished.count(),
            _("imports à finir"), to("atelier_consultations"), _("Noter des paroles"), to("atelier_capture"),
        ),
        Stage(
            "need", _("Synthèses"), syntheses.count(),
            syntheses.filter(state__in=[SynthesisState.QUEUED, SynthesisState.RUNNING]).count(),
            _("en cours de calcul"), to("atelier_syntheses"),
            _("Demander une synthèse"), to("atelier_synthesis_new"),
        ),
        Stage(
            "need", _("Besoins publiés"), figures.needs, drafts.count(), _("brouillons à publier"),
            to("atelier_needs"), _("Relire les besoins"), to("atelier_needs"),
        ),
        *_second_half(territory),
    ]  # fmt: skip


def _second_half(territory: Territory) -> list[Stage]:
    """Those who are met, challenges, projects, alliances: each with what waits."""
    figures = figures_of(territory)
    to = lambda name: reverse(f"territory:{name}", args=[territory.slug])  # noqa: E731
    holders = ProjectHolder.objects.in_territory(territory).living()
    challenges = Challenge.objects.in_territory(territory)
    late = Commitment.objects.late().filter(member__alliance__territory=territory)
    return [
        Stage(
            "challenge", _("Défis"), challenges.public().count(),
            challenges.filter(state=ChallengeState.WAITING).count(), _("à relire"),
            to("atelier_challenges"), _("Lancer un défi"), to("challenge_new"),
        ),
        Stage(
            "project", _("Porteurs rencontrés"), holders.count(), holders.due().count(),
            _("prochains pas à faire"), to("atelier_holders"), _("Noter quelqu’un"), to("atelier_holder_new"),
        ),
        Stage(
            "project", _("Projets publics"), figures.projects, late_milestones(territory).count(),
            _("jalons en retard"), to("atelier_projects"), _("Proposer un projet"), to("project_new"),
        ),
        Stage(
            "alliance", _("Alliances"), figures.alliances, late.count(), _("engagements en retard"),
            to("atelier_alliances"), _("Préparer une alliance"), to("alliance_new"),
        ),
    ]  # fmt: skip


def _lately(territory: Territory) -> list[dict[str, object]]:
    """The latest facts, each gesture on the same thing told once, with the thing's name and address."""
    facts = Fact.objects.in_territory(territory).exclude(verb__in=TOLD_WITHOUT_NAME).select_related("by")
    kept: dict[tuple[str, str, int], Fact] = {}
    for fact in facts[: FACTS_SHOWN * 5]:
        kept.setdefault((fact.verb, fact.thing_type, fact.thing_id), fact)
    shown = list(kept.values())[:FACTS_SHOWN]
    names = named(territory, [(fact.thing_type, fact.thing_id) for fact in shown])
    return [{"fact": fact, "thing": names.get((fact.thing_type, fact.thing_id))} for fact in shown]


@page(who=moderator)
def board(request: HttpRequest) -> HttpResponse:
    """What a facilitator or a moderator sees first."""
    territory = request.territory
    facilitates = can_facilitate(request.user, territory)
    context = {
        "stages": _stages(territory) if facilitates else [],
        "to_moderate": _moderation(territory),
        "is_new": facilitates and not Consultation.objects.in_territory(territory).exists(),
        "meetings": Gathering.objects.in_territory(territory).meetings().to_come()[:4],
        "lately": _lately(territory),
    }
    return render(request, "atelier/board.html", context)
