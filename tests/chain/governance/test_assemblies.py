"""Assemblies: convened in time, held with a quorum, with proxies up to the limit."""

from datetime import timedelta
from fractions import Fraction

import pytest

from essor.chain.governance.enums import AssemblyState, ResolutionState
from essor.chain.governance.models import Proxy
from essor.chain.governance.selectors.quorum import quorum_of
from essor.chain.governance.services import assemblies, members, resolutions
from essor.chain.governance.services.refusals import GovernanceRefused
from essor.common import clock
from tests.factories.governance import BodyFactory, BodyMemberFactory, CollegeFactory

pytestmark = pytest.mark.django_db
MORNING = "2026-03-02T09:00:00+01:00"


@pytest.fixture
def body(territory, at):
    at(MORNING)
    body = BodyFactory(territory=territory, quorum_numerator=1, quorum_denominator=2, notice_days=15)
    BodyMemberFactory.create_batch(5, body=body)
    return body


def _planned(alice, body, *, days=15, agenda=(("Le budget", 30),)):
    starts = clock.now() + timedelta(days=days)
    return assemblies.plan_assembly(
        by=alice, body=body, title="Assemblée de printemps", starts_at=starts,
        ends_at=starts + timedelta(hours=2), agenda=agenda,
    )  # fmt: skip


@pytest.fixture
def session(alice, body, at):
    assembly = assemblies.convene_assembly(by=alice, assembly=_planned(alice, body))
    at(assembly.gathering.starts_at)
    return assemblies.open_session(by=alice, assembly=assembly)


def test_a_convocation_too_late_is_refused_and_says_the_delay(alice, body):
    with pytest.raises(GovernanceRefused, match="Il faut 15 jours"):
        assemblies.convene_assembly(by=alice, assembly=_planned(alice, body, days=14))


def test_the_delay_is_counted_in_days_across_the_change_of_clock(alice, body, at):
    at("2026-03-20T10:00:00+01:00")  # the clock goes forward on the 29th
    assembly = assemblies.plan_assembly(
        by=alice, body=body, title="Après le changement d’heure", agenda=[("Le budget", None)],
        starts_at=clock.now().replace(month=4, day=4), ends_at=clock.now().replace(month=4, day=5),
    )  # fmt: skip
    assert assemblies.convene_assembly(by=alice, assembly=assembly).state == AssemblyState.CONVENED


def test_an_assembly_without_agenda_is_not_convened(alice, body):
    with pytest.raises(GovernanceRefused, match="ordre du jour"):
        assemblies.convene_assembly(by=alice, assembly=_planned(alice, body, agenda=()))


def test_the_quorum_counts_those_present_and_those_they_represent(alice, body, session):
    first, second, third, *_others = body.members.all()
    assemblies.note_arrival(by=alice, assembly=session, member=first)
    assemblies.note_arrival(by=alice, assembly=session, member=second)
    assert not quorum_of(session).is_reached
    assemblies.give_proxy(by=alice, assembly=session, giver=third, holder=first)
    counted = quorum_of(session)
    assert counted.share == Fraction(1, 2)
    assert (counted.whole.present, counted.whole.represented, counted.whole.needed) == (2, 1, 3)
    assert counted.is_reached


def test_a_quorum_is_lost_when_people_leave_with_the_proxies_they_hold(alice, body, session):
    first, second, third, *_others = body.members.all()
    for each in (first, second):
        assemblies.note_arrival(by=alice, assembly=session, member=each)
    assemblies.give_proxy(by=alice, assembly=session, giver=third, holder=first)
    assemblies.note_departure(by=alice, assembly=session, member=first)
    assert quorum_of(session).whole.represented == 0
    assert not quorum_of(session).is_reached


def test_each_college_has_its_quorum_when_statutes_say_so(alice, territory, at):
    at(MORNING)
    body = BodyFactory(
        territory=territory, quorum_numerator=1, quorum_denominator=2, quorum_by_college=True, notice_days=0
    )
    one, other = CollegeFactory(body=body, name="A"), CollegeFactory(body=body, name="B")
    seated = BodyMemberFactory.create_batch(3, body=body, college=one)
    BodyMemberFactory(body=body, college=other)
    assembly = assemblies.convene_assembly(by=alice, assembly=_planned(alice, body, days=1))
    at(assembly.gathering.starts_at)
    assembly = assemblies.open_session(by=alice, assembly=assembly)
    for each in seated:
        assemblies.note_arrival(by=alice, assembly=assembly, member=each)
    counted = quorum_of(assembly)
    assert counted.whole.is_reached
    assert [each.is_reached for each in counted.colleges] == [True, False]
    assert not counted.is_reached


def test_a_member_holds_no_more_proxies_than_statutes_allow(alice, body, session):
    first, second, third, *_others = body.members.all()
    assemblies.give_proxy(by=alice, assembly=session, giver=second, holder=first)
    with pytest.raises(GovernanceRefused, match="c’est le plus que les statuts permettent") as refusal:
        assemblies.give_proxy(by=alice, assembly=session, giver=third, holder=first)
    assert refusal.value.field == "holder"
    assert Proxy.objects.count() == 1


def test_who_gave_a_proxy_does_not_hold_one_nor_gives_twice(alice, body, session):
    first, second, third, *_others = body.members.all()
    assemblies.give_proxy(by=alice, assembly=session, giver=first, holder=second)
    with pytest.raises(GovernanceRefused, match="donné sa propre procuration"):
        assemblies.give_proxy(by=alice, assembly=session, giver=third, holder=first)
    with pytest.raises(GovernanceRefused, match="déjà donné sa procuration"):
        assemblies.give_proxy(by=alice, assembly=session, giver=first, holder=third)


def test_a_proxy_ends_when_its_giver_comes(alice, body, session):
    first, second, *_others = body.members.all()
    proxy = assemblies.give_proxy(by=alice, assembly=session, giver=first, holder=second)
    assemblies.note_arrival(by=alice, assembly=session, member=first)
    proxy.refresh_from_db()
    assert proxy.revoked_at is not None


def test_who_is_no_member_that_day_neither_comes_nor_is_represented(alice, body, session):
    first, second, *_others = body.members.all()
    members.end_member(by=alice, member=first, until=clock.today())
    first.refresh_from_db()
    with pytest.raises(GovernanceRefused, match="n’est pas membre"):
        assemblies.note_arrival(by=alice, assembly=session, member=first)
    with pytest.raises(GovernanceRefused, match="n’est pas membre"):
        assemblies.give_proxy(by=alice, assembly=session, giver=first, holder=second)


def _to_vote(alice, body, session):
    resolution = resolutions.draft_resolution(
        by=alice, body=body, title="Le budget", text="Le budget est approuvé.", assembly=session,
        rules=resolutions.Rules(method="majority"),
    )  # fmt: skip
    resolutions.move_resolution(by=alice, resolution=resolution, state=ResolutionState.PROPOSED)
    return resolution


def test_the_roll_of_a_vote_is_those_present_and_those_they_represent(alice, body, session):
    first, second, third, *_others = body.members.all()
    resolution = _to_vote(alice, body, session)
    with pytest.raises(GovernanceRefused, match="Personne ne peut voter"):
        resolutions.open_vote(by=alice, resolution=resolution)
    assemblies.note_arrival(by=alice, assembly=session, member=first)
    assemblies.note_arrival(by=alice, assembly=session, member=second, mode="remote")
    assemblies.give_proxy(by=alice, assembly=session, giver=third, holder=first)
    resolutions.open_vote(by=alice, resolution=resolution)
    lines = {each.member: (each.voter, each.by_proxy_of) for each in resolution.electors.all()}
    assert lines == {
        first: (first.representative, None),
        second: (second.representative, None),
        third: (first.representative, first),
    }


def test_a_session_is_not_closed_while_a_vote_is_open(alice, body, session):
    assemblies.note_arrival(by=alice, assembly=session, member=body.members.first())
    resolution = _to_vote(alice, body, session)
    resolutions.open_vote(by=alice, resolution=resolution)
    with pytest.raises(GovernanceRefused, match="encore au vote"):
        assemblies.close_session(by=alice, assembly=session)
    resolutions.close_vote(by=alice, resolution=resolution)
    assert assemblies.close_session(by=alice, assembly=session).state == AssemblyState.CLOSED


def test_a_change_of_statutes_does_not_rewrite_an_assembly_already_convened(alice, body):
    assembly = assemblies.convene_assembly(by=alice, assembly=_planned(alice, body))
    body.quorum_numerator, body.proxies_most = 0, 9
    body.save()
    assembly.refresh_from_db()
    assert (assembly.quorum_numerator, assembly.proxies_most) == (1, 1)
