"""The pages of the whole site."""

import pytest
from django.test import Client

from essor.ground.people.models import Membership
from essor.ground.territories.models import Territory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def test_a_fresh_installation_says_how_to_open_a_territory(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "essor open" in page.content.decode()


def test_a_single_territory_is_its_own_first_page(client, territory):
    assert client.get("/").headers["Location"] == f"/t/{territory.slug}/"


def test_two_territories_are_listed_and_hidden_ones_only_for_their_members(
    client, client_of, territory, other_territory, farid
):
    hidden = TerritoryFactory(name="Vallée cachée", is_listed=False)
    page = client.get("/").content.decode()
    assert "Val-de-Lume" in page
    assert "Hautes-Roches" in page
    assert "Vallée cachée" not in page
    Membership.objects.filter(person=farid).update(territory=hidden)
    assert "Vallée cachée" in client_of(farid).get("/").content.decode()


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_of_territories_costs_the_same_whatever_their_number(
    client, count, django_assert_max_num_queries
):
    for _ in range(count):
        TerritoryFactory()
    with django_assert_max_num_queries(8):
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/a-propos/", "/accessibilite/", "/mentions-legales/"])
def test_the_site_says_what_it_is_to_anyone(client, path):
    page = client.get(path)
    assert page.status_code == 200
    assert "<h1" in page.content.decode()


def test_the_legal_page_holds_what_each_territory_says_of_itself(client, territory):
    Territory.objects.filter(pk=territory.pk).update(
        legal_notice="Publié par la **commune**", contact_email="contact@val-de-lume.example"
    )
    page = client.get("/mentions-legales/").content.decode()
    assert "<strong>commune</strong>" in page
    assert "contact@val-de-lume.example" in page


def test_the_language_is_kept_by_the_browser_and_by_the_account(client_of, bilal):
    browser = client_of(bilal)
    answer = browser.post("/langue/", {"language": "en", "next": "/a-propos/"})
    assert answer.headers["Location"] == "/a-propos/"
    bilal.refresh_from_db()
    assert bilal.language == "en"
    assert 'lang="en"' in browser.get("/a-propos/").content.decode()


def test_a_language_we_do_not_speak_changes_nothing_and_no_one_is_sent_elsewhere(client_of, bilal):
    answer = client_of(bilal).post("/langue/", {"language": "xx", "next": "https://ailleurs.example/"})
    assert answer.headers["Location"] == "/"
    bilal.refresh_from_db()
    assert bilal.language == ""


def test_machines_are_answered(client):
    assert client.get("/healthz").content == b"ok\n"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert "Disallow: /compte/" in client.get("/robots.txt").content.decode()
    assert client.get("/favicon.ico").status_code == 301
    assert client.get("/site.webmanifest").json()["icons"]


def test_a_cache_that_keeps_nothing_is_not_ready(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["cache"]) == (503, False)


def test_a_territory_without_a_logo_has_none_to_show(client, territory):
    assert client.get(f"/logos/{territory.slug}").status_code == 404


def test_forms_of_other_sites_are_refused(bilal):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(bilal)
    assert browser.post("/langue/", {"language": "en"}).status_code == 403


def test_a_request_for_a_house_that_is_not_ours_is_refused_in_plain_words(client, territory):
    answer = client.get(f"/t/{territory.slug}/", HTTP_HOST="ailleurs.example")
    assert answer.status_code == 400
    assert "ailleurs.example" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/compte/", "/avis/", "/t/val-de-lume/atelier/"])
def test_what_is_behind_a_door_is_not_kept_by_the_browser_after_signing_out(
    client_of, alice, territory, address
):
    assert "no-store" in client_of(alice).get(address).headers["Cache-Control"]
