from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.needs.enums import Reading
from essor.chain.needs.models.needs import Need
from essor.chain.opinions.models import OpinionMap, Statement
from essor.common.fields import NFCLine
from essor.ground.people.models import Person


class OpinionEvidence(models.Model):
    """A statement that was voted on, as evidence of a need: what the vote said on the day it was chosen.

    The counts are those of that day, and ``drawn`` the map that was read; the page shows those of now beside.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="opinions")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    reading = models.CharField(max_length=8, choices=Reading)
    drawn = models.ForeignKey(OpinionMap, models.PROTECT, null=True, blank=True, related_name="+")
    agrees = models.PositiveIntegerField(default=0)
    disagrees = models.PositiveIntegerField(default=0)
    passes = models.PositiveIntegerField(default=0)
    note = NFCLine(_("ce que l’on en retient"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["reading", "-agrees", "id"]
        constraints = [models.UniqueConstraint(fields=["need", "statement"], name="statement_once_in_a_need")]

    @property
    def seen(self) -> int:
        return self.agrees + self.disagrees + self.passes
