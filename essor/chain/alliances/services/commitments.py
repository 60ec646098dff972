"""Who brings what, when, and whether it was kept; and the interests that members declare."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.alliances.enums import CommitmentState, MemberState
from essor.chain.alliances.lifecycle import COMMITMENT_MOVES
from essor.chain.alliances.models import AllianceMember, Commitment, ConflictOfInterest
from essor.chain.alliances.notifications import tell_kept
from essor.chain.alliances.services.alliances import record
from essor.chain.alliances.services.refusals import AllianceRefused
from essor.common import clock
from essor.common.text import tidy
from essor.ground.directory.enums import ResourceKind
from essor.ground.people.models import Person


@transaction.atomic
def commit(
    *,
    by: Person,
    member: AllianceMember,
    kind: str,
    words: str,
    quantity: str = "",
    due_on: date | None = None,
) -> Commitment:
    """A member who said yes promises something, for a date when it has one."""
    if member.state != MemberState.CONSENTED:
        raise AllianceRefused(
            _("« %(actor)s » %(state)s : seul un membre qui a dit oui s’engage.")
            % {"actor": member.actor.name, "state": member.get_state_display()}
        )
    commitment = Commitment(member=member, created_at=clock.now())
    _write(commitment, kind, words, quantity, due_on)
    commitment.save()
    record(by=by, alliance=member.alliance, verb="commitment.made", actor=member.actor_id)
    return commitment


@transaction.atomic
def change_commitment(
    *, by: Person, commitment: Commitment, kind: str, words: str, quantity: str, due_on: date | None
) -> Commitment:
    """Reword a promise that is still one."""
    if commitment.state != CommitmentState.PROMISED:
        raise AllianceRefused(_("Cet engagement a déjà reçu sa réponse : prenez-en un nouveau."))
    _write(commitment, kind, words, quantity, due_on)
    commitment.save()
    record(
        by=by,
        alliance=commitment.member.alliance,
        verb="commitment.changed",
        actor=commitment.member.actor_id,
    )
    return commitment


@transaction.atomic
def say_commitment(*, by: Person, commitment: Commitment, state: str, why: str = "") -> Commitment:
    """Say whether it was kept. Not kept or released says why; said again, it is corrected."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("member__alliance__territory")
    commitment = rows.get(pk=commitment.pk)
    said, why = CommitmentState(state), tidy(why)[:240]
    if said not in COMMITMENT_MOVES[commitment.state]:
        raise AllianceRefused(
            _("Un engagement « %(before)s » ne devient pas « %(after)s ».")
            % {"before": commitment.get_state_display(), "after": said.label}
        )
    if not why and said in (CommitmentState.NOT_KEPT, CommitmentState.RELEASED):
        raise AllianceRefused(_("Dites pourquoi, en un mot : les autres membres le liront."))
    commitment.state, commitment.why = said, why
    open_again = said == CommitmentState.PROMISED
    commitment.said_at, commitment.said_by = (None, None) if open_again else (clock.now(), by)
    commitment.save()
    record(
        by=by,
        alliance=commitment.member.alliance,
        verb="commitment.said",
        actor=commitment.member.actor_id,
        state=str(said),
    )
    tell_kept(commitment, by)
    return commitment


@transaction.atomic
def declare_conflict(*, by: Person, member: AllianceMember, words: str) -> ConflictOfInterest:
    """Declare what could weigh on a decision, so that everybody at the table knows."""
    if not (words := tidy(words)[:1000]):
        raise AllianceRefused(_("Dites ce qui pourrait peser, en une phrase."))
    if member.state not in (MemberState.INVITED, MemberState.CONSENTED):
        raise AllianceRefused(_("« %(actor)s » n’est plus à la table.") % {"actor": member.actor.name})
    made = ConflictOfInterest.objects.create(
        member=member, words=words, declared_by=by, declared_at=clock.now()
    )
    record(by=by, alliance=member.alliance, verb="conflict.declared", actor=member.actor_id)
    return made


@transaction.atomic
def end_conflict(*, by: Person, conflict: ConflictOfInterest) -> ConflictOfInterest:
    """It weighs no more. The declaration stays in the history."""
    conflict.ended_at = conflict.ended_at or clock.now()
    conflict.save(update_fields=["ended_at"])
    record(by=by, alliance=conflict.member.alliance, verb="conflict.ended", actor=conflict.member.actor_id)
    return conflict


@transaction.atomic
def forget_person(*, person: Person) -> None:
    """What a person wrote for an organisation stays the organisation's; their own card's words go."""
    Commitment.objects.filter(member__actor__person=person).update(words="—", quantity="")
    ConflictOfInterest.objects.filter(member__actor__person=person).update(words="—")
    AllianceMember.objects.filter(represented_by=person).update(represented_by=None)
    AllianceMember.objects.filter(consent_recorded_by=person).update(consent_recorded_by=None)
    Commitment.objects.filter(said_by=person).update(said_by=None)
    ConflictOfInterest.objects.filter(declared_by=person).update(declared_by=None)


def _write(commitment: Commitment, kind: str, words: str, quantity: str, due_on: date | None) -> None:
    commitment.words, commitment.quantity = tidy(words)[:200], tidy(quantity)[:60]
    if not commitment.words:
        raise AllianceRefused(_("Dites ce qui est promis."))
    commitment.kind, commitment.due_on = ResourceKind(kind), due_on
