"""Two cards that were one actor: what follows, and that it all comes back."""

import pytest

from essor.chain.alliances.notifications import voices_of_actors
from essor.chain.alliances.selectors.listing import alliances_of, invitations_of
from essor.chain.matches.computations.reading import read_territory
from essor.ground.directory.enums import ActorState
from essor.ground.directory.models import Actor, ActorCommune, ActorTheme, Merge, Resource
from essor.ground.directory.policies import can_change_actor, can_speak_for_actor
from essor.ground.directory.selectors.listing import likely_duplicates
from essor.ground.directory.selectors.spoken_for import actors_spoken_for
from essor.ground.directory.services.actors import change_actor
from essor.ground.directory.services.merges import merge_actors, undo_merge
from essor.ground.directory.services.refusals import ActorRefused
from essor.ground.directory.services.resources import add_resource
from essor.ground.ledger.models import Fact
from essor.ground.territories.models import PerimeterCommune, Theme
from tests.factories.chain import (
    AllianceMemberFactory,
    OrganisationActorFactory,
    PersonActorFactory,
    PublicAllianceFactory,
    TeamMemberFactory,
)
from tests.factories.matches import MatchFactory, ReadyRunFactory


@pytest.fixture
def pair(territory, association, alice):
    """The card of Les Semeurs, for whom Chloé speaks, and its double made by a file."""
    PerimeterCommune.objects.create(territory=territory, code="99704", name="Brécourt")
    water, bread = (Theme.objects.create(territory=territory, name=n, slug=n) for n in ("eau", "pain"))
    gone = OrganisationActorFactory(territory=territory, organisation=association)
    kept = OrganisationActorFactory(territory=territory)
    change_actor(by=alice, actor=gone, themes=[water, bread], commune_codes=["99704"])
    change_actor(by=alice, actor=kept, themes=[water])
    for card, words in ((gone, "Un local"), (gone, "Du temps"), (kept, "Du temps")):
        add_resource(by=alice, actor=card, direction="offers", kind="time", words=words)
    return kept, gone


def standing():
    """Everything that a merge may move."""
    return (
        sorted(Actor.objects.values_list("pk", "state", "merged_into", "name", "organisation")),
        sorted(ActorTheme.objects.values_list("actor", "theme")),
        sorted(ActorCommune.objects.values_list("actor", "code")),
        sorted(Resource.objects.filter(closed_at=None).values_list("actor", "kind", "words")),
    )


def test_what_the_double_said_follows_and_comes_back_to_the_letter(pair, alice):
    kept, gone = pair
    before = standing()
    merge = merge_actors(by=alice, kept=kept, gone=gone)
    kept.refresh_from_db()
    assert sorted(kept.resources.current().values_list("words", flat=True)) == ["Du temps", "Un local"]
    assert kept.actor_themes.count() == 2
    assert [each.code for each in kept.communes.all()] == ["99704"]
    undo_merge(by=alice, merge=merge)
    assert standing() == before
    assert Fact.objects.filter(verb__in=("actor.merged", "actor.merge_undone")).count() == 2


def test_who_speaks_for_one_speaks_for_both_until_they_are_parted(pair, alice, chloe, territory):
    kept, gone = pair
    assert not can_speak_for_actor(chloe, kept)
    merge = merge_actors(by=alice, kept=kept, gone=gone)
    kept.refresh_from_db()
    assert can_speak_for_actor(chloe, kept)
    assert can_change_actor(chloe, kept)
    assert list(actors_spoken_for(chloe, territory)) == [kept]
    assert voices_of_actors([kept.pk]) == [chloe]
    undo_merge(by=alice, merge=merge)
    gone.refresh_from_db()
    assert not can_speak_for_actor(chloe, kept)
    assert list(actors_spoken_for(chloe, territory)) == [gone]


def test_seats_taken_under_the_old_name_stay_answered_for(pair, alice, chloe, territory):
    kept, gone = pair
    alliance = PublicAllianceFactory(territory=territory)
    AllianceMemberFactory(alliance=alliance, actor=gone)
    merge_actors(by=alice, kept=kept, gone=gone)
    assert list(alliances_of(chloe, territory)) == [alliance]
    assert invitations_of(chloe, territory).count() in (0, 1)
    assert alliance.members.get().actor == gone


def test_matching_knows_the_team_of_the_double_and_forgets_it_when_parted(pair, alice, territory):
    kept, gone = pair
    seat = TeamMemberFactory(
        project__territory=territory, project__visibility="public", person=None, actor=gone
    )
    linked = (f"projects.project:{seat.project.pk:09}", f"directory.actor:{kept.pk:09}")
    merge = merge_actors(by=alice, kept=kept, gone=gone)
    assert linked in read_territory(territory).linked
    undo_merge(by=alice, merge=merge)
    assert linked not in read_territory(territory).linked


def test_an_offer_copied_then_proposed_to_somebody_does_not_block_the_parting(pair, alice, territory):
    kept, gone = pair
    before = standing()
    merge = merge_actors(by=alice, kept=kept, gone=gone)
    copy = kept.resources.current().get(words="Un local")
    MatchFactory(run=ReadyRunFactory(territory=territory), actor=None, resource=copy, pair="a place")
    undo_merge(by=alice, merge=merge)
    assert standing() == before


def test_three_cards_are_parted_in_the_order_they_were_merged(pair, alice, territory):
    kept, gone = pair
    last = OrganisationActorFactory(territory=territory)
    before = standing()
    first = merge_actors(by=alice, kept=kept, gone=gone)
    between = standing()
    second = merge_actors(by=alice, kept=last, gone=kept)
    gone.refresh_from_db()
    assert gone.merged_into == last
    with pytest.raises(ActorRefused, match="Séparez d’abord"):
        undo_merge(by=alice, merge=first)
    undo_merge(by=alice, merge=second)
    assert standing() == between
    undo_merge(by=alice, merge=first)
    assert standing() == before


def test_what_cannot_be_merged_says_why(pair, alice, bilal, territory, other_territory):
    kept, gone = pair
    for other, words in (
        (kept, "différentes"),
        (OrganisationActorFactory(territory=other_territory), "territoires différents"),
        (PersonActorFactory(territory=territory, person=bilal), "organisations"),
    ):
        with pytest.raises(ActorRefused, match=words):
            merge_actors(by=alice, kept=kept, gone=other)
    merge = merge_actors(by=alice, kept=kept, gone=gone)
    with pytest.raises(ActorRefused, match="déjà réunie"):
        merge_actors(by=alice, kept=kept, gone=gone)
    undo_merge(by=alice, merge=merge)
    with pytest.raises(ActorRefused, match="déjà séparées"):
        undo_merge(by=alice, merge=merge)
    assert Merge.objects.count() == 1


def test_a_hidden_double_is_hidden_again_once_parted(pair, alice):
    kept, gone = pair
    Actor.objects.filter(pk=gone.pk).update(state=ActorState.HIDDEN)
    undo_merge(by=alice, merge=merge_actors(by=alice, kept=kept, gone=gone))
    gone.refresh_from_db()
    assert gone.state == ActorState.HIDDEN


def test_likely_doubles_are_found_by_number_name_and_site(territory):
    def card(name, site="", siren=""):
        made = OrganisationActorFactory(territory=territory, name=name, website=site)
        made.organisation.siren = siren
        made.organisation.save()

    card("Association Les Semeurs", "https://www.semeurs.example/")
    card("Les Semeurs")
    card("Le Fournil", "http://semeurs.example")
    card("La Coop", "https://reseau.example/coop", "732829320")
    card("La Coopérative", "https://reseau.example/autre", "732829320")
    found = {(each.kept.name, each.gone.name, each.reason) for each in likely_duplicates(territory)}
    assert found == {
        ("Association Les Semeurs", "Les Semeurs", "name"),
        ("Association Les Semeurs", "Le Fournil", "website"),
        ("La Coop", "La Coopérative", "siren"),
    }
