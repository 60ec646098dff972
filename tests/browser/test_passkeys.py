"""A passkey is added, then opens the account without a password, under the strict rules of the pages."""

import re

from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page, expect

from essor.ground.people.services.accounts import open_account
from tests.factories.people import PASSWORD

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_a_key(page: Page) -> None:
    """A device that recognises its owner, as phones and computers do."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def test_a_passkey_is_added_and_opens_the_account_by_itself(desktop, axe, territory):
    nadia = open_account(email="nadia@example.org", password=PASSWORD, display_name="Nadia")
    give_a_key(desktop)
    desktop.goto(f"{reverse('account_login')}?next={reverse('mfa_add_webauthn')}")
    desktop.locator("input[name=login]").fill(nadia.email)
    desktop.locator("input[name=password]").fill(PASSWORD)
    desktop.locator("input[name=password]").press("Enter")
    desktop.locator("input[name=password]").fill(PASSWORD)
    desktop.locator("input[name=password]").press("Enter")
    expect(desktop.locator("#mfa_webauthn_add")).to_be_visible()
    axe(desktop)
    desktop.locator("#mfa_webauthn_add").click()
    expect(desktop).to_have_url(re.compile("recovery-codes|webauthn/$"))
    assert Authenticator.objects.filter(user=nadia, type=Authenticator.Type.WEBAUTHN).count() == 1
    axe(desktop)

    desktop.context.clear_cookies()
    desktop.goto(reverse("account_login"))
    desktop.locator("#passkey_login").click()
    expect(desktop).not_to_have_url(re.compile("/login/"))
    desktop.goto(reverse("my_account"))
    expect(desktop.locator("input[name=display_name]")).to_have_value("Nadia")
