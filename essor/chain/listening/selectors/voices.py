"""Reading voices: lists for anybody, versions, and what became of one."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from essor.chain.listening.enums import ModerationAct
from essor.chain.listening.models import (
    Appeal,
    Contribution,
    ContributionVersion,
    ModerationDecision,
)
from essor.chain.listening.policies import can_appeal, can_correct_voice
from essor.common.full_text import matching
from essor.ground.ledger.selectors import Node, results_of
from essor.ground.territories.models import Territory

SORTS = {"recent": ("-said_at", "-id"), "ancien": ("said_at", "id")}
REPLIES_SHOWN = 50


@dataclass(frozen=True)
class Asked:
    """What a reader of voices asks for; empty means no matter."""

    words: str = ""
    consultation: int | None = None
    question: int | None = None
    theme: int | None = None
    gathering: int | None = None
    commune: str = ""
    channel: str = ""
    family: str = ""
    sort: str = "recent"


@dataclass(frozen=True)
class Became:
    """What became of a voice: what people decided about it, and the things it supports or nuances.

    ``results`` are (type, primary key) with the kind of link, nearest first; pages give them their names.
    """

    voice: Contribution
    decisions: list[ModerationDecision] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)
    results: list[tuple[Node, str]] = field(default_factory=list)
    may_appeal: bool = False
    may_correct: bool = False

    @property
    def hiding(self) -> ModerationDecision | None:
        """The decision by which it is hidden now."""
        return next((each for each in self.decisions if each.act == ModerationAct.HIDE), None)


def published_voices(territory: Territory, asked: Asked) -> "QuerySet[Contribution]":
    """Voices anybody may read, as asked for, with what a list shows of them."""
    rows = Contribution.objects.in_territory(territory).public()
    wanted = {
        "consultation": asked.consultation,
        "question": asked.question,
        "theme": asked.theme,
        "gathering": asked.gathering,
        "commune_code": asked.commune,
        "channel": asked.channel,
        "family": asked.family,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    found = matching(rows, asked.words)
    order = SORTS.get(asked.sort, SORTS["recent"])
    return found.select_related("question", "theme", "gathering", "speaker", "consultation").order_by(*order)


def replies_to(contribution: Contribution) -> "QuerySet[Contribution]":
    """Published replies, oldest first."""
    return (
        Contribution.objects.public()
        .filter(reply_to=contribution)
        .select_related("speaker", "gathering")
        .order_by("said_at", "id")[:REPLIES_SHOWN]
    )


def wordings_of(contribution: Contribution, *, all_of_them: bool) -> "QuerySet[ContributionVersion]":
    """Earlier wordings, newest first: those anybody could once read, or all for the author and moderators."""
    rows = contribution.versions.exclude(number=contribution.version)
    return rows if all_of_them else rows.filter(was_public=True)


def became_of(contribution: Contribution) -> Became:
    """What became of a voice, for its author: decisions with their reasons, and the thread upwards."""
    walk = results_of(contribution)
    kinds = {result: kind for _source, result, kind in reversed(walk.stitches)}
    nodes = [node for step in walk.steps for node in step]
    return Became(
        voice=contribution,
        decisions=list(contribution.decisions.all()),
        appeals=list(contribution.appeals.order_by("-at")),
        results=[(node, kinds.get(node, "")) for node in nodes],
        may_appeal=can_appeal(contribution),
        may_correct=can_correct_voice(contribution),
    )
