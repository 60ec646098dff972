from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.models import Consultation, Contribution
from essor.chain.needs.enums import CurationVerb, Grain, Hand, LeftAside, Stance, SynthesisState
from essor.common.fields import NFCLine, NFCText
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class SynthesisQuerySet(models.QuerySet["Synthesis"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def current(self) -> Self:
        return self.exclude(state=SynthesisState.ARCHIVED)


class Synthesis(models.Model):
    """A dated snapshot of what the engine made of the voices, then curated by people.

    ``method`` (name, version, parameters, seed, encoder) and ``input_digest`` (SHA-256 of the ordered
    identifiers and words) let the same result be made again. ``figures`` holds coverage, stability,
    duplicates and the steps of the explanation, as numbers and codes.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, blank=True, related_name="+")
    title = NFCLine(_("titre"), max_length=120)
    state = models.CharField(max_length=10, choices=SynthesisState, default=SynthesisState.QUEUED)
    grain = models.CharField(_("finesse"), max_length=10, choices=Grain, default=Grain.DETAIL)
    seed = models.PositiveIntegerField(default=1)
    scope = models.JSONField(default=dict)  # filters: questions, gatherings, channels, since…
    method = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    input_digest = models.CharField(max_length=64, blank=True)
    voices_count = models.PositiveIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    step_code = models.CharField(max_length=40, blank=True)
    failure = NFCText(blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True, blank=True)

    objects = SynthesisQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("synthèse")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("territory:atelier_synthesis", args=[self.territory.slug, self.pk])


class GroupQuerySet(models.QuerySet["Group"]):
    def standing(self) -> Self:
        """Groups that have not been merged away or split."""
        return self.filter(is_dissolved=False)


class Group(models.Model):
    """Voices that say kindred things. ``parent`` is the overview group that a detail group belongs to."""

    synthesis = models.ForeignKey(Synthesis, models.CASCADE, related_name="groups")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    label = NFCLine(_("nom"), max_length=160)
    machine_label = NFCLine(max_length=160, blank=True)
    terms = models.JSONField(default=list)  # [[term, weight], …]
    cohesion = models.FloatField(null=True, blank=True)
    stability = models.FloatField(null=True, blank=True)
    x = models.FloatField(default=0.0)
    y = models.FloatField(default=0.0)
    hand = models.CharField(max_length=8, choices=Hand, default=Hand.MACHINE)
    position = models.PositiveIntegerField(default=0)
    is_dissolved = models.BooleanField(default=False)
    is_small_voice = models.BooleanField(db_default=False, default=False)  # few people, a thing of their own

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("groupe de voix")

    def __str__(self) -> str:
        return self.label


class Placement(models.Model):
    """Where a voice stands in a synthesis: in one detail group, or left aside for a stated reason."""

    synthesis = models.ForeignKey(Synthesis, models.CASCADE, related_name="placements")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="placements")
    machine_group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="+"
    )  # what the calculation proposed, whatever people decided since
    reason = models.CharField(max_length=20, choices=LeftAside, blank=True)
    hand = models.CharField(max_length=8, choices=Hand, default=Hand.MACHINE)
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.SUPPORTS)
    is_quote = models.BooleanField(default=False)
    nearness = models.FloatField(null=True, blank=True)  # to the middle of its group, 0 far to 1 near
    same_as = models.ForeignKey(
        Contribution, models.PROTECT, null=True, blank=True, related_name="+"
    )  # the voice this one nearly repeats
    x = models.FloatField(default=0.0)
    y = models.FloatField(default=0.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["synthesis", "contribution"], name="voice_placed_once_in_a_synthesis"
            ),
            models.CheckConstraint(
                condition=models.Q(group__isnull=False, reason="")
                | (models.Q(group__isnull=True) & ~models.Q(reason="")),
                name="placed_in_a_group_or_aside_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["group", "-nearness"], name="voices_of_a_group")]


class CurationStep(models.Model):
    """A gesture of curation, with what is needed to undo it."""

    synthesis = models.ForeignKey(Synthesis, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=8, choices=CurationVerb)
    before = models.JSONField()
    after = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["synthesis", "number"], name="curation_step_number_once")
        ]
