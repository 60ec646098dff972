from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.projects.models.projects import Project
from essor.common import clock
from essor.common.fields import NFCLine, NFCText
from essor.ground.people.models import Person


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def late(self) -> Self:
        """Due before today and not done: everybody sees it."""
        return self.filter(done_on=None, dropped_at=None, due_on__lt=clock.today())


class Milestone(models.Model):
    """A promise with a date. ``progress`` is in per cent; ``first_due_on`` keeps the first date promised."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    title = NFCLine(_("jalon"), max_length=160)
    due_on = models.DateField(_("pour le"))
    first_due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(
        _("avancement"), default=0, validators=[MaxValueValidator(100)]
    )
    note = NFCText(_("où cela en est"), blank=True, max_length=1000)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_because = NFCLine(max_length=240, blank=True)
    changed_at = models.DateTimeField()

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="progress_is_at_most_all")
        ]

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.dropped_at is None and self.due_on < clock.today()


class News(models.Model):
    """What the team tells those who follow."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="news")
    title = NFCLine(_("titre"), max_length=160)
    words = NFCText(_("nouvelle"), max_length=6000)
    milestone = models.ForeignKey(Milestone, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
