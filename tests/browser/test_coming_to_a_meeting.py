"""Keeping a place at a meeting with a first name, finding it again, and giving it back."""

from django.urls import reverse
from playwright.sync_api import expect

from essor.ground.gatherings.models import Registration
from tests.browser.gestures import says, shows_title


def test_a_visitor_keeps_a_place_and_gives_it_back(screen, small_world, axe):
    slug = small_world.territory.slug
    screen.goto(reverse("territory:gatherings", args=[slug]))
    screen.locator("main").get_by_role("link", name="Réunion publique d’Hautefeuille").first.click()
    screen.get_by_role("link", name="Garder une place").click()
    screen.get_by_label("Prénom ou pseudonyme").fill("Nadia")
    screen.get_by_role("button", name="Garder ma place").click()
    says(screen, "Votre place est gardée.")
    code = screen.locator(".receipt").inner_text()

    screen.context.clear_cookies()
    screen.goto(reverse("territory:registration_code", args=[slug]))
    screen.get_by_label("Code de votre place").fill(code.lower())
    screen.get_by_role("button", name="Voir ma place").click()
    shows_title(screen, "Réunion publique d’Hautefeuille")
    screen.get_by_role("button", name="Rendre ma place").click()
    question = screen.get_by_role("dialog")
    expect(question).to_contain_text("Rendre cette place ?")
    expect(question.get_by_role("button", name="Revenir")).to_be_focused()
    axe(screen)
    question.get_by_role("button", name="Rendre ma place").click()
    says(screen, "Votre place est rendue.")
    assert Registration.objects.get().name == ""


def test_a_facilitator_calls_a_meeting(screen, small_world, alice, sign_in):
    slug = small_world.territory.slug
    sign_in(screen, alice)
    screen.goto(reverse("territory:atelier_gathering", args=[slug, small_world.planned.slug]))
    screen.get_by_role("link", name="Annoncer").or_(
        screen.get_by_role("button", name="Annoncer")
    ).first.click()
    says(screen, "Annuler")
    screen.goto(reverse("territory:gathering", args=[slug, small_world.planned.slug]))
    shows_title(screen, "Atelier des élus")
