from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.governance.enums import ShareMovementKind
from essor.chain.governance.models.bodies import Body, BodyMember
from essor.common.fields import NFCLine
from essor.ground.people.models import Person


class ShareMovement(models.Model):
    """A line of the register of shares. Append-only: a mistake is put right by another line that names it.

    ``shares`` is signed (less than nothing for those ceded or paid back); ``unit_value`` is euros with cents.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    member = models.ForeignKey(BodyMember, models.PROTECT, related_name="share_movements")
    kind = models.CharField(_("mouvement"), max_length=16, choices=ShareMovementKind)
    shares = models.IntegerField(_("nombre de parts"))
    unit_value = models.DecimalField(_("valeur d’une part"), max_digits=12, decimal_places=2)
    on = models.DateField(_("date"))
    note = NFCLine(_("note"), max_length=200, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "id"]
        verbose_name = _("mouvement de parts")
        indexes = [models.Index(fields=["body", "on"], name="share_register")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(shares=0), name="a_movement_moves_shares"),
            models.CheckConstraint(condition=models.Q(unit_value__gt=0), name="a_share_has_a_value"),
        ]

    @property
    def amount(self) -> Decimal:
        """Euros with cents, signed like the shares."""
        return self.shares * self.unit_value
