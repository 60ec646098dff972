"""A conversation as an export of Polis: the log, the matrix, the statements and the summary."""

import io
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from django.db import models

from essor.chain.opinions.enums import Choice, StatementStatus
from essor.chain.opinions.models import Conversation, Participant, Statement, Vote
from essor.chain.opinions.selectors.conversations import figures_of
from essor.chain.opinions.selectors.maps import latest_map, points_of_map
from essor.chain.opinions.services.merging import root_of
from essor.outside.polis_records import PolisComment, PolisSet, PolisVote
from essor.outside.polis_writing import polis_set, write_polis


def polis_set_of(conversation: Conversation, *, url: str = "") -> PolisSet:
    """Votes that count, under numbers that lead to nobody; those that came from Polis keep their numbers.

    A vote on a statement merged into another is told as a vote on that one, as it counts.
    """
    statements = list(
        Statement.objects.filter(conversation=conversation)
        .select_related("merged_into__merged_into", "proposed_by")
        .order_by("number")
    )
    said = _names([(each.pk, each.source_key) for each in statements], first=0)
    people = _names(list(_people(conversation).values_list("pk", "source_key")), first=0)
    roots = {each.pk: root_of(statement=each).pk for each in statements}
    events: list[PolisVote] = []
    counts: dict[int, list[int]] = {each.pk: [0, 0] for each in statements}
    rows = Vote.objects.filter(conversation=conversation, participant__withdrawn_at=None).order_by("id")
    for who, what, choice, at in rows.values_list(
        "participant_id", "statement_id", "choice", "cast_at"
    ).iterator():
        root = roots[what]
        events.append(PolisVote(_time(at), _told(at), said[root], people[who], choice))
        if choice:
            counts[root][choice == Choice.DISAGREE] += 1
    return polis_set(
        events=events,
        comments=[_comment(each, said, people, counts[each.pk]) for each in statements],
        summary=_summary(conversation, url),
        groups=_groups(conversation, people),
    )


def write_export(conversation: Conversation, folder: Path, *, url: str = "") -> tuple[Path, ...]:
    """Write the CSV files of the export into a folder."""
    return write_polis(polis_set_of(conversation, url=url), folder)


def zipped_export(conversation: Conversation, *, url: str = "") -> bytes:
    """The export as one archive."""
    archive = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="essor-polis-") as place:
        written = write_export(conversation, Path(place), url=url)
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
            for path in written:
                target.write(path, path.name)
    return archive.getvalue()


def _people(conversation: Conversation) -> "models.QuerySet[Participant]":
    return Participant.objects.counted().filter(conversation=conversation).order_by("pk")


def _names(rows: list[tuple[int, str | None]], first: int) -> dict[int, str]:
    """Each key with the name it had elsewhere, or else the next number that nobody has."""
    taken = {name for _pk, name in rows if name}
    number = first
    found: dict[int, str] = {}
    for pk, name in rows:
        if name:
            found[pk] = name
            continue
        while str(number) in taken:
            number += 1
        found[pk] = str(number)
        number += 1
    return found


def _comment(
    each: Statement, said: dict[int, str], people: dict[int, str], counts: list[int]
) -> PolisComment:
    moderated = 1 if each.decided_at or each.status == StatementStatus.ACCEPTED else 0
    if each.status in (StatementStatus.REJECTED, StatementStatus.MERGED):
        moderated = -1
    elif each.decided_at is None and (each.proposed_by_id or each.source_key):
        moderated = 0
    return PolisComment(
        timestamp=_time(each.created_at),
        datetime=_told(each.created_at),
        id=said[each.pk],
        author=people.get(each.proposed_by_id or 0, ""),
        agrees=counts[0],
        disagrees=counts[1],
        moderated=moderated,
        body=each.text,
    )


def _summary(conversation: Conversation, url: str) -> list[tuple[str, str]]:
    figures, said = figures_of(conversation), Statement.objects.filter(conversation=conversation)
    drawn = latest_map(conversation)
    return [
        ("topic", conversation.title),
        ("url", url),
        ("voters", str(figures.voters)),
        ("voters-in-conv", str(drawn.grouped_count if drawn else 0)),
        ("commenters", str(said.exclude(proposed_by=None).values("proposed_by").distinct().count())),
        ("comments", str(said.count())),
        ("groups", str(drawn.groups_count if drawn else 0)),
        ("conversation-description", conversation.question),
    ]


def _groups(conversation: Conversation, people: dict[int, str]) -> dict[str, int | None]:
    """Everybody who votes, with the group of the last map."""
    found: dict[str, int | None] = dict.fromkeys(people.values())
    drawn = latest_map(conversation)
    if drawn is not None:
        points = points_of_map(drawn)
        for pk, group in zip(points["participant"], points["group"], strict=True):
            if pk in people:
                found[people[pk]] = group
    return found


def _time(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000


def _told(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%a %b %d %Y %H:%M:%S GMT+0000 (UTC)")
