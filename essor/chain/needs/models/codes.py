from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.models import Contribution
from essor.chain.needs.enums import Hand
from essor.common.fields import NFCLine
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

code_shape = RegexValidator(
    r"^[A-Z](\d{2}(-\d{2})*)?(/[A-Z](\d{2})?)?(/[a-z]{1,2})?$",
    _(
        "Un code s’écrit lettre, composante, position, sujet, par exemple A01-11/P15/k ; "
        "il peut s’arrêter plus tôt."
    ),
)


class CodeQuerySet(models.QuerySet["Code"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)


class Code(models.Model):
    """A code of the territory's own table (SPIRAL): a prefix means the more general thing."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    value = models.CharField(_("code"), max_length=24, validators=[code_shape])
    meaning = NFCLine(_("signification"), max_length=200)

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "value"], name="code_once_in_a_territory")
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.meaning}"


class VoiceCode(models.Model):
    """A code on a voice. A suggestion of the machine counts for nothing until a person accepts it."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="+")
    code = models.ForeignKey(Code, models.PROTECT, related_name="uses")
    sign = models.SmallIntegerField(default=0)  # −1 ill-being, 1 well-being, 0 not said
    hand = models.CharField(max_length=8, choices=Hand)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "code", "by"],
                condition=models.Q(removed_at=None, by__isnull=False),
                name="code_on_a_voice_once_per_coder",
            ),
            models.UniqueConstraint(
                fields=["contribution", "code"],
                condition=models.Q(removed_at=None, by__isnull=True),
                name="code_suggested_once_on_a_voice",
            ),
            models.CheckConstraint(condition=models.Q(sign__in=[-1, 0, 1]), name="code_sign_is_a_sign"),
        ]
