"""Reading a group and rearranging it from the atelier."""

import pytest
from django.urls import reverse

from essor.chain.listening.enums import VoiceState
from essor.chain.needs.enums import LeftAside, Stance
from essor.chain.needs.models import CurationStep, Group, Placement
from essor.common.text import search_text
from essor.ground.people.enums import StakeholderFamily
from tests.factories.needs import PlacementFactory, ReadySynthesisFactory, VoiceGroupFactory


@pytest.fixture
def to(territory):
    return lambda name, *keys: reverse(f"territory:{name}", args=[territory.slug, *keys])


@pytest.fixture
def synthesis(territory):
    return ReadySynthesisFactory(territory=territory)


@pytest.fixture
def buses(synthesis):
    top = VoiceGroupFactory(synthesis=synthesis, label="transports")
    group = VoiceGroupFactory(synthesis=synthesis, label="bus du soir", parent=top)
    for words in ("Un bus le soir", "Un bus la nuit", "Un train le matin"):
        PlacementFactory(
            group=group,
            machine_group=group,
            contribution__words=words,
            contribution__search=search_text(words),
        )
    return group


@pytest.fixture
def bikes(synthesis, buses):
    group = VoiceGroupFactory(synthesis=synthesis, label="pistes cyclables", parent=buses.parent)
    PlacementFactory(group=group, machine_group=group)
    return group


def voices(group):
    return list(
        Placement.objects.filter(group=group).order_by("pk").values_list("contribution_id", flat=True)
    )


@pytest.fixture
def act(client_of, alice, to, synthesis, buses):
    def done(gesture, chosen, **more):
        back = to("atelier_group", synthesis.pk, buses.pk)
        sent = {"gesture": gesture, "voice": chosen, "group": buses.pk, "back": back, **more}
        answer = client_of(alice).post(to("atelier_group_voices", synthesis.pk), sent, follow=True)
        return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")

    return done


def test_the_voices_of_a_group_are_read_in_context(client_of, alice, to, synthesis, buses):
    page = client_of(alice).get(to("atelier_group", synthesis.pk, buses.pk)).content.decode()
    assert page.count("<blockquote") == 3
    assert "En ligne" in page
    assert "transports" in page


def test_a_hidden_voice_is_not_read(client_of, alice, to, synthesis, buses):
    voice = Placement.objects.filter(group=buses).first().contribution
    voice.state = VoiceState.HIDDEN
    voice.save()
    page = client_of(alice).get(to("atelier_group", synthesis.pk, buses.pk)).content.decode()
    assert page.count("<blockquote") == 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "bus"}, 2),
        ({"q": "bus nuit"}, 1),
        ({"q": "éléphant"}, 0),
        ({"family": StakeholderFamily.COMPANY}, 0),
        ({"stance": Stance.CONTRARY}, 0),
        ({"family": "nonsense"}, 3),
    ],
)
def test_voices_are_searched_and_filtered(asked, found, client_of, alice, to, synthesis, buses):
    page = client_of(alice).get(to("atelier_group", synthesis.pk, buses.pk), asked).content.decode()
    assert page.count("<blockquote") == found


def test_voices_that_nearly_repeat_another_are_folded_until_asked_for(client_of, alice, to, synthesis, buses):
    first, second, _third = voices(buses)
    Placement.objects.filter(contribution=second).update(same_as=first)
    address = to("atelier_group", synthesis.pk, buses.pk)
    folded = client_of(alice).get(address).content.decode()
    assert folded.count("<blockquote") == 2
    assert "1 voix presque identique" in folded
    assert client_of(alice).get(address, {"copies": "shown"}).content.decode().count("<blockquote") == 3


def test_one_or_many_voices_are_moved_and_the_page_says_so_with_a_way_back(
    act, buses, bikes, alice, client_of, to
):
    page = act("move", voices(buses)[:2], to=bikes.pk)
    assert "Les voix choisies sont déplacées" in page
    assert len(voices(bikes)) == 3
    step = CurationStep.objects.get()
    assert to("atelier_synthesis_undo", buses.synthesis_id, step.number) in page
    client_of(alice).post(to("atelier_synthesis_undo", buses.synthesis_id, step.number))
    assert len(voices(bikes)) == 1


def test_the_suggestion_stays_readable_beside_the_decision(act, buses, bikes, alice, client_of, to):
    act("move", voices(buses)[:1], to=bikes.pk)
    page = client_of(alice).get(to("atelier_group", buses.synthesis_id, bikes.pk)).content.decode()
    assert "le calcul proposait" in page
    assert "bus du soir" in page


def test_voices_form_a_new_group(act, buses):
    assert "nouveau groupe" in act("split", voices(buses)[:1], label="De nuit")
    made = Group.objects.get(label="De nuit")
    assert made.parent == buses.parent
    assert len(voices(made)) == 1


def test_voices_are_set_aside_with_a_reason_and_brought_back(act, buses, bikes, alice, client_of, to):
    chosen = voices(buses)[:1]
    act("aside", chosen, why="deux sujets")
    assert Placement.objects.get(contribution=chosen[0]).reason == LeftAside.BY_HAND
    page = client_of(alice).get(to("atelier_synthesis_aside", buses.synthesis_id)).content.decode()
    assert "mise de côté par une personne" in page
    act("move", chosen, to=bikes.pk)
    assert chosen[0] in voices(bikes)


@pytest.mark.parametrize(
    ("gesture", "column", "value"),
    [("quote", "is_quote", True), ("contrary", "stance", Stance.CONTRARY)],
)
def test_voices_are_quoted_or_kept_as_contrary(gesture, column, value, act, buses):
    act(gesture, voices(buses)[:1])
    assert getattr(Placement.objects.get(contribution=voices(buses)[0]), column) == value


@pytest.mark.parametrize(
    ("gesture", "chosen", "more", "words"),
    [
        ("move", [], {}, "groupe d’arrivée"),
        ("aside", [], {"why": "non"}, "au moins une voix"),
        ("split", [], {"label": ""}, "au moins une voix"),
        ("dance", [], {}, "n’existe pas"),
        ("move", [], {"to": "abc"}, "groupe d’arrivée"),
    ],
)
def test_a_gesture_that_lacks_something_says_what(gesture, chosen, more, words, act):
    assert words in act(gesture, chosen, **more)
    assert not CurationStep.objects.exists()


def test_coming_back_never_leads_to_another_site(client_of, alice, to, synthesis, buses):
    sent = {"gesture": "quote", "voice": voices(buses)[:1], "back": "https://example.org/"}
    answer = client_of(alice).post(to("atelier_group_voices", synthesis.pk), sent)
    assert answer.url == to("atelier_synthesis", synthesis.pk)


def test_a_group_is_renamed_and_merged(client_of, alice, to, synthesis, buses, bikes):
    browser = client_of(alice)
    browser.post(to("atelier_group_rename", synthesis.pk, buses.pk), {"label": "Rentrer le soir"})
    browser.post(to("atelier_group_merge", synthesis.pk, buses.pk), {"with": bikes.pk})
    page = browser.get(to("atelier_group", synthesis.pk, buses.pk)).content.decode()
    assert "Rentrer le soir" in page
    assert page.count("<blockquote") == 4
    assert browser.get(to("atelier_group", synthesis.pk, bikes.pk)).url == synthesis.get_absolute_url()


def test_a_group_is_made_by_hand(client_of, alice, to, synthesis, buses):
    client_of(alice).post(
        to("atelier_group_make", synthesis.pk), {"label": "À part", "parent": buses.parent_id}
    )
    assert Group.objects.get(label="À part").parent == buses.parent


def test_a_group_of_another_synthesis_is_not_found(client_of, alice, to, buses, territory):
    other = ReadySynthesisFactory(territory=territory)
    assert client_of(alice).get(to("atelier_group", other.pk, buses.pk)).status_code == 404


def test_an_archived_synthesis_is_read_but_not_touched(client_of, alice, to, synthesis, buses, act):
    synthesis.state = "archived"
    synthesis.save()
    page = client_of(alice).get(to("atelier_group", synthesis.pk, buses.pk)).content.decode()
    assert 'name="gesture"' not in page
    assert "archivée" in act("quote", voices(buses)[:1])


def test_a_facilitator_of_elsewhere_touches_nothing(client_of, farid, other_territory, synthesis, buses):
    for name, keys in (
        ("atelier_group_rename", [synthesis.pk, buses.pk]),
        ("atelier_group_merge", [synthesis.pk, buses.pk]),
        ("atelier_group_voices", [synthesis.pk]),
        ("atelier_group_make", [synthesis.pk]),
        ("atelier_synthesis_undo", [synthesis.pk, 1]),
    ):
        address = reverse(f"territory:{name}", args=[other_territory.slug, *keys])
        assert client_of(farid).post(address, {"label": "x"}).status_code == 404, name


def test_the_voices_of_a_group_leave_as_a_table(client_of, alice, to, synthesis, buses):
    answer = client_of(alice).get(to("atelier_group", synthesis.pk, buses.pk), {"format": "csv", "q": "bus"})
    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 3


def test_the_page_of_a_group_offers_to_undo_only_gestures_of_that_group(
    client_of, alice, to, synthesis, buses, bikes
):
    client = client_of(alice)
    client.post(to("atelier_group_rename", synthesis.pk, bikes.pk), {"label": "vélo partout"})
    of_buses = client.get(to("atelier_group", synthesis.pk, buses.pk)).content.decode()
    assert to("atelier_synthesis_undo", synthesis.pk, 1) not in of_buses
    of_bikes = client.get(to("atelier_group", synthesis.pk, bikes.pk)).content.decode()
    assert to("atelier_synthesis_undo", synthesis.pk, 1) in of_bikes
    around = client.get(to("atelier_group", synthesis.pk, buses.parent_id)).content.decode()
    assert to("atelier_synthesis_undo", synthesis.pk, 1) in around  # its own group inside
    whole = client.get(to("atelier_synthesis", synthesis.pk)).content.decode()
    assert "Dernier geste de toute la synthèse" in whole
    assert "vélo partout" in whole


def test_the_list_of_gestures_names_the_groups(client_of, alice, to, synthesis, buses, bikes, act):
    act("move", voices(bikes), group=buses.pk, to=buses.pk)
    act("quote", voices(buses)[:1])
    page = client_of(alice).get(to("atelier_synthesis_steps", synthesis.pk)).content.decode()
    assert "pistes cyclables" in page
    assert "bus du soir" in page
