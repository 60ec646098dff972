"""Reading consultations: what is open, what they have gathered, whether their phases hold together."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count

from essor.chain.listening.enums import ConsultationState, PhaseKind
from essor.chain.listening.models import Consultation, Contribution, Phase, Question
from essor.chain.listening.policies import is_listening
from essor.common import clock
from essor.ground.territories.models import Territory


@dataclass(frozen=True)
class ByTime:
    """The public consultations of a territory: those that listen now, those to come, those that are over."""

    open: list[Consultation]
    to_come: list[Consultation]
    over: list[Consultation]


@dataclass(frozen=True)
class Figures:
    """Voices that count (published, or private with consent) and the distinct people behind them."""

    voices: int
    people: int
    by_channel: dict[str, int]
    by_family: dict[str, int]
    by_question: dict[int, int]


def consultations_by_time(territory: Territory) -> ByTime:
    """Public consultations but the archived ones, each with its phases at hand."""
    rows = (
        Consultation.objects.in_territory(territory)
        .public()
        .exclude(state=ConsultationState.ARCHIVED)
        .prefetch_related("phases")
    )
    now, coming, over = [], [], []
    for each in rows:
        each.territory = territory
        if is_listening(each):
            now.append(each)
        elif each.is_open and next_listening(each) is not None:
            coming.append(each)
        else:
            over.append(each)
    return ByTime(now, coming, over)


def next_listening(consultation: Consultation) -> Phase | None:
    """The next phase in which voices will be taken, if one is planned."""
    now = clock.now()
    to_come = [
        each for each in consultation.phases.all() if each.kind == PhaseKind.LISTEN and each.starts_at > now
    ]
    return min(to_come, key=lambda each: each.starts_at, default=None)


def listens_until(consultation: Consultation) -> Phase | None:
    """The listening phase that runs now, or None when no date bounds it."""
    now = clock.now()
    running = [
        each
        for each in consultation.phases.all()
        if each.kind == PhaseKind.LISTEN and each.starts_at <= now < each.ends_at
    ]
    return max(running, key=lambda each: each.ends_at, default=None)


def questions_of(consultation: Consultation) -> list[Question]:
    """The questions being asked, in order."""
    return list(consultation.questions.filter(is_retired=False))


def figures_of(consultation: Consultation) -> Figures:
    """Who spoke, and how; two queries whatever the number of voices."""
    counted = Contribution.objects.filter(consultation=consultation).counted()
    channels: Counter[str] = Counter()
    families: Counter[str] = Counter()
    questions: Counter[int] = Counter()
    rows = counted.order_by().values_list("channel", "family", "question").annotate(n=Count("id"))
    for channel, family, question, n in rows:
        channels[channel] += n
        families[family] += n
        if question is not None:
            questions[question] += n
    return Figures(
        voices=sum(channels.values()),
        people=counted.aggregate(n=Count("speaker", distinct=True))["n"],
        by_channel=dict(channels.most_common()),
        by_family=dict(families.most_common()),
        by_question=dict(questions),
    )


def phases_that_overlap(consultation: Consultation) -> list[tuple[Phase, Phase]]:
    """Pairs of phases of the same kind that share some time: allowed, but worth a look."""
    phases = list(consultation.phases.all())
    return [
        (one, two)
        for one, two in combinations(phases, 2)
        if one.kind == two.kind and one.starts_at < two.ends_at and two.starts_at < one.ends_at
    ]
