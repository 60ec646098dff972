"""Needs in the atelier: from a group to a public page, then followed."""

import pytest
from django.urls import reverse

from essor.chain.listening.enums import VoiceState
from essor.chain.needs.enums import NeedState, Stance
from essor.chain.needs.models import Evidence, Need
from essor.chain.needs.services import needs as services
from essor.common.text import search_text
from essor.ground.ledger.models import Link
from tests.factories.needs import DraftNeedFactory, HeardVoiceFactory, PlacementFactory, VoiceGroupFactory
from tests.factories.territories import CommuneFactory, ThemeFactory

STATEMENT = "Pouvoir rentrer chez soi le soir"


@pytest.fixture
def to(territory):
    return lambda name, *keys: reverse(f"territory:{name}", args=[territory.slug, *keys])


@pytest.fixture
def draft(territory, alice):
    need = services.draft_need(by=alice, territory=territory, statement=STATEMENT)
    voices = HeardVoiceFactory.create_batch(3, territory=territory)
    return services.set_evidence(by=alice, need=need, voices=dict.fromkeys(voices, Stance.SUPPORTS))


def test_a_group_becomes_a_need_with_its_theme_and_communes_suggested(client_of, alice, to, territory):
    theme, other = ThemeFactory.create_batch(2, territory=territory)
    commune = CommuneFactory(territory=territory)
    group = VoiceGroupFactory(synthesis__territory=territory, label="Bus du soir")
    for chosen in (theme, theme, other):
        PlacementFactory(group=group, contribution__theme=chosen, contribution__commune_code=commune.code)
    address = f"{to('atelier_need_new')}?group={group.pk}"
    page = client_of(alice).get(address)
    start = page.context["form"].initial
    assert start["statement"] == "Pouvoir … (bus du soir)"
    assert (start["theme"], start["communes"]) == (theme, [commune.code])
    sent = {
        "statement": STATEMENT,
        "theme": theme.pk,
        "communes": [commune.code],
        "concerns": "",
        "context": "",
    }
    answer = client_of(alice).post(address, sent)
    need = Need.objects.get()
    assert answer.url == to("atelier_need", need.pk)
    assert (need.voices_count, need.theme) == (3, theme)


def test_a_need_without_words_is_not_kept(client_of, alice, to):
    answer = client_of(alice).post(to("atelier_need_new"), {"statement": " "})
    assert "field-error" in answer.content.decode()
    assert not Need.objects.exists()


def test_publishing_asks_first_and_says_how_many_people(client_of, alice, to, draft):
    browser = client_of(alice)
    page = browser.get(to("atelier_need_publish", draft.pk)).content.decode().replace("\u202f", " ")
    assert "3 voix l’appuient, de 3 personnes" in page
    draft.refresh_from_db()
    assert draft.state == NeedState.DRAFT
    browser.post(to("atelier_need_publish", draft.pk))
    draft.refresh_from_db()
    assert draft.state == NeedState.TO_COVER
    assert Link.objects.count() == 3


def test_a_need_without_voices_is_told_so_before_the_question(client_of, alice, to, territory):
    need = DraftNeedFactory(territory=territory)
    page = client_of(alice).get(to("atelier_need_publish", need.pk), follow=True).content.decode()
    assert "Aucune voix n’appuie ce besoin" in page


def test_the_preview_shows_published_words_only(client_of, alice, to, draft):
    kept, private = list(Evidence.objects.filter(need=draft))[:2]
    private.contribution.state = VoiceState.PRIVATE
    private.contribution.words = "dit en confiance"
    private.contribution.save()
    page = client_of(alice).get(to("atelier_need_preview", draft.pk)).content.decode()
    assert "dit en confiance" not in page
    assert kept.contribution.words in page


def test_the_state_changes_with_a_word(client_of, alice, to, draft):
    services.publish_need(by=alice, need=draft)
    browser = client_of(alice)
    answer = browser.post(to("atelier_need_move", draft.pk), {"state": "being_answered", "why": ""})
    assert "field-error" in answer.content.decode()
    browser.post(to("atelier_need_move", draft.pk), {"state": "being_answered", "why": "Un appel est lancé."})
    page = browser.get(to("atelier_need", draft.pk)).content.decode()
    assert "Un appel est lancé." in page


def test_a_need_is_withdrawn_with_a_word_and_can_come_back(client_of, alice, to, draft):
    services.publish_need(by=alice, need=draft)
    browser = client_of(alice)
    browser.post(to("atelier_need_withdraw", draft.pk), {"why": "Deux besoins en un."})
    draft.refresh_from_db()
    assert draft.state == NeedState.WITHDRAWN
    browser.post(to("atelier_need_move", draft.pk), {"state": "to_cover", "why": "Il tient."})
    draft.refresh_from_db()
    assert draft.state == NeedState.TO_COVER


def test_a_need_is_reworded(client_of, alice, to, draft):
    client_of(alice).post(to("atelier_need_edit", draft.pk), {"statement": "Pouvoir se déplacer la nuit"})
    draft.refresh_from_db()
    assert draft.statement == "Pouvoir se déplacer la nuit"


@pytest.mark.parametrize(
    ("gesture", "after"),
    [("contrary", (2, 1)), ("remove", (2, 0)), ("quote", (3, 0))],
)
def test_the_evidence_is_reviewed(gesture, after, client_of, alice, to, draft):
    voice = Evidence.objects.filter(need=draft).first().contribution_id
    client_of(alice).post(to("atelier_need_evidence", draft.pk), {"gesture": gesture, "voice": [voice]})
    draft.refresh_from_db()
    assert (draft.voices_count, draft.contrary_count) == after
    assert Evidence.objects.filter(need=draft, is_quote=True).count() == (gesture == "quote")


def test_ticking_nothing_is_told(client_of, alice, to, draft):
    page = client_of(alice).post(to("atelier_need_evidence", draft.pk), {"gesture": "remove"}, follow=True)
    assert "au moins une voix" in page.content.decode()


def test_voices_are_found_by_their_words_and_added(client_of, alice, to, draft, territory):
    words = "Une navette de nuit vers la gare"
    voice = HeardVoiceFactory(territory=territory, words=words, search=search_text(words))
    browser = client_of(alice)
    page = browser.get(to("atelier_need_evidence_add", draft.pk), {"q": "navettes"}).content.decode()
    assert page.count("<blockquote") == 1
    browser.post(to("atelier_need_evidence_add", draft.pk), {"gesture": "contrary", "voice": [voice.pk]})
    draft.refresh_from_db()
    assert draft.contrary_count == 1


def test_a_voice_of_elsewhere_is_never_added(client_of, alice, to, draft, other_territory):
    stranger = HeardVoiceFactory(territory=other_territory)
    sent = {"gesture": "supports", "voice": [stranger.pk]}
    page = client_of(alice).post(to("atelier_need_evidence_add", draft.pk), sent, follow=True)
    assert "pas d’ici" in page.content.decode()
    assert not Evidence.objects.filter(contribution=stranger).exists()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"state": "draft"}, 2),
        ({"q": "soigner"}, 1),
        ({"state": "covered"}, 0),
        ({"sort": "name"}, 2),
    ],
)
def test_needs_are_searched_filtered_and_sorted(asked, found, client_of, alice, to, draft, territory, db):
    services.draft_need(by=alice, territory=territory, statement="Pouvoir se soigner près d’ici")
    page = client_of(alice).get(to("atelier_needs"), asked).content.decode()
    assert page.count("card-thread") == found


def test_the_list_leaves_as_a_table(client_of, alice, to, draft):
    lines = b"".join(client_of(alice).get(to("atelier_needs"), {"format": "csv"}).streaming_content)
    assert STATEMENT in lines.decode()


PAGES = [
    "atelier_need",
    "atelier_need_edit",
    "atelier_need_preview",
    "atelier_need_evidence",
    "atelier_need_evidence_add",
    "atelier_need_publish",
    "atelier_need_move",
    "atelier_need_withdraw",
]


@pytest.mark.parametrize("name", PAGES)
def test_a_facilitator_of_elsewhere_finds_nothing(name, client_of, farid, other_territory, draft):
    address = reverse(f"territory:{name}", args=[other_territory.slug, draft.pk])
    assert client_of(farid).get(address).status_code == 404
    assert client_of(farid).post(address, {"why": "x", "state": "covered"}).status_code in (404, 405)


@pytest.mark.parametrize("name", PAGES)
def test_members_and_strangers_stay_outside(name, client_of, bilal, farid, to, draft):
    assert client_of(bilal).get(to(name, draft.pk)).status_code == 403
    assert client_of(farid).get(to(name, draft.pk)).status_code == 403


@pytest.mark.parametrize("many", [10, 2000])
def test_the_pages_cost_the_same_whatever_the_number_of_voices_and_needs(
    many, client_of, alice, to, draft, territory, django_assert_max_num_queries
):
    speaker = Evidence.objects.first().contribution.speaker
    voices = HeardVoiceFactory.build_batch(many, territory=territory, speaker=speaker)
    type(voices[0]).objects.bulk_create(voices)
    Evidence.objects.bulk_create(Evidence(need=draft, contribution=each) for each in voices[: many // 2])
    Need.objects.bulk_create(DraftNeedFactory.build_batch(many, territory=territory))
    browser = client_of(alice)
    for name, keys in (
        ("atelier_needs", []),
        ("atelier_need", [draft.pk]),
        ("atelier_need_evidence", [draft.pk]),
        ("atelier_need_evidence_add", [draft.pk]),
        ("atelier_need_preview", [draft.pk]),
    ):
        with django_assert_max_num_queries(12):
            assert browser.get(to(name, *keys)).status_code == 200


def test_the_word_said_when_the_state_changes_is_read_by_everybody(client_of, alice, draft):
    need = services.publish_need(by=alice, need=draft)
    need = services.move_need(by=alice, need=need, state=NeedState.COVERED, why="La navette roule.")
    assert "La navette roule." in client_of(None).get(need.get_absolute_url()).content.decode()
