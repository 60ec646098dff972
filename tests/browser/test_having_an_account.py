"""From a voice given as a guest to an account that knows it; a link instead of a password; a second factor."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse
from playwright.sync_api import expect

from essor.chain.listening.models import Contribution
from essor.common.clock import now
from essor.ground.people.models import Person
from tests.browser.gestures import address_in_last_mail, says, shows_title
from tests.factories.people import PASSWORD

PERIOD = 30  # seconds a one-time code lasts


def _sign_in(page, email):
    page.goto(reverse("account_login"))
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")


def test_a_voice_given_as_a_guest_follows_into_the_account(screen, small_world):
    slug = small_world.territory.slug
    screen.goto(reverse("territory:contribute", args=[slug, small_world.consultation.slug]))
    screen.get_by_label("Votre voix").fill("Un banc à l’ombre.")
    screen.get_by_role("button", name="Donner ma voix").click()
    shows_title(screen, "Merci, votre voix est entendue")
    screen.get_by_role("link", name="Créer un compte").last.click()
    screen.locator("input[name=email]").fill("nadia@example.org")
    screen.locator("input[name=password1]").fill(PASSWORD)
    screen.locator("input[name=password1]").press("Enter")
    expect(screen).to_have_url(re.compile("/confirm-email/"))

    screen.goto(address_in_last_mail("nadia@example.org", "confirm-email"))
    screen.locator("main").get_by_role("button").first.click()
    expect(screen).not_to_have_url(re.compile("/confirm-email/"))
    _sign_in(screen, "nadia@example.org")
    says(screen, "La voix que vous aviez donnée sans compte est maintenant dans « Mes voix »")
    screen.goto(reverse("my_voices"))
    says(screen, "Un banc à l’ombre.")
    assert Contribution.objects.get(words="Un banc à l’ombre.").speaker.person.email == "nadia@example.org"


def test_a_link_received_by_mail_signs_in_once(screen, territory, bilal):
    screen.goto(reverse("sign_in_link"))
    screen.get_by_label("Adresse électronique").fill(bilal.email)
    screen.get_by_role("button", name="M’envoyer le lien").click()
    shows_title(screen, "Regardez votre courrier")
    link = address_in_last_mail(bilal.email, "/compte/lien/")
    screen.goto(link)
    screen.get_by_role("button", name="Me connecter").click()
    expect(screen.locator("h1")).not_to_have_text("Vous y êtes presque")
    screen.goto(reverse("my_account"))
    expect(screen.get_by_label("Nom affiché")).to_have_value("Bilal")
    screen.context.clear_cookies()
    screen.goto(link)
    shows_title(screen, "Ce lien ne sert plus")


def test_a_one_time_code_is_asked_for_once_it_is_set_up(screen, bilal, axe, at):
    clock = at(now())  # a code lasts thirty seconds: time is stopped, then moved
    _prove(bilal)
    _sign_in(screen, bilal.email)
    expect(screen).not_to_have_url(re.compile("/login/"))
    screen.goto(reverse("mfa_activate_totp"))
    screen.locator("input[name=password]").fill(PASSWORD)
    screen.locator("input[name=password]").press("Enter")
    secret = screen.locator("#authenticator_secret").input_value()
    screen.locator("input[name=code]").fill(_code(secret))
    screen.locator("input[name=code]").press("Enter")
    expect(screen).to_have_url(re.compile("recovery-codes"))
    axe(screen)
    for name in ("mfa_view_recovery_codes", "mfa_deactivate_totp", "mfa_reauthenticate"):
        screen.goto(reverse(name))
        expect(screen.locator("h1")).to_be_visible()
        axe(screen)

    screen.context.clear_cookies()
    clock.shift(PERIOD)
    _sign_in(screen, bilal.email)
    expect(screen.locator("input[name=code]")).to_be_visible()
    axe(screen)
    screen.locator("input[name=code]").fill(_code(secret))
    screen.locator("input[name=code]").press("Enter")
    expect(screen.locator("input[name=code]")).to_be_hidden()
    screen.goto(reverse("my_account"))
    expect(screen.get_by_label("Nom affiché")).to_have_value("Bilal")


def _prove(person: Person) -> None:
    person.emailaddress_set.update_or_create(email=person.email, defaults={"verified": True, "primary": True})


def _code(secret: str) -> str:
    """What the application shows now; a code serves once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))
