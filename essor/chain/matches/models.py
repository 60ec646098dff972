from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.matches.enums import Answer, Reason, RunState, Side
from essor.chain.needs.models import Need
from essor.chain.projects.models import Project
from essor.common.fields import NFCLine, NFCText
from essor.ground.directory.models import Actor, Resource
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

_ONE_SEEKER = models.Q(need__isnull=False, project__isnull=True) | models.Q(
    need__isnull=True, project__isnull=False
)
_ONE_CANDIDATE = (
    models.Q(actor__isnull=False, resource__isnull=True, other__isnull=True)
    | models.Q(actor__isnull=True, resource__isnull=False, other__isnull=True)
    | models.Q(actor__isnull=True, resource__isnull=True, other__isnull=False)
)


class MatchRunQuerySet(models.QuerySet["MatchRun"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def ready(self) -> Self:
        return self.filter(state=RunState.READY)


class MatchRun(models.Model):
    """A dated calculation: with which method, parameters and data (their digest), what it found."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=RunState, default=RunState.QUEUED)
    method = models.JSONField(default=dict, blank=True)
    input_digest = models.CharField(max_length=64, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    failure = NFCLine(max_length=300, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True, blank=True)

    objects = MatchRunQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["territory", "state", "-asked_at"], name="match_runs_by_date")]


class Match(models.Model):
    """A proposal: a need or a project (the seeker) would gain from meeting this candidate.

    A candidate is an actor, a place that one offers (``resource``) or, for a need, a project (``other``).
    ``score`` is in points out of 1,000; ``parts`` and ``would_change`` are what the engine says of it.
    """

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="matches")
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="+")
    resource = models.ForeignKey(Resource, models.PROTECT, null=True, blank=True, related_name="+")
    other = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    pair = models.CharField(max_length=100)  # "needs.need:12>directory.actor:7", the same in every run
    rank = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField()
    parts = models.JSONField(default=list)
    would_change = models.JSONField(default=list)
    is_unusual = models.BooleanField(default=False)

    class Meta:
        ordering = ["run", "rank", "id"]
        indexes = [
            models.Index(fields=["run", "need", "rank"], name="matches_of_a_need"),
            models.Index(fields=["run", "project", "rank"], name="matches_of_a_project"),
            models.Index(fields=["run", "actor"], name="matches_of_an_actor"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "pair"], name="pair_once_in_a_run"),
            models.CheckConstraint(condition=_ONE_SEEKER, name="match_has_one_seeker"),
            models.CheckConstraint(condition=_ONE_CANDIDATE, name="match_has_one_candidate"),
        ]


class Circle(models.Model):
    """Who, together, would cover best what a need or a project lacks: the beginning of an alliance.

    ``members`` is a list of {"actor": key, "adds": […]} in the order they were chosen; ``uncovered`` is what
    nobody brings. ``is_exact`` says whether every set was compared, or the best found step by step.
    """

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="circles")
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    members = models.JSONField(default=list)
    uncovered = models.JSONField(default=list)
    is_exact = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_ONE_SEEKER, name="circle_has_one_seeker"),
            models.UniqueConstraint(fields=["run", "need"], name="one_circle_of_a_need"),
            models.UniqueConstraint(fields=["run", "project"], name="one_circle_of_a_project"),
        ]


class MatchAnswer(models.Model):
    """What people answered to a proposal. The latest answer of each side holds; earlier ones stay."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    pair = models.CharField(max_length=100, db_index=True)
    side = models.CharField(max_length=12, choices=Side)
    answer = models.CharField(max_length=10, choices=Answer)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    words = NFCText(_("un mot de plus"), blank=True, max_length=600)
    until_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(answer="declined", reason=""), name="declined_proposal_says_why"
            )
        ]
