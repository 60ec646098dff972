"""Syntheses in the atelier: asking, waiting, reading, putting away."""

import json

import pytest
from django.urls import reverse

from essor.chain.needs.enums import SynthesisState
from essor.chain.needs.models import Group, Placement, Synthesis
from essor.chain.needs.services import curation
from essor.common import jobs
from tests.factories.needs import (
    HeardGatheringFactory,
    HeardVoiceFactory,
    PlacementFactory,
    ReadySynthesisFactory,
    VoiceGroupFactory,
)


@pytest.fixture
def to(territory):
    return lambda name, *keys: reverse(f"territory:{name}", args=[territory.slug, *keys])


@pytest.fixture
def laid(territory):
    synthesis = ReadySynthesisFactory(
        territory=territory,
        figures={"coverage": 0.97, "stability": 0.8, "overview": 2, "detail": 3, "copies": 2},
        method={"name": "essor.synthesis", "version": "1.0", "encoder": "essor-stems"},
        voices_count=12,
    )
    top = VoiceGroupFactory(synthesis=synthesis, label="transports")
    group = VoiceGroupFactory(synthesis=synthesis, label="bus du soir", parent=top)
    for _each in range(3):
        PlacementFactory(group=group, contribution__territory=territory)
    return synthesis


@pytest.fixture
def silent_jobs(monkeypatch):
    asked = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **arguments: asked.append((name, arguments)))
    return asked


def test_a_facilitator_asks_for_a_synthesis_of_some_gatherings(client_of, alice, to, territory, silent_jobs):
    gathering = HeardGatheringFactory(territory=territory)
    HeardVoiceFactory(territory=territory, gathering=gathering)
    page = client_of(alice).get(to("atelier_synthesis_new"))
    assert gathering.title in page.content.decode()
    asked = {"title": "Printemps", "grain": "detail", "seed": 3, "gatherings": [gathering.pk]}
    answer = client_of(alice).post(to("atelier_synthesis_new"), asked)
    made = Synthesis.objects.get()
    assert answer.url == to("atelier_synthesis", made.pk)
    assert made.scope == {"gatherings": [gathering.pk]}
    assert silent_jobs == [("compute_synthesis", {"synthesis_id": made.pk})]


def test_a_form_that_cannot_be_read_says_why_and_asks_for_nothing(
    client_of, alice, to, territory, silent_jobs
):
    HeardVoiceFactory(territory=territory)
    answer = client_of(alice).post(to("atelier_synthesis_new"), {"title": "", "grain": "x", "seed": -1})
    assert answer.status_code == 200
    assert answer.content.decode().count('class="field-error"') >= 2
    assert silent_jobs == []


def test_without_voices_the_page_says_where_to_find_some(client_of, alice, to):
    assert "Il n’y a pas encore de voix" in client_of(alice).get(to("atelier_synthesis_new")).content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [(SynthesisState.QUEUED, "En attente"), (SynthesisState.RUNNING, "Formation des groupes")],
)
def test_who_waits_sees_the_progress_with_and_without_scripts(state, words, client_of, alice, to, territory):
    synthesis = ReadySynthesisFactory(
        territory=territory, state=state, progress=42, step_code="group", computed_at=None
    )
    page = client_of(alice).get(to("atelier_synthesis", synthesis.pk)).content.decode()
    part = client_of(alice).get(to("atelier_synthesis_progress", synthesis.pk)).content.decode()
    assert words in page.replace("\u202f", " ")
    assert to("atelier_synthesis_progress", synthesis.pk) in page
    assert "<html" not in part


def test_a_failure_is_told_with_the_way_to_try_again(client_of, alice, to, territory, silent_jobs):
    synthesis = ReadySynthesisFactory(
        territory=territory, state=SynthesisState.FAILED, failure="Il faut au moins 3 voix lisibles."
    )
    page = client_of(alice).get(to("atelier_synthesis", synthesis.pk)).content.decode()
    assert "au moins 3 voix" in page
    client_of(alice).post(to("atelier_synthesis_retry", synthesis.pk))
    synthesis.refresh_from_db()
    assert synthesis.state == SynthesisState.QUEUED
    assert len(silent_jobs) == 1


def test_the_result_shows_groups_inside_groups_and_how_it_was_made(client_of, alice, to, laid):
    page = client_of(alice).get(laid.get_absolute_url()).content.decode()
    for words in ("transports", "bus du soir", "97", "essor.synthesis 1.0", "Très stable", "<svg"):
        assert words in page, words


def test_the_same_synthesis_is_asked_again_beside_the_first(client_of, alice, to, laid, silent_jobs):
    client_of(alice).post(to("atelier_synthesis_again", laid.pk))
    assert Synthesis.objects.count() == 2
    assert Group.objects.filter(synthesis=laid).count() == 2


def test_putting_away_asks_first_and_can_be_reversed(client_of, alice, to, laid):
    browser = client_of(alice)
    assert "Archiver cette synthèse" in browser.get(to("atelier_synthesis_archive", laid.pk)).content.decode()
    browser.post(to("atelier_synthesis_archive", laid.pk))
    assert laid.title not in browser.get(to("atelier_syntheses")).content.decode()
    assert laid.title in browser.get(to("atelier_syntheses"), {"state": "archived"}).content.decode()
    browser.post(to("atelier_synthesis_archive", laid.pk))
    laid.refresh_from_db()
    assert laid.state == SynthesisState.READY


def test_the_voices_leave_as_a_table_and_the_whole_as_json(client_of, alice, to, laid):
    browser = client_of(alice)
    table = browser.get(laid.get_absolute_url(), {"format": "csv"})
    lines = b"".join(table.streaming_content).decode().splitlines()
    assert len(lines) == 4
    assert "bus du soir" in lines[1]
    workbook = browser.get(laid.get_absolute_url(), {"format": "xlsx"})
    assert workbook["Content-Type"].endswith("sheet")
    assert b"".join(workbook.streaming_content).startswith(b"PK")
    whole = json.loads(browser.get(to("atelier_synthesis_json", laid.pk)).content)
    assert [(each["label"], len(each["members"])) for each in whole["groups"]] == [
        ("transports", 3),
        ("bus du soir", 3),
    ]
    assert "words" not in json.dumps(whole)


def test_the_gestures_are_listed_with_who_made_them(client_of, alice, to, laid):
    curation.rename_group(by=alice, group=Group.objects.get(label="bus du soir"), label="Rentrer le soir")
    page = client_of(alice).get(to("atelier_synthesis_steps", laid.pk)).content.decode()
    assert "Renommer" in page
    assert "Alice" in page


PAGES = ["atelier_synthesis", "atelier_synthesis_steps", "atelier_synthesis_aside", "atelier_synthesis_json"]


@pytest.mark.parametrize("name", PAGES)
def test_a_facilitator_of_elsewhere_finds_nothing(name, client_of, farid, other_territory, laid):
    address = reverse(f"territory:{name}", args=[other_territory.slug, laid.pk])
    assert client_of(farid).get(address).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_strangers_and_members_stay_outside(name, client_of, farid, bilal, laid, to):
    assert client_of(farid).get(to(name, laid.pk)).status_code == 403
    assert client_of(bilal).get(to(name, laid.pk)).status_code == 403
    assert client_of(None).get(to(name, laid.pk)).status_code == 302


@pytest.mark.parametrize("many", [10, 2000])
def test_the_pages_cost_the_same_whatever_the_number_of_voices(
    many, client_of, alice, to, laid, territory, django_assert_max_num_queries
):
    group = Group.objects.get(label="bus du soir")
    speaker = Placement.objects.first().contribution.speaker
    voices = HeardVoiceFactory.build_batch(many, territory=territory, speaker=speaker)
    type(voices[0]).objects.bulk_create(voices)
    Placement.objects.bulk_create(
        Placement(synthesis=laid, contribution=each, group=group, x=rank % 7, y=rank % 11)
        for rank, each in enumerate(voices)
    )
    curation.rename_group(by=alice, group=group, label="Rentrer le soir")
    browser = client_of(alice)
    for address in (
        laid.get_absolute_url(),
        to("atelier_group", laid.pk, group.pk),
        to("atelier_group_coding", laid.pk, group.pk),
        to("atelier_synthesis_aside", laid.pk),
        to("atelier_synthesis_steps", laid.pk),
        to("atelier_syntheses"),
    ):
        with django_assert_max_num_queries(16):
            answer = browser.get(address)
        assert answer.status_code == 200
        assert len(answer.content) < 400_000
