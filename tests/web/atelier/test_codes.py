"""Codes in the atelier: the table, its import, and coding voices."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from essor.chain.needs.models import Code, VoiceCode
from essor.chain.needs.services.codes import add_code, apply_code
from tests.factories.needs import HeardVoiceFactory, PlacementFactory, VoiceGroupFactory


@pytest.fixture
def to(territory):
    return lambda name, *keys: reverse(f"territory:{name}", args=[territory.slug, *keys])


@pytest.fixture
def food(territory, alice):
    return add_code(by=alice, territory=territory, value="A01", meaning="Alimentation")


def test_an_empty_table_says_what_to_do(client_of, alice, to):
    assert "Importer une table" in client_of(alice).get(to("atelier_codes")).content.decode()


def test_a_code_is_added_reworded_and_taken_out(client_of, alice, to):
    browser = client_of(alice)
    browser.post(to("atelier_code_new"), {"value": "A01", "meaning": "Alimentation"})
    code = Code.objects.get()
    browser.post(to("atelier_code", code.pk), {"meaning": "Se nourrir"})
    code.refresh_from_db()
    assert code.meaning == "Se nourrir"
    assert "Retirer le code A01" in browser.get(to("atelier_code_delete", code.pk)).content.decode()
    browser.post(to("atelier_code_delete", code.pk))
    assert not Code.objects.exists()


def test_a_code_written_otherwise_is_refused_beside_the_field(client_of, alice, to):
    answer = client_of(alice).post(to("atelier_code_new"), {"value": "manger", "meaning": "x"})
    assert "A01-11/P15/k" in answer.content.decode()
    assert not Code.objects.exists()


def test_a_table_leaves_and_comes_back_the_same(client_of, alice, to, food, territory):
    browser = client_of(alice)
    file = b"".join(browser.get(to("atelier_codes"), {"format": "csv"}).streaming_content)
    Code.objects.all().delete()
    browser.post(to("atelier_codes_import"), {"file": SimpleUploadedFile("codes.csv", file)})
    assert Code.objects.get().meaning == "Alimentation"


def test_bad_lines_are_told_by_their_number_and_the_others_are_kept(client_of, alice, to):
    file = b"code;signification\nA01;Alimentation\nmanger;?\n"
    page = client_of(alice).post(to("atelier_codes_import"), {"file": SimpleUploadedFile("c.csv", file)})
    words = page.content.decode().replace("\u202f", " ")
    assert "Ligne 3" in words
    assert Code.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook"])
def test_a_file_that_cannot_be_read_is_refused_in_plain_words(content, client_of, alice, to):
    answer = client_of(alice).post(
        to("atelier_codes_import"), {"file": SimpleUploadedFile("codes.xlsx", content)}
    )
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()


def test_voices_are_coded_and_ones_own_codes_taken_off(client_of, alice, bilal, to, territory, food):
    placed = PlacementFactory(group=VoiceGroupFactory(synthesis__territory=territory))
    browser = client_of(alice)
    here = to("atelier_group_coding", placed.synthesis_id, placed.group_id)
    address = to("atelier_voice_codes", placed.contribution_id)
    answer = browser.post(address, {"code": "A01", "sign": "-", "back": here})
    assert answer.url == f"{here}#voix-{placed.contribution_id}"
    apply_code(by=bilal, contribution=placed.contribution, code=food)
    page = browser.get(here).content.decode()
    assert page.count("Retirer A01") == 1
    assert "Bilal" in page
    browser.post(address, {"code": "A01", "act": "remove", "back": here})
    assert VoiceCode.objects.filter(removed_at=None).get().by == bilal


def test_an_unknown_code_is_told(client_of, alice, to, territory, food):
    voice = HeardVoiceFactory(territory=territory)
    answer = client_of(alice).post(to("atelier_voice_codes", voice.pk), {"code": "Z99"}, follow=True)
    assert "pas dans la table" in answer.content.decode()


def test_a_voice_of_elsewhere_is_not_coded(client_of, alice, to, other_territory, food):
    voice = HeardVoiceFactory(territory=other_territory)
    assert client_of(alice).post(to("atelier_voice_codes", voice.pk), {"code": "A01"}).status_code == 404


def test_the_agreement_of_two_coders_is_shown(client_of, alice, bilal, to, territory, food):
    other = add_code(by=alice, territory=territory, value="B02", meaning="Se déplacer")
    for mine, theirs in ((food, food), (food, other), (other, other)):
        voice = HeardVoiceFactory(territory=territory)
        apply_code(by=alice, contribution=voice, code=mine)
        apply_code(by=bilal, contribution=voice, code=theirs)
    page = client_of(alice).get(to("atelier_codes")).content.decode()
    assert "Alice et Bilal" in page
    assert "0,33" in page.replace("\u202f", "")


def test_the_synthesis_table_is_shown_and_leaves_as_a_file(client_of, alice, to, territory, food):
    browser = client_of(alice)
    assert "Aucune voix codée" in browser.get(to("atelier_codes_table")).content.decode()
    placed = PlacementFactory(group=VoiceGroupFactory(synthesis__territory=territory, label="repas"))
    apply_code(by=alice, contribution=placed.contribution, code=food, sign=1)
    page = browser.get(to("atelier_codes_table"), {"synthesis": placed.synthesis_id}).content.decode()
    assert "repas" in page
    file = browser.get(to("atelier_codes_table"), {"format": "csv"})
    assert "A01" in b"".join(file.streaming_content).decode()


def test_the_name_of_a_group_is_never_a_formula_even_as_the_title_of_a_column(
    client_of, alice, to, territory, food
):
    group = VoiceGroupFactory(synthesis__territory=territory, label="=HYPERLINK(1)")
    placed = PlacementFactory(group=group)
    apply_code(by=alice, contribution=placed.contribution, code=food, sign=1)
    asked = {"format": "csv", "synthesis": placed.synthesis_id}
    file = client_of(alice).get(to("atelier_codes_table"), asked)
    assert ";'=HYPERLINK(1);" in b"".join(file.streaming_content).decode()


@pytest.mark.parametrize(
    "name", ["atelier_codes", "atelier_codes_table", "atelier_code_new", "atelier_codes_import"]
)
def test_members_and_strangers_stay_outside(name, client_of, bilal, farid, to):
    assert client_of(bilal).get(to(name)).status_code == 403
    assert client_of(farid).get(to(name)).status_code == 403


def test_a_code_of_elsewhere_is_not_found(client_of, farid, other_territory, food):
    address = reverse("territory:atelier_code", args=[other_territory.slug, food.pk])
    assert client_of(farid).get(address).status_code == 404


@pytest.mark.parametrize("many", [10, 400])
def test_the_table_costs_the_same_whatever_the_number_of_codes(
    many, client_of, alice, to, territory, django_assert_max_num_queries
):
    Code.objects.bulk_create(
        Code(territory=territory, value=f"A{n // 26:02}/P{n % 26:02}", meaning="x") for n in range(many)
    )
    browser = client_of(alice)
    with django_assert_max_num_queries(12):
        assert browser.get(to("atelier_codes")).status_code == 200
