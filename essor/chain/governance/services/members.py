"""Members of a body, who represents them, and the charges they hold."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.governance.enums import BodyState, MandateRole, MemberCategory
from essor.chain.governance.models import Body, BodyMember, College, Incompatibility, Mandate
from essor.chain.governance.services.bodies import locked, record
from essor.chain.governance.services.refusals import GovernanceRefused
from essor.common import clock
from essor.common.text import tidy
from essor.ground.directory.enums import ActorKind
from essor.ground.directory.models import Actor
from essor.ground.people.models import Membership, Person

WHY = 240  # characters of a reason


@transaction.atomic
def add_member(
    *,
    by: Person,
    body: Body,
    actor: Actor,
    category: str,
    college: College | None = None,
    representative: Person | None = None,
    since: date | None = None,
) -> BodyMember:
    """Write a member down, in one college when the body has some.

    Raises GovernanceRefused for an actor who is not in the directory here, who already sits (one seat and one
    college each), a college of another body, or a missing college.
    """
    body, actor = locked(body=body), actor.merged_into or actor
    _check_open(body)
    if actor.territory_id != body.territory_id or not actor.is_listed:
        raise GovernanceRefused(
            _("« %(actor)s » n’est pas dans l’annuaire de ce territoire.") % {"actor": actor.name}, "actor"
        )
    since = since or clock.today()
    sitting = body.members.ending_after(since).filter(actor=actor).select_related("actor", "college").first()
    if sitting is not None:
        raise GovernanceRefused(_already(sitting), "actor")
    member = BodyMember(body=body, actor=actor, added_by=by, added_at=clock.now(), since=since)
    _seat(member, category, college, representative)
    member.save()
    record(by=by, body=body, verb="body.member_added", actor=actor.pk)
    return member


@transaction.atomic
def change_member(
    *,
    by: Person,
    member: BodyMember,
    category: str,
    college: College | None = None,
    representative: Person | None = None,
) -> BodyMember:
    """Another category, college or representative. Votes already open keep their roll."""
    member = locked_member(member=member)
    _check_open(member.body)
    _check_sits(member)
    _seat(member, category, college, representative)
    member.save()
    record(by=by, body=member.body, verb="body.member_changed", actor=member.actor_id)
    return member


@transaction.atomic
def end_member(*, by: Person, member: BodyMember, until: date, because: str = "") -> BodyMember:
    """A member leaves on that day; the mandates that ran further end with it. Shares stay in the register."""
    member = locked_member(member=member)
    _check_sits(member)
    if until < member.since:
        raise GovernanceRefused(_("Le départ ne peut pas être avant l’arrivée."), "until")
    member.until, member.left_because = until, tidy(because)[:WHY]
    member.save(update_fields=["until", "left_because"])
    running = member.mandates.filter(ends_on__gt=until, ended_on=None)
    running.update(ended_on=until, ended_because=_("n’est plus membre"))
    record(by=by, body=member.body, verb="body.member_left", actor=member.actor_id)
    return member


@transaction.atomic
def give_mandate(
    *,
    by: Person,
    member: BodyMember,
    role: str,
    begins_on: date,
    ends_on: date,
    renews: Mandate | None = None,
) -> Mandate:
    """Give a member a charge for a time.

    Raises GovernanceRefused when it ends before it begins, lasts longer than statutes allow, begins after the
    member left, comes twice, or goes with another charge that statutes forbid to hold together.
    """
    member = locked_member(member=member)
    _check_open(member.body)
    charge = MandateRole(role)
    _check_term(member, begins_on, ends_on)
    _check_held(member, charge, begins_on, ends_on)
    if renews is not None and (renews.body_id, renews.role) != (member.body_id, charge):
        raise GovernanceRefused(_("Un mandat se renouvelle dans la même charge."), "renews")
    mandate = Mandate.objects.create(
        body=member.body, member=member, role=charge, begins_on=begins_on, ends_on=ends_on,
        renews=renews, recorded_by=by, recorded_at=clock.now(),
    )  # fmt: skip
    record(by=by, body=member.body, verb="mandate.given", actor=member.actor_id, role=str(charge))
    return mandate


@transaction.atomic
def end_mandate(*, by: Person, mandate: Mandate, on: date, because: str) -> Mandate:
    """End a charge before its term, with the reason."""
    mandate = (
        Mandate.objects.select_for_update(of=("self",)).select_related("body__territory").get(pk=mandate.pk)
    )
    if not mandate.begins_on <= on < min(mandate.ends_on, mandate.ended_on or mandate.ends_on):
        raise GovernanceRefused(_("Choisissez un jour où ce mandat court encore."), "on")
    if not (because := tidy(because)[:WHY]):
        raise GovernanceRefused(_("Dites pourquoi ce mandat s’arrête avant son terme."), "because")
    mandate.ended_on, mandate.ended_because = on, because
    mandate.save(update_fields=["ended_on", "ended_because"])
    record(by=by, body=mandate.body, verb="mandate.ended", role=str(mandate.role))
    return mandate


@transaction.atomic
def forget_person(*, person: Person) -> None:
    """An erased person represents nobody any more; what bodies did stays, without their name."""
    BodyMember.objects.filter(representative=person).update(representative=None)


def locked_member(*, member: BodyMember) -> BodyMember:
    """The member as it stands now, kept for this transaction with its body."""
    locked(body=member.body)
    rows = BodyMember.objects.select_for_update(of=("self",))
    return rows.select_related("body__territory", "actor__territory", "college").get(pk=member.pk)


def _check_open(body: Body) -> None:
    if body.state == BodyState.DISSOLVED:
        raise GovernanceRefused(_("Cette instance est dissoute : remettez-la en fonction d’abord."))


def _check_sits(member: BodyMember) -> None:
    if member.until is not None:
        raise GovernanceRefused(_("« %(actor)s » n’est plus membre.") % {"actor": member.actor.name})


def _already(sitting: BodyMember) -> str:
    if sitting.college is None:
        return _("« %(actor)s » est déjà membre de cette instance.") % {"actor": sitting.actor.name}
    return _("« %(actor)s » siège déjà au collège « %(college)s » : un membre n’a qu’un collège.") % {
        "actor": sitting.actor.name,
        "college": sitting.college.name,
    }


def _seat(member: BodyMember, category: str, college: College | None, representative: Person | None) -> None:
    standing = member.body.colleges.filter(ended_at=None)
    if college is not None and not standing.filter(pk=college.pk).exists():
        raise GovernanceRefused(_("Ce collège n’est pas de cette instance."), "college")
    if college is None and standing.exists():
        raise GovernanceRefused(_("Choisissez le collège de ce membre."), "college")
    if representative is not None and member.actor.kind == ActorKind.PERSON:
        raise GovernanceRefused(_("Une personne se représente elle-même."), "representative")
    if representative is not None and not _belongs(representative, member.body):
        raise GovernanceRefused(
            _("Qui représente un membre doit avoir un compte dans ce territoire."), "representative"
        )
    member.category, member.college = MemberCategory(category), college
    member.representative = representative


def _belongs(person: Person, body: Body) -> bool:
    return Membership.objects.filter(person=person, territory=body.territory, left_at=None).exists()


def _check_term(member: BodyMember, begins_on: date, ends_on: date) -> None:
    if ends_on <= begins_on:
        raise GovernanceRefused(_("Un mandat se termine après avoir commencé."), "ends_on")
    most = member.body.mandate_years_most
    if ends_on > clock.months_after(begins_on, 12 * most):
        raise GovernanceRefused(
            _("Un mandat dure %(years)s ans au plus dans cette instance.") % {"years": most}, "ends_on"
        )
    if begins_on < member.since or (member.until is not None and ends_on > member.until):
        raise GovernanceRefused(
            _("« %(actor)s » n’est pas membre pendant tout ce temps.") % {"actor": member.actor.name},
            "begins_on",
        )


def _check_held(member: BodyMember, role: MandateRole, begins_on: date, ends_on: date) -> None:
    held = [
        each
        for each in member.mandates.all()
        if each.begins_on < ends_on and begins_on < min(each.ends_on, each.ended_on or each.ends_on)
    ]
    if any(each.role == role for each in held):
        raise GovernanceRefused(
            _("« %(actor)s » a déjà cette charge à ces dates.") % {"actor": member.actor.name}, "role"
        )
    forbidden = Incompatibility.objects.filter(body=member.body).values_list("role", "other")
    pairs = {frozenset(pair) for pair in forbidden}
    clash = next((each for each in held if frozenset({each.role, role}) in pairs), None)
    if clash is not None:
        raise GovernanceRefused(
            _("Les statuts interdisent de tenir ensemble « %(one)s » et « %(other)s ».")
            % {"one": clash.get_role_display(), "other": role.label},
            "role",
        )
