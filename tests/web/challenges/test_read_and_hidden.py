"""What moderators hid stays hidden, what is to be read is read, and a circle is made of several people."""

import pytest

from essor.chain.challenges.enums import ChallengeState, Ending
from essor.chain.challenges.models import ChallengeGathering, ChallengePhase, Supporter
from essor.chain.challenges.services.challenges import (
    PhaseWords,
    draft_challenge,
    end_challenge,
    hide_challenge,
    reopen_challenge,
    restore_challenge,
    support_challenge,
)
from essor.chain.challenges.services.refusals import ChallengeRefused
from essor.chain.challenges.services.rules import set_rules
from essor.chain.listening.services.voices import speaker_for
from essor.common import clock
from essor.ground.gatherings.models import Gathering
from essor.ground.ledger.models import Link
from essor.journeys.lead_challenges import launch_challenge, reword_challenge
from tests.chain.challenges.test_challenges import phases
from tests.factories.chain import PublicNeedFactory

NEW = {"title": "Rentrer la nuit", "summary": "Autre chose.", "need": None, "theme": None}


@pytest.fixture
def rules(territory, alice):
    return set_rules(by=alice, territory=territory, circle_size=3, read_before=True)


@pytest.fixture
def drafted(rules, territory, bilal):
    words = {"title": "Rentrer le soir", "summary": "Un car.", "phases": phases()}
    return draft_challenge(
        by=bilal, territory=territory, need=PublicNeedFactory(territory=territory), **words
    )


@pytest.fixture
def launched(drafted, alice):
    return launch_challenge(by=alice, challenge=drafted, read_first=False)


def address(challenge, door=""):
    return f"/t/val-de-lume/defis/{challenge.slug}/{door}"


def circle(challenge, number):
    for rank in range(number):
        speaker = speaker_for(territory=challenge.territory, guest_key=f"key-{rank}-of-a-guest")
        support_challenge(challenge=challenge, speaker=speaker)
    challenge.refresh_from_db()
    return challenge


def state_of(challenge):
    challenge.refresh_from_db()
    return challenge.state


def form_of(challenge, **words):
    sent = {"title": challenge.title, "summary": challenge.summary, "need": challenge.need_id or ""}
    for phase in challenge.phases.all():
        sent[f"{phase.kind}_aim"] = phase.aim
        for side in ("starts_on", "ends_on"):
            sent[f"{phase.kind}_{side}"] = getattr(phase, side).isoformat()
    return {**sent, **words}


def test_its_author_shows_a_hidden_challenge_again_by_no_door(launched, bilal, alice, client_of, client):
    hide_challenge(by=alice, challenge=circle(launched, 2), why="Des propos blessants.")
    for door, sent in (
        ("lancer/", {"read": "1"}),
        ("conclure/", {"ending": Ending.NO_PROJECT, "why": "x"}),
        ("rouvrir/", {}),
        ("retirer/", {}),
        ("soutenir/", {}),
        ("modifier/", form_of(launched, title="Un autre titre")),
    ):
        client_of(bilal).post(address(launched, door), sent)
        assert state_of(launched) == ChallengeState.HIDDEN, door
    assert client.get(address(launched)).status_code == 404
    for move in (restore_challenge, lambda **of: end_challenge(**of, ending=Ending.NO_PROJECT, why="x")):
        with pytest.raises(ChallengeRefused, match="elle seule peut le rétablir"):
            move(by=bilal, challenge=launched)


@pytest.mark.parametrize("is_open", [True, False])
def test_a_moderator_restores_it_where_it_stood(is_open, launched, alice, moderator):
    circle(launched, 2 if is_open else 1)
    before = launched.state
    hide_challenge(by=alice, challenge=launched, why="Des propos blessants.")
    assert restore_challenge(by=moderator, challenge=launched).state == before


def test_one_that_waited_to_be_read_waits_again_once_restored(drafted, bilal, alice, moderator):
    launch_challenge(by=bilal, challenge=drafted)
    hide_challenge(by=alice, challenge=drafted, why="Des propos blessants.")
    restored = restore_challenge(by=moderator, challenge=drafted)
    assert (restored.state, restored.published_at) == (ChallengeState.WAITING, None)


def test_nobody_who_does_not_moderate_publishes_unread(drafted, bilal, client_of, client):
    for sent in ({"read": "1"}, {}, {"read": "1"}):
        client_of(bilal).post(address(drafted, "lancer/"), sent)
        assert state_of(drafted) == ChallengeState.WAITING
    client_of(bilal).post(address(drafted, "conclure/"), {"ending": Ending.NO_PROJECT, "why": "x"})
    assert state_of(drafted) == ChallengeState.WAITING
    with pytest.raises(ChallengeRefused, match="attend d’être relu"):
        launch_challenge(by=bilal, challenge=drafted, read_first=False)
    assert client.get(address(drafted)).status_code == 404


def test_a_moderator_publishes_what_they_read(drafted, bilal, moderator, chloe, client_of):
    launch_challenge(by=bilal, challenge=drafted)
    assert client_of(chloe).post(address(drafted, "lancer/"), {"read": "1"}).status_code == 404
    assert "le publier<" in client_of(moderator).get(address(drafted)).content.decode()
    client_of(moderator).post(address(drafted, "lancer/"), {"read": "1"})
    assert state_of(drafted) == ChallengeState.GATHERING
    assert Supporter.objects.get(challenge=drafted).speaker.person == bilal


def test_new_words_of_a_public_challenge_wait_and_its_circle_is_kept(
    launched, bilal, client_of, client, alice
):
    circle(launched, 2)
    client_of(bilal).post(address(launched, "modifier/"), form_of(launched, summary="Tout autre chose."))
    assert state_of(launched) == ChallengeState.WAITING
    assert client.get(address(launched)).status_code == 404
    links = Link.objects.standing().filter(result_type="challenges.challenge", result_id=launched.pk)
    assert not links.exists()
    client_of(alice).post(address(launched, "lancer/"), {"read": "1"})
    assert state_of(launched) == ChallengeState.OPEN
    assert launched.supporters_count == 3
    assert links.exists()


def test_a_new_day_is_not_read_and_a_moderator_has_read_their_own_words(launched, bilal, alice):
    kept = {"title": launched.title, "summary": launched.summary, "need": launched.need, "theme": None}
    later = phases(first=2)
    assert reword_challenge(by=bilal, challenge=launched, phases=later, **kept).state == "gathering"
    aims = {kind: PhaseWords("Un autre but.", each.starts_on, each.ends_on) for kind, each in later.items()}
    assert reword_challenge(by=alice, challenge=launched, phases=aims, **kept).state == "gathering"
    assert reword_challenge(by=bilal, challenge=launched, phases=later, **kept).state == "waiting"


def test_without_the_rule_new_words_are_shown_at_once(launched, bilal, alice, territory):
    set_rules(by=alice, territory=territory, circle_size=3, read_before=False)
    assert reword_challenge(by=bilal, challenge=launched, phases={}, **NEW).state == "gathering"


def test_one_that_ended_without_its_circle_looks_for_it_again(launched, alice, bilal):
    end_challenge(by=bilal, challenge=launched, ending=Ending.NO_CIRCLE, why="Trop peu.")
    reopened = reopen_challenge(by=alice, challenge=launched)
    assert (reopened.state, reopened.opened_at) == (ChallengeState.GATHERING, None)
    circle(launched, 2)
    end_challenge(by=bilal, challenge=launched, ending=Ending.NO_PROJECT, why="Rien.")
    assert reopen_challenge(by=alice, challenge=launched).state == ChallengeState.OPEN


def test_one_visitor_does_not_fill_a_circle(launched, client_of, bilal, alice, chloe):
    launched.circle_size = 10
    launched.save()
    for _rank in range(4):
        client_of(None).post(address(launched, "soutenir/"))
    assert Supporter.objects.filter(challenge=launched).count() == 1 + 2
    client_of(chloe).post(address(launched, "soutenir/"))
    assert Supporter.objects.filter(challenge=launched).count() == 4
    assert "dont 2 sans compte" in client_of(alice).get(address(launched)).content.decode()
    for somebody in (None, bilal):
        assert "sans compte (lu" not in client_of(somebody).get(address(launched)).content.decode()


def test_one_of_the_circle_who_posts_again_is_not_turned_away(launched, client_of):
    visitor = client_of(None)
    for _rank in range(4):
        answer = visitor.post(address(launched, "soutenir/"), follow=True)
    assert "depuis cette connexion" not in answer.content.decode()
    client_of(None).post(address(launched, "soutenir/"))
    assert Supporter.objects.filter(challenge=launched).count() == 3


def meeting(title="Une soirée"):
    day = clock.today().replace(year=clock.today().year + 1).isoformat()
    return {"title": title, "day": day, "starts": "18:00", "ends": "20:00", "place_name": "Salle des fêtes"}


def test_a_draft_announces_no_gathering(drafted, bilal, client_of):
    phase = ChallengePhase.objects.filter(challenge=drafted).first()
    answer = client_of(bilal).post(address(drafted, f"phases/{phase.pk}/rencontre/"), meeting())
    assert "une fois ouvert" in answer.content.decode()
    assert not Gathering.objects.exists()


def test_its_launcher_proposes_and_a_facilitator_announces(launched, bilal, alice, client_of, client):
    circle(launched, 2)
    door = address(launched, f"phases/{launched.phases.first().pk}/rencontre/")
    said = client_of(bilal).post(door, meeting(), follow=True).content.decode()
    assert "la facilitation la lira" in said
    assert "pas encore annoncée" in said
    assert Gathering.objects.get().state == "draft"
    assert "Une soirée" not in client.get(address(launched)).content.decode()
    client_of(alice).post(door, meeting("Une matinée"))
    assert Gathering.objects.get(title="Une matinée").state == "announced"
    for rank in range(6):
        client_of(bilal).post(door, meeting(f"Encore {rank}"))
    assert ChallengeGathering.objects.filter(phase__challenge=launched).count() == 2 + 4
