"""My account, my data, my erasure."""

import io
import json
import zipfile

import pytest

from essor.ground.people.models import Membership
from tests.factories.people import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

MINE = ["/compte/", "/compte/securite/", "/compte/mes-voix/", "/compte/mes-donnees/"]


@pytest.mark.parametrize("path", MINE)
def test_pages_of_an_account_ask_to_sign_in_and_come_back(client, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/compte/login/?next={path.replace('/', '%2F')}"


@pytest.mark.parametrize("path", MINE)
def test_pages_of_an_account_open_for_their_owner(client_of, bilal, path, django_assert_max_num_queries):
    browser = client_of(bilal)
    with django_assert_max_num_queries(12):
        assert browser.get(path).status_code == 200


def test_a_profile_is_changed_and_shown(client_of, bilal):
    browser = client_of(bilal)
    answer = browser.post("/compte/", {"display_name": "Bil <b>", "language": "en"})
    assert answer.status_code == 302
    assert answer.cookies["django_language"].value == "en"
    page = browser.get("/compte/").content.decode()
    assert "Bil &lt;b&gt;" in page


def test_a_member_leaves_after_a_confirmation(client_of, bilal, territory):
    membership = Membership.objects.get(person=bilal)
    browser = client_of(bilal)
    url = f"/compte/territoires/{membership.pk}/quitter/"
    assert "Quitter Val-de-Lume" in browser.get(url).content.decode()
    assert Membership.objects.current().filter(person=bilal).exists()
    browser.post(url)
    assert not Membership.objects.current().filter(person=bilal).exists()


def test_the_last_administrator_is_told_why_they_stay(client_of, elise):
    membership = Membership.objects.get(person=elise)
    answer = client_of(elise).post(f"/compte/territoires/{membership.pk}/quitter/", follow=True)
    assert "d’abord" in answer.content.decode()
    assert Membership.objects.current().filter(person=elise).exists()


def test_nobody_leaves_for_somebody_else(client_of, bilal, farid):
    membership = Membership.objects.get(person=bilal)
    assert client_of(farid).post(f"/compte/territoires/{membership.pk}/quitter/").status_code == 404


def test_signing_in_leads_where_the_work_is(client_of, alice, bilal, territory):
    assert client_of(alice).get("/compte/entree/").headers["Location"] == f"/t/{territory.slug}/atelier/"
    assert client_of(bilal).get("/compte/entree/").headers["Location"] == f"/t/{territory.slug}/"
    assert client_of(PersonFactory()).get("/compte/entree/").headers["Location"] == "/"


def test_my_data_come_as_json_and_as_a_folder(client_of, bilal):
    browser = client_of(bilal)
    answer = browser.get("/compte/mes-donnees/?format=json")
    assert answer.json()["account"]["email"] == "bilal@example.org"
    assert answer.headers["Cache-Control"] == "no-store"
    folder = zipfile.ZipFile(io.BytesIO(browser.get("/compte/mes-donnees/?format=zip").content))
    assert json.loads(folder.read("donnees.json"))["memberships"][0]["role"] == "member"
    assert "LISEZ-MOI.txt" in folder.namelist()


def test_an_account_is_erased_only_when_its_address_is_typed(client_of, bilal):
    browser = client_of(bilal)
    browser.post("/compte/reauthenticate/", {"password": PASSWORD})
    page = browser.post("/compte/effacer/", {"voices": "keep", "sure": "autre@example.org"})
    assert page.status_code == 200
    assert "bilal@example.org" in page.content.decode()
    bilal.refresh_from_db()
    assert bilal.erased_at is None
    answer = browser.post("/compte/effacer/", {"voices": "keep", "sure": "Bilal@example.org"})
    assert answer.status_code == 302
    bilal.refresh_from_db()
    assert bilal.erased_at is not None
    assert "_auth_user_id" not in browser.session


def test_the_menu_of_an_account_counts_what_is_unread(client_of, bilal):
    page = client_of(bilal).get("/a-propos/").content.decode()
    assert "/compte/mes-voix/" in page
    assert "/avis/" in page
