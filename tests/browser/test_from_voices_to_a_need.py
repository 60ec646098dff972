"""A synthesis asked for, taken in hand, made a need, published; and the thread followed both ways."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from essor.chain.needs.models import Need, Synthesis
from essor.chain.needs.services.syntheses import ask_synthesis
from tests.browser.gestures import says, shows_title

UNDO = "Annuler ce geste"


@pytest.fixture
def atelier(screen, alice, sign_in):
    """Alice at work."""
    sign_in(screen, alice)
    return screen


@pytest.fixture
def group_page(atelier, small_world, alice):
    """Alice in front of a group of a synthesis that has at least two others."""
    ask_synthesis(by=alice, territory=small_world.territory, title="Printemps")
    groups = Synthesis.objects.get().groups.standing().exclude(parent=None).order_by("pk")
    group = max(groups, key=lambda each: each.placements.count())
    args = [small_world.territory.slug, group.synthesis_id, group.pk]
    atelier.goto(reverse("territory:atelier_group", args=args))
    return atelier


def test_a_synthesis_is_asked_for_and_read(atelier, small_world):
    atelier.goto(reverse("territory:atelier_syntheses", args=[small_world.territory.slug]))
    atelier.get_by_role("link", name="Demander une synthèse").first.click()
    atelier.get_by_label("Nom de la synthèse").fill("Ce printemps")
    atelier.get_by_role("button", name="Demander la synthèse").click()
    shows_title(atelier, "Ce printemps")
    expect(atelier.locator(".stat", has_text="Voix lues")).to_contain_text("21")
    expect(atelier.get_by_role("heading", name="Les groupes")).to_be_visible()


def test_a_group_is_renamed_and_the_gesture_undone_from_the_keyboard(group_page):
    before = group_page.locator("h1").inner_text()
    group_page.keyboard.press("r")
    expect(group_page.get_by_label("Renommer")).to_be_focused()
    group_page.get_by_label("Renommer").fill("Rentrer le soir")
    group_page.keyboard.press("Enter")
    shows_title(group_page, "Rentrer le soir")
    says(group_page, "le calcul proposait")
    group_page.locator("body").press("u")
    expect(group_page.locator("h1")).to_have_text(before)


def test_a_voice_is_moved_with_the_keyboard_and_comes_back(group_page):
    voices = group_page.locator("[data-voice]")
    count = voices.count()
    group_page.keyboard.press("j")
    group_page.keyboard.press("Space")
    expect(group_page.locator("[data-chosen]")).to_have_text("1 voix choisie")
    group_page.get_by_label("Groupe d’arrivée").select_option(index=1)
    group_page.get_by_role("button", name="Déplacer", exact=True).click()
    says(group_page, "Les voix choisies sont déplacées.")
    expect(voices).to_have_count(count - 1)
    group_page.get_by_role("button", name=UNDO).click()
    expect(voices).to_have_count(count)


def test_two_groups_are_merged_and_parted_again(group_page):
    voices = group_page.locator("[data-voice]")
    count = voices.count()
    group_page.get_by_label("Faire venir ici un autre groupe").select_option(index=1)
    group_page.get_by_role("button", name="Réunir").click()
    says(group_page, "a rejoint")
    expect(voices).not_to_have_count(count)
    group_page.get_by_role("button", name=UNDO).click()
    expect(voices).to_have_count(count)


def test_a_group_becomes_a_published_need_and_the_thread_leads_both_ways(
    group_page, small_world, page_of_size
):
    group_page.get_by_role("link", name="En faire un besoin").click()
    group_page.get_by_label("Le besoin, en une phrase").fill("Pouvoir rentrer chez soi le soir")
    group_page.get_by_role("button", name="Enregistrer le brouillon").click()
    shows_title(group_page, "Pouvoir rentrer chez soi le soir")
    group_page.get_by_role("link", name="Publier").click()
    shows_title(group_page, "Publier ce besoin")
    group_page.get_by_role("button", name="Publier").click()
    says(group_page, "Le besoin est publié.")

    reader = page_of_size("phone")
    reader.goto(reverse("territory:needs", args=[small_world.territory.slug]))
    reader.get_by_role("link", name="Pouvoir rentrer chez soi le soir").click()
    need = Need.objects.get()
    expect(reader.locator(".facts", has_text="Personnes distinctes")).to_contain_text(str(need.people_count))
    reader.get_by_role("link", name="Suivre le fil en entier").click()
    shows_title(reader, "Pouvoir rentrer chez soi le soir")
    reader.locator(".quote a").first.click()
    says(reader, "Elle appuie ce besoin")
    reader.get_by_role("link", name="Suivre le fil en entier").click()
    says(reader, "Pouvoir rentrer chez soi le soir")
    reader.get_by_role("link", name="Revenir à la page").click()
    reader.get_by_role("heading").get_by_role("link", name="Pouvoir rentrer chez soi le soir").click()
    reader.get_by_role("button", name="Cela me concerne aussi").click()
    says(reader, "1 personne se dit concernée.")
