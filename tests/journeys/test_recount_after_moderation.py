"""What happens to needs when a voice is hidden, restored or erased."""

from essor.chain.listening.enums import VoiceState
from essor.chain.needs.enums import Stance
from essor.chain.needs.services import needs as services
from essor.ground.ledger.models import Link
from essor.journeys.recount_after_moderation import recount_after_moderation
from tests.factories.needs import HeardVoiceFactory


def test_each_need_of_a_hidden_voice_is_counted_again_and_others_are_left(territory, alice):
    voices = HeardVoiceFactory.create_batch(3, territory=territory)
    touched, spared = (
        services.draft_need(by=alice, territory=territory, statement=f"Pouvoir rentrer le soir {n}")
        for n in range(2)
    )
    services.set_evidence(by=alice, need=touched, voices=dict.fromkeys(voices[:2], Stance.SUPPORTS))
    services.set_evidence(by=alice, need=spared, voices={voices[2]: Stance.SUPPORTS})
    touched = services.publish_need(by=alice, need=touched)
    voices[0].state = VoiceState.HIDDEN
    voices[0].save()
    before = spared.counted_at
    assert recount_after_moderation(voices=[voices[0]], by=alice) == 1
    touched.refresh_from_db()
    spared.refresh_from_db()
    assert touched.voices_count == 1
    assert Link.objects.standing().count() == 1
    assert spared.counted_at == before


def test_a_voice_without_need_changes_nothing(territory):
    assert recount_after_moderation(voices=[HeardVoiceFactory(territory=territory).pk]) == 0
