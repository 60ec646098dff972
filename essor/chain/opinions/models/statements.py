from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.opinions.enums import RejectReason, StatementSource, StatementStatus
from essor.chain.opinions.models.conversations import Conversation
from essor.common.fields import NFCLine
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

KEPT = 1000  # signs of a statement that comes from elsewhere; here each conversation sets its own bound


class StatementQuerySet(models.QuerySet["Statement"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(conversation__territory=territory)

    def to_vote(self) -> Self:
        """What people are asked about."""
        return self.filter(status=StatementStatus.ACCEPTED)

    def to_review(self) -> Self:
        """What nobody of the team has read yet, whether it already appears or not."""
        waiting = models.Q(status=StatementStatus.PROPOSED)
        unread = models.Q(
            status=StatementStatus.ACCEPTED,
            decided_at=None,
            source__in=(StatementSource.PARTICIPANT, StatementSource.IMPORT),
        )
        return self.filter(waiting | unread)


class Statement(models.Model):
    """One short sentence on which people agree, disagree or pass. Earlier wordings are StatementVersions.

    ``author`` is set for those with an account, ``proposed_by`` for whoever proposed it while voting.
    ``personal_data`` is a list of [kind, start, end] (characters of ``text``) for whoever reviews it.
    ``is_meta``: it speaks of those who vote (“I live here”), and is shown early. ``source_key`` is the
    identifier it bears on the site it comes from.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    text = NFCLine(_("affirmation"), max_length=KEPT)
    language = models.CharField(_("langue"), max_length=8)
    search = models.TextField(blank=True, editable=False)
    status = models.CharField(max_length=10, choices=StatementStatus, default=StatementStatus.ACCEPTED)
    reason = models.CharField(max_length=10, choices=RejectReason, blank=True)
    explanation = NFCLine(_("mot à l’auteur ou l’autrice"), max_length=400, blank=True)
    source = models.CharField(max_length=12, choices=StatementSource, default=StatementSource.SEED)
    proposed_by = models.ForeignKey(
        "Participant", models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    author = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    is_meta = models.BooleanField(_("parle des personnes elles-mêmes"), default=False)
    status_before = models.CharField(max_length=10, choices=StatementStatus, blank=True)  # before merging
    personal_data = models.JSONField(default=list, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    source_key = models.CharField(max_length=64, null=True, blank=True)
    created_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("affirmation")
        indexes = [models.Index(fields=["conversation", "status", "number"], name="statements_to_vote")]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="statement_number_once"),
            models.UniqueConstraint(fields=["conversation", "source_key"], name="imported_statement_once"),
            models.CheckConstraint(
                condition=models.Q(status="merged", merged_into__isnull=False)
                | (~models.Q(status="merged") & models.Q(merged_into=None)),
                name="merged_if_and_only_if_into_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="statement_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="rejected") | ~models.Q(reason=""),
                name="rejected_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        conversation = self.conversation
        return reverse(
            "territory:statement", args=[conversation.territory.slug, conversation.slug, self.number]
        )

    @property
    def is_votable(self) -> bool:
        return self.status == StatementStatus.ACCEPTED


class StatementVersion(models.Model):
    """A wording, and how many had voted when it came. Version 1 is written down with the first mend."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = NFCLine(max_length=KEPT)
    why = NFCLine(_("raison de la correction"), max_length=200, blank=True)
    votes_before = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="statement_version_number_once")
        ]


class StatementTranslation(models.Model):
    """The statement in another language."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=8)
    text = NFCLine(_("traduction"), max_length=KEPT)
    of_version = models.PositiveSmallIntegerField()  # the wording that was translated
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "language"], name="one_translation_per_language")
        ]


class StatementTally(models.Model):
    """How many agree, disagree and pass now: kept in step by each vote, in its own transaction.

    ``priority`` (null: not on a map yet) is how much the last map wants the statement to be asked about.
    """

    statement = models.OneToOneField(Statement, models.CASCADE, primary_key=True, related_name="tally")
    agrees = models.PositiveIntegerField(default=0)
    disagrees = models.PositiveIntegerField(default=0)
    passes = models.PositiveIntegerField(default=0)
    priority = models.FloatField(null=True, blank=True)

    @property
    def seen(self) -> int:
        """People who answered, passes included."""
        return self.agrees + self.disagrees + self.passes
