from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.enums import AppealState, HideReason, ModerationAct
from essor.chain.listening.models.voices import Contribution
from essor.common.fields import NFCText
from essor.ground.people.models import Person


class Report(models.Model):
    """Somebody thinks that a voice breaks the charter."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=HideReason)
    comment = NFCText(_("précision"), blank=True, max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reporter_digest = models.CharField(max_length=64)  # one report a visitor and voice
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "reporter_digest"], name="one_report_per_visitor")
        ]


class ModerationDecision(models.Model):
    """What a moderator decided, and the reason the author is shown."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="decisions")
    act = models.CharField(max_length=8, choices=ModerationAct)
    reason = models.CharField(max_length=10, choices=HideReason, blank=True)
    explanation = NFCText(_("mot à l’auteur ou l’autrice"), blank=True, max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]


class Appeal(models.Model):
    """The author contests a hiding; somebody else than the first moderator answers."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="appeals")
    state = models.CharField(max_length=8, choices=AppealState, default=AppealState.OPEN)
    words = NFCText(_("pourquoi"), max_length=2000)
    at = models.DateTimeField()
    answer = NFCText(_("réponse"), blank=True, max_length=2000)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"], condition=models.Q(state="open"), name="one_open_appeal_per_voice"
            )
        ]
