from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from essor.common import clock
from essor.ground.gatherings.enums import GatheringKind, GatheringState, RegistrationState
from essor.ground.gatherings.models import Gathering, Registration
from essor.ground.gatherings.services import (
    GatheringRefused,
    RegistrationRefused,
    announce_gathering,
    cancel_gathering,
    cancel_registration,
    change_gathering,
    count_attendance,
    hold_gathering,
    plan_gathering,
    publish_minutes,
    register,
    registration_by_code,
    withdraw_minutes,
    write_minutes,
)
from essor.ground.ledger.models import Fact
from tests.factories.gatherings import announced_meeting


def verbs_of(thing):
    return list(Fact.objects.about(thing).order_by("id").values_list("verb", flat=True))


def test_a_meeting_is_planned_announced_and_held(alice, territory, at):
    meeting = announced_meeting(alice, territory)
    assert Gathering.objects.public().to_come().get() == meeting
    at(meeting.ends_at + timedelta(hours=1))
    hold_gathering(by=alice, gathering=meeting)
    assert verbs_of(meeting) == ["gathering.planned", "gathering.announced", "gathering.held"]


def test_a_meeting_that_ends_before_it_starts_is_refused_in_words_and_by_the_database(alice, territory):
    starts = clock.now()
    with pytest.raises(GatheringRefused, match="fin doit venir après"):
        plan_gathering(
            by=alice,
            territory=territory,
            kind="workshop",
            title="À rebours",
            starts_at=starts,
            ends_at=starts,
        )
    meeting = announced_meeting(alice, territory)
    with pytest.raises(IntegrityError, match=r"gathering_ends_after_it_starts|CHECK"), transaction.atomic():
        Gathering.objects.filter(pk=meeting.pk).update(ends_at=meeting.starts_at)


def test_two_meetings_of_the_same_title_have_two_addresses(alice, territory):
    assert announced_meeting(alice, territory).slug != announced_meeting(alice, territory).slug


def test_a_commune_outside_the_perimeter_is_refused(alice, territory):
    with pytest.raises(GatheringRefused, match="pas du territoire"):
        announced_meeting(alice, territory, commune_code="75056")


def test_an_interview_is_never_announced_nor_public(alice, territory):
    starts = clock.now()
    interview = plan_gathering(
        by=alice,
        territory=territory,
        kind=GatheringKind.INTERVIEW,
        title="Entretien",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )
    with pytest.raises(GatheringRefused):
        announce_gathering(by=alice, gathering=interview)
    interview.state = GatheringState.HELD
    interview.save()
    assert not Gathering.objects.public().exists()


def test_a_meeting_to_come_cannot_be_called_held(alice, territory):
    with pytest.raises(GatheringRefused, match="pas encore commencé"):
        hold_gathering(by=alice, gathering=announced_meeting(alice, territory))


def test_cancelling_needs_a_reason_that_people_read(alice, territory):
    meeting = announced_meeting(alice, territory)
    with pytest.raises(GatheringRefused, match="pourquoi"):
        cancel_gathering(by=alice, gathering=meeting, because="  ")
    cancel_gathering(by=alice, gathering=meeting, because="Neige sur la route.")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_because) == ("cancelled", "Neige sur la route.")


def test_the_second_comer_waits_and_is_let_in_when_the_first_leaves(alice, bilal, chloe, territory):
    meeting = announced_meeting(alice, territory, capacity=1)
    first = register(gathering=meeting, name="Bilal", person=bilal)
    second = register(gathering=meeting, name="Chloé", person=chloe)
    assert second.registration.state == RegistrationState.WAITING
    let_in = cancel_registration(registration=first.registration)
    assert [each.person for each in let_in] == [chloe]
    second.registration.refresh_from_db()
    assert second.registration.state == RegistrationState.CONFIRMED


def test_a_larger_room_lets_the_waiting_list_in_in_order(alice, territory):
    meeting = announced_meeting(alice, territory, capacity=1)
    for name in ("Ana", "Bob", "Cléo", "Dan"):
        register(gathering=meeting, name=name)
    let_in = change_gathering(by=alice, gathering=meeting, capacity=3)
    assert [each.name for each in let_in] == ["Bob", "Cléo"]


def test_nobody_holds_two_places(alice, bilal, territory):
    meeting = announced_meeting(alice, territory)
    register(gathering=meeting, name="Bilal", person=bilal)
    with pytest.raises(RegistrationRefused, match="déjà une place"):
        register(gathering=meeting, name="Bilal", person=bilal)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(
            gathering=meeting,
            person=bilal,
            name="Bilal",
            state="confirmed",
            digest="x",
            created_at=clock.now(),
        )


def test_a_place_given_back_leaves_no_name_and_may_be_taken_again(alice, bilal, territory):
    meeting = announced_meeting(alice, territory)
    place = register(gathering=meeting, name="Bilal", person=bilal, needs_help_with="boucle magnétique")
    cancel_registration(registration=place.registration)
    assert cancel_registration(registration=place.registration) == []
    place.registration.refresh_from_db()
    assert (place.registration.name, place.registration.email, place.registration.needs_help_with) == (
        "",
        "",
        "",
    )
    register(gathering=meeting, name="Bilal", person=bilal)


def test_a_code_opens_its_place_in_its_own_territory_only(alice, territory, other_territory):
    place = register(gathering=announced_meeting(alice, territory), name="Ana")
    assert (
        registration_by_code(territory=territory, code=place.code.lower().replace("-", " "))
        == place.registration
    )
    assert registration_by_code(territory=other_territory, code=place.code) is None
    assert place.code not in place.registration.digest


def test_registration_closes_when_the_meeting_starts(alice, territory, at):
    meeting = announced_meeting(alice, territory)
    at(meeting.starts_at + timedelta(minutes=1))
    with pytest.raises(RegistrationRefused, match="commencé"):
        register(gathering=meeting, name="Tard")


def test_people_are_counted_by_family_never_below_zero(alice, territory):
    meeting = announced_meeting(alice, territory)
    count_attendance(by=alice, gathering=meeting, counts={"citizen": 80, "association": 12})
    count_attendance(by=alice, gathering=meeting, counts={"citizen": 82})
    assert dict(meeting.attendance.values_list("family", "count")) == {"citizen": 82, "association": 12}
    for wrong in ({"citizen": -1}, {"martian": 3}):
        with pytest.raises(GatheringRefused):
            count_attendance(by=alice, gathering=meeting, counts=wrong)


def test_published_minutes_are_withdrawn_before_they_change(alice, territory):
    meeting = announced_meeting(alice, territory)
    minutes = write_minutes(by=alice, gathering=meeting, body="Nous avons parlé du car.")
    publish_minutes(by=alice, minutes=minutes)
    with pytest.raises(GatheringRefused, match="publié"):
        write_minutes(by=alice, gathering=meeting, body="Autre chose.")
    withdraw_minutes(by=alice, minutes=minutes)
    write_minutes(by=alice, gathering=meeting, body="Nous avons parlé du car et du train.")
    fact = Fact.objects.about(meeting).filter(verb="minutes.published").get()
    assert len(fact.data["sha256"]) == 64


def test_a_family_shares_an_address_and_nobody_learns_whose_place_is_kept(alice, territory):
    meeting = announced_meeting(alice, territory)
    first = register(gathering=meeting, name="Ana", email="famille@example.org")
    second = register(gathering=meeting, name="Bob", email="famille@example.org")
    assert first.registration.state == second.registration.state == RegistrationState.CONFIRMED
