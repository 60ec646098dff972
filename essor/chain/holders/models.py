from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.holders.enums import HolderStage, Manner, NotePrivacy
from essor.common import clock
from essor.common.fields import NFCLine, NFCText
from essor.ground.directory.models import Actor
from essor.ground.gatherings.models import Gathering
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme


class ProjectHolderQuerySet(models.QuerySet["ProjectHolder"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def living(self) -> Self:
        """Those whose words were not forgotten."""
        return self.filter(forgotten_at=None)

    def due(self) -> Self:
        """Those whose next step is today or late."""
        return self.filter(next_on__lte=clock.today()).exclude(stage=HolderStage.CLOSED)


class ProjectHolder(models.Model):
    """Somebody who carries a project or an idea, as facilitators meet them. Never public.

    ``informed_at``: when they were told that notes are kept about them, for what and how long.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    name = NFCLine(_("nom"), max_length=120)
    email = models.EmailField(_("adresse électronique"), blank=True)
    phone = NFCLine(_("téléphone"), max_length=30, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="+")
    idea = NFCText(_("son idée"), blank=True, max_length=2000)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)
    stage = models.CharField(max_length=10, choices=HolderStage, default=HolderStage.SPOTTED)
    position = models.PositiveIntegerField(default=0)  # rank in the column
    referent = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    next_step = NFCLine(_("prochain pas"), max_length=200, blank=True)
    next_on = models.DateField(_("le"), null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    informed_at = models.DateTimeField(null=True, blank=True)
    search = models.TextField(blank=True, editable=False)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectHolderQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "position", "id"]
        verbose_name = _("porteur ou porteuse de projet")
        indexes = [models.Index(fields=["territory", "stage", "position"], name="holders_on_the_board")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_late(self) -> bool:
        return self.next_on is not None and self.next_on < clock.today()


class HolderMove(models.Model):
    """A change of column."""

    holder = models.ForeignKey(ProjectHolder, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=HolderStage)
    after = models.CharField(max_length=10, choices=HolderStage)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]


class Encounter(models.Model):
    """A meeting with a holder, and the note kept of it."""

    holder = models.ForeignKey(ProjectHolder, models.CASCADE, related_name="encounters")
    manner = models.CharField(max_length=6, choices=Manner)
    on = models.DateField(_("le"))
    gathering = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="+")
    note = NFCText(_("note"), blank=True, max_length=8000)
    privacy = models.CharField(max_length=6, choices=NotePrivacy, default=NotePrivacy.TEAM)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]
