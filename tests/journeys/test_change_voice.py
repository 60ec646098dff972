import pytest
from django.urls import reverse

from essor.chain.listening.services.refusals import Refused
from essor.journeys.change_voice import change_voice
from tests.web.needs.test_need_pages import published_need


def test_hiding_a_voice_from_the_queue_counts_its_need_again(client_of, moderator, alice, territory):
    need, heard = published_need(alice, territory)
    assert need.people_count == 3
    address = reverse("territory:atelier_moderation_voice", args=[territory.slug, heard[0].pk])
    client_of(moderator).post(address, {"act": "hide", "reason": "insult", "explanation": ""})
    heard[0].refresh_from_db()
    need.refresh_from_db()
    assert (heard[0].state, need.people_count) == ("hidden", 2)
    client_of(moderator).post(address, {"act": "restore", "reason": "", "explanation": ""})
    need.refresh_from_db()
    assert need.people_count == 3


def test_a_refused_change_counts_nothing(alice, territory):
    need, heard = published_need(alice, territory)

    def refuse() -> None:
        heard[0].state = "hidden"
        heard[0].save()
        raise Refused("non")

    with pytest.raises(Refused):
        change_voice(change=refuse, voice=heard[0], by=alice)
    heard[0].refresh_from_db()
    need.refresh_from_db()
    assert (heard[0].state, need.people_count) == ("published", 3)


def test_a_voice_is_hidden_once_so_that_its_author_is_told_once(client_of, moderator, alice, territory):
    _need, heard = published_need(alice, territory)
    address = reverse("territory:atelier_moderation_voice", args=[territory.slug, heard[0].pk])
    sent = {"act": "hide", "reason": "insult", "explanation": ""}
    client_of(moderator).post(address, sent)
    assert "déjà masquée" in client_of(moderator).post(address, sent).content.decode()
    assert heard[0].decisions.count() == 1
