"""Assemblies: prepared, convened in time, held with those who are there and those they represent, closed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.governance.enums import (
    AssemblyKind,
    AssemblyState,
    BodyState,
    PresenceMode,
    ResolutionState,
)
from essor.chain.governance.lifecycle import ASSEMBLY_MOVES
from essor.chain.governance.models import (
    Assembly,
    AssemblyAction,
    AssemblyPaper,
    Body,
    BodyMember,
    Presence,
    Proxy,
)
from essor.chain.governance.services.refusals import GovernanceRefused
from essor.common import clock
from essor.common.text import tidy
from essor.ground.documents.models import Document
from essor.ground.gatherings import services as gatherings
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person

RUNNING = (AssemblyState.CONVENED, AssemblyState.OPEN)


@transaction.atomic
def plan_assembly(
    *,
    by: Person,
    body: Body,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    kind: str = AssemblyKind.ORDINARY,
    agenda: Sequence[tuple[str, int | None]] = (),
    place_name: str = "",
    address: str = "",
    remote_link: str = "",
    again_of: Assembly | None = None,
) -> Assembly:
    """Prepare an assembly of a body; nobody but those who lead it sees it until it is convened.

    Raises GovernanceRefused for a body that is not in function or an assembly of another, GatheringRefused
    for dates out of order.
    """
    if body.state != BodyState.ACTIVE:
        raise GovernanceRefused(_("Mettez d’abord l’instance en fonction : elle pourra alors se réunir."))
    if again_of is not None and again_of.body_id != body.pk:
        raise GovernanceRefused(_("L’assemblée reprise est d’une autre instance."), "again_of")
    gathering = gatherings.plan_gathering(
        by=by, territory=body.territory, kind=GatheringKind.ASSEMBLY, title=title, starts_at=starts_at,
        ends_at=ends_at, agenda=agenda, place_name=place_name, address=address,
    )  # fmt: skip
    assembly = Assembly(
        body=body, gathering=gathering, kind=AssemblyKind(kind), again_of=again_of, remote_link=remote_link,
        created_by=by, created_at=clock.now(),
    )  # fmt: skip
    _copy_rules(assembly)
    assembly.save()
    record(by=by, assembly=assembly, verb="assembly.planned")
    return assembly


@transaction.atomic
def set_papers(*, by: Person, assembly: Assembly, documents: Sequence[Document]) -> None:
    """Choose the documents that go with the convocation, in order."""
    assembly = locked(assembly=assembly)
    if any(each.territory_id != assembly.body.territory_id for each in documents):
        raise GovernanceRefused(
            _("Ce document est d’un autre territoire : choisissez-en un d’ici."), "papers"
        )
    assembly.papers.all().delete()
    AssemblyPaper.objects.bulk_create(
        AssemblyPaper(assembly=assembly, document=each, position=place)
        for place, each in enumerate(dict.fromkeys(documents))
    )
    record(by=by, assembly=assembly, verb="assembly.changed")


@transaction.atomic
def convene_assembly(*, by: Person, assembly: Assembly) -> Assembly:
    """Convene: the rules of that day are copied, the delay is checked.

    Raises GovernanceRefused when too late.
    """
    assembly = locked(assembly=assembly)
    _copy_rules(assembly)
    now = clock.now()
    notice = timezone.localdate(assembly.gathering.starts_at) - clock.today()
    if notice < timedelta(days=assembly.notice_days):
        raise GovernanceRefused(
            ngettext(
                "Il faut %(days)d jour entre la convocation et l’assemblée : repoussez-la.",
                "Il faut %(days)d jours entre la convocation et l’assemblée : repoussez-la.",
                assembly.notice_days,
            )
            % {"days": assembly.notice_days},
            "starts_at",
        )
    if not assembly.gathering.agenda.exists():
        raise GovernanceRefused(_("Écrivez l’ordre du jour : on ne délibère que sur lui."), "agenda")
    _move(assembly, AssemblyState.CONVENED)
    assembly.convened_at = now
    assembly.save()
    record(by=by, assembly=assembly, verb="assembly.convened", members=_members(assembly).count())
    return assembly


@transaction.atomic
def open_session(*, by: Person, assembly: Assembly) -> Assembly:
    """Open the session, at its hour or later; take up one that was closed too early."""
    assembly = locked(assembly=assembly)
    again = assembly.state == AssemblyState.CLOSED
    if not again and clock.now() < assembly.gathering.starts_at - timedelta(hours=1):
        raise GovernanceRefused(_("La séance s’ouvre au plus tôt une heure avant l’heure annoncée."))
    _move(assembly, AssemblyState.OPEN)
    assembly.opened_at, assembly.closed_at = assembly.opened_at or clock.now(), None
    assembly.save()
    record(by=by, assembly=assembly, verb="assembly.reopened" if again else "assembly.opened")
    return assembly


@transaction.atomic
def close_session(*, by: Person, assembly: Assembly) -> Assembly:
    """Close the session. Votes still open must be closed before, so that nobody's ballot is left behind."""
    assembly = locked(assembly=assembly)
    waiting = assembly.resolutions.filter(state=ResolutionState.OPEN).first()
    if waiting is not None:
        raise GovernanceRefused(
            _("« %(title)s » est encore au vote : closez-le d’abord.") % {"title": waiting.title}
        )
    _move(assembly, AssemblyState.CLOSED)
    assembly.closed_at = clock.now()
    assembly.save()
    assembly.presences.filter(left_at=None).update(left_at=assembly.closed_at)
    record(by=by, assembly=assembly, verb="assembly.closed")
    return assembly


@transaction.atomic
def cancel_assembly(*, by: Person, assembly: Assembly, because: str) -> Assembly:
    """Cancel it, with the reason that members will read."""
    assembly = locked(assembly=assembly)
    because = tidy(because)[:240]
    if not because:
        raise GovernanceRefused(
            _("Dites pourquoi l’assemblée est annulée : les membres le liront."), "because"
        )
    _move(assembly, AssemblyState.CANCELLED)
    assembly.cancelled_because = because
    assembly.save()
    record(by=by, assembly=assembly, verb="assembly.cancelled")
    return assembly


@transaction.atomic
def note_arrival(
    *, by: Person, assembly: Assembly, member: BodyMember, mode: str = PresenceMode.ROOM
) -> Presence:
    """Note that a member is there, in the room or at a distance. Their own proxy, if they gave one, ends."""
    assembly = locked(assembly=assembly)
    if assembly.state != AssemblyState.OPEN:
        raise GovernanceRefused(_("Les présences se notent pendant la séance : ouvrez-la d’abord."))
    _check_member(assembly, member)
    there = assembly.presences.filter(member=member, left_at=None).first()
    if there is not None:
        if there.mode != PresenceMode(mode):
            there.mode = PresenceMode(mode)
            there.save(update_fields=["mode"])
        return there
    made = Presence.objects.create(
        assembly=assembly, member=member, mode=PresenceMode(mode), arrived_at=clock.now(), noted_by=by
    )
    assembly.proxies.filter(giver=member, revoked_at=None).update(revoked_at=clock.now())
    record(by=by, assembly=assembly, verb="assembly.presence_noted", actor=member.actor_id)
    return made


@transaction.atomic
def note_departure(*, by: Person, assembly: Assembly, member: BodyMember) -> None:
    """Note that a member left; the quorum is counted again for the next vote."""
    assembly = locked(assembly=assembly)
    assembly.presences.filter(member=member, left_at=None).update(left_at=clock.now())
    record(by=by, assembly=assembly, verb="assembly.presence_noted", actor=member.actor_id, left=True)


@transaction.atomic
def give_proxy(*, by: Person, assembly: Assembly, giver: BodyMember, holder: BodyMember) -> Proxy:
    """Note a proxy, up to the number that the body allows each holder.

    Raises GovernanceRefused over the limit, for who is present, holds none of a membership that day, gives to
    who gave theirs, or gives twice.
    """
    assembly = locked(assembly=assembly)
    if assembly.state not in RUNNING:
        raise GovernanceRefused(_("Une procuration se donne entre la convocation et la fin de la séance."))
    for member in (giver, holder):
        _check_member(assembly, member)
    if giver.pk == holder.pk:
        raise GovernanceRefused(_("Une procuration se donne à quelqu’un d’autre."), "holder")
    standing = assembly.proxies.filter(revoked_at=None)
    if assembly.presences.filter(member=giver, left_at=None).exists():
        raise GovernanceRefused(_("« %(actor)s » est en séance.") % {"actor": giver.actor.name}, "giver")
    if standing.filter(giver=holder).exists():
        raise GovernanceRefused(
            _("« %(actor)s » a donné sa propre procuration.") % {"actor": holder.actor.name}, "holder"
        )
    if standing.filter(holder=giver).exists():
        raise GovernanceRefused(
            _("« %(actor)s » porte déjà la procuration d’un autre membre.") % {"actor": giver.actor.name},
            "giver",
        )
    if standing.filter(holder=holder).count() >= assembly.proxies_most:
        raise GovernanceRefused(_over(holder, assembly.proxies_most), "holder")
    return _keep_proxy(by, assembly, giver, holder)


@transaction.atomic
def revoke_proxy(*, by: Person, proxy: Proxy) -> Proxy:
    """Take a proxy back. Votes already opened keep their roll."""
    assembly = locked(assembly=proxy.assembly)
    proxy.revoked_at = proxy.revoked_at or clock.now()
    proxy.save(update_fields=["revoked_at"])
    record(by=by, assembly=assembly, verb="proxy.revoked", actor=proxy.giver.actor_id)
    return proxy


@transaction.atomic
def note_action(
    *,
    by: Person,
    assembly: Assembly,
    words: str,
    member: BodyMember | None = None,
    due_on: date | None = None,
) -> AssemblyAction:
    """Note what somebody takes on after the assembly."""
    words = " ".join(words.split())[:240]
    if not words:
        raise GovernanceRefused(_("Dites ce qui est à faire."), "words")
    if member is not None:
        _check_member(assembly, member)
    made = AssemblyAction.objects.create(assembly=assembly, words=words, member=member, due_on=due_on)
    record(by=by, assembly=assembly, verb="assembly.action_noted")
    return made


@transaction.atomic
def settle_action(*, by: Person, action: AssemblyAction, is_done: bool) -> AssemblyAction:
    """Say that it is done, or that it is not after all."""
    action.done_at = clock.now() if is_done else None
    action.save(update_fields=["done_at"])
    record(by=by, assembly=action.assembly, verb="assembly.action_done", done=is_done)
    return action


def locked(*, assembly: Assembly) -> Assembly:
    """The assembly as it stands now, kept for this transaction."""
    rows = Assembly.objects.select_for_update(of=("self",))
    return rows.select_related("body__territory", "gathering").get(pk=assembly.pk)


def record(*, by: Person | None, assembly: Assembly, verb: str, **data: object) -> None:
    """Say it to the ledger."""
    ledger.record(by=by, verb=verb, thing=assembly, territory=assembly.body.territory, data=data)


def _copy_rules(assembly: Assembly) -> None:
    body = assembly.body
    assembly.notice_days, assembly.proxies_most = body.notice_days, body.proxies_most
    assembly.quorum_numerator, assembly.quorum_denominator = body.quorum_numerator, body.quorum_denominator
    assembly.quorum_by_college = body.quorum_by_college


def _move(assembly: Assembly, state: AssemblyState) -> None:
    if state not in ASSEMBLY_MOVES[assembly.state]:
        raise GovernanceRefused(
            _("Une assemblée « %(before)s » ne devient pas « %(after)s ».")
            % {"before": assembly.get_state_display(), "after": state.label}
        )
    assembly.state = state


def _members(assembly: Assembly) -> QuerySet[BodyMember]:
    return assembly.body.members.on(clock.today())


def _check_member(assembly: Assembly, member: BodyMember) -> None:
    if member.body_id != assembly.body_id or not _members(assembly).filter(pk=member.pk).exists():
        raise GovernanceRefused(
            _("« %(actor)s » n’est pas membre de cette instance aujourd’hui.") % {"actor": member.actor.name},
            "member",
        )


def _over(holder: BodyMember, most: int) -> str:
    words = ngettext(
        "« %(actor)s » porte déjà %(most)d procuration : c’est le plus que les statuts permettent.",
        "« %(actor)s » porte déjà %(most)d procurations : c’est le plus que les statuts permettent.",
        most,
    )
    return words % {"actor": holder.actor.name, "most": most}


def _keep_proxy(by: Person, assembly: Assembly, giver: BodyMember, holder: BodyMember) -> Proxy:
    try:
        with transaction.atomic():
            made = Proxy.objects.create(
                assembly=assembly, giver=giver, holder=holder, given_at=clock.now(), noted_by=by
            )
    except IntegrityError as error:
        raise GovernanceRefused(
            _("« %(actor)s » a déjà donné sa procuration : retirez-la d’abord.")
            % {"actor": giver.actor.name},
            "giver",
        ) from error
    record(by=by, assembly=assembly, verb="proxy.given", actor=giver.actor_id, holder=holder.actor_id)
    return made
