"""Coming in: password, link by mail, second factor, another site's account."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import override_settings
from django.urls import reverse

from essor.ground.people.models import Person
from essor.ground.people.services.accounts import open_account
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def nadia(db):
    return open_account(email="nadia@example.org", password=PASSWORD, display_name="Nadia")


def sign_in_surely(browser, person):
    """With the password, then with the password again, as security pages ask."""
    browser.post("/compte/login/", {"login": person.email, "password": PASSWORD})
    browser.post("/compte/reauthenticate/", {"password": PASSWORD})


def without_secrets(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())


def is_in(browser):
    return "_auth_user_id" in browser.session


def link_in(letter):
    return re.search(r"http://testserver(/compte/lien/\S+)", letter.body)[1]


def ask_for_a_link(browser, email="nadia@example.org", **more):
    return browser.post("/compte/lien/", {"email": email, **more})


def test_a_link_by_mail_signs_in_after_a_click_and_only_once(client, nadia):
    page = ask_for_a_link(client)
    assert "Regardez votre courrier" in page.content.decode()
    url = link_in(mail.outbox[0])
    for _scanner in range(2):
        assert "Me connecter" in client.get(url).content.decode()
        assert not is_in(client)
    assert client.post(url).headers["Location"] == "/compte/entree/"
    assert is_in(client)
    client.post("/compte/logout/")
    assert client.post(url, follow=True).status_code == 200
    assert not is_in(client)


def test_a_link_leads_back_where_the_person_was_but_never_to_another_site(client, nadia):
    ask_for_a_link(client, next="/avis/")
    assert client.post(link_in(mail.outbox[0])).headers["Location"] == "/avis/"
    client.post("/compte/logout/")
    ask_for_a_link(client, next="https://ailleurs.example/")
    assert client.post(link_in(mail.outbox[1])).headers["Location"] == "/compte/entree/"


def test_asking_for_a_link_tells_nobody_who_has_an_account(client, nadia):
    known, unknown = ask_for_a_link(client), ask_for_a_link(client, "personne@example.org")
    assert without_secrets(known).replace("nadia@", "x@") == without_secrets(unknown).replace(
        "personne@", "x@"
    )
    assert [len(letter.to) for letter in mail.outbox] == [1, 1]
    assert "n’a pas de compte" in mail.outbox[1].body


def test_links_are_limited_by_address_without_saying_so(client, nadia):
    for _ in range(7):
        assert ask_for_a_link(client).status_code == 200
    assert len(mail.outbox) == 5


def test_a_link_does_not_go_round_the_second_factor(client, nadia):
    secret = generate_totp_secret()
    TOTP.activate(nadia, secret)
    ask_for_a_link(client)
    answer = client.post(link_in(mail.outbox[0]))
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(client)


def test_a_password_chosen_by_somebody_who_never_proved_the_address_stops_working(client, db):
    """Somebody opens an account with Nadia's address; she then comes in by her mail: only she may come back."""
    client.post("/compte/signup/", {"email": "nadia@example.org", "password1": "mot de passe du voleur"})
    mail.outbox.clear()
    ask_for_a_link(client)
    client.post(link_in(mail.outbox[0]))
    assert is_in(client)
    nadia = Person.objects.get(email="nadia@example.org")
    assert not nadia.has_usable_password()
    assert EmailAddress.objects.get(user=nadia).verified


def test_a_password_signs_in_and_a_wrong_one_says_nothing_of_the_account(client, nadia):
    wrong = client.post("/compte/login/", {"login": nadia.email, "password": "faux"})
    nobody = client.post("/compte/login/", {"login": "personne@example.org", "password": "faux"})
    errors = [re.findall(r"notice-error.*?</", page.content.decode(), re.DOTALL) for page in (wrong, nobody)]
    assert errors[0] == errors[1]
    assert not is_in(client)
    client.post("/compte/login/", {"login": nadia.email, "password": PASSWORD})
    assert is_in(client)


def test_opening_an_account_asks_to_confirm_the_address_and_tells_nobody_that_one_exists(client, nadia):
    answers = [
        client.post("/compte/signup/", {"email": email, "password1": "une phrase très longue"})
        for email in ("nouvelle@example.org", "nadia@example.org")
    ]
    assert [each.headers["Location"] for each in answers] == ["/compte/confirm-email/"] * 2
    assert "Confirmez votre adresse" in mail.outbox[0].subject
    assert "déjà un compte" in mail.outbox[1].subject
    assert not is_in(client)
    url = re.search(r"http://testserver(/compte/confirm-email/\S+)", mail.outbox[0].body)[1]
    assert client.get(url).status_code == 200
    client.post(url)
    assert EmailAddress.objects.get(email="nouvelle@example.org").verified


def test_every_mail_of_an_account_is_ours_and_in_two_formats(client, nadia):
    client.post("/compte/password/reset/", {"email": nadia.email})
    letter = mail.outbox[0]
    assert "Choisir un nouveau mot de passe" in letter.subject
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert "/compte/password/reset/key/" in html


def test_a_second_factor_is_set_up_from_the_security_page(client, nadia, django_capture_on_commit_callbacks):
    sign_in_surely(client, nadia)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code})
    assert Authenticator.objects.filter(user=nadia, type=Authenticator.Type.TOTP).exists()
    assert Authenticator.objects.filter(user=nadia, type=Authenticator.Type.RECOVERY_CODES).exists()
    assert [letter.subject for letter in mail.outbox] == ["Un changement sur votre compte"]
    assert get_mfa_adapter().is_mfa_enabled(nadia)


def test_security_is_changed_only_by_somebody_who_has_just_shown_who_they_are(client, nadia):
    client.post("/compte/login/", {"login": nadia.email, "password": PASSWORD})
    for path in (reverse("mfa_activate_totp"), reverse("mfa_add_webauthn"), "/compte/effacer/"):
        assert client.get(path).headers["Location"].startswith("/compte/reauthenticate/")


def test_a_provider_that_is_set_up_has_its_button(client, db):
    assert "Compte du territoire" not in client.get("/compte/login/").content.decode()
    app = {"provider_id": "oidc", "name": "Compte du territoire", "client_id": "essor", "secret": "s"}
    app["settings"] = {"server_url": "https://compte.example"}
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app]}}):
        page = client.get("/compte/login/").content.decode()
    assert "Compte du territoire" in page


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "sign_in_link",
    ],
)
def test_pages_of_the_entrance_speak_french(client, db, name):
    page = client.get(reverse(name)).content.decode()
    words = re.sub(r"<[^>]+>", " ", page)
    assert not re.search(r"\b(Sign|Password|Your|Please|Remember|account using)\b", words)


@pytest.mark.parametrize(
    "name",
    ["account_email", "account_change_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"],
)
def test_pages_of_security_open_and_speak_french(client, nadia, name):
    sign_in_surely(client, nadia)
    page = client.get(reverse(name))
    assert page.status_code == 200
    words = re.sub(r"<[^>]+>", " ", page.content.decode())
    assert not re.search(r"\b(Your|Password|Security|Authenticator|Please|Add|following)\b", words)


def test_the_support_screens_have_no_door_of_their_own(client, nadia):
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.headers["Location"].startswith("/compte/login/")
    client.force_login(nadia)
    assert client.get("/admin/login/").status_code == 403


@pytest.mark.parametrize("email", ["bilal@example.org", "personne@example.org"])
def test_signing_up_hashes_one_password_whether_the_address_is_known_or_not(
    client, bilal, monkeypatch, email
):
    EmailAddress.objects.create(user=bilal, email="bilal@example.org", verified=True, primary=True)
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *given: hashed.append(given) or encode(self, *given)
    )
    answer = client.post(reverse("account_signup"), {"email": email, "password1": "une phrase assez longue"})
    assert answer.status_code == 302
    assert len(hashed) == 1
