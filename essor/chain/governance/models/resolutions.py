from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.governance.enums import DecisionMethod, ObjectionState, Publication, ResolutionState, Secrecy
from essor.chain.governance.models.assemblies import Assembly
from essor.chain.governance.models.bodies import Body, BodyMember
from essor.common import clock
from essor.common.fields import NFCLine, NFCText
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

DECIDED = (ResolutionState.ADOPTED, ResolutionState.REJECTED, ResolutionState.NO_QUORUM)


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(body__territory=territory)

    def proposed(self) -> Self:
        return self.exclude(state=ResolutionState.DRAFT)

    def decided(self) -> Self:
        return self.filter(state__in=DECIDED)

    def about(self, thing: models.Model) -> Self:
        return self.filter(thing_type=thing._meta.label_lower, thing_id=thing.pk)


class Resolution(models.Model):
    """A sentence that a body adopts or not, and the rules chosen before the vote.

    ``rules`` holds the settings of the method (majority needed, abstention, tie, quorum, colleges with their
    weights…) as they were frozen at the opening, ``rules_digest`` their SHA-256 in canonical JSON.
    ``thing_*`` is what the decision is about and ``effect`` the code of what it changes when adopted.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="resolutions")
    assembly = models.ForeignKey(Assembly, models.PROTECT, null=True, blank=True, related_name="resolutions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ResolutionState, default=ResolutionState.DRAFT)
    title = NFCLine(_("titre"), max_length=160)
    text = NFCText(_("texte soumis au vote"), max_length=20_000)
    reasons = NFCText(_("exposé des motifs"), max_length=20_000, blank=True)
    method = models.CharField(_("méthode"), max_length=10, choices=DecisionMethod)
    secrecy = models.CharField(_("secret"), max_length=8, choices=Secrecy, default=Secrecy.OPEN)
    publication = models.CharField(
        _("publication"), max_length=10, choices=Publication, default=Publication.AT_CLOSING
    )
    rules = models.JSONField(default=dict)
    rules_digest = models.CharField(max_length=64, blank=True)
    revises = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="revisions")
    thing_type = models.CharField(max_length=60, blank=True)
    thing_id = models.BigIntegerField(null=True, blank=True)
    effect = models.CharField(max_length=40, blank=True)
    closes_at = models.DateTimeField(_("fin du vote"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        verbose_name = _("résolution")
        indexes = [models.Index(fields=["thing_type", "thing_id"], name="resolutions_about_a_thing")]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="resolution_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "proposed", "withdrawn"])
                | (models.Q(opened_at__isnull=False) & ~models.Q(rules_digest="")),
                name="rules_are_frozen_at_the_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(
            "territory:resolution",
            args=[self.body.territory.slug, self.body.slug, self.year, self.number],
        )

    @property
    def takes_votes(self) -> bool:
        """Whether a vote may be cast now, by the clock of the server."""
        return self.state == ResolutionState.OPEN and (self.closes_at is None or clock.now() < self.closes_at)


class ResolutionOption(models.Model):
    """One of the answers, for methods that choose among several."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8)
    text = NFCLine(_("réponse"), max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "code"], name="option_code_once_in_a_resolution"),
            models.UniqueConstraint(fields=["resolution", "text"], name="option_text_once_in_a_resolution"),
        ]


class Objection(models.Model):
    """A reason why a proposal would harm the aim of the body; it is answered, then lifted or maintained."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="objections")
    member = models.ForeignKey(BodyMember, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ObjectionState, default=ObjectionState.RAISED)
    words = NFCText(_("objection"), max_length=4000)
    raised_at = models.DateTimeField()
    answer = NFCText(_("réponse"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["raised_at", "id"]
        verbose_name = _("objection")


class Outcome(models.Model):
    """A count of a resolution: its input's digest, the result, and the result under the other conventions."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="outcomes")
    method = models.JSONField()
    input_digest = models.CharField(max_length=64)
    result = models.JSONField()
    otherwise = models.JSONField(default=list)
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["-computed_at", "-id"]
