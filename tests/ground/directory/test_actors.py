"""Cards: consent of persons, what is asked of the list, what is offered and sought."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from essor.common import clock
from essor.ground.directory.enums import ActorState
from essor.ground.directory.models import Actor, ActorTheme
from essor.ground.directory.selectors.listing import Asked, asked_actors, every_actor
from essor.ground.directory.services.actors import (
    add_person_actor,
    change_actor,
    hide_actor,
    list_actor,
    restore_actor,
    withdraw_actor,
)
from essor.ground.directory.services.refusals import ActorRefused
from essor.ground.directory.services.resources import MOST, add_resource, close_resource
from essor.ground.territories.models import PerimeterCommune, Theme
from tests.factories.chain import OrganisationActorFactory, PersonActorFactory


def test_a_person_is_listed_by_themself_alone_and_may_leave_and_return(alice, bilal, territory):
    with pytest.raises(ActorRefused, match="soi-même"):
        add_person_actor(by=alice, person=bilal, territory=territory, name="Bilal", family="citizen")
    card = add_person_actor(by=bilal, person=bilal, territory=territory, name="Bilal", family="citizen")
    withdraw_actor(by=bilal, actor=card)
    assert not Actor.objects.listed().exists()
    with pytest.raises(ActorRefused, match="elle-même"):
        list_actor(by=alice, actor=card)
    before = card.consented_at
    assert list_actor(by=bilal, actor=card).consented_at >= before


def test_the_database_lists_no_person_without_consent(bilal, territory):
    card = PersonActorFactory(territory=territory, person=bilal)
    with pytest.raises(IntegrityError, match="person_listed_only_with_consent"), transaction.atomic():
        Actor.objects.filter(pk=card.pk).update(consented_at=None)


def test_a_card_of_a_person_that_was_hidden_is_not_put_back_by_that_person(alice, bilal, territory):
    card = add_person_actor(by=bilal, person=bilal, territory=territory, name="Bilal", family="citizen")
    with pytest.raises(ActorRefused, match="pourquoi"):
        hide_actor(by=alice, actor=card, why=" ")
    hide_actor(by=alice, actor=card, why="Une publicité.")
    with pytest.raises(ActorRefused):
        list_actor(by=bilal, actor=card)
    assert restore_actor(by=alice, actor=card).state == ActorState.LISTED


def test_withdrawing_a_hidden_card_and_asking_again_does_not_bring_it_back(alice, bilal, territory):
    card = add_person_actor(by=bilal, person=bilal, territory=territory, name="Bilal", family="citizen")
    hide_actor(by=alice, actor=card, why="Une publicité.")
    withdraw_actor(by=bilal, actor=card)
    with pytest.raises(ActorRefused, match="masqué"):
        list_actor(by=bilal, actor=card)
    with pytest.raises(ActorRefused, match="masqué"):
        add_person_actor(by=bilal, person=bilal, territory=territory, name="Bilal", family="citizen")
    assert restore_actor(by=alice, actor=card).state == ActorState.WITHDRAWN
    assert list_actor(by=bilal, actor=card).state == ActorState.LISTED


def test_a_restored_card_stands_where_it_stood_before_it_was_hidden(alice, territory):
    card = OrganisationActorFactory(territory=territory, state=ActorState.WAITING)
    hide_actor(by=alice, actor=card, why="Une publicité.")
    assert restore_actor(by=alice, actor=card).state == ActorState.WAITING


@pytest.mark.parametrize(
    ("words", "said"),
    [({"name": "X"}, "nom"), ({"commune_code": "75056"}, "commune")],
)
def test_a_card_that_cannot_be_says_what_to_mend(alice, territory, words, said):
    card = OrganisationActorFactory(territory=territory)
    with pytest.raises(ActorRefused, match=said):
        change_actor(by=alice, actor=card, **words)


def test_a_theme_of_elsewhere_is_refused(alice, territory, other_territory):
    card = OrganisationActorFactory(territory=territory)
    theirs = Theme.objects.create(territory=other_territory, name="Eau", slug="eau")
    with pytest.raises(ActorRefused, match="autre territoire"):
        change_actor(by=alice, actor=card, themes=[theirs])


def test_the_list_answers_every_question(alice, bilal, territory):
    PerimeterCommune.objects.create(territory=territory, code="99704", name="Brécourt")
    water = Theme.objects.create(territory=territory, name="Eau", slug="eau")
    sowers = OrganisationActorFactory(territory=territory, name="Les Semeurs")
    bakers = OrganisationActorFactory(territory=territory, name="Les Boulangers", family="company")
    change_actor(by=alice, actor=sowers, presentation="Ils sèment du blé.", commune_codes=["99704"])
    ActorTheme.objects.create(actor=bakers, theme=water)
    add_resource(by=alice, actor=bakers, direction="offers", kind="places", words="Un fournil")
    add_resource(by=alice, actor=sowers, direction="seeks", kind="places", words="Un fournil")
    PersonActorFactory(territory=territory, person=bilal, state=ActorState.WITHDRAWN)

    def names(**asked):
        return [each.name for each in asked_actors(territory, Asked(**asked))]

    assert names() == ["Les Boulangers", "Les Semeurs"]
    assert names(words="BLÉ") == ["Les Semeurs"]
    assert names(family="company") == names(theme="eau") == names(offers="places") == ["Les Boulangers"]
    assert names(commune="99704") == names(seeks="places") == ["Les Semeurs"]
    assert names(offers="money") == []
    assert every_actor(territory, Asked(state="withdrawn")).count() == 1


def test_what_ended_is_no_longer_offered(alice, territory, at):
    traveller = at("2026-11-27T10:00:00+01:00")
    card = OrganisationActorFactory(territory=territory)
    until = clock.today() + timedelta(days=1)
    add_resource(by=alice, actor=card, direction="offers", kind="time", words="Un jour", until_on=until)
    assert asked_actors(territory, Asked(offers="time")).exists()
    traveller.shift(3 * 86_400)
    assert not asked_actors(territory, Asked(offers="time")).exists()
    with pytest.raises(ActorRefused, match="passée"):
        add_resource(by=alice, actor=card, direction="offers", kind="time", words="Hier", until_on=until)


def test_a_thing_is_taken_back_put_back_and_counted(alice, territory):
    card = OrganisationActorFactory(territory=territory)
    made = [
        add_resource(by=alice, actor=card, direction="offers", kind="time", words=f"Chose {n}")
        for n in range(MOST)
    ]
    with pytest.raises(ActorRefused, match=str(MOST)):
        add_resource(by=alice, actor=card, direction="offers", kind="time", words="De trop")
    close_resource(by=alice, resource=made[0])
    assert card.resources.current().count() == MOST - 1
    close_resource(by=alice, resource=made[0], back=True)
    assert card.resources.current().count() == MOST
