"""Words heard one to one, with a consent before any of them; and words that come from a file."""

from django.urls import reverse
from playwright.sync_api import expect

from essor.chain.listening.models import Contribution
from tests.browser.gestures import says, shows_title

FILE = (
    "n°;Votre proposition;Le;Commune\n"
    "1;Il faudrait un marché le samedi matin.;03/03/2026;Brécourt\n"
    "2;;04/03/2026;Brécourt\n"
    "3;Des arbres devant l’école.;05/03/2026;Hautefeuille\n"
)


def test_an_interview_is_kept_only_after_its_consent(screen, small_world, alice, sign_in, axe):
    sign_in(screen, alice)
    screen.goto(reverse("territory:atelier_interview_new", args=[small_world.territory.slug]))
    screen.get_by_label("Pseudonyme", exact=True).fill("Habitante, 40-59 ans")
    screen.get_by_label("cités publiquement, sous le pseudonyme").check()
    screen.get_by_label("par écrit, sur un formulaire signé").check()
    screen.get_by_role("button", name="Enregistrer le consentement").click()
    says(screen, "Le consentement est enregistré")
    shows_title(screen, "Habitante, 40-59 ans")
    screen.get_by_label("Notes de l’entretien").fill(
        "Je vis seule depuis l’hiver.\n\nLe bus est loin.\n\nAppelez le 06 39 98 00 12."
    )
    screen.get_by_role("button", name="Couper en verbatims").click()
    expect(screen.get_by_label("Verbatim 3")).to_have_value("Appelez le 06 39 98 00 12.")
    says(screen, "Retirez ce qui peut nommer quelqu’un")
    axe(screen)
    screen.get_by_label("laisser de côté").nth(2).check()
    screen.get_by_role("button", name="Garder ces verbatims").click()
    says(screen, "2 verbatims gardés.")
    kept = Contribution.objects.filter(channel="interview")
    assert {each.speaker.pseudonym for each in kept} == {"Habitante, 40-59 ans"}
    screen.get_by_role("link", name="La personne se retire").click()
    screen.get_by_label("Effacer aussi ses mots").check()
    screen.get_by_role("button", name="Retirer ses mots").click()
    says(screen, "2 voix ont quitté le site.")
    assert not Contribution.objects.filter(channel="interview", words__contains="bus").exists()


def test_a_file_is_shown_mapped_imported_and_reported(screen, small_world, alice, sign_in, axe):
    sign_in(screen, alice)
    screen.goto(reverse("territory:atelier_import_new", args=[small_world.territory.slug]))
    sheet = {"name": "propositions.csv", "mimeType": "text/csv", "buffer": FILE.encode("cp1252")}
    screen.get_by_label("Fichier").set_input_files(sheet)
    screen.get_by_role("button", name="Regarder ce fichier").click()
    shows_title(screen, "Comment lire ce fichier")
    screen.get_by_label("Votre proposition").select_option("words")
    screen.get_by_label("Commune").first.select_option("commune")
    screen.get_by_role("button", name="Regarder de nouveau").click()
    expect(screen.get_by_role("table")).to_contain_text("Il faudrait un marché le samedi matin.")
    screen.get_by_role("button", name="Importer").click()
    shows_title(screen, "propositions.csv")
    expect(screen.locator(".stat", has_text="Voix importées")).to_contain_text("2")
    expect(screen.locator(".stat", has_text="Lignes écartées")).to_contain_text("1")
    says(screen, "ligne 3")
    axe(screen)
    imported = Contribution.objects.filter(channel="import")
    assert imported.count() == 2
    assert {each.commune_code for each in imported} == {"62001", "62003"}
    screen.get_by_role("link", name="Annuler cet import").click()
    screen.get_by_role("button", name="Retirer ses voix").click()
    says(screen, "2 voix retirées.")
    assert not Contribution.objects.public().filter(channel="import").exists()


def test_a_file_that_cannot_be_read_says_so_and_writes_nothing(screen, small_world, alice, sign_in):
    sign_in(screen, alice)
    screen.goto(reverse("territory:atelier_import_new", args=[small_world.territory.slug]))
    broken = {"name": "casse.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04 coupe"}
    screen.get_by_label("Fichier").set_input_files(broken)
    screen.get_by_role("button", name="Regarder ce fichier").click()
    expect(screen.locator(".field-error, [role=alert]").first).to_contain_text("abîmé")
    assert not Contribution.objects.filter(channel="import").exists()
