from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.opinions.enums import ImportState
from essor.chain.opinions.models.conversations import Conversation
from essor.common.fields import NFCLine, NFCText
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class OpinionImportQuerySet(models.QuerySet["OpinionImport"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(conversation__territory=territory)


class OpinionImport(models.Model):
    """An export of Polis brought into a conversation: what was read, kept, already known, and what was wrong.

    ``issues`` is a list of [file, line, column, reason, mend]; ``file`` is let go once the import is done.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="imports")
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.QUEUED)
    file = models.FileField(_("fichier"), upload_to="imports/%Y", blank=True)
    filename = NFCLine(max_length=200)
    sha256 = models.CharField(max_length=64)
    statements = models.PositiveIntegerField(default=0)
    participants = models.PositiveIntegerField(default=0)
    votes = models.PositiveIntegerField(default=0)
    votes_known = models.PositiveIntegerField(default=0)
    issues = models.JSONField(default=list)
    failure = NFCText(blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = OpinionImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("import de votes")
