"""Bodies: written down with their rules, put in function, dissolved; their colleges and their seats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.alliances.models import Alliance
from essor.chain.governance.enums import (
    BodyKind,
    BodyState,
    Convention,
    EmptyCollege,
    MandateRole,
    SocietyForm,
)
from essor.chain.governance.lifecycle import BODY_MOVES
from essor.chain.governance.models import Body, College, Incompatibility, Seats
from essor.chain.governance.services.refusals import GovernanceRefused
from essor.common import clock
from essor.common.slugs import free_slug
from essor.common.text import tidy
from essor.ground.documents.models import Document
from essor.ground.ledger import services as ledger
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

WHOLE = Decimal(100)
FINEST = Decimal("0.0001")
DEEPEST = 8  # bodies above one another


@dataclass(frozen=True)
class BodyRules:
    """What statutes say of the votes, the convocation and the mandates.

    ``quorum``: numerator and denominator of the share of members present or represented; (0, 1) is none.
    """

    convention: str = Convention.PROPORTIONAL
    empty_college: str = EmptyCollege.REVIEW
    quorum: tuple[int, int] = (0, 1)
    quorum_by_college: bool = False
    proxies_most: int = 1
    notice_days: int = 15
    mandate_years_most: int = 6
    has_employees: bool = False
    weights_follow_capital: bool = False


@transaction.atomic
def draft_body(
    *,
    by: Person,
    territory: Territory,
    kind: str,
    name: str,
    purpose: str,
    rules: BodyRules | None = None,
    society_form: str = "",
    parent: Body | None = None,
    alliance: Alliance | None = None,
) -> Body:
    """Write a body down. Nobody but those who found it sees it until it is put in function.

    Raises GovernanceRefused for a missing name or purpose, a parent or an alliance from elsewhere, or a rule
    out of bounds.
    """
    now = clock.now()
    body = Body(territory=territory, created_by=by, created_at=now, changed_at=now)
    _write(body, kind, name, purpose, society_form)
    _place(body, parent, alliance)
    _rule(body, rules or BodyRules())
    body.slug = free_slug(body.name, Body.objects.in_territory(territory))
    body.save()
    record(by=by, body=body, verb="body.drafted", kind=str(body.kind))
    return body


@transaction.atomic
def change_body(
    *,
    by: Person,
    body: Body,
    kind: str,
    name: str,
    purpose: str,
    rules: BodyRules,
    society_form: str = "",
    parent: Body | None = None,
    alliance: Alliance | None = None,
) -> Body:
    """Change what statutes say. Assemblies already convened and votes already open keep their own rules."""
    body = locked(body=body)
    _write(body, kind, name, purpose, society_form)
    _place(body, parent, alliance)
    _rule(body, rules)
    body.changed_at = clock.now()
    body.save()
    record(by=by, body=body, verb="body.changed")
    return body


@transaction.atomic
def move_body(*, by: Person, body: Body, state: str) -> Body:
    """Put a body in function, dissolve it, or put a dissolved one back in function."""
    body = locked(body=body)
    wanted = BodyState(state)
    if wanted not in BODY_MOVES[body.state]:
        raise GovernanceRefused(
            _("Une instance « %(before)s » ne devient pas « %(after)s ».")
            % {"before": body.get_state_display(), "after": wanted.label}
        )
    if wanted == BodyState.ACTIVE and not body.members.on(clock.today()).exists():
        raise GovernanceRefused(_("Inscrivez au moins un membre avant de mettre l’instance en fonction."))
    if wanted == BodyState.ACTIVE:
        _check_sum([each.weight for each in standing_colleges(body=body)])
    body.state, body.changed_at = wanted, clock.now()
    body.save(update_fields=["state", "changed_at"])
    record(by=by, body=body, verb="body.dissolved" if wanted == BodyState.DISSOLVED else "body.activated")
    return body


@transaction.atomic
def set_statutes(*, by: Person, body: Body, document: Document) -> Body:
    """Name the document that holds its statutes."""
    body = locked(body=body)
    if document.territory_id != body.territory_id:
        raise GovernanceRefused(_("Ce document est d’un autre territoire : choisissez-en un d’ici."))
    body.statutes, body.changed_at = document, clock.now()
    body.save(update_fields=["statutes", "changed_at"])
    record(by=by, body=body, verb="body.changed", document=document.pk)
    return body


@transaction.atomic
def set_colleges(*, by: Person, body: Body, colleges: Sequence[tuple[str, Decimal]]) -> list[College]:
    """Write the colleges of a body, in order, with their weights in per cent; none means one vote each.

    A college that keeps its name keeps its members. One that leaves must have no member left. Raises
    GovernanceRefused when weights do not sum to 100, a name comes twice, or a member would be left without.
    """
    body = locked(body=body)
    wanted = [(" ".join(name.split())[:80], weight) for name, weight in colleges]
    _check_colleges(wanted)
    standing = {each.name.casefold(): each for each in standing_colleges(body=body)}
    kept = {name.casefold() for name, _weight in wanted}
    for key, college in standing.items():
        if key not in kept:
            _end_college(college)
    made = []
    for position, (name, weight) in enumerate(wanted):
        college = standing.get(name.casefold()) or College(body=body)
        college.name, college.weight, college.position = name, weight, position
        college.save()
        made.append(college)
    record(by=by, body=body, verb="body.colleges_set", weights=[str(weight) for _name, weight in wanted])
    return made


@transaction.atomic
def set_seats(
    *,
    by: Person,
    body: Body,
    seats: Mapping[str, int],
    incompatible: Sequence[tuple[str, str]] = (),
) -> None:
    """Write how many seats each family has, and which charges one person may not hold together."""
    body = locked(body=body)
    if any(count < 0 for count in seats.values()):
        raise GovernanceRefused(_("Un nombre de sièges ne peut pas être négatif."), "seats")
    pairs = {_in_order(MandateRole(one), MandateRole(other)) for one, other in incompatible}
    body.seats.all().delete()
    body.incompatibilities.all().delete()
    Seats.objects.bulk_create(
        Seats(body=body, family=StakeholderFamily(family), count=count)
        for family, count in seats.items()
        if count
    )
    Incompatibility.objects.bulk_create(
        Incompatibility(body=body, role=one, other=other) for one, other in sorted(pairs)
    )
    record(by=by, body=body, verb="body.seats_set")


def standing_colleges(*, body: Body) -> list[College]:
    """The colleges that count today, in order."""
    return list(body.colleges.filter(ended_at=None))


def locked(*, body: Body) -> Body:
    """The body as it stands now, kept for this transaction."""
    return Body.objects.select_for_update(of=("self",)).select_related("territory").get(pk=body.pk)


def record(*, by: Person | None, body: Body, verb: str, **data: object) -> None:
    """Say it to the ledger."""
    ledger.record(by=by, verb=verb, thing=body, territory=body.territory, data=data)


def _in_order(one: MandateRole, other: MandateRole) -> tuple[MandateRole, MandateRole]:
    if one == other:
        raise GovernanceRefused(_("Une charge n’est pas incompatible avec elle-même."), "incompatible")
    return (one, other) if one < other else (other, one)


def _write(body: Body, kind: str, name: str, purpose: str, society_form: str) -> None:
    body.name, body.purpose = " ".join(name.split())[:120], tidy(purpose)[:4000]
    if len(body.name) < 3:
        raise GovernanceRefused(_("Donnez un nom à l’instance."), "name")
    if not body.purpose:
        raise GovernanceRefused(_("Dites à quoi sert l’instance, en quelques phrases."), "purpose")
    body.kind = BodyKind(kind)
    body.society_form = SocietyForm(society_form) if society_form else ""
    if body.kind == BodyKind.SCIC and not body.society_form:
        raise GovernanceRefused(
            _("Dites la forme de la société : une SCIC est une SA, une SAS ou une SARL."), "society_form"
        )


def _place(body: Body, parent: Body | None, alliance: Alliance | None) -> None:
    if parent is not None and parent.territory_id != body.territory_id:
        raise GovernanceRefused(_("L’instance du dessus est d’un autre territoire."), "parent")
    if alliance is not None and alliance.territory_id != body.territory_id:
        raise GovernanceRefused(_("Cette alliance est d’un autre territoire."), "alliance")
    above, path = parent, [body.name]
    while above is not None:
        path.append(above.name)
        if above.pk == body.pk:
            raise GovernanceRefused(
                _("Une instance ne peut pas être au-dessus d’elle-même : %(path)s.")
                % {"path": " → ".join(path)},
                "parent",
            )
        if len(path) > DEEPEST:
            raise GovernanceRefused(_("L’arbre des instances est trop profond."), "parent")
        above = above.parent
    body.parent, body.alliance = parent, alliance


def _rule(body: Body, rules: BodyRules) -> None:
    numerator, denominator = rules.quorum
    if not (denominator >= 1 and 0 <= numerator <= denominator <= 1000):
        raise GovernanceRefused(_("Le quorum est une part entre 0 et 1, par exemple 1/2 ou 2/3."), "quorum")
    if not 1 <= rules.mandate_years_most <= 20:
        raise GovernanceRefused(_("Un mandat dure de 1 à 20 ans."), "mandate_years_most")
    if not 0 <= rules.notice_days <= 365:
        raise GovernanceRefused(_("Le délai de convocation va de 0 à 365 jours."), "notice_days")
    if not 0 <= rules.proxies_most <= 100:
        raise GovernanceRefused(_("Un membre porte de 0 à 100 procurations."), "proxies_most")
    body.convention, body.empty_college = Convention(rules.convention), EmptyCollege(rules.empty_college)
    body.quorum_numerator, body.quorum_denominator = numerator, denominator
    body.quorum_by_college, body.proxies_most = rules.quorum_by_college, rules.proxies_most
    body.notice_days, body.mandate_years_most = rules.notice_days, rules.mandate_years_most
    body.has_employees, body.weights_follow_capital = rules.has_employees, rules.weights_follow_capital


def _check_colleges(wanted: list[tuple[str, Decimal]]) -> None:
    names = [name.casefold() for name, _weight in wanted]
    if not all(names):
        raise GovernanceRefused(_("Donnez un nom à chaque collège."), "colleges")
    twice = next((name for name, _weight in wanted if names.count(name.casefold()) > 1), None)
    if twice is not None:
        raise GovernanceRefused(
            _("Le collège « %(name)s » est écrit deux fois.") % {"name": twice}, "colleges"
        )
    for name, weight in wanted:
        if not (weight.is_finite() and 0 < weight <= WHOLE and weight == weight.quantize(FINEST)):
            raise GovernanceRefused(
                _("Le poids du collège « %(name)s » doit être entre 0 et 100, avec quatre décimales au plus.")
                % {"name": name},
                "colleges",
            )
    _check_sum([weight for _name, weight in wanted])


def _check_sum(weights: list[Decimal]) -> None:
    if weights and (total := sum(weights, Decimal(0))) != WHOLE:
        raise GovernanceRefused(
            _("Les poids des collèges font %(total)s, pas 100 : corrigez-les avant de continuer.")
            % {"total": f"{total.normalize():f}"},
            "colleges",
        )


def _end_college(college: College) -> None:
    today = clock.today()
    left = college.members.on(today).select_related("actor").first()
    if left is not None:
        raise GovernanceRefused(
            _("« %(actor)s » siège encore au collège « %(college)s » : changez d’abord sa place.")
            % {"actor": left.actor.name, "college": college.name},
            "colleges",
        )
    college.ended_at = clock.now()
    college.save(update_fields=["ended_at"])
