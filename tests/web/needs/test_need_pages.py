import pytest
from django.urls import reverse

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.services.voices import speaker_for
from essor.chain.needs.enums import NeedState
from essor.chain.needs.models import Concern, Need, NeedCommune
from essor.chain.needs.services.needs import draft_need, move_need, publish_need, set_evidence
from essor.common import clock
from essor.ground.territories.models import PerimeterCommune
from tests.factories.needs import DraftNeedFactory, HeardVoiceFactory

BOUND = 14


def published_need(alice, territory, statement="Rentrer le soir sans voiture", voices=3):
    need = draft_need(by=alice, territory=territory, statement=statement, concerns="Les apprentis surtout.")
    heard = [HeardVoiceFactory(territory=territory) for _ in range(voices)]
    set_evidence(by=alice, need=need, voices=dict.fromkeys(heard, "supports"))
    publish_need(by=alice, need=need)
    need.refresh_from_db()
    return need, heard


def many_needs(territory, number):
    now = clock.now()
    Need.objects.bulk_create(
        Need(
            territory=territory, state=NeedState.TO_COVER, statement=f"Besoin {n}", slug=f"besoin-{n}",
            search=f"besoin {n}", families_count=n % 6, people_count=n, published_at=now, created_at=now,
            changed_at=now,
        )
        for n in range(number)
    )  # fmt: skip


@pytest.fixture
def visitor(client_of):
    return client_of(None)


def test_anybody_reads_a_need_with_its_evidence_and_its_words(visitor, alice, territory):
    need, heard = published_need(alice, territory)
    page = visitor.get(need.get_absolute_url()).content.decode()
    assert "Rentrer le soir sans voiture" in page
    assert heard[0].words in page
    assert reverse("territory:voice", args=[territory.slug, heard[0].pk]) in page
    assert reverse("territory:thread", args=[territory.slug, "besoin", need.pk]) in page


@pytest.mark.parametrize("state", [NeedState.DRAFT, NeedState.WITHDRAWN])
def test_a_need_that_is_not_public_does_not_exist_for_a_visitor(visitor, territory, state):
    need = DraftNeedFactory(territory=territory, state=state)
    for name in ("need", "need_voices"):
        assert visitor.get(reverse(f"territory:{name}", args=[territory.slug, need.slug])).status_code == 404
    assert (
        need.statement not in visitor.get(reverse("territory:needs", args=[territory.slug])).content.decode()
    )


def test_a_need_of_another_territory_is_not_found_here(visitor, alice, territory, other_territory):
    need, _heard = published_need(alice, territory)
    assert visitor.get(reverse("territory:need", args=[other_territory.slug, need.slug])).status_code == 404


@pytest.mark.parametrize(
    "state", [VoiceState.HIDDEN, VoiceState.PRIVATE, VoiceState.WITHDRAWN, VoiceState.WAITING]
)
def test_words_that_are_not_public_are_never_shown_behind_a_need(visitor, alice, territory, state):
    need, heard = published_need(alice, territory)
    heard[1].state = state
    heard[1].save()
    for name in ("need", "need_voices"):
        page = visitor.get(reverse(f"territory:{name}", args=[territory.slug, need.slug])).content.decode()
        assert heard[0].words in page
        assert heard[1].words not in page


def test_hostile_words_are_only_words(visitor, alice, territory):
    need, heard = published_need(alice, territory)
    heard[0].words = '<script>alert("x")</script>'
    heard[0].save()
    page = visitor.get(need.get_absolute_url()).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("number", [10, 10_000])
def test_the_list_costs_as_much_with_ten_needs_as_with_ten_thousand(
    visitor, territory, number, django_assert_max_num_queries
):
    many_needs(territory, number)
    with django_assert_max_num_queries(BOUND):
        answer = visitor.get(reverse("territory:needs", args=[territory.slug]))
    assert answer.content.decode().count('class="card-title"') == min(number, 20)


@pytest.mark.parametrize("voices", [3, 300])
def test_a_need_costs_as_much_with_three_voices_as_with_three_hundred(
    visitor, alice, territory, voices, django_assert_max_num_queries
):
    need, _heard = published_need(alice, territory, voices=voices)
    with django_assert_max_num_queries(BOUND):
        visitor.get(need.get_absolute_url())
    with django_assert_max_num_queries(BOUND):
        visitor.get(reverse("territory:thread", args=[territory.slug, "besoin", need.pk]))


def test_the_list_is_searched_filtered_sorted_and_downloaded(visitor, alice, territory):
    first, _ = published_need(alice, territory, "Rentrer le soir sans voiture")
    second, _ = published_need(alice, territory, "Acheter des légumes d’ici")
    PerimeterCommune.objects.create(territory=territory, code="99701", name="Brécourt")
    NeedCommune.objects.create(need=second, code="99701")
    address = reverse("territory:needs", args=[territory.slug])

    def shown(query):
        page = visitor.get(f"{address}?{query}").content.decode()
        return [need.statement in page.replace("\u202f", " ") for need in (first, second)]

    assert shown("q=legume") == [False, True]
    assert shown("commune=99701") == [False, True]
    assert shown("state=covered") == [False, False]
    assert shown("state=nothing&sort=nothing&page=99999999&theme=zzz") == [True, True]
    file = b"".join(visitor.get(f"{address}?q=legume&format=csv").streaming_content).decode("utf-8-sig")
    assert "Acheter des légumes d’ici" in file
    assert "Rentrer le soir" not in file
    book = visitor.get(f"{address}?format=xlsx")
    assert b"".join(book.streaming_content).startswith(b"PK")


def test_an_empty_list_says_what_to_do(visitor, territory):
    address = reverse("territory:needs", args=[territory.slug])
    assert "Aucun besoin publié" in visitor.get(address).content.decode()
    assert "Aucun besoin ne répond" in visitor.get(f"{address}?q=zzz").content.decode()


def test_the_map_says_the_same_in_a_table(visitor, alice, territory):
    need, _heard = published_need(alice, territory)
    PerimeterCommune.objects.create(
        territory=territory, code="99701", name="Brécourt", longitude=3.4, latitude=47.9
    )
    NeedCommune.objects.create(need=need, code="99701")
    page = visitor.get(reverse("territory:needs_map", args=[territory.slug])).content.decode()
    assert "<svg" in page
    assert "Brécourt" in page
    assert "?commune=99701" in page


def test_a_visitor_says_that_a_need_concerns_them_once_and_takes_it_back(visitor, alice, territory):
    need, _heard = published_need(alice, territory)
    address = reverse("territory:need_concern", args=[territory.slug, need.slug])
    for _twice in range(2):
        visitor.post(address)
    need.refresh_from_db()
    assert (Concern.objects.count(), need.concerned_count) == (1, 1)
    assert "Finalement" in visitor.get(need.get_absolute_url()).content.decode()
    visitor.post(address, {"back": "1"})
    need.refresh_from_db()
    assert need.concerned_count == 0


def test_a_member_and_a_visitor_are_two_people(client_of, alice, bilal, territory):
    need, _heard = published_need(alice, territory)
    address = reverse("territory:need_concern", args=[territory.slug, need.slug])
    for browser in (client_of(None), client_of(bilal)):
        browser.post(address)
    need.refresh_from_db()
    assert need.concerned_count == 2


def test_a_family_is_never_blocked_but_a_flood_is(visitor, alice, territory, monkeypatch, client_of):
    need, _heard = published_need(alice, territory)
    monkeypatch.setattr("essor.web.needs.concern.HOURLY", 5)
    address = reverse("territory:need_concern", args=[territory.slug, need.slug])
    for _n in range(8):
        client_of(None).post(address)
    need.refresh_from_db()
    assert need.concerned_count == 5


def test_one_vote_costs_few_queries(visitor, alice, territory, django_assert_max_num_queries):
    need, _heard = published_need(alice, territory)
    visitor.get(need.get_absolute_url())
    with django_assert_max_num_queries(22):
        visitor.post(reverse("territory:need_concern", args=[territory.slug, need.slug]))


def test_the_page_says_why_a_need_moved_and_its_story_is_not_drowned_in_concerns(
    visitor, client_of, alice, territory
):
    need, _heard = published_need(alice, territory)
    move_need(by=alice, need=need, state=NeedState.BEING_ANSWERED, why="La région ouvre deux cars.")
    for _n in range(9):
        client_of(None).post(reverse("territory:need_concern", args=[territory.slug, need.slug]))
    page = visitor.get(need.get_absolute_url())
    assert "La région ouvre deux cars." in page.content.decode()
    assert {"need.published", "need.state_changed"} <= {fact.verb for fact in page.context["history"]}


def test_saying_that_a_need_concerns_one_changes_nothing_of_who_one_is(client_of, chloe, alice, territory):
    need, _heard = published_need(alice, territory)
    speaker = speaker_for(territory=territory, person=chloe, family="association", pseudonym="Chloé")
    client_of(chloe).post(reverse("territory:need_concern", args=[territory.slug, need.slug]))
    speaker.refresh_from_db()
    assert (speaker.family, speaker.pseudonym) == ("association", "Chloé")
    assert Concern.objects.get().speaker == speaker
