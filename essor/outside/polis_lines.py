"""One line of each file of a Polis export becomes a record, or an issue that names its column."""

from __future__ import annotations

from collections.abc import Mapping

from essor.outside.issues import IssueLog, RowIssue
from essor.outside.polis_records import (
    COMMENT_COLUMNS,
    EVENT_COLUMNS,
    MISSING,
    PolisComment,
    PolisParticipant,
    PolisVote,
)
from essor.outside.words import gettext as _

_VOTES = {"1": 1, "0": 0, "-1": -1, "+1": 1, "1.0": 1, "0.0": 0, "-1.0": -1, "-0.0": 0}
NOBODY = ("", "nan", "NaN", "NA", "null")


def vote_of(text: str) -> int | None:
    """The vote written in a cell; None when it is none.

    >>> vote_of(" -1 "), vote_of("inf")
    (-1, None)
    """
    return _VOTES.get(text.strip())


def not_a_vote(line: int, column: str, text: str, *, skipped: bool) -> RowIssue:
    reason = _("« %(text)s » n’est pas un vote.") % {"text": text.strip()[:40]}
    return RowIssue(line, column, reason, _("Écrivez 1 (d’accord), 0 (passe) ou -1 (pas d’accord)."), skipped)


def event_of(
    line: int, record: Mapping[str, str], columns: tuple[str, ...], issues: IssueLog
) -> PolisVote | None:
    """A line of the log."""
    for column in ("comment-id", "voter-id"):
        if not record[column].strip():
            issues.add(_empty(line, column))
            return None
    vote = vote_of(record["vote"])
    if vote is None:
        issues.add(not_a_vote(line, "vote", record["vote"], skipped=True))
        return None
    return PolisVote(
        timestamp=_whole(line, record, "timestamp", issues),
        datetime=record.get("datetime", ""),
        statement=record["comment-id"].strip(),
        participant=record["voter-id"].strip(),
        vote=vote,
        more=_more(record, columns, EVENT_COLUMNS),
    )


def comment_of(
    line: int, record: Mapping[str, str], columns: tuple[str, ...], issues: IssueLog
) -> PolisComment | None:
    """A statement."""
    if not record["comment-id"].strip():
        issues.add(_empty(line, "comment-id"))
        return None
    return PolisComment(
        timestamp=_whole(line, record, "timestamp", issues),
        datetime=record.get("datetime", ""),
        id=record["comment-id"].strip(),
        author=record.get("author-id", ""),
        agrees=_whole(line, record, "agrees", issues),
        disagrees=_whole(line, record, "disagrees", issues),
        moderated=_whole(line, record, "moderated", issues),
        body=record.get("comment-body", ""),
        more=_more(record, columns, COMMENT_COLUMNS),
    )


def participant_of(
    line: int, record: Mapping[str, str], statements: tuple[str, ...], issues: IssueLog
) -> PolisParticipant | None:
    """A line of the matrix; a cell that is no vote is told and read as empty."""
    if not record["participant"].strip():
        issues.add(_empty(line, "participant"))
        return None
    cells = bytearray()
    for column in statements:
        text = record[column]
        vote = vote_of(text) if text else None
        if vote is None and text.strip() not in NOBODY:
            issues.add(not_a_vote(line, column, text, skipped=False))
        cells.append(MISSING if vote is None else vote + 1)
    return PolisParticipant(
        id=record["participant"].strip(),
        group=record.get("group-id", "").strip(),
        comments=_whole(line, record, "n-comments", issues),
        votes=_whole(line, record, "n-votes", issues),
        agrees=_whole(line, record, "n-agree", issues),
        disagrees=_whole(line, record, "n-disagree", issues),
        cells=bytes(cells),
    )


def _empty(line: int, column: str) -> RowIssue:
    return RowIssue(
        line, column, _("Cette case est vide."), _("Écrivez un identifiant, ou retirez la ligne.")
    )


def _whole(line: int, record: Mapping[str, str], column: str, issues: IssueLog) -> int | None:
    text = record.get(column, "").strip()
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        reason = _("« %(text)s » n’est pas un nombre entier.") % {"text": text[:40]}
        mend = _("Corrigez cette case ; elle est lue comme vide.")
        issues.add(RowIssue(line, column, reason, mend, skipped=False))
        return None


def _more(record: Mapping[str, str], columns: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of columns that Polis did not have when this was written, in their order."""
    return tuple(record[column] for column in columns if column not in known)
