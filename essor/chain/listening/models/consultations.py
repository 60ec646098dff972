from datetime import datetime
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.enums import ConsultationState, Moderation, PhaseKind
from essor.common import clock
from essor.common.fields import NFCLine, NFCText
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def public(self) -> Self:
        """Everything but drafts."""
        return self.exclude(state=ConsultationState.DRAFT)

    def open(self) -> Self:
        return self.filter(state=ConsultationState.OPEN)


class Consultation(models.Model):
    """A time when a territory listens: questions, dated phases, voices."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ConsultationState, default=ConsultationState.DRAFT)
    title = NFCLine(_("titre"), max_length=120)
    slug = models.SlugField(max_length=80)
    summary = NFCLine(_("en une phrase"), max_length=240)
    description = NFCText(_("présentation"), blank=True, max_length=20_000)
    engagement = NFCText(_("ce à quoi nous nous engageons"), blank=True, max_length=4000)
    moderation = models.CharField(_("modération"), max_length=8, choices=Moderation, default=Moderation.AFTER)
    allow_guests = models.BooleanField(_("participation sans compte"), default=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("concertation")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "slug"], name="consultation_slug_once_in_a_territory"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("territory:consultation", args=[self.territory.slug, self.slug])

    @property
    def is_open(self) -> bool:
        return self.state == ConsultationState.OPEN


class PhaseQuerySet(models.QuerySet["Phase"]):
    def running_at(self, moment: datetime) -> Self:
        """Phases whose time includes the moment: start included, end excluded."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)

    def running(self) -> Self:
        return self.running_at(clock.now())


class Phase(models.Model):
    """A dated part of a consultation. It runs from its start (included) to its end (excluded)."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="phases")
    kind = models.CharField(_("type"), max_length=10, choices=PhaseKind)
    title = NFCLine(_("titre"), max_length=120)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    description = NFCText(_("description"), blank=True, max_length=2000)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="phase_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """An open question put to everybody."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    text = NFCLine(_("question"), max_length=300)
    help_text = NFCLine(_("précision"), max_length=300, blank=True)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text
