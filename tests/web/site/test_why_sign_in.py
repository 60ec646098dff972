"""A page that asks to sign in says why in one sentence, and one comes back where one was."""

import pytest

from tests.factories.chain import PublicProjectFactory

HERE = "/t/val-de-lume/"


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("defis/nouveau/", "Pour lancer un défi, il faut un compte"),
        ("projets/nouveau/", "Pour proposer un projet, il faut un compte"),
        ("alliances/nouvelle/", "Pour préparer une alliance, il faut un compte"),
        ("mises-en-relation/", "qu’aux personnes concernées"),
        ("atelier/", "L’atelier est réservé"),
    ],
)
def test_the_page_that_asks_to_sign_in_says_why(page, why, client, territory):
    answer = client.get(f"{HERE}{page}", follow=True)
    shown = answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    assert why in shown
    assert f'value="{HERE}{page}"' in shown


def test_signing_in_by_choice_explains_nothing(client, territory):
    assert "demande un compte." not in client.get("/compte/login/").content.decode()
    assert "notice-info" not in client.get("/compte/login/?next=//ailleurs.example/").content.decode()


def test_a_button_leads_back_to_its_page_never_to_its_act(client, territory):
    project = PublicProjectFactory(territory=territory)
    page = f"{HERE}projets/{project.slug}/"
    answer = client.post(f"{page}suivre/", headers={"referer": f"http://testserver{page}"}, follow=True)
    shown = answer.content.decode()
    assert "Pour suivre un projet" in shown
    assert f'value="{page}"' in shown
    elsewhere = client.post(f"{page}suivre/", headers={"referer": "https://ailleurs.example/"}, follow=True)
    assert f'value="{HERE}"' in elsewhere.content.decode()


def test_the_list_of_challenges_says_that_an_account_is_needed(client, territory):
    assert "qui a un compte peut en lancer un" in client.get(f"{HERE}defis/").content.decode()
