from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.holders.enums import HolderStage, Manner, NotePrivacy
from essor.common import clock
from essor.common.fields import NFCLine, NFCText
from essor.ground.directory.models import Actor
from essor.ground.gatherings.models import Gathering
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme

WARNED = 60  # days before a card is erased during which its page says so
SOON = 7  # days


class ProjectHolderQuerySet(models.QuerySet["ProjectHolder"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def living(self) -> Self:
        """Those whose words were not forgotten."""
        return self.filter(forgotten_at=None)

    def due(self) -> Self:
        """Those whose next step is today or late."""
        return self.filter(next_on__lte=clock.today()).exclude(stage=HolderStage.CLOSED)

    def late(self) -> Self:
        """Those whose next step should have been made before today."""
        return self.filter(next_on__lt=clock.today()).exclude(stage=HolderStage.CLOSED)

    def soon(self) -> Self:
        """Those whose next step is for today or for the week that comes."""
        day = clock.today()
        return self.filter(next_on__range=(day, day + timedelta(days=SOON)))

    def without_step(self) -> Self:
        """Those who are followed and for whom nothing comes next."""
        ended = (HolderStage.CLOSED, HolderStage.PAUSED)
        return self.filter(next_on=None).exclude(stage__in=ended)

    def unheard(self, day: date) -> Self:
        """Those whose card is kept too long on that day, if nobody hears from them before."""
        last = clock.months_after(day, -settings.HOLDERS_KEPT_MONTHS)
        waiting = models.Q(next_on__gte=day)
        return self.filter(last_contact_on__lte=last).exclude(waiting)


class ProjectHolder(models.Model):
    """Somebody who carries a project or an idea, as facilitators meet them. Never public.

    ``informed_at``: when they were told that notes are kept about them, for what and how long.
    ``last_contact_on``: the last day on which somebody met them or dealt with them; the card is erased some
    months later (``HOLDERS_KEPT_MONTHS``).
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
    last_contact_on = models.DateField(null=True, blank=True)
    search = models.TextField(blank=True, editable=False)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectHolderQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "position", "id"]
        verbose_name = _("porteur ou porteuse de projet")
        indexes = [
            models.Index(fields=["territory", "stage", "position"], name="holders_on_the_board"),
            models.Index(fields=["last_contact_on"], name="holders_by_last_contact"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_late(self) -> bool:
        return self.next_on is not None and self.next_on < clock.today()

    @property
    def erased_on(self) -> date:
        """The day on which the card is erased if nobody hears from them before."""
        last = self.last_contact_on or self.created_at.date()
        end = clock.months_after(last, settings.HOLDERS_KEPT_MONTHS)
        return end if self.next_on is None else max(end, self.next_on + timedelta(days=1))

    @property
    def is_soon_erased(self) -> bool:
        return self.erased_on <= clock.today() + timedelta(days=WARNED)


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
    """A meeting with a holder, and the note kept of it.

    ``about``: the meeting to which somebody else adds a note of their own. ``removed_at``: its author took
    the note back; it may be put back for a month.
    """

    holder = models.ForeignKey(ProjectHolder, models.CASCADE, related_name="encounters")
    manner = models.CharField(max_length=6, choices=Manner)
    on = models.DateField(_("le"))
    gathering = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="+")
    note = NFCText(_("note"), blank=True, max_length=8000)
    privacy = models.CharField(max_length=6, choices=NotePrivacy, default=NotePrivacy.TEAM)
    about = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="added")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
