"""Reading statements: their results, what waits for review, earlier wordings, kindred ones."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from essor.chain.opinions.enums import StatementStatus
from essor.chain.opinions.models import (
    Conversation,
    CurrentVote,
    Statement,
    StatementTranslation,
    StatementVersion,
)
from essor.common.full_text import matching
from essor.common.text import search_words
from essor.ground.territories.models import Territory

SORTS = ("agreed", "disagreed", "divided", "passed", "seen", "recent", "number")
KINDRED = 5
FEW = 5  # people who answered a statement, below which its figures are shown to nobody outside the team


@dataclass(frozen=True)
class StatementResult:
    """How a statement stands. Shares are of those who answered it, passes included; 0 when nobody did."""

    statement: Statement
    agrees: int = 0
    disagrees: int = 0
    passes: int = 0

    @property
    def seen(self) -> int:
        return self.agrees + self.disagrees + self.passes

    @property
    def is_shown(self) -> bool:
        """Whether enough people answered: fewer, and watching it would tell who answered what."""
        return self.seen >= FEW

    @property
    def agree_share(self) -> float:
        return self.agrees / self.seen if self.seen else 0.0

    @property
    def disagree_share(self) -> float:
        return self.disagrees / self.seen if self.seen else 0.0

    @property
    def pass_share(self) -> float:
        return self.passes / self.seen if self.seen else 0.0

    @property
    def division(self) -> float:
        """1 when as many agree as disagree and nobody passes, 0 when one side is empty."""
        return 2 * min(self.agrees, self.disagrees) / self.seen if self.seen else 0.0


def results_of(
    conversation: Conversation, *, sort: str = "agreed", words: str = "", language: str = ""
) -> list[StatementResult]:
    """The statements put to the vote with their figures, as sorted: one query, two with a translation."""
    rows = Statement.objects.to_vote().filter(conversation=conversation).select_related("tally")
    found = [result_of(each) for each in matching(rows, words)]
    in_language([each.statement for each in found], language)
    return sorted(found, key=lambda each: (*_rank(each, sort), each.statement.number))


def _rank(each: "StatementResult", sort: str) -> tuple[float, float]:
    first = {
        "agreed": each.agree_share,
        "disagreed": each.disagree_share,
        "divided": each.division,
        "passed": each.pass_share,
        "seen": float(each.seen),
        "recent": float(each.statement.number),
    }.get(sort)
    return (-first, -each.seen) if first is not None else (0, 0)


def result_of(statement: Statement) -> StatementResult:
    """The figures of one statement."""
    tally = getattr(statement, "tally", None)
    if tally is None:
        return StatementResult(statement)
    return StatementResult(statement, tally.agrees, tally.disagrees, tally.passes)


def result_by_family(statement: Statement) -> list[tuple[str, StatementResult | None]]:
    """The figures by declared family; None where fewer than ``least_cell`` people of it answered.

    The family with the fewest is hidden too when only one would be, so that no subtraction gives it away.
    """
    rows = (
        CurrentVote.objects.filter(statement=statement)
        .values_list("participant__family")
        .annotate(
            agrees=Count("id", filter=Q(choice=1)),
            disagrees=Count("id", filter=Q(choice=-1)),
            passes=Count("id", filter=Q(choice=0)),
        )
        .order_by("participant__family")
    )
    found = [(str(family), StatementResult(statement, a, d, p)) for family, a, d, p in rows]
    least = statement.conversation.least_cell
    hidden = {family for family, result in found if result.seen < least}
    if len(hidden) == 1 and len(found) > 1:
        shown = [(result.seen, family) for family, result in found if family not in hidden]
        hidden.add(min(shown)[1])
    return [(family, None if family in hidden else result) for family, result in found]


def in_language(statements: list[Statement], language: str) -> None:
    """Give each statement ``shown_text`` and ``shown_language``: its translation where there is one."""
    told: dict[int, str] = {}
    wanted = [each.pk for each in statements if language and each.language != language]
    if wanted:
        rows = StatementTranslation.objects.filter(statement__in=wanted, language=language)
        told = dict(rows.values_list("statement_id", "text"))
    for each in statements:
        text = told.get(each.pk)
        each.shown_text = text or each.text  # type: ignore[attr-defined]
        each.shown_language = language if text else each.language  # type: ignore[attr-defined]


def statements_to_review(
    territory: Territory, conversation: Conversation | None = None
) -> QuerySet[Statement]:
    """Proposed statements nobody of the team has read: first those that do not appear yet, oldest first."""
    rows = Statement.objects.in_territory(territory).to_review()
    if conversation is not None:
        rows = rows.filter(conversation=conversation)
    return _told(rows).order_by("-status", "created_at", "id")


def statements_of(
    conversation: Conversation, *, status: str = "", source: str = "", words: str = ""
) -> QuerySet[Statement]:
    """All statements for the team, newest first, whatever their status."""
    rows = Statement.objects.filter(conversation=conversation)
    wanted = {"status": status, "source": source}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return _told(matching(rows, words)).order_by("-number")


def rejected_statements(conversation: Conversation) -> QuerySet[Statement]:
    """What was rejected and why, for anybody to see how many and for the team to restore."""
    return _told(
        Statement.objects.filter(conversation=conversation, status=StatementStatus.REJECTED)
    ).order_by("-decided_at", "-id")


def wordings_of(statement: Statement) -> QuerySet[StatementVersion]:
    """Earlier wordings, newest first."""
    return statement.versions.exclude(number=statement.version).select_related("by")


def merged_into(statement: Statement) -> QuerySet[Statement]:
    """The duplicates that were merged into it."""
    return Statement.objects.filter(merged_into=statement).order_by("number")


def kindred_statements(conversation: Conversation, text: str) -> QuerySet[Statement]:
    """Statements that share most of these words: to vote on instead of proposing the same again."""
    words = sorted({word for word in search_words(text) if len(word) > 3}, key=len, reverse=True)[:6]
    rows = Statement.objects.filter(conversation=conversation, status=StatementStatus.ACCEPTED)
    if not words:
        return rows.none()
    shared = sum(
        (Count("pk", filter=Q(search__contains=word)) for word in words[1:]),
        start=Count("pk", filter=Q(search__contains=words[0])),
    )
    least = max(1, (len(words) + 1) // 2)
    return rows.annotate(shared=shared).filter(shared__gte=least).order_by("-shared", "number")[:KINDRED]


def _told(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    return rows.select_related(
        "tally", "author", "decided_by", "merged_into", "conversation__territory"
    ).annotate(
        seen=Coalesce(F("tally__agrees") + F("tally__disagrees") + F("tally__passes"), Value(0)),
    )
