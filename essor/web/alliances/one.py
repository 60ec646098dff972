"""An alliance: who sits around the table, what it carries, who promised what, where it stands."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.alliances.enums import AllianceState, MemberState
from essor.chain.alliances.models import Alliance, AllianceMember
from essor.chain.alliances.policies import (
    can_lead_alliance,
    can_publish_alliance,
    can_sit_in_alliance,
)
from essor.chain.alliances.selectors.listing import actors_of, commitments_of, conflicts_of
from essor.chain.alliances.services.alliances import why_not_sign
from essor.ground.documents.enums import DocumentState
from essor.ground.ledger.selectors import public_history_of
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person
from essor.web.access import anyone, page
from essor.web.alliances.loading import readable_alliance
from essor.web.drawings.stepper import Stage, stepper
from essor.web.drawings.table import Seat, round_table
from essor.web.thread.climbing import thread_of_alliance

_PATH = (AllianceState.PROPOSED, AllianceState.DISCUSSED, AllianceState.SIGNED, AllianceState.ACTIVE)
_FAMILIES = {each.value: rank for rank, each in enumerate(StakeholderFamily)}


@page(who=anyone)
def alliance(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an alliance."""
    found = readable_alliance(request, slug)
    members = list(found.members.select_related("actor__territory"))
    leads = can_lead_alliance(request.user, found)
    shown = {
        "alliance": found,
        "crumbs": [
            (_("Alliances"), reverse("territory:alliances", args=[request.territory.slug])),
            (found.title, None),
        ],
        "may_lead": leads,
        "may_publish": can_publish_alliance(request.user, request.territory),
        "why_not_sign": why_not_sign(alliance=found) if leads and found.state == "discussed" else "",
        **_at_the_table(request, found, members),
        **_told(found),
    }
    return render(request, "alliances/alliance.html", shown)


def _at_the_table(request: HttpRequest, found: Alliance, members: list[AllianceMember]) -> dict[str, Any]:
    mine = _mine(request)
    promised = defaultdict(list)
    for each in commitments_of(found):
        promised[each.member_id].append(each)
    conflicts = list(conflicts_of(found))
    may_sit = can_sit_in_alliance(request.user, found)
    gone = (MemberState.LEFT, MemberState.DECLINED) if may_sit else (MemberState.LEFT,)
    seated = [each for each in members if each.state in (MemberState.INVITED, MemberState.CONSENTED)]
    return {
        "table": round_table([_seat(request, each) for each in seated], title=_("Autour de la table"))
        if seated
        else None,
        "members": [(each, promised[each.pk], each.actor_id in mine) for each in seated],
        "gone": [each for each in members if each.state in gone],
        "late": sum(each.is_late for rows in promised.values() for each in rows),
        "kept": sum(each.state == "kept" for rows in promised.values() for each in rows),
        "promised": sum(len(rows) for rows in promised.values()),
        "conflicts": [(each, each.member.actor_id in mine) for each in conflicts],
        "may_sit": may_sit,
    }


def _told(found: Alliance) -> dict[str, Any]:
    charter = found.charter
    return {
        "stepper": stepper(_stages(found), title=_("Où en est l’alliance"), step="alliance"),
        "move": found.moves.exclude(why="").first(),
        "carried": [each.project for each in found.carried.select_related("project")],
        "taken_up": [each.need for each in found.taken_up.select_related("need")],
        "children": found.children.public().order_by("title"),
        "meetings": [
            each.gathering
            for each in found.gatherings.select_related("gathering").order_by("-gathering__starts_at")
        ],
        "charter": charter,
        "charter_is_public": charter is not None and charter.state == DocumentState.PUBLISHED,
        "thread": thread_of_alliance(found) if found.is_public else None,
        "history": public_history_of(found, 10),
    }


def _mine(request: HttpRequest) -> set[int]:
    if not isinstance(request.user, Person):
        return set()
    return set(actors_of(request.user, request.territory).values_list("pk", flat=True))


def _seat(request: HttpRequest, member: AllianceMember) -> Seat:
    actor = member.actor
    return Seat(
        name=actor.name,
        family=_FAMILIES[actor.family],
        family_name=str(actor.get_family_display()),
        role=str(member.get_role_display()),
        is_taken=member.state == MemberState.CONSENTED,
        url=reverse("territory:actor", args=[request.territory.slug, actor.slug]) if actor.is_listed else "",
    )


def _stages(found: Alliance) -> list[Stage]:
    """The path of an alliance; closed, it shows where it stood."""
    closed = found.state == AllianceState.CLOSED
    last = found.moves.filter(after=AllianceState.CLOSED).first() if closed else None
    here = AllianceState(last.before) if last else AllianceState.PROPOSED if closed else found.state
    reached = _PATH.index(AllianceState(here))
    stages = [
        Stage(str(each.label), "done" if rank < reached else "here" if rank == reached else "to_come")
        for rank, each in enumerate(_PATH)
    ]
    if closed:
        stages[reached] = Stage(str(AllianceState.CLOSED.label), "stopped")
    return stages
