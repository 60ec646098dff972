"""Bodies, their colleges, their members, their mandates and their register of shares."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from essor.chain.governance.enums import BodyKind, BodyState, MandateRole, MemberCategory
from essor.chain.governance.models import ShareMovement
from essor.chain.governance.services import bodies, members, shares
from essor.chain.governance.services.refusals import GovernanceRefused
from essor.common import clock
from essor.ground.ledger.models import Fact
from tests.factories.chain import OrganisationActorFactory
from tests.factories.governance import BodyFactory, BodyMemberFactory, CollegeFactory

pytestmark = pytest.mark.django_db
HALF = Decimal(50)


def _draft(alice, territory, **more):
    said = {"kind": BodyKind.ASSOCIATION, "name": "Le Conseil du Lavoir", "purpose": "Tenir le lieu."} | more
    return bodies.draft_body(by=alice, territory=territory, **said)


def test_a_body_is_written_down_and_the_ledger_says_it(alice, territory):
    body = _draft(alice, territory)
    assert (body.slug, body.state) == ("le-conseil-du-lavoir", BodyState.DRAFT)
    assert Fact.objects.filter(verb="body.drafted", thing_id=body.pk, by=alice).exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": "  "}, "name"),
        ({"purpose": ""}, "purpose"),
        ({"kind": BodyKind.SCIC}, "society_form"),
        ({"rules": bodies.BodyRules(quorum=(3, 2))}, "quorum"),
        ({"rules": bodies.BodyRules(mandate_years_most=0)}, "mandate_years_most"),
        ({"rules": bodies.BodyRules(notice_days=-1)}, "notice_days"),
    ],
)
def test_what_cannot_be_a_body_is_refused_on_its_field(alice, territory, more, field):
    with pytest.raises(GovernanceRefused) as refusal:
        _draft(alice, territory, **more)
    assert refusal.value.field == field


def test_a_body_cannot_stand_above_itself(alice, territory):
    top = _draft(alice, territory)
    under = _draft(alice, territory, name="Le bureau", parent=top)
    with pytest.raises(GovernanceRefused, match="au-dessus d’elle-même"):
        bodies.change_body(
            by=alice, body=top, kind=top.kind, name=top.name, purpose=top.purpose,
            rules=bodies.BodyRules(), parent=under,
        )  # fmt: skip


def test_a_parent_from_another_territory_is_refused(alice, territory, other_territory):
    with pytest.raises(GovernanceRefused, match="autre territoire"):
        _draft(alice, territory, parent=BodyFactory(territory=other_territory))


def test_weights_of_colleges_must_make_a_hundred(alice, territory):
    body = _draft(alice, territory)
    with pytest.raises(GovernanceRefused, match="font 90, pas 100"):
        bodies.set_colleges(by=alice, body=body, colleges=[("A", Decimal(40)), ("B", Decimal(50))])
    assert body.colleges.count() == 0


def test_thirds_that_make_a_hundred_exactly_are_accepted(alice, territory):
    body = _draft(alice, territory)
    made = bodies.set_colleges(
        by=alice, body=body,
        colleges=[("A", Decimal("33.3333")), ("B", Decimal("33.3333")), ("C", Decimal("33.3334"))],
    )  # fmt: skip
    assert [each.position for each in made] == [0, 1, 2]


@pytest.mark.parametrize("weight", ["0", "-1", "101", "NaN", "33.33333"])
def test_a_weight_out_of_bounds_is_refused(alice, territory, weight):
    body = _draft(alice, territory)
    with pytest.raises(GovernanceRefused, match="Le poids du collège"):
        bodies.set_colleges(by=alice, body=body, colleges=[("A", Decimal(weight)), ("B", HALF)])


def test_a_college_in_which_somebody_sits_cannot_be_removed(alice, territory):
    body = _draft(alice, territory)
    first, _second = bodies.set_colleges(by=alice, body=body, colleges=[("A", HALF), ("B", HALF)])
    BodyMemberFactory(body=body, college=first)
    with pytest.raises(GovernanceRefused, match="siège encore au collège"):
        bodies.set_colleges(by=alice, body=body, colleges=[("B", HALF), ("C", HALF)])
    assert set(body.colleges.filter(ended_at=None).values_list("name", flat=True)) == {"A", "B"}


def test_a_member_has_one_college(alice, territory):
    body = BodyFactory(territory=territory)
    one, other = CollegeFactory(body=body, name="A"), CollegeFactory(body=body, name="B")
    actor = OrganisationActorFactory(territory=territory)
    said = {"by": alice, "body": body, "actor": actor, "category": MemberCategory.PARTNER}
    members.add_member(college=one, **said)
    with pytest.raises(GovernanceRefused, match="siège déjà au collège"):
        members.add_member(college=other, **said)


def test_a_member_chooses_a_college_when_there_are_some(alice, territory):
    body = CollegeFactory(body=BodyFactory(territory=territory)).body
    actor = OrganisationActorFactory(territory=territory)
    with pytest.raises(GovernanceRefused, match="Choisissez le collège"):
        members.add_member(by=alice, body=body, actor=actor, category=MemberCategory.PARTNER)


def test_an_actor_from_elsewhere_is_refused(alice, territory, other_territory):
    actor = OrganisationActorFactory(territory=other_territory)
    with pytest.raises(GovernanceRefused, match="n’est pas dans l’annuaire"):
        members.add_member(
            by=alice, body=BodyFactory(territory=territory), actor=actor, category=MemberCategory.PARTNER
        )


def test_a_body_without_a_member_is_not_put_in_function(alice, territory):
    with pytest.raises(GovernanceRefused, match="au moins un membre"):
        bodies.move_body(by=alice, body=_draft(alice, territory), state=BodyState.ACTIVE)


def _mandate(alice, member, role=MandateRole.CHAIR, years=3, **more):
    today = clock.today()
    said = {"begins_on": today, "ends_on": clock.months_after(today, 12 * years)} | more
    return members.give_mandate(by=alice, member=member, role=role, **said)


def test_a_mandate_runs_from_its_first_day_to_the_eve_of_its_end(alice, territory):
    mandate = _mandate(alice, BodyMemberFactory(body=BodyFactory(territory=territory)))
    assert mandate.held_on(mandate.begins_on)
    assert not mandate.held_on(mandate.ends_on)


def test_a_mandate_longer_than_statutes_say_is_refused(alice, territory):
    member = BodyMemberFactory(body=BodyFactory(territory=territory, mandate_years_most=6))
    with pytest.raises(GovernanceRefused, match="6 ans au plus"):
        _mandate(alice, member, years=7)


def test_two_charges_that_statutes_part_are_not_held_together(alice, territory):
    body = BodyFactory(territory=territory)
    bodies.set_seats(by=alice, body=body, seats={}, incompatible=[(MandateRole.TREASURER, MandateRole.CHAIR)])
    member = BodyMemberFactory(body=body)
    _mandate(alice, member)
    with pytest.raises(GovernanceRefused, match="interdisent de tenir ensemble"):
        _mandate(alice, member, role=MandateRole.TREASURER)


def test_who_leaves_ends_their_mandates_that_day(alice, territory):
    member = BodyMemberFactory(body=BodyFactory(territory=territory))
    mandate = _mandate(alice, member)
    day = clock.today() + timedelta(days=30)
    members.end_member(by=alice, member=member, until=day, because="déménage")
    mandate.refresh_from_db()
    assert mandate.held_on(day - timedelta(days=1))
    assert not mandate.held_on(day)


def test_the_register_of_shares_is_never_below_nothing(alice, territory):
    member = BodyMemberFactory(body=BodyFactory(territory=territory))
    said = {"by": alice, "member": member, "unit_value": Decimal("50.00"), "on": clock.today()}
    line = shares.subscribe_shares(shares=10, **said)
    assert line.amount == Decimal("500.00")
    with pytest.raises(GovernanceRefused, match="a 10 parts"):
        shares.redeem_shares(shares=11, **said)
    shares.redeem_shares(shares=4, **said)
    assert shares.shares_of(member=member) == 6


def test_shares_go_from_one_member_to_another_in_two_lines(alice, territory):
    body = BodyFactory(territory=territory)
    giver, receiver = BodyMemberFactory(body=body), BodyMemberFactory(body=body)
    said = {"by": alice, "unit_value": Decimal(20), "on": clock.today()}
    shares.subscribe_shares(member=giver, shares=5, **said)
    shares.transfer_shares(giver=giver, receiver=receiver, shares=2, **said)
    assert (shares.shares_of(member=giver), shares.shares_of(member=receiver)) == (3, 2)
    assert ShareMovement.objects.count() == 3


@pytest.mark.parametrize("value", ["0", "-5", "10.005", "NaN"])
def test_a_share_has_a_value_in_cents(alice, territory, value):
    with pytest.raises(GovernanceRefused) as refusal:
        shares.subscribe_shares(
            by=alice, member=BodyMemberFactory(body=BodyFactory(territory=territory)), shares=1,
            unit_value=Decimal(value), on=date(2026, 1, 1),
        )  # fmt: skip
    assert refusal.value.field == "unit_value"


def test_a_line_of_the_register_is_put_right_by_another_and_never_changed(alice, territory):
    member = BodyMemberFactory(body=BodyFactory(territory=territory))
    line = shares.subscribe_shares(
        by=alice, member=member, shares=3, unit_value=Decimal(50), on=clock.today()
    )
    shares.correct_movement(by=alice, movement=line, on=clock.today(), note="deux parts, pas trois")
    assert shares.shares_of(member=member) == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        ShareMovement.objects.filter(pk=line.pk).update(shares=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        line.delete()
