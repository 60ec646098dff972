"""A challenge is launched, a sheet is written by two at once, a card moves on the board, an actor says yes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from essor.chain.alliances.services.members import invite_member
from essor.chain.challenges.models import Challenge
from essor.chain.holders.models import ProjectHolder
from essor.chain.holders.services.holders import HolderWords, add_holder
from essor.chain.projects.models import SheetVersion
from essor.chain.projects.services.projects import draft_project
from essor.chain.projects.services.sheets import save_section
from essor.chain.projects.services.team import accept_invitation
from essor.chain.projects.services.team import invite_member as invite_to_team
from essor.common import clock
from tests.browser.gestures import says, shows_title
from tests.factories.chain import OrganisationActorFactory, PublicAllianceFactory


def at(name, territory, *args):
    return reverse(f"territory:{name}", args=[territory.slug, *args])


@pytest.fixture
def sheet(territory, bilal, alice):
    """A project whose team is Bilal and Alice, with three sentences on its sheet."""
    project = draft_project(by=bilal, territory=territory, title="La navette", pitch="Un car à 22 h.")
    accept_invitation(by=alice, member=invite_to_team(by=bilal, project=project, person=alice))
    save_section(by=bilal, project=project, key="why", words="Un car.\n\nLe soir.\n\nEt le dimanche.", base=0)
    return project


def test_two_browsers_save_the_same_section_and_lose_nothing(
    page_of_size, sign_in, small_world, sheet, bilal, alice
):
    territory = small_world.territory
    address = at("sheet_section", territory, sheet.slug, "why")
    his, hers = page_of_size("desktop"), page_of_size("phone")
    sign_in(his, bilal)
    sign_in(hers, alice)
    his.goto(address)
    hers.goto(address)
    box = "textarea[name=words]"
    his.locator(box).fill("Un car à 22 h.\n\nLe soir.\n\nEt le dimanche.")
    his.locator("main form button.btn-primary").click()
    hers.locator(box).fill("Un car.\n\nLe soir.\n\nEt le dimanche aussi.")
    hers.locator("main form button.btn-primary").click()
    says(hers, "vos changements sont réunis")
    last = SheetVersion.objects.order_by("pk").last()
    assert last.words == "Un car à 22 h.\n\nLe soir.\n\nEt le dimanche aussi."


def test_two_browsers_change_the_same_sentence_and_each_finds_both(
    page_of_size, sign_in, small_world, sheet, bilal, alice
):
    address = at("sheet_section", small_world.territory, sheet.slug, "why")
    his, hers = page_of_size("desktop"), page_of_size("phone")
    sign_in(his, bilal)
    sign_in(hers, alice)
    his.goto(address)
    hers.goto(address)
    box = "textarea[name=words]"
    his.locator(box).fill("Un minibus.\n\nLe soir.\n\nEt le dimanche.")
    his.locator("main form button.btn-primary").click()
    hers.locator(box).fill("Un train.\n\nLe soir.\n\nEt le dimanche.")
    hers.locator("main form button.btn-primary").click()
    says(hers, "Rien n’est perdu")
    expect(hers.locator(box)).to_have_value("Un train.\n\nLe soir.\n\nEt le dimanche.")
    expect(hers.locator("main")).to_contain_text("minibus")


def test_a_card_moves_with_the_arrows(desktop, sign_in, small_world, alice):
    territory = small_world.territory
    card = add_holder(by=alice, territory=territory, words=HolderWords(name="Simone"))
    sign_in(desktop, alice)
    desktop.goto(at("atelier_holders", territory))
    desktop.locator("[data-card]").focus()
    with desktop.expect_response(lambda answer: "deplacer" in answer.url):
        desktop.keyboard.press("ArrowRight")
    expect(desktop.locator("[data-column=contacted] [data-card]")).to_have_count(1)
    assert ProjectHolder.objects.get(pk=card.pk).stage == "contacted"


def test_a_challenge_is_launched_from_a_phone(phone, sign_in, small_world, bilal):
    territory = small_world.territory
    sign_in(phone, bilal)
    phone.goto(at("challenge_new", territory))
    phone.locator("[name=title]").fill("Rentrer de la gare le soir")
    phone.locator("[name=summary]").fill("Trouver un véhicule et deux chauffeurs.")
    phone.locator("main form button.btn-primary").click()
    shows_title(phone, "Rentrer de la gare le soir")
    says(phone, "n’a pas de but")
    phone.get_by_role("link", name="Compléter").click()
    today = clock.today()
    for rank, kind in enumerate(("learn", "create", "act")):
        phone.locator(f"[name={kind}_aim]").fill("Savoir qui rentre, d’où, et quand.")
        for name, days in (("starts_on", 10 * rank), ("ends_on", 10 * rank + 9)):
            day = today + timedelta(days=days)
            phone.locator(f"[name={kind}_{name}]").fill(day.isoformat())
    phone.locator("main form button.btn-primary").click()
    phone.get_by_role("button", name="Lancer le défi").click()
    says(phone, "C’est lancé")
    assert Challenge.objects.get().supporters_count == 1


def test_an_actor_says_yes_to_an_alliance(phone, sign_in, small_world, alice, chloe, association):
    territory = small_world.territory
    alliance = PublicAllianceFactory(territory=territory, created_by=alice)
    actor = OrganisationActorFactory(territory=territory, organisation=association)
    invite_member(by=alice, alliance=alliance, actor=actor)
    sign_in(phone, chloe)
    phone.goto(at("alliances_mine", territory))
    phone.get_by_role("button", name="Dire oui").click()
    says(phone, "C’est dit : oui")
    phone.get_by_role("link", name="S’engager").click()
    phone.locator("[name=words]").fill("La salle, le jeudi")
    phone.locator("main form button.btn-primary").click()
    says(phone, "C’est promis")
    expect(phone.locator("main")).to_contain_text("La salle, le jeudi")
