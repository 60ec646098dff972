"""A need shows what an opinion vote said of it, with the figures of that day and the map that was read."""

import pytest
from django.urls import reverse

from essor.chain.opinions.services.computing import draw_opinion_map
from essor.journeys.give_opinions_as_evidence import give_opinions_as_evidence
from tests.chain.opinions.test_maps import two_camps
from tests.factories.chain import PublicNeedFactory
from tests.factories.opinions import OpenConversationFactory

pytestmark = pytest.mark.django_db


def test_what_brings_together_is_read_on_the_page_of_the_need(client, territory, alice):
    conversation = OpenConversationFactory(territory=territory)
    statements, _people = two_camps(conversation)
    drawn = draw_opinion_map(conversation_id=conversation.pk)
    need = PublicNeedFactory(territory=territory)
    page = reverse("territory:need", args=[territory.slug, need.slug])
    assert "vote d’opinion en dit" not in client.get(page).content.decode()
    give_opinions_as_evidence(by=alice, need=need, readings={statements[-1]: "agreed"}, drawn=drawn)
    told = client.get(page).content.decode()
    assert statements[-1].text in told
    assert drawn.get_absolute_url() in told
    assert statements[-1].get_absolute_url() in told
