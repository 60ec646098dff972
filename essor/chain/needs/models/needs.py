from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.models import Contribution, Speaker
from essor.chain.needs.enums import NeedState, Stance
from essor.chain.needs.lifecycle import PUBLIC
from essor.chain.needs.models.syntheses import Group
from essor.common.fields import NFCLine, NFCText
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme


class NeedQuerySet(models.QuerySet["Need"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def public(self) -> Self:
        return self.filter(state__in=PUBLIC)

    def to_cover(self) -> Self:
        return self.filter(state=NeedState.TO_COVER)


class Need(models.Model):
    """What people need to live well here, with the evidence. Counts are refreshed by one service.

    ``people_count`` counts distinct speakers, ``meetings_count`` and ``interviews_count`` distinct
    gatherings, ``families_count`` distinct families of actors among the supporting voices;
    ``contrary_count`` counts contrary voices; ``concerned_count`` those who said it concerns them too.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=14, choices=NeedState, default=NeedState.DRAFT)
    statement = NFCLine(_("besoin"), max_length=160)
    slug = models.SlugField(max_length=80)
    concerns = NFCLine(_("qui est concerné"), max_length=300, blank=True)
    context = NFCText(_("ce que l’on en sait"), blank=True, max_length=6000)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    search = models.TextField(blank=True, editable=False)
    voices_count = models.PositiveIntegerField(default=0)
    people_count = models.PositiveIntegerField(default=0)
    meetings_count = models.PositiveIntegerField(default=0)
    interviews_count = models.PositiveIntegerField(default=0)
    families_count = models.PositiveSmallIntegerField(default=0)
    contrary_count = models.PositiveIntegerField(default=0)
    concerned_count = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["-families_count", "-people_count", "id"]
        verbose_name = _("besoin")
        indexes = [
            models.Index(
                fields=["territory", "state", "-families_count", "-people_count"], name="needs_by_evidence"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="need_slug_once_in_a_territory"),
        ]

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("territory:need", args=[self.territory.slug, self.slug])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC


class NeedCommune(models.Model):
    """A commune where the need is felt."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="communes")
    code = models.CharField(max_length=5)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "code"], name="commune_once_in_a_need")]


class NeedMove(models.Model):
    """A change of state of a need, with the word said to everybody. Never changed afterwards."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=14, choices=NeedState)
    after = models.CharField(max_length=14, choices=NeedState)
    why = NFCText(_("pourquoi"), blank=True, max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="need_moves_to_another_state"
            )
        ]


class Evidence(models.Model):
    """A voice that speaks for a need, or against it."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="evidence")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="+")
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.SUPPORTS)
    is_quote = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-is_quote", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["need", "contribution"], name="voice_once_in_a_need")]


class Concern(models.Model):
    """Somebody says: this concerns me too. It is counted apart from voices."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "speaker"], name="concern_said_once")]
