from django.db import models

from essor.chain.projects.models.projects import Project
from essor.common.fields import NFCLine, NFCText
from essor.ground.people.models import Person


class SheetSection(models.Model):
    """The present words of one section of a project's sheet. ``number`` grows with each change of it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=20)  # see essor.chain.projects.sheet.SECTIONS
    words = NFCText(blank=True, max_length=20_000)
    number = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="section_once_in_a_sheet")]


class SheetVersion(models.Model):
    """One saved change of one section: whole words, who, from which version. Never changed afterwards."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="versions")
    key = models.CharField(max_length=20)
    number = models.PositiveIntegerField()  # of the section
    sheet_number = models.PositiveIntegerField()  # of the whole sheet
    base = models.PositiveIntegerField(default=0)  # the version its writer had read
    words = NFCText(blank=True, max_length=20_000)
    was_merged = models.BooleanField(default=False)
    note = NFCLine(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-sheet_number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "key", "number"], name="section_version_number_once"),
            models.UniqueConstraint(fields=["project", "sheet_number"], name="sheet_version_number_once"),
        ]
