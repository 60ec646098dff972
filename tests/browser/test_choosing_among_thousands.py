"""Choosing a need among many: with the keyboard, with a finger, and without scripts."""

import pytest
from playwright.sync_api import expect

from essor.chain.challenges.models import Challenge
from essor.chain.needs.models import Need
from essor.common.text import search_text
from tests.factories.chain import PublicNeedFactory

NEW = "/t/val-de-lume/defis/nouveau/"
LABEL = "Le besoin qu’il prend en charge"


@pytest.fixture
def needs(territory):
    words = (
        "Se déplacer sans voiture",
        "Réparer sa voiture",
        "Apprendre à lire",
        *(f"Besoin {n}" for n in range(20)),
    )
    return [
        PublicNeedFactory(territory=territory, statement=each, search=search_text(each)) for each in words
    ]


def _begin(page):
    page.goto(NEW)
    page.get_by_label("Le défi, en quelques mots").fill("Le covoiturage")
    page.get_by_label("De quoi il s’agit").fill("Partager les trajets.")


def test_with_the_keyboard_alone(desktop, needs, bilal, sign_in, axe):
    sign_in(desktop, bilal)
    _begin(desktop)
    box = desktop.get_by_role("combobox", name=LABEL)
    expect(box).to_have_attribute("aria-expanded", "false")
    box.focus()
    desktop.keyboard.type("voitu")
    options = desktop.locator("[role=option]")
    expect(options).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    axe(desktop)
    desktop.keyboard.press("ArrowUp")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    desktop.keyboard.press("ArrowDown")
    first = options.nth(0)
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    desktop.keyboard.press("Escape")
    expect(options.nth(0)).to_be_hidden()
    expect(box).to_have_value("voitu")
    desktop.keyboard.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    name = options.nth(0).evaluate("each => each.firstChild.textContent")
    desktop.keyboard.press("Enter")
    expect(box).to_have_value(name)
    expect(desktop.get_by_text(f"Choisi : {name}")).to_be_visible()
    desktop.get_by_label("Le défi, en quelques mots").press("Enter")
    expect(desktop).not_to_have_url(f"**{NEW}")
    desktop.get_by_role("heading", name="Le covoiturage").wait_for()
    assert Challenge.objects.get().need == Need.objects.get(statement=name)


def test_with_a_finger_and_changing_one_s_mind(phone, needs, bilal, sign_in, axe):
    sign_in(phone, bilal)
    _begin(phone)
    box = phone.get_by_role("combobox", name=LABEL)
    box.tap()
    expect(phone.locator("[role=option]")).to_have_count(12)
    box.fill("apprendre")
    expect(phone.locator("[role=option]")).to_have_count(1)
    axe(phone)
    assert phone.locator("[role=option]").bounding_box()["height"] >= 44
    phone.locator("[role=option]").tap()
    box.press("Escape")
    expect(box).to_have_value("")
    phone.get_by_role("button", name="Enregistrer").tap()
    phone.get_by_role("heading", name="Le covoiturage").wait_for()
    assert Challenge.objects.get().need is None


def test_words_never_chosen_are_searched_rather_than_lost(desktop, needs, bilal, sign_in):
    sign_in(desktop, bilal)
    _begin(desktop)
    desktop.get_by_role("combobox", name=LABEL).fill("lire")
    desktop.get_by_label("De quoi il s’agit").focus()
    desktop.get_by_role("button", name="Enregistrer").click()
    expect(desktop.locator("[role=option]")).to_have_count(1)
    assert not Challenge.objects.exists()
    expect(desktop.get_by_label("Le défi, en quelques mots")).to_have_value("Le covoiturage")


def test_without_scripts(page_of_size, needs, bilal, sign_in, axe):
    page = page_of_size("phone", java_script_enabled=False)
    sign_in(page, bilal)
    _begin(page)
    page.get_by_label(LABEL).fill("voiture")
    page.get_by_label(LABEL).press("Enter")
    page.get_by_role("radio", name="Réparer sa voiture").check()
    expect(page.get_by_label("De quoi il s’agit")).to_have_value("Partager les trajets.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("heading", name="Le covoiturage").wait_for()
    assert Challenge.objects.get().need.statement == "Réparer sa voiture"
