"""Somebody erases their account: cards, log, comments and consents no longer lead to them."""

import json

from allauth.account.models import EmailAddress

from essor.chain.alliances.models import Commitment
from essor.chain.holders.models import ProjectHolder
from essor.chain.projects.models import Comment, TeamMember
from essor.chain.projects.services.said import make_comment
from essor.common import clock
from essor.ground.directory.models import Actor, Resource
from essor.journeys.erase_person import erase_person
from essor.journeys.export_person import export_person
from tests.factories.chain import (
    AllianceMemberFactory,
    HolderFactory,
    PersonActorFactory,
    PublicAllianceFactory,
    PublicProjectFactory,
    TeamMemberFactory,
)
from tests.factories.matches import MatchFactory, ReadyRunFactory


def furnished(territory, bilal):
    project = PublicProjectFactory(territory=territory)
    TeamMemberFactory(project=project, person=bilal)
    make_comment(by=bilal, project=project, words="Je peux conduire le dimanche.")
    PersonActorFactory(territory=territory, person=bilal, name="Bilal le chauffeur")
    return HolderFactory(territory=territory, person=bilal, name="Bilal B.", idea="Un car.")


def test_the_export_holds_all_of_it_as_plain_values(territory, bilal):
    furnished(territory, bilal)
    told = json.dumps(export_person(person=bilal), ensure_ascii=False)
    for words in ("conduire le dimanche", "Bilal le chauffeur", "Un car."):
        assert words in told


def test_nothing_left_leads_to_them(territory, bilal, alice):
    holder = furnished(territory, bilal)
    erase_person(person=bilal, erase_voices=True)
    assert not Actor.objects.listed().filter(person=bilal).exists()
    assert "Bilal" not in " ".join(Actor.objects.values_list("name", flat=True))
    assert not TeamMember.objects.current().filter(person=bilal).exists()
    assert not Comment.objects.filter(words__contains="dimanche").exists()
    holder.refresh_from_db()
    assert "Bilal" not in holder.name
    assert not ProjectHolder.objects.filter(person=bilal).exists()


def test_somebody_whose_offered_place_was_proposed_can_leave(territory, bilal):
    card = PersonActorFactory(territory=territory, person=bilal)
    place = Resource.objects.create(
        actor=card, direction="offers", kind="places", words="Mon garage", created_at=clock.now()
    )
    MatchFactory(run=ReadyRunFactory(territory=territory), actor=None, resource=place, pair="a place")
    erase_person(person=bilal, erase_voices=True)
    assert not Resource.objects.filter(words__contains="garage").exists()


def test_what_was_written_under_their_own_card_goes_too(territory, bilal):
    card = PersonActorFactory(territory=territory, person=bilal)
    seat = AllianceMemberFactory(alliance=PublicAllianceFactory(territory=territory), actor=card)
    Commitment.objects.create(
        member=seat, kind="time", words="Le fourgon de Bilal B.", created_at=clock.now()
    )
    place = TeamMemberFactory(
        project=PublicProjectFactory(territory=territory),
        person=None,
        actor=card,
        title="Bilal B., au volant",
    )
    erase_person(person=bilal, erase_voices=True)
    assert not Commitment.objects.filter(words__contains="Bilal").exists()
    place.refresh_from_db()
    assert place.title == ""
    assert place.left_at is not None


def test_a_card_of_the_log_that_bears_their_proved_address_is_erased(territory, bilal):
    EmailAddress.objects.update_or_create(user=bilal, email=bilal.email, defaults={"verified": True})
    theirs = HolderFactory(territory=territory, name="Bilal B.", email=bilal.email.upper())
    other = HolderFactory(territory=territory, name="Quelqu’un", email="quelquun@ailleurs.example")
    erase_person(person=bilal, erase_voices=True)
    theirs.refresh_from_db()
    other.refresh_from_db()
    assert ("Bilal" in theirs.name, theirs.email) == (False, "")
    assert other.name == "Quelqu’un"
