from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.challenges.enums import ChallengeState, Ending, PhaseKind
from essor.chain.challenges.lifecycle import PUBLIC
from essor.chain.listening.models import Contribution, Speaker
from essor.chain.needs.models import Need
from essor.common.fields import NFCLine, NFCText
from essor.ground.gatherings.models import Gathering
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme


class ChallengeRules(models.Model):
    """How a territory lets challenges begin."""

    territory = models.OneToOneField(Territory, models.PROTECT, related_name="+")
    circle_size = models.PositiveSmallIntegerField(_("taille du premier cercle"), default=5)
    read_before = models.BooleanField(_("relire avant de publier"), default=False)


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def public(self) -> Self:
        return self.filter(state__in=PUBLIC)

    def open(self) -> Self:
        return self.filter(state=ChallengeState.OPEN)


class Challenge(models.Model):
    """Something inhabitants want to take up together, from a need or an idea, in three phases.

    ``supporters_count`` counts distinct speakers of the circle, its launcher included.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ChallengeState, default=ChallengeState.DRAFT)
    title = NFCLine(_("titre"), max_length=120)
    slug = models.SlugField(max_length=80)
    summary = NFCText(_("de quoi il s’agit"), max_length=2000)
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    circle_size = models.PositiveSmallIntegerField(default=5)  # frozen when it is published
    search = models.TextField(blank=True, editable=False)
    supporters_count = models.PositiveIntegerField(default=0)
    launched_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    hidden_because = NFCLine(max_length=240, blank=True)
    hidden_from = models.CharField(max_length=10, choices=ChallengeState, blank=True)  # where it stood
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_because = NFCText(_("ce qu’il en est resté"), blank=True, max_length=2000)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name = _("défi")
        indexes = [models.Index(fields=["territory", "state", "-published_at"], name="challenges_by_date")]
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="challenge_slug_once_in_a_territory"),
            models.CheckConstraint(
                condition=models.Q(state="ended") & ~models.Q(ending="") | ~models.Q(state="ended"),
                name="challenge_that_ended_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("territory:challenge", args=[self.territory.slug, self.slug])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC


class ChallengePhase(models.Model):
    """One of the three phases: what it aims at, when, and what came out of it. Days are included."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=8, choices=PhaseKind)
    aim = NFCText(_("but"), blank=True, max_length=1000)
    starts_on = models.DateField(_("du"), null=True, blank=True)
    ends_on = models.DateField(_("au"), null=True, blank=True)
    outcome = NFCText(_("ce qui en est sorti"), blank=True, max_length=4000)
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["challenge", "starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "kind"], name="phase_kind_once_in_a_challenge"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on"))
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True),
                name="challenge_phase_ends_after_it_starts",
            ),
        ]


class Supporter(models.Model):
    """Somebody joins the circle of a challenge, with an account or without."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="supporters")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["challenge", "speaker"], name="supporter_once")]


class ChallengeVoice(models.Model):
    """A voice given in a phase of a challenge. Its words, moderation and erasure are those of any voice."""

    phase = models.ForeignKey(ChallengePhase, models.CASCADE, related_name="voices")
    contribution = models.OneToOneField(Contribution, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]


class ChallengeGathering(models.Model):
    """A gathering that belongs to a phase of a challenge."""

    phase = models.ForeignKey(ChallengePhase, models.CASCADE, related_name="gatherings")
    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phase", "gathering"], name="gathering_once_in_a_phase")
        ]
