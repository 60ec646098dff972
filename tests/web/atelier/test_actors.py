"""Keeping the directory: files, claims and doubles, through the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from essor.ground.directory.models import Actor, ActorBatch, Claim, Merge
from essor.ground.directory.policies import can_speak_for_actor
from essor.ground.directory.services.actors import change_actor
from essor.journeys.import_actors import run
from tests.factories.chain import OrganisationActorFactory

HOME = "/t/val-de-lume/"
ATELIER = f"{HOME}atelier/acteurs/"
FILE = "nom;siret;courriel\nLes Semeurs;732;jeanne.martin@free.example\nLes Boulangers;;contact@four.example\n;;\nX;;\n"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def keeper(client_of, alice):
    return client_of(alice)


def leave(browser, content=FILE, name="acteurs.csv", kind="table"):
    """Deposit a file; the worker reads it."""
    answer = browser.post(
        f"{ATELIER}importer/", {"file": SimpleUploadedFile(name, content.encode()), "kind": kind}
    )
    batch = ActorBatch.objects.first()
    if batch is not None and batch.state == "read":
        run(batch_id=batch.pk)
    return answer


def text_of(answer):
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_a_file_is_left_read_reported_and_taken_back(keeper, territory):
    here = leave(keeper).url
    page = text_of(keeper.get(here))
    assert "Un SIREN a neuf chiffres, un SIRET quatorze." in page
    assert "Cette adresse peut être celle d’une personne" in page
    assert "Annuler cet import" in page
    assert Actor.objects.listed().count() == 2
    rows = b"".join(keeper.get(here, {"format": "csv"}).streaming_content).decode()
    assert "siret" in rows
    assert "jeanne" not in rows
    done = text_of(keeper.post(here, follow=True))
    assert "Fiches retirées : 2" in done
    assert "Annuler cet import" not in done
    assert not Actor.objects.listed().exists()
    assert "déjà annulé" in text_of(keeper.post(here, follow=True))


def test_a_second_file_says_what_it_changed_and_what_was_kept(keeper, alice):
    leave(keeper, "nom;présentation\nLes Semeurs;Ils sèment.\nLes Boulangers;Ils cuisent.\n")
    change_actor(by=alice, actor=Actor.objects.get(name="Les Boulangers"), presentation="À nous.")
    here = leave(keeper, "nom;présentation\nLes Semeurs;Ils récoltent.\nLes Boulangers;Ils rient.\n").url
    page = text_of(keeper.get(here))
    assert "fiches mises à jour" in page
    assert "le texte d’ici est gardé" in page
    assert Actor.objects.get(name="Les Boulangers").presentation == "À nous."


@pytest.mark.parametrize(
    ("content", "name", "kind", "words"),
    [
        ("libellé;ville\nA;B\n", "a.csv", "table", "Nommez-la"),
        ('[{"id": 1}]', "a.json", "table", "JSON"),
        ("nom;ville\nA;B\n", "a.csv", "data_inclusion", "manque"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_that_nothing_was_added(
    keeper, territory, content, name, kind, words
):
    page = text_of(keeper.get(leave(keeper, content, name, kind).url))
    assert "Rien n’a été ajouté" in page
    assert words in page


def test_an_empty_or_missing_file_is_told_on_its_field(keeper, territory):
    for data in ({"kind": "table"}, {"kind": "table", "file": SimpleUploadedFile("a.csv", b"")}):
        answer = keeper.post(f"{ATELIER}importer/", data)
        assert answer.status_code == 200
        assert 'aria-invalid="true"' in answer.content.decode()
    assert not ActorBatch.objects.exists()


def test_these_pages_are_for_facilitators_of_here(territory, client_of, bilal, farid, moderator, keeper):
    leave(keeper)
    batch = ActorBatch.objects.get()
    pages = ("", "importer/", f"importer/{batch.pk}/", "demandes/", "doublons/")
    for somebody in (None, bilal, farid, moderator):
        for page in pages:
            assert client_of(somebody).get(f"{ATELIER}{page}").status_code in (302, 403, 404), (
                somebody,
                page,
            )
    assert {keeper.get(f"{ATELIER}{page}").status_code for page in pages} == {200}
    theirs = client_of(farid).get(f"/t/hautes-roches/atelier/acteurs/importer/{batch.pk}/")
    assert theirs.status_code == 404


def test_a_claim_goes_from_the_card_to_the_answer(territory, keeper, bilal, client_of):
    card = OrganisationActorFactory(territory=territory)
    browser = client_of(bilal)
    address = f"{HOME}acteurs/{card.slug}/je-parle-pour/"
    assert 'aria-invalid="true"' in browser.post(address, {"words": " "}).content.decode()
    assert browser.post(address, {"words": "La trésorière."}).status_code == 302
    again = browser.post(address, {"words": "Mes mots encore."})
    assert "déjà arrivée" in text_of(again)
    assert "Mes mots encore." in text_of(again)
    claim = Claim.objects.get()
    page = text_of(keeper.post(f"{ATELIER}demandes/", {"claim": claim.pk, "no": "1"}, follow=True))
    assert "Dites pourquoi" in page
    assert "La trésorière." in page, "it still waits"
    keeper.post(f"{ATELIER}demandes/", {"claim": claim.pk, "no": "1", "answer": "Le siège dit non."})
    assert "Le siège dit non." in text_of(browser.get(f"{HOME}acteurs/moi/"))
    browser.post(address, {"words": "La présidente."})
    keeper.post(f"{ATELIER}demandes/", {"claim": Claim.objects.get(state="open").pk, "yes": "1"})
    assert can_speak_for_actor(bilal, card)
    assert browser.get(f"{HOME}acteurs/{card.slug}/modifier/").status_code == 200


def test_doubles_are_merged_and_parted_from_the_page(territory, keeper):
    one = OrganisationActorFactory(territory=territory, name="Les Semeurs")
    two = OrganisationActorFactory(territory=territory, name="Association Les Semeurs")
    assert "Même nom, ou presque" in text_of(keeper.get(f"{ATELIER}doublons/"))
    keeper.post(f"{ATELIER}doublons/", {"kept": one.pk, "gone": two.pk})
    two.refresh_from_db()
    assert two.merged_into == one
    assert "est réunie à" in text_of(keeper.get(f"{ATELIER}doublons/"))
    keeper.post(f"{ATELIER}doublons/{Merge.objects.get().pk}/separer/")
    two.refresh_from_db()
    assert two.is_listed


def test_a_double_of_another_territory_cannot_be_named(territory, other_territory, keeper):
    mine = OrganisationActorFactory(territory=territory)
    theirs = OrganisationActorFactory(territory=other_territory)
    for kept, gone in ((mine.pk, theirs.pk), (theirs.pk, mine.pk), (mine.pk, "x")):
        assert keeper.post(f"{ATELIER}doublons/", {"kept": kept, "gone": gone}).status_code == 404


@pytest.mark.parametrize("number", [3, 300])
def test_the_pages_cost_as_much_with_many(territory, keeper, number, django_assert_max_num_queries):
    OrganisationActorFactory.create_batch(number, territory=territory)
    keeper.get(HOME)
    for page in ("", "doublons/", "demandes/", "importer/"):
        with django_assert_max_num_queries(20):
            assert keeper.get(f"{ATELIER}{page}").status_code == 200
