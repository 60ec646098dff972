"""The doors of the site: signing in, signing up, asking for a new password."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories.people import PASSWORD

DOORS = ("account_login", "account_signup", "account_reset_password")


@pytest.mark.parametrize("name", DOORS)
def test_every_door_is_accessible(name, screen, axe, territory):
    screen.goto(reverse(name))
    expect(screen.locator("h1")).to_be_visible()
    axe(screen)


def test_bilal_signs_in_with_his_password(screen, bilal):
    screen.goto(reverse("account_login"))
    screen.locator("input[name=login]").fill(bilal.email)
    screen.locator("input[name=password]").fill(PASSWORD)
    screen.locator("input[name=password]").press("Enter")
    expect(screen).not_to_have_url("**/login/**")
    assert any(each["name"] == "sessionid" for each in screen.context.cookies())
