"""A report, a hiding with its reason, what the author reads, a contestation, and another moderator who restores."""

import pytest
from django.urls import reverse

from tests.browser.gestures import says, shows_title
from tests.browser.world import said_online

WORDS = "Le maire promet beaucoup et ne fait rien."


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_hidden_voice_is_contested_and_restored(size, page_of_size, small_world, moderator, elise, sign_in):
    territory = small_world.territory
    given = said_online(territory, small_world.consultation, WORDS, question=small_world.question)
    reader, author, maud, other = (page_of_size(size) for _each in range(4))
    sign_in(maud, moderator)
    sign_in(other, elise)
    queue = reverse("territory:atelier_moderation", args=[territory.slug])

    reader.goto(reverse("territory:voice", args=[territory.slug, given.contribution.pk]))
    reader.get_by_role("link", name="Signaler cette voix").click()
    reader.get_by_label("propos injurieux ou discriminatoires").check()
    reader.get_by_role("button", name="Signaler").click()
    says(reader, "Une personne de la modération va lire cette voix")

    maud.goto(queue)
    says(maud, WORDS)
    maud.get_by_role("link", name="Masquer, avec une raison").click()
    maud.get_by_label("Règle de la charte").select_option("insult")
    maud.get_by_label("Mot à l’auteur ou l’autrice").fill("Dites-le sans blesser.")
    maud.get_by_role("button", name="Masquer cette voix").click()
    says(maud, "La décision est au journal")

    author.goto(reverse("territory:my_voice", args=[territory.slug]))
    author.get_by_label("Votre code").fill(given.receipt)
    author.get_by_role("button", name="Voir ma voix").click()
    says(author, "Masquée par la modération : propos injurieux ou discriminatoires")
    says(author, "Dites-le sans blesser.")
    author.get_by_role("link", name="Contester").click()
    author.get_by_label("Pourquoi cette voix devrait-elle être rétablie").fill("C’est une opinion.")
    author.get_by_role("button", name="Envoyer").click()
    says(author, "Votre contestation est transmise")

    maud.goto(queue + "?file=contestees")
    maud.get_by_role("link", name="C’est une opinion.").click()
    says(maud, "quelqu’un d’autre de la modération doit répondre")

    other.goto(queue + "?file=contestees")
    other.get_by_role("link", name="C’est une opinion.").click()
    other.get_by_label("Rétablir la voix").check()
    other.get_by_label("Réponse à la personne").fill("Vous avez raison.")
    other.get_by_role("button", name="Répondre").click()
    says(other, "Votre réponse est transmise")

    author.reload()
    says(author, "Vous avez raison.")
    reader.goto(reverse("territory:voice", args=[territory.slug, given.contribution.pk]))
    says(reader, WORDS)


def test_a_datum_is_taken_out_with_one_key_before_the_voice_is_read(screen, small_world, moderator, sign_in):
    sign_in(screen, moderator)
    words = "Appelez-moi au 06 39 98 00 12 pour le bus."
    voice = said_online(small_world.territory, small_world.consultation, words).contribution
    screen.goto(reverse("territory:atelier_moderation", args=[small_world.territory.slug]))
    says(screen, "donnée personnelle")
    screen.keyboard.press("d")
    says(screen, "La décision est au journal")
    screen.goto(reverse("territory:voice", args=[small_world.territory.slug, voice.pk]))
    shows_title(screen, "Ce que quelqu’un a dit")
    says(screen, "pour le bus")
    assert "06 39" not in screen.locator("main").inner_text()
