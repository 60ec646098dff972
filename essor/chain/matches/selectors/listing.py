"""The proposals of a territory, and those that concern somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from essor.chain.matches.enums import Answer
from essor.chain.matches.models import Circle, Match, MatchAnswer, MatchRun
from essor.chain.needs.models import Need
from essor.chain.projects.enums import TeamRole
from essor.chain.projects.models import Project, TeamMember
from essor.common.full_text import matching
from essor.ground.directory.models import Actor
from essor.ground.directory.selectors.spoken_for import actors_spoken_for
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

RELATED = (
    "run",
    "run__territory",
    "need",
    "need__theme",
    "project",
    "project__territory",
    "project__theme",
    "actor",
    "actor__territory",
    "resource",
    "resource__actor",
    "resource__actor__territory",
    "other",
    "other__territory",
)


@dataclass(frozen=True)
class Asked:
    """What a reader looks for; empty: everything."""

    words: str = ""
    kind: str = ""  # "need" or "project"
    theme: str = ""
    unusual: bool = False
    state: str = ""  # "waiting": nobody answered; "accepted", "declined", "postponed": somebody said so
    need: int | None = None
    project: int | None = None


def current_run(territory: Territory) -> MatchRun | None:
    """The latest calculation that succeeded."""
    return MatchRun.objects.in_territory(territory).ready().order_by("-computed_at", "-id").first()


def latest_run(territory: Territory) -> MatchRun | None:
    """The latest that was asked for, whatever became of it."""
    return MatchRun.objects.in_territory(territory).order_by("-asked_at", "-id").first()


def asked_matches(run: MatchRun, asked: Asked) -> QuerySet[Match]:
    """The proposals of a calculation, the strongest first, without what left the site since."""
    rows = _still_there(Match.objects.filter(run=run))
    if asked.kind:
        rows = rows.filter(**{f"{asked.kind}__isnull": False})
    if asked.need or asked.project:
        rows = rows.filter(need=asked.need, project=asked.project)
    if asked.theme:
        rows = rows.filter(Q(need__theme__slug=asked.theme) | Q(project__theme__slug=asked.theme))
    if asked.unusual:
        rows = rows.filter(is_unusual=True)
    if asked.words:
        rows = rows.filter(
            Q(need__in=matching(Need.objects.in_territory(run.territory), asked.words).values("pk"))
            | Q(project__in=matching(Project.objects.in_territory(run.territory), asked.words).values("pk"))
            | Q(actor__in=matching(Actor.objects.in_territory(run.territory), asked.words).values("pk"))
        )
    return _in_state(rows, asked.state).select_related(*RELATED).order_by("-score", "rank", "id")


def matches_for(person: Person, territory: Territory) -> QuerySet[Match]:
    """The proposals that concern the actors this person speaks for, or the projects they carry."""
    run = current_run(territory)
    if run is None:
        return Match.objects.none()
    actors = actors_spoken_for(person, territory).values("pk")
    led = TeamMember.objects.current().filter(
        person=person, role=TeamRole.HOLDER, project__territory=territory
    )
    projects = led.values("project")
    rows = Match.objects.filter(run=run).filter(
        Q(actor__in=actors) | Q(resource__actor__in=actors) | Q(project__in=projects) | Q(other__in=projects)
    )
    return _still_there(rows).select_related(*RELATED).order_by("-score", "id")


def proposed_of(person: Person, territory: Territory, matches: Iterable[Match]) -> set[int]:
    """Among these, those where this person is on the side that is proposed, not on the one that seeks."""
    actors = set(actors_spoken_for(person, territory).values_list("pk", flat=True))
    led = set(
        TeamMember.objects.current()
        .filter(person=person, role=TeamRole.HOLDER, project__territory=territory)
        .values_list("project", flat=True)
    )
    return {
        each.pk
        for each in matches
        if each.project_id not in led
        and (
            each.actor_id in actors
            or (each.resource is not None and each.resource.actor_id in actors)
            or each.other_id in led
        )
    }


def circle_of(run: MatchRun, *, need: int | None = None, project: int | None = None) -> Circle | None:
    """The circle proposed around a need or a project."""
    return Circle.objects.filter(run=run, need=need, project=project).first()


def _still_there(rows: QuerySet[Match]) -> QuerySet[Match]:
    """Only what anybody may see now: a card withdrawn since, or a project put back, is not proposed."""
    team = TeamMember.objects.current().filter(project=OuterRef("project"))
    return rows.exclude(
        # An actor of the team is at the table already: it is not proposed to its own project.
        Exists(team.filter(actor=OuterRef("actor"))) | Exists(team.filter(actor=OuterRef("resource__actor")))
    ).filter(
        Q(need__isnull=True) | Q(need__in=Need.objects.public()),
        Q(project__isnull=True) | Q(project__in=Project.objects.public()),
        Q(other__isnull=True) | Q(other__in=Project.objects.public()),
        Q(actor__isnull=True) | Q(actor__in=Actor.objects.listed()),
        Q(resource__isnull=True)
        | Q(resource__actor__in=Actor.objects.listed(), resource__closed_at__isnull=True),
    )


def _in_state(rows: QuerySet[Match], state: str) -> QuerySet[Match]:
    answers = MatchAnswer.objects.filter(pair=OuterRef("pair"), territory=OuterRef("run__territory"))
    if state == "waiting":
        return rows.exclude(Exists(answers))
    if state in Answer.values:
        return rows.filter(Exists(answers.filter(answer=state)))
    return rows


def personal_rows(person: Person) -> dict[str, list[Any]]:
    """What this person answered, for their own export."""
    fields = ("territory__name", "pair", "side", "answer", "reason", "words", "until_on", "at")
    return {"match_answers": list(MatchAnswer.objects.filter(by=person).values(*fields))}
