from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.opinions.enums import Choice, Door
from essor.chain.opinions.models.conversations import Conversation
from essor.chain.opinions.models.statements import Statement
from essor.common.fields import NFCLine
from essor.ground.gatherings.models import Gathering
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class PaperBatch(models.Model):
    """Slips of paper typed in together, and undone together. ``key`` makes sending twice harmless."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="batches")
    gathering = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=64)
    note = NFCLine(_("note"), max_length=200, blank=True)
    slips = models.PositiveIntegerField(default=0)
    votes = models.PositiveIntegerField(default=0)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-entered_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["conversation", "key"], name="paper_batch_typed_once")]


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(conversation__territory=territory)

    def of(self, person: Person) -> Self:
        return self.filter(person=person)

    def counted(self) -> Self:
        """Those whose votes count: they have not been taken back."""
        return self.filter(withdrawn_at=None)


class Participant(models.Model):
    """Somebody who votes in one conversation, known by nothing but what they chose to tell.

    ``token_digest`` is that of the link by which they come back, ``guest_digest`` that of what their browser
    carries, made for this conversation only. ``device_digest`` (salted by conversation,
    changed every week, forgotten after a fortnight) only serves to notice several participants on one device:
    ``shares_device`` marks them, nobody is refused. ``pace_*`` count the votes of the present minute.
    ``family`` is only kept with their consent, given at ``family_declared_at``.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    token_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    guest_digest = models.CharField(max_length=64, null=True, blank=True)
    joined_through = models.CharField(max_length=8, choices=Door, default=Door.ONLINE)
    joined_at = models.DateTimeField()
    language = models.CharField(max_length=8, blank=True)
    family = models.CharField(max_length=12, choices=StakeholderFamily, blank=True)
    family_declared_at = models.DateTimeField(null=True, blank=True)
    device_digest = models.CharField(max_length=64, blank=True)
    device_seen_on = models.DateField(null=True, blank=True)
    shares_device = models.BooleanField(default=False)
    votes_count = models.PositiveIntegerField(default=0)
    last_vote_at = models.DateTimeField(null=True, blank=True)
    pace_from = models.DateTimeField(null=True, blank=True)
    pace_count = models.PositiveSmallIntegerField(default=0)
    batch = models.ForeignKey(PaperBatch, models.PROTECT, null=True, blank=True, related_name="participants")
    slip = NFCLine(_("numéro du bulletin"), max_length=20, blank=True)
    source_key = models.CharField(max_length=64, null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("personne qui vote")
        indexes = [
            models.Index(fields=["conversation", "device_digest"], name="participants_of_a_device"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "person"],
                condition=models.Q(person__isnull=False),
                name="person_once_in_a_conversation",
            ),
            models.UniqueConstraint(fields=["conversation", "source_key"], name="imported_participant_once"),
            models.UniqueConstraint(
                fields=["conversation", "guest_digest"], name="one_participant_per_browser_and_conversation"
            ),
            models.CheckConstraint(
                condition=models.Q(family="") | models.Q(family_declared_at__isnull=False),
                name="family_only_with_consent",
            ),
        ]


class Vote(models.Model):
    """What somebody answered at a moment. Append-only: the database refuses to change or delete it.

    A change of mind is a new row; the last one counts. It holds nothing that tells who the participant is,
    so an erasure cuts the tie of the participant and leaves these rows to nobody.
    """

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+", db_index=False)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+", db_index=False)
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    choice = models.SmallIntegerField(choices=Choice)
    channel = models.CharField(max_length=8, choices=Door, default=Door.ONLINE)
    cast_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["conversation", "id"], name="votes_of_a_conversation"),
            models.Index(fields=["participant", "statement"], name="votes_of_a_participant"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(choice__in=Choice.values), name="vote_is_a_sign")
        ]


class CurrentVote(models.Model):
    """The last answer of a participant on a statement: what is counted. Can be made again from the votes."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="opinions", db_index=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    choice = models.SmallIntegerField(choices=Choice)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="+", db_index=False)
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement"], name="one_opinion_per_participant_and_statement"
            ),
            models.CheckConstraint(condition=models.Q(choice__in=Choice.values), name="opinion_is_a_sign"),
        ]
