import pytest
from django.urls import reverse

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution, Speaker
from essor.chain.projects.enums import ProjectStage
from essor.common import clock
from essor.web.figures import figures_of
from tests.factories.chain import PublicProjectFactory
from tests.factories.gatherings import announced_meeting
from tests.factories.voices import GivenVoiceFactory
from tests.web.needs.test_need_pages import many_needs, published_need


@pytest.fixture
def visitor(client_of):
    return client_of(None)


def home(territory):
    return reverse("territory:home", args=[territory.slug])


def many_voices(territory, number):
    now = clock.now()
    speaker = Speaker.objects.create(territory=territory, created_at=now)
    Contribution.objects.bulk_create(
        Contribution(
            territory=territory,
            speaker=speaker,
            channel="online",
            words=f"Voix {n}",
            said_at=now,
            created_at=now,
        )
        for n in range(number)
    )


def test_a_new_territory_is_not_an_empty_page(visitor, territory):
    page = visitor.get(home(territory)).content.decode()
    assert "Rien n’est ouvert aujourd’hui" in page
    assert "Aucun besoin publié pour l’instant" in page


def test_the_home_shows_what_waits_what_comes_and_what_a_voice_became(visitor, alice, territory):
    need, heard = published_need(alice, territory)
    need.evidence.filter(contribution=heard[0]).update(is_quote=True)
    meeting = announced_meeting(alice, territory)
    page = visitor.get(home(territory)).content.decode()
    assert page.count(need.statement) >= 2
    assert heard[0].words in page
    assert meeting.title in page


@pytest.mark.parametrize("number", [10, 10_000])
def test_the_home_costs_as_much_with_ten_voices_as_with_ten_thousand(
    visitor, territory, number, django_assert_max_num_queries
):
    many_voices(territory, number)
    many_needs(territory, number)
    visitor.get(home(territory))
    with django_assert_max_num_queries(12):
        visitor.get(home(territory))


def test_an_unknown_territory_is_not_found(visitor, db):
    assert visitor.get("/t/atlantide/").status_code == 404


def test_the_dashboard_names_what_happened_and_leads_there_at_any_size(
    client_of, alice, territory, django_assert_max_num_queries
):
    needs = [published_need(alice, territory, f"Besoin numéro {n}")[0] for n in range(6)]
    browser = client_of(alice)
    address = reverse("territory:atelier", args=[territory.slug])
    browser.get(address)
    with django_assert_max_num_queries(24):
        page = browser.get(address).content.decode()
    assert needs[-1].get_absolute_url() in page
    assert "a publié le besoin" in page


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "erased", "private"])
def test_words_taken_back_leave_the_home_page_at_once(visitor, alice, territory, state):
    need, heard = published_need(alice, territory)
    need.evidence.filter(contribution=heard[0]).update(is_quote=True)
    assert heard[0].words in visitor.get(home(territory)).content.decode()
    Contribution.objects.filter(pk=heard[0].pk).update(state=state)
    assert heard[0].words not in visitor.get(home(territory)).content.decode()


def test_a_correction_is_read_on_the_home_page_at_once(visitor, alice, territory):
    need, heard = published_need(alice, territory)
    need.evidence.filter(contribution=heard[0]).update(is_quote=True)
    visitor.get(home(territory))
    Contribution.objects.filter(pk=heard[0].pk).update(words="Mots corrigés.", version=2)
    assert "Mots corrigés." in visitor.get(home(territory)).content.decode()


def test_the_figures_of_the_home_page_are_those_of_the_lists(client, territory):
    PublicProjectFactory(territory=territory, stage=ProjectStage.STOPPED)
    PublicProjectFactory(territory=territory)
    GivenVoiceFactory(territory=territory, state=VoiceState.PRIVATE)
    GivenVoiceFactory(territory=territory)
    assert figures_of(territory).projects == 2
    assert "2 projets" in client.get(f"/t/{territory.slug}/projets/").content.decode().replace("\u00a0", " ")
    assert (figures_of(territory).voices, figures_of(territory).voices_in_confidence) == (2, 1)
    voices = client.get(f"/t/{territory.slug}/ecoute/voix/").content.decode()
    assert "1 autre, dite en confiance" in voices
