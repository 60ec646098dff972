"""What the files of one export say of each other: the sign of “agree”, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable

from essor.outside.issues import RowIssue
from essor.outside.polis_records import (
    COMMENTS,
    PARTICIPANTS,
    VOTES,
    ContradictorySign,
    PolisComment,
    PolisParticipant,
    PolisSet,
    PolisVote,
    in_order,
    rebuilt_rows,
)
from essor.outside.words import gettext as _

SURE = 0.9  # of the votes that can be compared must say the same
LISTED = 50


def sign_of_matrix(
    participants: tuple[PolisParticipant, ...] | None,
    comments: Iterable[PolisComment],
    statements: tuple[str, ...],
) -> int:
    """The value that means “agree” in the matrix, from the counts of each line, else from the comments."""
    if not participants:
        return 1
    same = other = 0
    for each in participants:
        if each.agrees is None or each.disagrees is None or each.agrees == each.disagrees:
            continue
        ones, minus = each.cells.count(2), each.cells.count(0)
        same += (ones, minus) == (each.agrees, each.disagrees)
        other += (minus, ones) == (each.agrees, each.disagrees)
    if same + other:
        return _decided(same, other, PARTICIPANTS)
    counts = {name: [0, 0] for name in statements}
    for each in participants:
        for column, vote in each.cast():
            if vote:
                counts[statements[column]][vote < 0] += 1
    return _from_comments(
        {name: (agree, not_) for name, (agree, not_) in counts.items()}, comments, PARTICIPANTS
    )


def sign_of_log(
    events: tuple[PolisVote, ...] | None,
    participants: tuple[PolisParticipant, ...] | None,
    statements: tuple[str, ...],
    comments: Iterable[PolisComment],
    matrix_agree: int,
) -> int:
    """The value that means “agree” in the log: by the matrix where there is one, else by the comments."""
    if not events:
        return 1
    last = {(each.participant, each.statement): each.vote for each in in_order(events)}
    if participants:
        same = other = 0
        for each in participants:
            for column, vote in each.cast():
                logged = last.get((each.id, statements[column]), 0) * matrix_agree
                same += bool(vote) and logged == vote
                other += bool(vote) and logged == -vote
        if same + other:
            return _decided(same, other, VOTES)
    counts: dict[str, tuple[int, int]] = {}
    for (_who, what), vote in last.items():
        agree, not_ = counts.get(what, (0, 0))
        counts[what] = (agree + (vote == 1), not_ + (vote == -1))
    return _from_comments(counts, comments, VOTES)


def _from_comments(counts: dict[str, tuple[int, int]], comments: Iterable[PolisComment], file: str) -> int:
    """By the counts of comments.csv, as near as they may be; 1, the rule of Polis, when they tell nothing."""
    same = other = 0
    for each in comments:
        found = counts.get(each.id)
        if found is None or each.agrees is None or each.disagrees is None or each.agrees == each.disagrees:
            continue
        if found[0] != found[1]:
            alike = (found[0] > found[1]) == (each.agrees > each.disagrees)
            same, other = same + alike, other + (not alike)
    return _decided(same, other, file) if same + other else 1


def _decided(same: int, other: int, file: str) -> int:
    if same >= SURE * (same + other):
        return 1
    if other >= SURE * (same + other):
        return -1
    raise ContradictorySign(
        _(
            "Le signe des votes se contredit dans %(file)s : %(same)d disent que 1 est « d’accord », "
            "%(other)d disent le contraire."
        )
        % {"file": file, "same": same, "other": other},
        _("Refaites l’export d’un seul tenant, ou ne gardez que le fichier dont vous êtes sûr."),
        file=file,
        same=same,
        other=other,
    )


def checked(found: PolisSet) -> list[tuple[str, RowIssue]]:
    """Where the matrix is not what the log makes, and where the log has the other sign."""
    told: list[tuple[str, RowIssue]] = []
    for file, sign in ((VOTES, found.log_agree), (PARTICIPANTS, found.matrix_agree)):
        if sign == -1:
            reason = _("Dans ce fichier, -1 veut dire « d’accord » ; les votes ont été retournés.")
            told.append((file, RowIssue(1, "", reason, _("Rien à faire."), skipped=False)))
    if found.events is None or found.participants is None:
        return told
    rebuilt = {each.id: each for each in rebuilt_rows(found.log(), found.statements)}
    for line, each in enumerate(found.participants, start=2):
        made = rebuilt.get(each.id)
        logged = made.cells if made else bytes([3]) * len(each.cells)
        written = (
            each.cells if found.matrix_agree == 1 else each.cells.translate(bytes([2, 1, 0, *range(3, 256)]))
        )
        if logged != written and len(told) < LISTED:
            at = next(i for i, (one, other) in enumerate(zip(logged, written, strict=True)) if one != other)
            reason = _("La ligne du participant « %(name)s » n’est pas ce que disent ses votes.") % {
                "name": each.id
            }
            mend = _("Le journal des votes fait foi ; refaites l’export pour avoir les deux du même moment.")
            told.append((PARTICIPANTS, RowIssue(line, found.statements[at], reason, mend, skipped=False)))
    known = {each.id for each in found.comments}
    if known:
        for name in sorted(set(found.statements) - known)[:LISTED]:
            reason = _("L’énoncé « %(name)s » a des votes, mais pas de texte.") % {"name": name}
            told.append((COMMENTS, RowIssue(1, "comment-id", reason, _("Ajoutez sa ligne."), skipped=False)))
    return told
