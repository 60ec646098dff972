"""The pages of notices, and one click to less."""

import pytest
from django.test import Client

from essor.ground.notices import less
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.models import Muted, Notice
from essor.ground.notices.services import tell

pytestmark = pytest.mark.django_db


def say(person, territory, text="Un besoin est publié", key="n"):
    tell(persons=[person], territory=territory, kind="needs", text=text, url="/a-propos/", group_key=key)


def test_notices_are_shown_to_their_owner_only(client_of, bilal, chloe, territory):
    say(bilal, territory)
    assert "Un besoin est publié" in client_of(bilal).get("/avis/").content.decode()
    assert "Un besoin est publié" not in client_of(chloe).get("/avis/").content.decode()
    notice = Notice.objects.get()
    assert client_of(chloe).get(f"/avis/{notice.pk}/").status_code == 404


def test_following_a_notice_marks_it_read(client_of, bilal, territory):
    say(bilal, territory)
    answer = client_of(bilal).get(f"/avis/{Notice.objects.get().pk}/")
    assert answer.headers["Location"] == "/a-propos/"
    assert Notice.objects.get().read_at is not None


def test_everything_is_marked_read_at_once(client_of, bilal, territory):
    for key in "abc":
        say(bilal, territory, key=key)
    page = client_of(bilal).post("/avis/tout-lu/", follow=True)
    assert "Tout est lu" in page.content.decode()
    assert not Notice.objects.unread().exists()


@pytest.mark.parametrize("count", [10, 120])
def test_the_list_costs_the_same_whatever_its_length(
    client_of, bilal, territory, count, django_assert_max_num_queries
):
    for key in range(count):
        say(bilal, territory, key=str(key))
    browser = client_of(bilal)
    with django_assert_max_num_queries(12):
        assert browser.get("/avis/").status_code == 200


def test_kinds_and_rhythm_are_chosen(client_of, bilal):
    kinds = [kind for kind in NoticeKind.values if kind != "needs"]
    browser = client_of(bilal)
    browser.post("/avis/reglages/", {"digest_rhythm": "daily", "kinds": kinds})
    bilal.refresh_from_db()
    assert bilal.digest_rhythm == "daily"
    assert Muted.objects.get().kind == "needs"
    page = browser.get("/avis/reglages/").content.decode()
    assert page.count("checked") == len(kinds) + 1
    browser.post("/avis/reglages/", {"digest_rhythm": "daily", "kinds": NoticeKind.values})
    assert not Muted.objects.exists()


def test_a_mail_program_unsubscribes_in_one_request_without_signing_in(bilal):
    program = Client(enforce_csrf_checks=True)
    url = f"/avis/moins/{less.sign(bilal)}/"
    answer = program.post(url, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    bilal.refresh_from_db()
    assert bilal.digest_rhythm == "never"


def test_a_person_who_clicks_sees_what_will_happen_first(client, bilal):
    url = f"/avis/moins/{less.sign(bilal, NoticeKind.NEEDS)}/"
    assert "besoins" in client.get(url).content.decode()
    assert not Muted.objects.exists()
    client.post(url)
    assert Muted.objects.get().kind == "needs"


def test_a_word_not_signed_here_opens_nothing(client, bilal):
    assert client.get("/avis/moins/n-importe-quoi/").status_code == 404
    assert client.post("/avis/moins/n-importe-quoi/").status_code == 404


@pytest.mark.parametrize("path", ["/avis/", "/avis/reglages/"])
def test_notices_ask_to_sign_in(client, db, path):
    assert client.get(path).headers["Location"].startswith("/compte/login/")
