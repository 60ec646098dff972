"""Giving an opinion: with the keyboard alone, on a phone, and without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from essor.chain.opinions.models import CurrentVote
from tests.browser.gestures import says, shows_title, tab_to
from tests.factories.opinions import OpenConversationFactory, StatementFactory


@pytest.fixture
def door(small_world):
    """The address where one votes, on two statements."""
    asked = OpenConversationFactory(territory=small_world.territory)
    StatementFactory.create_batch(2, conversation=asked)
    return reverse("territory:opinion_vote", args=[small_world.territory.slug, asked.slug])


def test_a_visitor_answers_everything_with_the_keyboard_alone(screen, door):
    screen.goto(door)
    agree = screen.get_by_role("button", name="D’accord : ", exact=False).first
    tab_to(screen, agree)
    screen.keyboard.press("Enter")
    says(screen, "1 sur 2")
    tab_to(screen, screen.get_by_role("button", name="Je passe"))
    screen.keyboard.press("Enter")
    shows_title(screen, "Merci : vous avez répondu à tout")
    assert sorted(CurrentVote.objects.values_list("choice", flat=True)) == [0, 1]


def test_a_key_answers_as_its_button_does(screen, door):
    screen.goto(door)
    screen.locator("#affirmation").focus()
    screen.keyboard.press("2")
    says(screen, "1 sur 2")
    assert CurrentVote.objects.get().choice == -1


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_visitor_votes_without_scripts_and_comes_back(size, page_of_size, door):
    page = page_of_size(size, java_script_enabled=False)
    page.goto(door)
    page.get_by_role("button", name="Pas d’accord").click()
    says(page, "1 sur 2")
    page.get_by_role("link", name="Revenir à la précédente").click()
    page.get_by_role("button", name="D’accord :").first.click()
    expect(page.locator("progress").first).to_have_attribute("value", "1")
    assert CurrentVote.objects.get().choice == 1
