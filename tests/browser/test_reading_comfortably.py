"""Dark or light, French or English, large letters, and lists taken home."""

import csv
import io

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.gestures import shows_title

FIVE = ("home", "contribute_any", "voices", "gatherings", "needs")
TWICE = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}


def _home(world):
    return reverse("territory:home", args=[world.territory.slug])


def test_the_chosen_theme_is_remembered(screen, small_world, axe):
    screen.goto(_home(small_world))
    screen.get_by_role("button", name="Passer au fond sombre").click()
    expect(screen.locator("html")).to_have_attribute("data-theme", "dark")
    screen.reload()
    expect(screen.locator("html")).to_have_attribute("data-theme", "dark")
    axe(screen)
    screen.get_by_role("button", name="Passer au fond clair").click()
    expect(screen.locator("html")).to_have_attribute("data-theme", "light")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_site_is_read_in_english_and_in_french_again(scripts, page_of_size, small_world):
    page = page_of_size("phone", java_script_enabled=scripts)
    page.goto(_home(small_world))
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(reverse("about"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    shows_title(page, "propos")


@pytest.mark.parametrize("name", FIVE)
def test_letters_twice_as_large_hide_nothing(name, page_of_size, small_world, axe):
    page = page_of_size("desktop")
    page.goto(reverse(f"territory:{name}", args=[small_world.territory.slug]))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    axe(page)


@pytest.mark.parametrize("name", FIVE)
def test_a_page_seen_twice_as_large_never_scrolls_sideways(name, page_of_size, small_world, axe):
    page = page_of_size("desktop", **TWICE)
    page.goto(reverse(f"territory:{name}", args=[small_world.territory.slug]))
    expect(page.locator("h1")).to_be_visible()
    axe(page)


def test_a_list_is_taken_home_as_a_table(screen, small_world):
    screen.goto(reverse("territory:voices", args=[small_world.territory.slug]) + "?q=cantine")
    with screen.expect_download() as coming:
        screen.get_by_role("link", name="CSV").click()
    text = coming.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
    assert len(rows) > 2
    assert all("cantine" in " ".join(row) for row in rows[1:])
    with screen.expect_download() as coming:
        screen.get_by_role("link", name="XLSX").click()
    assert coming.value.path().read_bytes().startswith(b"PK")
