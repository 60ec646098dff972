"""A set of Polis comes in exactly, once, and goes out again as it came."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile

from essor.chain.opinions.enums import ImportState, StatementStatus
from essor.chain.opinions.models import CurrentVote, OpinionImport, Participant, Statement, Vote
from essor.chain.opinions.selectors.maps import latest_map
from essor.chain.opinions.selectors.statements import statements_to_review
from essor.chain.opinions.services import imports
from essor.chain.opinions.services.computing import draw_opinion_map
from essor.chain.opinions.services.merging import merge_statements
from essor.chain.opinions.services.participants import join_conversation
from essor.chain.opinions.services.refusals import IllegalMove, NotTaking
from essor.chain.opinions.services.votes import cast_vote
from essor.journeys import import_polis as journey
from essor.journeys.export_polis import polis_set_of, write_export, zipped_export
from essor.journeys.import_polis import receive_polis, run
from essor.outside.issues import NotATable
from essor.outside.polis import read_polis
from essor.outside.polis_records import PolisComment, PolisVote
from essor.outside.polis_writing import polis_set, write_polis
from tests.factories.opinions import OpenConversationFactory

START = 1_435_654_192_085


def invented_set():
    """Twelve people, five statements: votes that change, one rejected statement, one without any vote."""
    events = [
        PolisVote(START + 1000 * (7 * who + what), "", str(what), str(who), (1, -1, 0)[(who + what * 2) % 3])
        for who in range(12)
        for what in range(4)
        if (who * 5 + what) % 4
    ]
    events += [PolisVote(START + 900_000 + who, "", "1", str(who), -1) for who in range(3)]
    comments = [
        PolisComment(
            START + what, "", str(what), str(what), 0, 0, (1, 0, -1, 1, 1)[what], f"Affirmation « {what} »"
        )
        for what in range(5)
    ]
    return polis_set(events=events, comments=comments, summary=[("topic", "Se déplacer")])


@pytest.fixture
def folder(tmp_path):
    write_polis(invented_set(), tmp_path / "polis")
    return tmp_path / "polis"


@pytest.fixture
def conversation(territory):
    return OpenConversationFactory(territory=territory)


def _bring(
    alice, conversation, folder, names=("votes.csv", "comments.csv", "participants-votes.csv", "summary.csv")
):
    files = [(f"2026-01-01-{name}", io.BytesIO((folder / name).read_bytes())) for name in names]
    return receive_polis(by=alice, conversation=conversation, files=files)


def _table(conversation):
    rows = CurrentVote.objects.filter(conversation=conversation)
    return {
        (who, what): choice
        for who, what, choice in rows.values_list(
            "participant__source_key", "statement__source_key", "choice"
        )
    }


def test_the_matrix_is_rebuilt_exactly_from_the_log(conversation, folder, alice):
    kept = _bring(alice, conversation, folder)
    kept.refresh_from_db()
    found = read_polis(folder)
    assert (kept.state, kept.statements, kept.votes) == (ImportState.DONE, 5, len(found.events))
    assert _table(conversation) == found.table()
    assert not kept.file
    rejected = Statement.objects.get(conversation=conversation, source_key="2")
    assert (rejected.status, rejected.reason) == (StatementStatus.REJECTED, "elsewhere")
    assert [each.source_key for each in statements_to_review(conversation.territory)] == ["1"]
    first = Vote.objects.order_by("cast_at").first()
    assert first.cast_at == datetime.fromtimestamp(min(each.timestamp for each in found.events) / 1000, UTC)


def test_without_the_log_the_matrix_is_enough(conversation, folder, alice):
    _bring(alice, conversation, folder, names=("participants-votes.csv", "comments.csv"))
    assert _table(conversation) == read_polis(folder).table()


def test_brought_twice_nothing_is_written_twice(conversation, folder, alice):
    _bring(alice, conversation, folder)
    votes, people = Vote.objects.count(), Participant.objects.count()
    again = _bring(alice, conversation, folder)
    again.refresh_from_db()
    assert (again.votes, again.votes_known) == (0, votes)
    assert (Vote.objects.count(), Participant.objects.count()) == (votes, people)
    run(again.pk)
    assert OpinionImport.objects.count() == 2


def test_stopped_in_the_middle_it_ends_with_the_same_votes(conversation, folder, alice, monkeypatch):
    def stops(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(imports, "CHUNK", 7)
    monkeypatch.setattr(journey.jobs, "enqueue", lambda *_a, **_k: None)
    kept = _bring(alice, conversation, folder)
    with monkeypatch.context() as broken:
        broken.setattr(imports, "_count_again", stops)
        with pytest.raises(KeyboardInterrupt):
            run(kept.pk)
    run(kept.pk)
    found = read_polis(folder)
    assert _table(conversation) == found.table()
    assert Vote.objects.count() == len(found.events)


def test_it_goes_out_as_it_came_in(conversation, folder, alice, tmp_path):
    _bring(alice, conversation, folder)
    write_export(conversation, tmp_path / "out")
    came, went = read_polis(folder), read_polis(tmp_path / "out")
    assert went.issues == ()
    assert went.table() == came.table()
    assert [(e.timestamp, e.participant, e.statement, e.vote) for e in went.events] == [
        (e.timestamp, e.participant, e.statement, e.vote)
        for e in sorted(came.events, key=lambda e: e.timestamp)
    ]
    assert went.bodies == came.bodies
    assert went.moderated_out == came.moderated_out
    assert [each.moderated for each in went.comments] == [each.moderated for each in came.comments]


def test_the_export_names_nobody_and_counts_merged_statements_where_they_count(
    conversation, alice, bilal, folder
):
    _bring(alice, conversation, folder)
    mine = join_conversation(conversation=conversation, person=bilal).participant
    kept, double = Statement.objects.filter(source_key__in=("0", "3")).order_by("source_key")
    cast_vote(participant=mine, statement=double, choice=-1)
    merge_statements(by=alice, kept=kept, duplicates=[double])
    draw_opinion_map(conversation_id=conversation.pk)
    found = polis_set_of(conversation)
    assert found.table()["12", "0"] == -1
    assert "3" in found.moderated_out
    assert not any(statement == "3" for _who, statement in found.table())
    with zipfile.ZipFile(io.BytesIO(zipped_export(conversation, url="https://example.org/"))) as archive:
        assert sorted(archive.namelist()) == [
            "comments.csv",
            "participants-votes.csv",
            "summary.csv",
            "votes.csv",
        ]
        told = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Bilal" not in told
    assert bilal.email not in told


def test_an_import_can_be_undone_and_brought_again(conversation, folder, alice):
    kept = _bring(alice, conversation, folder)
    assert imports.undo_import(by=alice, kept=kept) == len(read_polis(folder).table())
    assert not CurrentVote.objects.exists()
    with pytest.raises(IllegalMove, match="déjà annulé"):
        imports.undo_import(by=alice, kept=kept)
    _bring(alice, conversation, folder)
    assert _table(conversation) == read_polis(folder).table()


def test_the_map_is_drawn_of_what_came(conversation, folder, alice):
    _bring(alice, conversation, folder)
    drawn = draw_opinion_map(conversation_id=conversation.pk)
    assert drawn == latest_map(conversation)
    assert drawn.votes_count == len(read_polis(folder).table())


def test_what_is_no_export_says_what_to_do(conversation, alice, tmp_path):
    with pytest.raises(NotATable, match=r"votes\.csv"):
        receive_polis(by=alice, conversation=conversation, files=[("chats.csv", io.BytesIO(b"a,b\n1,2\n"))])
    with pytest.raises(NotATable, match="fichier"):
        receive_polis(by=alice, conversation=conversation, files=[])
    conversation.state = "archived"
    with pytest.raises(NotTaking, match="archivé"):
        imports.prepare_import(
            by=alice, conversation=conversation, file=ContentFile(b"x", "x.zip"), filename="x.zip"
        )


def test_contradictory_signs_fail_in_words_and_keep_the_file(conversation, alice, folder):
    lines = (folder / "votes.csv").read_text().splitlines()
    turned = [lines[0], *(_turned(line) if at % 2 else line for at, line in enumerate(lines[1:]))]
    files = [
        ("votes.csv", io.BytesIO("\n".join(turned).encode())),
        ("participants-votes.csv", io.BytesIO((folder / "participants-votes.csv").read_bytes())),
    ]
    kept = receive_polis(by=alice, conversation=conversation, files=files)
    kept.refresh_from_db()
    assert kept.state == ImportState.FAILED
    assert "contredit" in kept.failure
    assert Vote.objects.count() == 0


def _turned(line):
    head, _comma, vote = line.rpartition(",")
    return f"{head},{-int(vote)}"
