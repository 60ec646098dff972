"""Files of actors, from the deposit to the undoing, as they come."""

import io
import json

import pytest

from essor.ground.directory.enums import ActorState, BatchKind, BatchState
from essor.ground.directory.models import Actor, ActorBatch, Merge
from essor.ground.directory.services.actors import change_actor, hide_actor, withdraw_actor
from essor.ground.directory.services.imports import receive_batch
from essor.ground.directory.services.merges import merge_actors
from essor.ground.directory.services.refusals import ActorRefused
from essor.ground.directory.services.resources import add_resource
from essor.ground.ledger.models import Fact
from essor.ground.people.models import Organisation, Person
from essor.ground.territories.models import PerimeterCommune, Theme
from essor.journeys.import_actors import MOST_ISSUES, run
from essor.journeys.keep_organisations import add_organisation_member, archive_organisation
from essor.journeys.undo_actor_import import undo_actor_import
from tests.factories.chain import OrganisationActorFactory, TeamMemberFactory
from tests.factories.people import OrganisationFactory

HEAD = "identifiant;nom;siret;commune;courriel;site;présentation;thèmes;propose;cherche\n"
SOWERS = "a;Les Semeurs;73282932000074;Brécourt;contact@semeurs.example;semeurs.example;Ils sèment.;Eau;Un local;Du temps\n"
BAKERS = "b;Les Boulangers;;Orme;;;Ils cuisent.;;;\n"


@pytest.fixture(autouse=True)
def place(territory):
    PerimeterCommune.objects.create(territory=territory, code="99704", name="Brécourt")
    PerimeterCommune.objects.create(territory=territory, code="99705", name="Orme")
    return Theme.objects.create(territory=territory, name="Eau", slug="eau")


@pytest.fixture
def imported(alice, territory):
    """Deposit a file, as the worker reads it."""

    def act(content, name="acteurs.csv", kind=BatchKind.TABLE):
        content = content if isinstance(content, bytes) else content.encode()
        batch = receive_batch(
            by=alice, territory=territory, name=name, file=io.BytesIO(content), kind=kind, size=len(content)
        )
        run(batch_id=batch.pk)
        batch.refresh_from_db()
        return batch

    return act


def counts(batch):
    assert batch.state == BatchState.DONE, batch.failure
    return batch.rows_count, batch.added_count, batch.changed_count, batch.known_count


def told(batch):
    return [(line, column) for line, column, _reason, _mend in batch.issues]


def snapshot():
    """Everything a card says, to compare before and after."""
    return {
        card.pk: (
            card.name, card.state, card.family, card.presentation, card.contact, card.website,
            card.commune_code, card.latitude, card.longitude, card.imported, card.changed_at,
            sorted(card.actor_themes.values_list("theme", flat=True)),
            sorted(card.resources.current().values_list("direction", "kind", "words")),
        )
        for card in Actor.objects.all()
    }  # fmt: skip


def test_a_table_becomes_cards_with_what_it_says(imported, territory, place):
    batch = imported(HEAD + SOWERS + BAKERS)
    assert counts(batch) == (2, 2, 0, 0)
    assert batch.issues == []
    card = Actor.objects.get(name="Les Semeurs")
    assert (card.state, card.commune_code, card.contact) == ("listed", "99704", "contact@semeurs.example")
    assert (card.website, card.organisation.siren) == ("https://semeurs.example", "732829320")
    assert [each.theme for each in card.actor_themes.all()] == [place]
    assert {(each.direction, each.kind, each.words) for each in card.resources.all()} == {
        ("offers", "places", "Un local"), ("seeks", "time", "Du temps"),
    }  # fmt: skip
    assert Fact.objects.get(verb="actors.imported").data["added"] == 2
    assert not batch.file


def test_the_same_file_again_adds_nothing_and_changes_nothing(imported):
    imported(HEAD + SOWERS + BAKERS)
    before = snapshot()
    facts = Fact.objects.filter(verb="actor.changed").count()
    assert counts(imported(HEAD + SOWERS + BAKERS)) == (2, 0, 0, 2)
    assert snapshot() == before
    assert Fact.objects.filter(verb="actor.changed").count() == facts


def test_a_file_that_changed_changes_the_cards_and_says_so(imported):
    imported(HEAD + SOWERS + BAKERS)
    batch = imported(HEAD + SOWERS.replace("Ils sèment.", "Ils récoltent.").replace("Un local", "Une salle"))
    assert counts(batch) == (1, 0, 1, 0)
    card = Actor.objects.get(name="Les Semeurs")
    assert card.presentation == "Ils récoltent."
    assert [each.words for each in card.resources.current().filter(direction="offers")] == ["Une salle"]
    assert Actor.objects.filter(name="Les Boulangers", state="listed").exists(), "what is not in it stays"


def test_what_people_wrote_since_is_never_written_over(imported, alice):
    imported(HEAD + SOWERS)
    card = Actor.objects.get()
    change_actor(by=alice, actor=card, presentation="Nos mots à nous.")
    batch = imported(HEAD + SOWERS.replace("Ils sèment.", "Ils récoltent.").replace("Brécourt", "Orme"))
    card.refresh_from_db()
    assert (card.presentation, card.commune_code) == ("Nos mots à nous.", "99705")
    assert counts(batch) == (1, 0, 1, 0)
    assert told(batch) == [(2, "présentation")]
    assert "d’ici est gardé" in batch.issues[0][2]


def test_a_second_import_is_undone_to_the_letter_then_the_first(imported, alice):
    first = imported(HEAD + SOWERS + BAKERS)
    before = snapshot()
    changed = SOWERS.replace("sèment", "récoltent").replace("Un local", "Une salle").replace("Eau", "")
    second = imported(HEAD + changed + "c;Les Nouveaux;;;;;;;;\n")
    assert counts(second) == (2, 1, 1, 0)
    assert undo_actor_import(by=alice, batch=second) == (1, 1, 0)
    assert {pk: card for pk, card in snapshot().items() if pk in before} == before
    first.refresh_from_db()
    assert undo_actor_import(by=alice, batch=first) == (2, 0, 0)
    assert not Actor.objects.listed().exists()
    assert not Organisation.objects.filter(is_archived=False).exists()
    with pytest.raises(ActorRefused, match="déjà annulé"):
        undo_actor_import(by=alice, batch=first)


def test_a_file_can_be_imported_again_after_it_was_undone(imported, alice):
    batch = imported(HEAD + SOWERS + BAKERS)
    undo_actor_import(by=alice, batch=batch)
    again = imported(HEAD + SOWERS + BAKERS)
    assert counts(again) == (2, 2, 0, 0)
    assert Actor.objects.listed().count() == 2 == Actor.objects.count()
    assert not Organisation.objects.filter(is_archived=True).exists()
    again.refresh_from_db()
    assert undo_actor_import(by=alice, batch=again) == (2, 0, 0)


def test_undoing_keeps_what_people_touched_or_rest_on(imported, alice, bilal):
    rows = "".join(f"{n};Organisation numéro {n};;;;;;;;\n" for n in range(7))
    batch = imported(HEAD + rows)
    cards = list(Actor.objects.order_by("pk"))
    change_actor(by=alice, actor=cards[0], presentation="Modifiée.")
    add_resource(by=alice, actor=cards[1], direction="offers", kind="time", words="Du temps")
    add_organisation_member(by=alice, organisation=cards[2].organisation, person=bilal)
    TeamMemberFactory(person=None, actor=cards[3], project__territory=batch.territory)
    hide_actor(by=alice, actor=cards[4], why="Une erreur.")
    merge_actors(by=alice, kept=cards[5], gone=OrganisationActorFactory(territory=batch.territory))
    assert undo_actor_import(by=alice, batch=batch) == (1, 0, 6)
    assert Organisation.objects.filter(is_archived=True).count() == 1


def test_a_card_withdrawn_by_its_people_does_not_come_back_with_a_file(imported, bilal, alice):
    imported(HEAD + SOWERS)
    withdraw_actor(by=alice, actor=Actor.objects.get())
    assert counts(imported(HEAD + SOWERS.replace("sèment", "récoltent"))) == (1, 0, 0, 1)
    assert Actor.objects.get().state == ActorState.WITHDRAWN


def test_an_archived_organisation_stays_archived(imported, alice, territory):
    known = OrganisationFactory(territory=territory, name="Les Semeurs")
    OrganisationActorFactory(territory=territory, organisation=known)
    archive_organisation(by=alice, organisation=known)
    assert counts(imported(HEAD + SOWERS)) == (1, 0, 0, 1)
    assert not Actor.objects.listed().exists()


def test_each_bad_row_says_its_line_its_column_why_and_what_to_do(imported):
    rows = (
        HEAD
        + "a;Les Semeurs;73282932000075;Ailleurs;jeanne.martin@free.example;pas un site;;Vent;;\n"  # 2
        + ";;;;;;;;;\n"  # 3: empty, no remark
        + "b;;;;;;Sans nom.;;;\n"  # 4
        + "a;Les Autres;;;;;;;;\n"  # 5: the same id
        + "c;X;;;;;;;;\n"  # 6: too short a name
        + "d;Les Courriels;;;pas-un-courriel;;;;;\n"  # 7
        + f"e;Les Bavards;;;;;{'x' * 5000};;;\n"  # 8
        + f"f;Les Trop Grands;;;;;{'x' * 120_000};;;\n"  # 9
        + "g;les semeurs;;;;;;;;\n"  # 10: the same name
    )
    batch = imported(rows)
    assert counts(batch) == (6, 3, 0, 0)
    lines = {line: set() for line, _column in told(batch)}
    for line, column in told(batch):
        lines[line].add(column)
    assert lines[2] == {"siret", "commune", "courriel", "site", "thématiques"}
    assert (lines[4], lines[5], lines[6]) == ({"nom"}, {"id"}, {"nom"})
    assert lines[8] == {"présentation"}
    assert {9, 10} <= set(lines)
    assert 3 not in lines
    assert all(reason and mend for _line, _column, reason, mend in batch.issues)
    assert "ligne 2" in next(reason for line, _c, reason, _m in batch.issues if line == 5)
    assert [line for line, _column in told(batch)] == sorted(line for line, _column in told(batch))


def test_a_refused_row_leaves_nothing_half_done(imported):
    many = "|".join(f"Chose {n}" for n in range(40))
    batch = imported(f"{HEAD}a;Les Nombreux;;;;;;;{many};\n{BAKERS}")
    assert counts(batch) == (2, 1, 0, 0)
    assert [each.name for each in Organisation.objects.all()] == ["Les Boulangers"]
    assert "30" in batch.issues[0][2]


def test_nothing_of_a_person_becomes_public_by_a_file(imported):
    words = "Contactez Jeanne au 06 12 34 56 78 ou jeanne.martin@free.example, sinon contact@semeurs.example ou 03 86 00 00 00."
    batch = imported(
        f"{HEAD}a;Les Semeurs;;;jmartin@semeurs.example;;{words};;Écrire à j.martin@free.example;\n"
    )
    card = Actor.objects.get()
    offered = card.resources.get().words
    everything = f"{card.presentation} {card.contact} {offered} {card.search} {card.organisation.description} {card.imported}"
    for secret in ("06 12", "jeanne.martin@", "jmartin@", "j.martin@"):
        assert secret not in everything
    assert "contact@semeurs.example" in card.presentation
    assert "03 86 00 00 00" in card.presentation, "the general number of the organisation"
    assert {column for _line, column in told(batch)} == {"courriel", "présentation", "propose"}
    assert not Person.objects.filter(display_name__contains="Jeanne").exists()


def structure(**more):
    return {
        "id": "s-1", "source": "dora", "nom": "Maison de l’emploi", "siret": "73282932000074",
        "code_insee": "99704", "latitude": 47.85, "longitude": 3.45, "typologie": "CCAS",
        "thematiques": ["eau--boire"], **more,
    }  # fmt: skip


def test_a_national_file_gives_the_structures_of_this_territory_only(imported):
    rows = [structure(), structure(id="s-2", nom="Ailleurs", siret="", code_insee="75056", commune="Paris")]
    batch = imported(json.dumps(rows), "structures.json", BatchKind.DATA_INCLUSION)
    assert counts(batch) == (2, 1, 0, 0)
    assert told(batch) == [(2, "code_insee")]
    assert "Paris" in batch.issues[0][2]
    card = Actor.objects.get()
    assert (card.family, card.latitude, card.commune_code) == ("public_body", 47.85, "99704")


def test_a_structure_of_v0_is_known_again_in_v1(imported):
    imported(json.dumps([structure()]), "v0.json", BatchKind.DATA_INCLUSION)
    later = structure(id="dora--s-1", description="Nouveau texte.", reseaux_porteurs=["ccas-cias"])
    batch = imported(json.dumps([later]), "v1.json", BatchKind.DATA_INCLUSION)
    assert counts(batch) == (1, 0, 1, 0)
    assert Actor.objects.get().presentation == "Nouveau texte."


def test_two_offices_of_one_organisation_are_one_card_and_it_is_said(imported):
    rows = [structure(), structure(id="s-2", nom="Maison de l’emploi, antenne d’Orme", code_insee="99705")]
    batch = imported(json.dumps(rows), "structures.json", BatchKind.DATA_INCLUSION)
    assert counts(batch) == (2, 1, 0, 0)
    assert "ligne 1" in batch.issues[0][2]


def test_two_organisations_of_one_name_with_two_numbers_are_not_mixed_up(imported, territory):
    OrganisationFactory(territory=territory, name="Les Semeurs", siren="443061841")
    batch = imported(HEAD + SOWERS)
    assert counts(batch) == (1, 0, 0, 0)
    assert "déjà ce nom" in batch.issues[0][2]


def test_a_number_mended_in_the_file_reaches_the_organisation_and_comes_back(imported, alice):
    imported(HEAD + SOWERS.replace("73282932000074", "7328"))
    batch = imported(HEAD + SOWERS)
    assert counts(batch) == (1, 0, 1, 0)
    assert Organisation.objects.get().siren == "732829320"
    undo_actor_import(by=alice, batch=batch)
    assert Organisation.objects.get().siren == ""


@pytest.mark.parametrize(
    ("content", "name", "kind", "words"),
    [
        (b"", "vide.csv", BatchKind.TABLE, "vide"),
        (b"ville;rue\nA;B\n", "a.csv", BatchKind.TABLE, "nom"),
        (b'[{"id": "1"}]', "a.json", BatchKind.TABLE, "JSON"),
        (b'[{"id": "1', "a.json", BatchKind.DATA_INCLUSION, "JSON"),
        (b"%PDF-1.4", "a.csv", BatchKind.TABLE, "CSV"),
        (b"PK\x03\x04 broken", "a.xlsx", BatchKind.TABLE, ""),
    ],
)
def test_a_file_that_cannot_be_read_adds_nothing_and_says_why(imported, content, name, kind, words):
    batch = imported(content, name, kind)
    assert batch.state == BatchState.FAILED
    assert words in batch.failure
    assert not Actor.objects.exists()


def test_the_worker_may_read_a_file_twice(imported, alice, territory):
    batch = imported(HEAD + SOWERS)
    run(batch_id=batch.pk)
    assert Actor.objects.count() == 1
    assert ActorBatch.objects.get().added_count == 1


def test_past_a_number_remarks_are_counted_and_said(imported):
    rows = "".join(f"{n};Organisation {n};12;;;;;;;\n" for n in range(MOST_ISSUES + 20))
    batch = imported(HEAD + rows)
    assert batch.issues_count == MOST_ISSUES + 20
    assert len(batch.issues) == MOST_ISSUES


def test_a_card_merged_into_another_is_left_alone_by_the_file(imported, alice, territory):
    imported(HEAD + SOWERS)
    card = Actor.objects.get()
    merge_actors(by=alice, kept=OrganisationActorFactory(territory=territory), gone=card)
    assert counts(imported(HEAD + SOWERS.replace("sèment", "récoltent"))) == (1, 0, 0, 1)
    assert Merge.objects.count() == 1
    card.refresh_from_db()
    assert card.presentation == "Ils sèment."
