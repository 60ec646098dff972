"""Contributing to a challenge leads to a page that says what happens now and how to take it back."""

from datetime import timedelta

import pytest

from essor.chain.challenges.models import ChallengePhase, ChallengeVoice
from essor.chain.challenges.services.challenges import draft_challenge
from essor.common import clock
from tests.factories.chain import ChallengePhaseFactory


@pytest.fixture
def phase(territory):
    return ChallengePhaseFactory(challenge__territory=territory)


def give(client, phase, words="Un minibus qui part à 22 h."):
    return client.post(phase.challenge.get_absolute_url(), {"words": words}, follow=True)


def test_a_visitor_reads_the_code_what_comes_next_and_how_to_take_it_back(client, phase):
    answer = give(client, phase)
    assert answer.redirect_chain[-1][0].endswith("/merci/")
    page = answer.content.decode()
    assert "votre contribution est reçue" in page
    assert "Et maintenant" in page
    assert "/ecoute/ma-voix/" in page
    assert answer["Cache-Control"] == "no-store"
    assert ChallengeVoice.objects.get().contribution.words.startswith("Un minibus")


def test_a_member_finds_it_among_their_contributions(client_of, bilal, phase):
    page = give(client_of(bilal), phase).content.decode()
    assert "/moi/mes-voix/" in page or "mes-voix/" in page
    assert f"?voix={ChallengeVoice.objects.get().contribution_id}" in page


def test_the_receipt_belongs_to_the_browser_that_gave(client, client_of, farid, phase):
    give(client, phase)
    answer = client_of(farid).get(f"{phase.challenge.get_absolute_url()}merci/")
    assert answer.status_code == 302
    assert ChallengePhase.objects.count() == 1


def test_before_its_first_phase_an_open_challenge_says_the_day_it_begins(client, phase):
    phase.starts_on = clock.today() + timedelta(days=3)
    phase.save()
    page = client.get(phase.challenge.get_absolute_url()).content.decode()
    assert "On pourra y contribuer à partir du" in page
    assert "<textarea" not in page


def test_a_draft_lists_at_once_all_that_it_lacks_each_at_its_field(client_of, bilal, territory):
    words = {"title": "Rentrer le soir", "summary": "Un car.", "phases": {}}
    draft = draft_challenge(by=bilal, territory=territory, **words)
    page = client_of(bilal).get(draft.get_absolute_url()).content.decode()
    for field in ("learn_aim", "learn_starts_on", "create_aim", "act_aim", "act_starts_on"):
        assert f"modifier/#id_{field}" in page
