"""Giving one's voice without an account, in a minute, whatever the device and the network."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from essor.chain.listening.models import Contribution
from essor.chain.needs.services.needs import draft_need, publish_need, set_evidence
from tests.browser.gestures import says, shows_title, tab_to

WORDS = "Un banc à l’ombre devant la mairie."
CODE = re.compile(r"^\s*\w{4}-\w{4}-\w{4}\s*$")


@pytest.fixture
def sheet(small_world):
    """The address of the sheet where one gives one's voice."""
    return reverse("territory:contribute", args=[small_world.territory.slug, small_world.consultation.slug])


def _give(page, sheet, words=WORDS):
    page.goto(sheet)
    page.get_by_label("Votre voix").fill(words)
    page.get_by_role("button", name="Donner ma voix").click()


def test_a_visitor_gives_a_voice_with_the_keyboard_alone(screen, small_world):
    screen.goto(reverse("territory:home", args=[small_world.territory.slug]))
    tab_to(screen, screen.locator("header").get_by_role("link", name="Donner ma voix"))
    screen.keyboard.press("Enter")
    shows_title(screen, "Qu’est-ce qui vous manque ici")
    tab_to(screen, screen.get_by_label("Votre voix"))
    screen.keyboard.type(WORDS)
    tab_to(screen, screen.get_by_role("button", name="Donner ma voix"))
    screen.keyboard.press("Enter")
    shows_title(screen, "Merci, votre voix est entendue")
    expect(screen.locator("[data-code]")).to_have_text(CODE)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_visitor_gives_a_voice_without_scripts(size, page_of_size, sheet):
    page = page_of_size(size, java_script_enabled=False)
    _give(page, sheet)
    shows_title(page, "Merci, votre voix est entendue")
    page.get_by_role("link", name="Voir ma voix publiée").click()
    says(page, WORDS)


def test_the_draft_is_still_there_when_the_page_was_closed(screen, sheet):
    screen.goto(sheet)
    screen.get_by_label("Votre voix").fill(WORDS)
    expect(screen.get_by_text("Brouillon gardé sur cet appareil.")).to_be_visible()
    screen.goto(sheet)
    expect(screen.get_by_label("Votre voix")).to_have_value(WORDS)
    expect(screen.get_by_text("Votre brouillon est revenu.")).to_be_visible()
    screen.get_by_role("button", name="Repartir de zéro").click()
    expect(screen.get_by_label("Votre voix")).to_have_value("")


def test_a_voice_given_while_the_network_drops_goes_when_it_is_back(screen, sheet, watch):
    watch.expected.append("ERR_INTERNET_DISCONNECTED")
    screen.goto(sheet)
    screen.get_by_label("Votre voix").fill(WORDS)
    screen.context.set_offline(True)
    screen.get_by_role("button", name="Donner ma voix").click()
    expect(screen.get_by_text("Le réseau s’est coupé.")).to_be_visible()
    assert not Contribution.objects.filter(words=WORDS).exists()
    screen.context.set_offline(False)
    shows_title(screen, "Merci, votre voix est entendue")
    assert Contribution.objects.filter(words=WORDS).count() == 1
    screen.goto(sheet)
    expect(screen.get_by_label("Votre voix")).to_have_value("")


def test_an_empty_sheet_is_given_back_with_what_to_do(screen, sheet):
    _give(screen, sheet, "")
    says(screen, "Écrivez au moins quelques mots")
    expect(screen.get_by_label("Votre voix")).to_be_visible()


def test_a_telephone_number_is_shown_before_it_is_published(screen, sheet, axe):
    _give(screen, sheet, "Appelez-moi au 06 39 98 00 12.")
    says(screen, "Voulez-vous vraiment publier cela ?")
    expect(screen.locator("mark")).to_have_text("06 39 98 00 12")
    axe(screen)
    screen.get_by_role("button", name="Envoyer tel quel, pour relecture").click()
    shows_title(screen, "Merci, votre voix est entendue")
    says(screen, "Une personne la relira bientôt")


def test_the_code_leads_to_what_became_of_the_voice(screen, sheet, small_world, alice):
    _give(screen, sheet)
    code = screen.locator("[data-code]").inner_text()
    voice = Contribution.objects.get(words=WORDS)
    need = draft_need(by=alice, territory=small_world.territory, statement="Pouvoir se poser à l’ombre")
    publish_need(by=alice, need=set_evidence(by=alice, need=need, voices={voice: "supports"}))

    screen.goto(reverse("territory:my_voice", args=[small_world.territory.slug]))
    screen.get_by_label("Votre code").fill(code.lower().replace("-", " "))
    screen.get_by_role("button", name="Voir ma voix").click()
    shows_title(screen, "Ce qu’est devenue ma voix")
    says(screen, WORDS)
    says(screen, "Elle appuie ce besoin")
    screen.get_by_role("link", name="Pouvoir se poser à l’ombre").click()
    shows_title(screen, "Pouvoir se poser à l’ombre")


def test_the_author_corrects_then_takes_back_their_voice(screen, sheet, small_world):
    _give(screen, sheet)
    code = screen.locator("[data-code]").inner_text()
    screen.goto(reverse("territory:my_voice", args=[small_world.territory.slug]))
    screen.get_by_label("Votre code").fill(code)
    screen.get_by_role("button", name="Voir ma voix").click()
    screen.get_by_role("link", name="Corriger", exact=True).click()
    screen.get_by_label("Votre voix").fill("Deux bancs à l’ombre devant la mairie.")
    screen.get_by_role("button", name="Enregistrer la correction").click()
    says(screen, "Votre voix est corrigée.")
    says(screen, "Deux bancs à l’ombre")
    screen.get_by_role("link", name="Retirer").click()
    screen.get_by_role("button", name="Retirer ma voix").click()
    says(screen, "elle n’est plus lue ni comptée")
    assert not Contribution.objects.public().filter(pk=Contribution.objects.latest("pk").pk).exists()


def test_a_wrong_code_says_what_to_check(screen, small_world):
    screen.goto(reverse("territory:my_voice", args=[small_world.territory.slug]))
    screen.get_by_label("Votre code").fill("AAAA-BBBB-CCCC")
    screen.get_by_role("button", name="Voir ma voix").click()
    says(screen, "Relisez-le signe par signe")
