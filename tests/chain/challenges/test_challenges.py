"""Challenges: dated phases, a first circle that opens them, and an end that says why."""

from datetime import timedelta

import pytest

from essor.chain.challenges.enums import ChallengeState, Ending
from essor.chain.challenges.services.challenges import (
    PhaseWords,
    draft_challenge,
    support_challenge,
)
from essor.chain.challenges.services.refusals import ChallengeRefused
from essor.chain.challenges.services.rules import set_rules
from essor.chain.listening.services.voices import speaker_for
from essor.common import clock
from essor.ground.ledger.models import Link
from essor.journeys.lead_challenges import (
    conclude_challenge,
    contribute_to_challenge,
    launch_challenge,
    reword_challenge,
)
from tests.factories.chain import PublicNeedFactory, PublicProjectFactory


def phases(first=0):
    day = clock.today()
    return {
        kind: PhaseWords(f"But de {kind}.", day + timedelta(days=first + begins), day + timedelta(days=first + begins + 9))
        for kind, begins in (("learn", 0), ("create", 10), ("act", 20))
    }  # fmt: skip


def draft(bilal, territory, **more):
    words = {"title": "Rentrer le soir", "summary": "Un car, deux chauffeurs.", "phases": phases()}
    return draft_challenge(by=bilal, territory=territory, **{**words, **more})


def circle(challenge, number):
    for rank in range(number):
        support_challenge(
            challenge=challenge,
            speaker=speaker_for(territory=challenge.territory, guest_key=f"key-{rank}-of-a-guest"),
        )
    challenge.refresh_from_db()


@pytest.fixture
def launched(territory, alice, bilal):
    set_rules(by=alice, territory=territory, circle_size=3, read_before=False)
    return launch_challenge(by=bilal, challenge=draft(bilal, territory))


def test_a_challenge_without_dates_names_the_phase_and_the_mend(territory, bilal):
    challenge = draft(bilal, territory, phases={**phases(), "create": PhaseWords("But.")})
    with pytest.raises(ChallengeRefused, match=r"créer.*n’a pas de dates"):
        launch_challenge(by=bilal, challenge=challenge)
    challenge.refresh_from_db()
    assert challenge.state == ChallengeState.DRAFT  # nothing is lost


def test_phases_that_overlap_are_refused(territory, bilal):
    day = clock.today()
    wrong = {**phases(), "create": PhaseWords("But.", day + timedelta(days=5), day + timedelta(days=12))}
    with pytest.raises(ChallengeRefused, match="avant la fin de la précédente"):
        launch_challenge(by=bilal, challenge=draft(bilal, territory, phases=wrong))


def test_the_first_circle_opens_it_and_nobody_counts_twice(launched):
    assert launched.state == ChallengeState.GATHERING
    circle(launched, 1)
    circle(launched, 1)
    assert (launched.state, launched.supporters_count) == (ChallengeState.GATHERING, 2)
    circle(launched, 2)
    assert (launched.state, launched.supporters_count) == (ChallengeState.OPEN, 3)


def test_a_voice_given_in_an_open_challenge_is_on_its_thread(launched, territory):
    phase = launched.phases.get(kind="learn")
    speaker = speaker_for(territory=territory, guest_key="key-of-another-guest")
    with pytest.raises(ChallengeRefused, match="ne reçoit pas encore"):
        contribute_to_challenge(phase=phase, speaker=speaker, words="Onze vélos à cinq heures.", by=None)
    circle(launched, 2)
    phase.refresh_from_db()
    phase.challenge = launched
    given = contribute_to_challenge(phase=phase, speaker=speaker, words="Onze vélos à cinq heures.", by=None)
    links = Link.objects.standing().filter(source_id=given.contribution.pk, result_id=launched.pk)
    assert links.filter(result_type="challenges.challenge").exists()


def test_a_challenge_ends_in_projects_or_says_why_not(launched, territory, alice, bilal):
    circle(launched, 2)
    with pytest.raises(ChallengeRefused, match="Aucun projet n’est né"):
        conclude_challenge(by=bilal, challenge=launched, ending=Ending.PROJECTS)
    with pytest.raises(ChallengeRefused, match="pourquoi"):
        conclude_challenge(by=bilal, challenge=launched, ending=Ending.NO_PROJECT)
    PublicProjectFactory(territory=territory, challenge=launched)
    ended = conclude_challenge(by=bilal, challenge=launched, ending=Ending.PROJECTS)
    assert ended.state == ChallengeState.ENDED


def test_taking_up_another_need_moves_the_thread(launched, territory, bilal):
    first, second = PublicNeedFactory(territory=territory), PublicNeedFactory(territory=territory)
    words = {"title": launched.title, "summary": launched.summary, "theme": None, "phases": {}}
    for need in (first, second):
        reword_challenge(by=bilal, challenge=launched, need=need, **words)
    links = Link.objects.standing().filter(result_type="challenges.challenge", result_id=launched.pk)
    assert list(links.filter(kind="taken_up").values_list("source_id", flat=True)) == [second.pk]


def test_a_need_of_another_territory_is_refused(territory, bilal, other_territory):
    with pytest.raises(ChallengeRefused, match="pas publié dans ce territoire"):
        draft(bilal, territory, need=PublicNeedFactory(territory=other_territory))
