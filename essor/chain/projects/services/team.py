"""The team of a project: invited, who say yes or no; roles; leaving. Nobody is enrolled unasked."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from essor.chain.projects.enums import TeamRole, Visibility
from essor.chain.projects.models import Project, TeamMember
from essor.chain.projects.notifications.projects import tell_invited, tell_joined
from essor.chain.projects.services.projects import locked
from essor.chain.projects.services.refusals import ProjectRefused
from essor.common import clock
from essor.common.text import tidy
from essor.ground.directory.models import Actor
from essor.ground.directory.policies import can_speak_for_actor
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person
from essor.ground.people.policies import can_facilitate, can_take_part

TOLD_ONCE_IN = timedelta(days=7)


@transaction.atomic
def invite_member(
    *,
    by: Person,
    project: Project,
    person: Person | None = None,
    actor: Actor | None = None,
    role: str = TeamRole.CONTRIBUTOR,
    title: str = "",
    by_address: bool = False,
) -> TeamMember:
    """Invite a member of the territory, or an actor of the directory. They count once they say yes.

    ``by_address``: the one who invites knows an address, and does not learn from us whose it is.
    """
    project = locked(project=project)
    if project.visibility == Visibility.HIDDEN:
        raise ProjectRefused(
            _("Ce projet est masqué par la modération : il n’invite personne d’ici à son retour.")
        )
    actor = actor.merged_into or actor if actor is not None else None
    if person is not None and not by_address and (known := _known_by_address(project, person)):
        known.role, known.title, known.by_address = TeamRole(role), tidy(title)[:80], False
        known.invited_by, known.invited_at = by, clock.now()
        known.save()
        return known  # already told: inviting by a name must not say who was invited by address
    _check_guest(project, person, actor)
    is_told = not _invited_lately(project, person, actor)
    member = TeamMember.objects.create(
        project=project,
        person=person,
        actor=actor,
        role=TeamRole(role),
        title=tidy(title)[:80],
        by_address=by_address,
        invited_by=by,
        invited_at=clock.now(),
    )
    _record(by, member, "project.member_invited")
    if is_told:
        tell_invited(member, by)
    return member


@transaction.atomic
def accept_invitation(*, by: Person, member: TeamMember) -> TeamMember:
    """Say yes: for oneself, or for the actor one speaks for."""
    member = _locked(member)
    _check_theirs(by, member)
    if member.accepted_at is None:
        member.accepted_at = clock.now()
        member.save(update_fields=["accepted_at"])
        _record(by, member, "project.member_joined")
        tell_joined(member, by)
    return member


@transaction.atomic
def decline_invitation(*, by: Person, member: TeamMember) -> TeamMember:
    """Say no. The invitation ends, and may be made again."""
    member = _locked(member)
    _check_theirs(by, member)
    if member.accepted_at is not None:
        raise ProjectRefused(_("Vous avez déjà dit oui : vous pouvez quitter l’équipe."))
    return _end(by, member, "project.member_declined")


@transaction.atomic
def change_member(*, by: Person, member: TeamMember, role: str, title: str = "") -> TeamMember:
    """Give somebody another role. A project that has holders keeps one."""
    member = _locked(member)
    if role != TeamRole.HOLDER:
        _keep_a_holder(by, member)
    member.role, member.title = TeamRole(role), tidy(title)[:80]
    member.save(update_fields=["role", "title"])
    _record(by, member, "project.member_changed")
    return member


@transaction.atomic
def leave_team(*, by: Person, member: TeamMember) -> TeamMember:
    """Somebody leaves, or is thanked by those who lead. The last who carries a project hands over first."""
    member = _locked(member)
    if member.accepted_at is not None:
        _keep_a_holder(by, member)
    return _end(by, member, "project.member_left")


@transaction.atomic
def forget_person(*, person: Person) -> int:
    """The person leaves every team, by name or by card; that somebody was there stays, without a name."""
    rows = TeamMember.objects.filter(Q(person=person) | Q(actor__person=person))
    rows.filter(left_at=None).update(left_at=clock.now())
    return rows.update(title="")


def _known_by_address(project: Project, person: Person) -> TeamMember | None:
    return TeamMember.objects.invited().filter(project=project, person=person, by_address=True).first()


def _invited_lately(project: Project, person: Person | None, actor: Actor | None) -> bool:
    """Whether they were told some days ago: who is invited, removed, invited again is told once."""
    rows = TeamMember.objects.filter(project=project, person=person, actor=actor)
    return rows.filter(invited_at__gt=clock.now() - TOLD_ONCE_IN).exists()


def _check_guest(project: Project, person: Person | None, actor: Actor | None) -> None:
    living = TeamMember.objects.filter(project=project, left_at=None)
    if person is None and actor is None:
        raise ProjectRefused(_("Choisissez une personne du territoire, ou un acteur de l’annuaire."))
    if person is not None and not can_take_part(person, project.territory):
        raise ProjectRefused(_("Cette personne n’est pas membre du territoire : invitez-la d’abord."))
    if actor is not None and (actor.territory_id != project.territory_id or not actor.is_listed):
        raise ProjectRefused(
            _("Cet acteur n’est pas dans l’annuaire du territoire : choisissez-en un autre.")
        )
    if (person is not None and living.filter(person=person).exists()) or (
        actor is not None and living.filter(actor=actor).exists()
    ):
        raise ProjectRefused(_("Déjà dans l’équipe, ou déjà invité."))


def _check_theirs(by: Person, member: TeamMember) -> None:
    mine = member.person_id == by.pk if member.person_id else False
    if not mine and not (member.actor is not None and can_speak_for_actor(by, member.actor)):
        raise ProjectRefused(_("Cette invitation ne vous est pas adressée."))
    if member.left_at is not None:
        raise ProjectRefused(_("Cette invitation n’est plus ouverte : demandez-en une autre à l’équipe."))


def _keep_a_holder(by: Person, member: TeamMember) -> None:
    if member.role != TeamRole.HOLDER or can_facilitate(by, member.project.territory):
        return
    others = TeamMember.objects.current().filter(project=member.project, role=TeamRole.HOLDER)
    if not others.exclude(pk=member.pk).exists():
        raise ProjectRefused(
            _("Personne d’autre ne porte ce projet : confiez-le d’abord à quelqu’un de l’équipe.")
        )


def _end(by: Person, member: TeamMember, verb: str) -> TeamMember:
    if member.left_at is None:
        member.left_at = clock.now()
        member.save(update_fields=["left_at"])
        _record(by, member, verb)
    return member


def _locked(member: TeamMember) -> TeamMember:
    locked(project=member.project)
    rows = TeamMember.objects.select_related("project__territory", "person", "actor__territory")
    return rows.get(pk=member.pk)


def _record(by: Person, member: TeamMember, verb: str) -> None:
    ledger.record(
        by=by,
        verb=verb,
        thing=member.project,
        territory=member.project.territory,
        data={"member": member.pk, "role": member.role},
    )
