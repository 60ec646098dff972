from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.enums import ImportKind, ImportState
from essor.chain.listening.models.consultations import Consultation
from essor.common.fields import NFCLine, NFCText
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)


class ImportBatch(models.Model):
    """One file (or set of files) brought from elsewhere: what was read, kept and skipped, and why.

    ``mapping`` says which column gives which field; ``sha256`` is the digest of the file's bytes.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ImportKind)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    file = models.FileField(_("fichier"), upload_to="imports/%Y", blank=True)
    filename = NFCLine(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    rows_read = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    voices_made = models.PositiveIntegerField(default=0)
    voices_known = models.PositiveIntegerField(default=0)  # already imported before
    rows_skipped = models.PositiveIntegerField(default=0)
    failure = NFCText(blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("import")


class ImportIssue(models.Model):
    """A row that was skipped or mended: where, why, and what to do. The row's words are not kept."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="issues")
    file = NFCLine(max_length=200, blank=True)
    line = models.PositiveIntegerField()
    column = NFCLine(max_length=120, blank=True)
    reason = NFCLine(max_length=300)
    mend = NFCLine(max_length=300)
    is_skipped = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
