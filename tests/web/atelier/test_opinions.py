"""The workshop of opinion votes: prepared, opened, looked after, typed from paper, exchanged."""

import io
import zipfile

import pytest
from django.urls import reverse

from essor.chain.needs.models import OpinionEvidence
from essor.chain.opinions.enums import ConversationState, StatementStatus
from essor.chain.opinions.models import Conversation, CurrentVote, OpinionImport, PaperBatch, Statement
from essor.chain.opinions.services.computing import draw_opinion_map
from essor.web.atelier.opinions.paper import BadSlip, read_slips
from tests.chain.opinions.test_maps import two_camps
from tests.factories.chain import PublicNeedFactory
from tests.factories.needs import VoiceGroupFactory
from tests.factories.opinions import (
    OpenConversationFactory,
    ParticipantFactory,
    StatementFactory,
    answer_many,
)

pytestmark = pytest.mark.django_db
RULES = {
    "title": "Se déplacer", "question": "Comment se déplacer demain ?", "proposers": "everybody",
    "moderation": "before", "shortest": "10", "longest": "140", "languages": ["fr", "en"],
    "allow_guests": "on", "least_votes": "7", "least_cell": "10", "map_shared_devices": "on",
}  # fmt: skip


@pytest.fixture
def conversation(territory):
    return OpenConversationFactory(territory=territory)


@pytest.fixture
def at_work(client_of, alice, territory):
    """Alice posts to, or opens, a page of the workshop."""
    browser = client_of(alice)

    def go(name, *args, **data):
        url = reverse(f"territory:{name}", args=[territory.slug, *args])
        return browser.post(url, data, follow=True) if data else browser.get(url)

    return go


def _pages(territory, conversation):
    slug = territory.slug
    yield from (
        reverse(f"territory:{name}", args=[slug])
        for name in ("atelier_conversations", "atelier_conversation_new")
    )
    for name in (
        "atelier_conversation_edit", "atelier_statements", "atelier_statements_seed", "atelier_opinion_evidence",
        "atelier_opinion_paper", "atelier_opinion_import", "atelier_opinion_export", "atelier_opinion_poster",
    ):  # fmt: skip
        yield reverse(f"territory:{name}", args=[slug, conversation.slug])


def test_the_workshop_is_for_those_who_facilitate(client_of, territory, conversation, alice, bilal, farid):
    for page in _pages(territory, conversation):
        assert client_of(None).get(page).status_code == 302, page
        assert client_of(bilal).get(page).status_code == 403, page
        assert client_of(farid).get(page).status_code == 403, page
        assert client_of(alice).get(page).status_code == 200, page


def test_a_vote_is_prepared_written_opened_closed_and_put_away(at_work):
    at_work("atelier_conversation_new", **RULES)
    made = Conversation.objects.get()
    assert made.state == ConversationState.DRAFT
    at_work("atelier_conversation_act", made.slug, act="open")
    made.refresh_from_db()
    assert made.state == ConversationState.DRAFT  # nothing to vote on yet
    lines = "\n".join(f"Il faut un bus le soir numéro {n}." for n in range(1, 9))
    assert "8 affirmations écrites" in at_work("atelier_statements", made.slug, texts=lines).content.decode()
    for act, state in (
        ("open", "open"),
        ("close", "closed"),
        ("archive", "archived"),
        ("restore", "closed"),
        ("reopen", "open"),
    ):
        at_work("atelier_conversation_act", made.slug, act=act)
        made.refresh_from_db()
        assert made.state == state


def test_a_line_too_long_is_named_and_nothing_is_lost(at_work, conversation):
    page = at_work(
        "atelier_statements", conversation.slug, texts="Il faut un bus le soir.\ntrop"
    ).content.decode()
    assert "Ligne 2" in page
    assert "Il faut un bus le soir." in page
    assert not Statement.objects.exists()


def test_statements_are_read_reworded_brought_together_and_parted(at_work, conversation):
    first, second, third = StatementFactory.create_batch(3, conversation=conversation)
    Statement.objects.filter(pk=third.pk).update(status=StatementStatus.PROPOSED, accepted_at=None)
    assert third.text in at_work("atelier_statements", conversation.slug).content.decode()
    at_work("atelier_statement_act", conversation.slug, third.number, act="accept")
    at_work("atelier_statement_act", conversation.slug, first.number, act="reject", reason="unclear")
    assert set(Statement.objects.values_list("pk", "status")) >= {
        (third.pk, "accepted"),
        (first.pk, "rejected"),
    }
    at_work("atelier_statement_act", conversation.slug, first.number, act="restore")
    at_work(
        "atelier_statement_reword",
        conversation.slug,
        second.number,
        text="Un bus jusqu’à minuit.",
        why="faute",
    )
    second.refresh_from_db()
    assert second.text == "Un bus jusqu’à minuit."
    at_work(
        "atelier_statement_reword",
        conversation.slug,
        second.number,
        language="en",
        translation="A bus until midnight.",
    )
    assert second.translations.get().text == "A bus until midnight."
    at_work(
        "atelier_statements_merge",
        conversation.slug,
        which=[second.number, third.number],
        kept=str(third.number),
    )
    second.refresh_from_db()
    assert second.merged_into == third
    at_work("atelier_statement_act", conversation.slug, second.number, act="separate")
    second.refresh_from_db()
    assert second.merged_into is None
    assert (
        "au moins deux"
        in at_work("atelier_statements_merge", conversation.slug, which=[second.number]).content.decode()
    )


def test_slips_are_typed_one_a_line_and_taken_back_together(at_work, conversation):
    StatementFactory(conversation=conversation, number=1)
    StatementFactory(conversation=conversation, number=2)
    said = {"slips": "1+ 2-\n12 : 1- 2 0", "note": "", "key": "k1"}
    at_work("atelier_opinion_paper", conversation.slug, **said)
    batch = PaperBatch.objects.get()
    assert (batch.slips, batch.votes, CurrentVote.objects.count()) == (2, 4, 4)
    wrong = at_work("atelier_opinion_paper", conversation.slug, **{**said, "slips": "1+\n1+ 9x", "key": "k2"})
    assert "Ligne 2" in wrong.content.decode()
    assert "1+ 9x" in wrong.content.decode()
    at_work("atelier_opinion_paper_undo", conversation.slug, batch.pk, act="undo")
    assert not CurrentVote.objects.exists()


@pytest.mark.parametrize("line", ["1+ 1-", "bonjour", "1", "1++", "+"])
def test_a_slip_that_cannot_be_read_names_its_line(line):
    with pytest.raises(BadSlip, match="Ligne 1"):
        read_slips([line])


def test_what_was_said_is_put_to_the_vote(at_work, conversation, territory):
    group = VoiceGroupFactory(synthesis__territory=territory, label="Un bus le soir")
    page = at_work("atelier_statements_seed", conversation.slug)
    assert "Un bus le soir" in page.content.decode()
    at_work(
        "atelier_statements_seed", conversation.slug,
        **{f"take_{group.pk}": "on", f"text_{group.pk}": "Il faut un bus le soir."},
    )  # fmt: skip
    assert Statement.objects.get().source == "group"


def test_what_brings_together_throws_light_on_a_need(at_work, conversation, territory):
    statements, _people = two_camps(conversation)
    draw_opinion_map(conversation_id=conversation.pk)
    need = PublicNeedFactory(territory=territory)
    page = at_work("atelier_opinion_evidence", conversation.slug).content.decode()
    assert "rassemble" in page
    agreed = statements[-1]
    at_work("atelier_opinion_evidence", conversation.slug, **{"need": need.pk, f"take_{agreed.pk}": "on"})
    assert OpinionEvidence.objects.get().need == need


def test_an_export_comes_back_and_adds_nothing(at_work, client_of, alice, territory, conversation):
    statements = StatementFactory.create_batch(2, conversation=conversation)
    answer_many(
        conversation, {ParticipantFactory(conversation=conversation): {each: 1 for each in statements}}
    )
    archive = at_work("atelier_opinion_export", conversation.slug).content
    assert "votes.csv" in " ".join(zipfile.ZipFile(io.BytesIO(archive)).namelist())
    door = reverse("territory:atelier_opinion_import", args=[territory.slug, conversation.slug])
    kept = io.BytesIO(archive)
    kept.name = "export.zip"
    client_of(alice).post(door, {"files": kept})
    assert OpinionImport.objects.count() == 1
    wrong = io.BytesIO(b"a,b\n1,2\n")
    wrong.name = "autre.csv"
    assert "export Polis" in client_of(alice).post(door, {"files": wrong}).content.decode()


def test_the_workbench_asks_a_bounded_number_of_queries(
    client_of, alice, territory, conversation, django_assert_max_num_queries
):
    StatementFactory.create_batch(60, conversation=conversation)
    url = reverse("territory:atelier_statements", args=[territory.slug, conversation.slug])
    browser = client_of(alice)
    with django_assert_max_num_queries(30):
        browser.get(url)
