"""What people do in a browser, in words that journeys share."""

from urllib.parse import urlsplit

from django.core import mail
from playwright.sync_api import Locator, Page, expect


def tab_to(page: Page, target: Locator, at_most: int = 80) -> None:
    """Reach something with the Tab key alone, as one does without a mouse."""
    for _step in range(at_most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached with the Tab key")


def address_in_last_mail(to: str, containing: str) -> str:
    """The path of the link with these letters in the last mail somebody received."""
    letter = next(each for each in reversed(mail.outbox) if to in each.to)
    links = [word.strip("<>()") for word in str(letter.body).split() if containing in word]
    assert links, letter.body
    parts = urlsplit(links[0])
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def shows_title(page: Page, words: str) -> None:
    """The page says this in its one title."""
    expect(page.locator("h1")).to_contain_text(words)
    page.wait_for_load_state()  # a key pressed before the scripts are there is lost


def says(page: Page, words: str) -> None:
    """The answer to the last gesture, where the site says it."""
    expect(page.locator("main")).to_contain_text(words)
    page.wait_for_load_state()
