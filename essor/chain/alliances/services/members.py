"""Members of an alliance: invited, who say yes or no themselves, and may leave."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.alliances.enums import AllianceState, ConsentManner, MemberRole, MemberState
from essor.chain.alliances.lifecycle import MEMBER_MOVES
from essor.chain.alliances.models import Alliance, AllianceMember
from essor.chain.alliances.notifications import tell_answered, tell_invited
from essor.chain.alliances.policies import can_answer_for_member
from essor.chain.alliances.services.alliances import locked, record
from essor.chain.alliances.services.refusals import AllianceRefused
from essor.common import clock
from essor.common.text import tidy
from essor.ground.directory.models import Actor
from essor.ground.people.models import Person
from essor.ground.people.policies import can_facilitate

TOLD_ONCE_IN = timedelta(days=7)  # who is invited, removed, invited again is told once


@transaction.atomic
def invite_member(
    *, by: Person, alliance: Alliance, actor: Actor, role: str = MemberRole.BRINGS, college: str = ""
) -> AllianceMember:
    """Invite an actor of the directory; one who declined or left may be invited again."""
    alliance = locked(alliance=alliance)
    actor = actor.merged_into or actor
    if alliance.state == AllianceState.CLOSED:
        raise AllianceRefused(_("Cette alliance est close : rouvrez-la avant d’inviter."))
    if actor.territory_id != alliance.territory_id or not actor.is_listed:
        raise AllianceRefused(
            _("« %(actor)s » n’est pas dans l’annuaire de ce territoire.") % {"actor": actor.name}
        )
    member = AllianceMember.objects.filter(alliance=alliance, actor=actor).first()
    if member is not None and member.state in (MemberState.INVITED, MemberState.CONSENTED):
        raise AllianceRefused(_("« %(actor)s » est déjà à la table.") % {"actor": actor.name})
    is_told = member is None or member.invited_at < clock.now() - TOLD_ONCE_IN
    member = member or AllianceMember(alliance=alliance, actor=actor)
    member.state, member.role, member.college = MemberState.INVITED, MemberRole(role), tidy(college)[:80]
    member.invited_at, member.consented_at, member.left_at = clock.now(), None, None
    member.consent_manner, member.consent_recorded_by, member.left_because = "", None, ""
    member.save()
    _count(alliance)
    record(by=by, alliance=alliance, verb="alliance.member_invited", actor=actor.pk)
    if is_told:
        tell_invited(member, by)
    return member


@transaction.atomic
def consent(*, by: Person, member: AllianceMember, manner: str = ConsentManner.ONLINE) -> AllianceMember:
    """Record a yes: online by those who speak for the actor; said or written, noted by a facilitator."""
    member = locked_member(member=member)
    how = ConsentManner(manner)
    if how == ConsentManner.ONLINE:
        _check_theirs(by, member)
    elif not can_facilitate(by, member.alliance.territory):
        raise AllianceRefused(_("Seule la facilitation note un accord donné par écrit ou de vive voix."))
    _move(member, MemberState.CONSENTED)
    member.consented_at, member.consent_manner, member.consent_recorded_by = clock.now(), how, by
    member.save()
    _count(member.alliance)
    record(
        by=by,
        alliance=member.alliance,
        verb="alliance.member_consented",
        actor=member.actor_id,
        manner=str(how),
    )
    tell_answered(member, by)
    return member


@transaction.atomic
def decline(*, by: Person, member: AllianceMember, because: str = "") -> AllianceMember:
    """Say no, for the actor one speaks for; a facilitator notes a no said otherwise."""
    member = locked_member(member=member)
    if not can_facilitate(by, member.alliance.territory):
        _check_theirs(by, member)
    _move(member, MemberState.DECLINED)
    member.left_because = tidy(because)[:240]
    member.save()
    _count(member.alliance)
    record(by=by, alliance=member.alliance, verb="alliance.member_declined", actor=member.actor_id)
    tell_answered(member, by)
    return member


@transaction.atomic
def leave(*, by: Person, member: AllianceMember, because: str) -> AllianceMember:
    """Withdraw from the table. What was promised and not kept is released, so that nobody waits for it."""
    member = locked_member(member=member)
    _move(member, MemberState.LEFT)
    member.left_at, member.left_because = clock.now(), tidy(because)[:240]
    if not member.left_because:
        raise AllianceRefused(_("Dites pourquoi, en un mot : les autres membres le liront."))
    member.save()
    member.commitments.filter(state="promised").update(
        state="released", why=_("parti de l’alliance"), said_at=clock.now(), said_by=by
    )
    _count(member.alliance)
    record(by=by, alliance=member.alliance, verb="alliance.member_left", actor=member.actor_id)
    tell_answered(member, by)
    return member


@transaction.atomic
def change_member(*, by: Person, member: AllianceMember, role: str, college: str) -> AllianceMember:
    """Another role, or another college-to-be."""
    member = locked_member(member=member)
    member.role, member.college = MemberRole(role), tidy(college)[:80]
    member.save(update_fields=["role", "college"])
    record(
        by=by,
        alliance=member.alliance,
        verb="alliance.member_changed",
        actor=member.actor_id,
        role=member.role,
    )
    return member


def locked_member(*, member: AllianceMember) -> AllianceMember:
    """The member as it stands now, kept for this transaction."""
    rows = AllianceMember.objects.select_for_update(of=("self",)).select_related(
        "alliance__territory", "actor__territory"
    )
    return rows.get(pk=member.pk)


def _check_theirs(by: Person, member: AllianceMember) -> None:
    if not can_answer_for_member(by, member):
        raise AllianceRefused(
            _("Seules les personnes qui parlent au nom de « %(actor)s » répondent pour lui.")
            % {"actor": member.actor.name}
        )


def _move(member: AllianceMember, state: MemberState) -> None:
    if state not in MEMBER_MOVES[member.state]:
        raise AllianceRefused(
            _("« %(actor)s » %(before)s : on ne peut pas noter « %(after)s ». Invitez-le de nouveau.")
            % {"actor": member.actor.name, "before": member.get_state_display(), "after": state.label}
        )
    member.state = state


def _count(alliance: Alliance) -> None:
    rows = list(alliance.members.consented().values_list("actor__family", flat=True))
    alliance.members_count, alliance.families_count = len(rows), len(set(rows))
    alliance.changed_at = clock.now()
    alliance.save(update_fields=["members_count", "families_count", "changed_at"])
