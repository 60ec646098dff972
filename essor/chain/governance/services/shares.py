"""The register of shares: what each member subscribed, ceded or was paid back, line after line."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from essor.chain.governance.enums import ShareMovementKind as Kind
from essor.chain.governance.models import BodyMember, ShareMovement
from essor.chain.governance.services.bodies import record
from essor.chain.governance.services.members import locked_member
from essor.chain.governance.services.refusals import GovernanceRefused
from essor.common import clock
from essor.common.text import tidy
from essor.ground.people.models import Person

CENT = Decimal("0.01")
MOST = 10_000_000  # shares of one line


@transaction.atomic
def subscribe_shares(
    *, by: Person, member: BodyMember, shares: int, unit_value: Decimal, on: date, note: str = ""
) -> ShareMovement:
    """Write a subscription of so many shares at that value."""
    return _write(by, locked_member(member=member), Kind.SUBSCRIBED, shares, unit_value, on, note)


@transaction.atomic
def redeem_shares(
    *, by: Person, member: BodyMember, shares: int, unit_value: Decimal, on: date, note: str = ""
) -> ShareMovement:
    """Write that shares were paid back. Nobody is paid back more than they hold."""
    return _write(by, locked_member(member=member), Kind.REDEEMED, -shares, unit_value, on, note)


@transaction.atomic
def transfer_shares(
    *,
    by: Person,
    giver: BodyMember,
    receiver: BodyMember,
    shares: int,
    unit_value: Decimal,
    on: date,
    note: str = "",
) -> tuple[ShareMovement, ShareMovement]:
    """Write that a member ceded shares to another of the same body: two lines at once."""
    if giver.body_id != receiver.body_id or giver.pk == receiver.pk:
        raise GovernanceRefused(_("Des parts se cèdent entre deux membres de la même instance."), "receiver")
    first, second = locked_member(member=giver), locked_member(member=receiver)
    out = _write(by, first, Kind.TRANSFERRED_OUT, -shares, unit_value, on, note)
    return out, _write(by, second, Kind.TRANSFERRED_IN, shares, unit_value, on, note)


@transaction.atomic
def correct_movement(*, by: Person, movement: ShareMovement, on: date, note: str) -> ShareMovement:
    """Put a mistaken line right by its opposite, which names it. The mistake stays readable."""
    member = locked_member(member=movement.member)
    if movement.corrections.exists():
        raise GovernanceRefused(_("Cette ligne a déjà été corrigée."))
    if movement.kind == Kind.CORRECTED:
        raise GovernanceRefused(_("Une correction ne se corrige pas : écrivez la bonne ligne."))
    if not tidy(note):
        raise GovernanceRefused(_("Dites ce qui était faux."), "note")
    return _write(
        by, member, Kind.CORRECTED, -movement.shares, movement.unit_value, on, note, corrects=movement
    )


def shares_of(*, member: BodyMember) -> int:
    """How many shares a member holds, every line counted."""
    return member.share_movements.aggregate(held=Sum("shares"))["held"] or 0


def _write(
    by: Person,
    member: BodyMember,
    kind: Kind,
    shares: int,
    unit_value: Decimal,
    on: date,
    note: str,
    corrects: ShareMovement | None = None,
) -> ShareMovement:
    takes_away = kind in (Kind.REDEEMED, Kind.TRANSFERRED_OUT)
    if kind != Kind.CORRECTED and (shares == 0 or (shares < 0) != takes_away):
        raise GovernanceRefused(_("Écrivez un nombre de parts entier et positif."), "shares")
    if abs(shares) > MOST:
        raise GovernanceRefused(_("Ce nombre de parts est trop grand pour une ligne."), "shares")
    if not unit_value.is_finite() or unit_value <= 0 or unit_value != unit_value.quantize(CENT):
        raise GovernanceRefused(_("La valeur d’une part est en euros, avec deux décimales."), "unit_value")
    if on > clock.today():
        raise GovernanceRefused(_("Le registre note ce qui a eu lieu : choisissez un jour passé."), "on")
    if shares_of(member=member) + shares < 0:
        raise GovernanceRefused(
            _("« %(actor)s » a %(held)s parts : on ne peut pas en retirer %(shares)s.")
            % {"actor": member.actor.name, "held": shares_of(member=member), "shares": -shares},
            "shares",
        )
    movement = ShareMovement.objects.create(
        body=member.body, member=member, kind=kind, shares=shares, unit_value=unit_value, on=on,
        note=tidy(note)[:200], corrects=corrects, recorded_by=by, recorded_at=clock.now(),
    )  # fmt: skip
    record(by=by, body=member.body, verb="shares.recorded", kind=str(kind), shares=shares)
    return movement
