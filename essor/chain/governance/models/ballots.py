import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.governance.models.bodies import BodyMember, College
from essor.chain.governance.models.resolutions import Resolution
from essor.common.fields import NFCLine
from essor.ground.people.models import Person


class Elector(models.Model):
    """A line of the roll of a resolution, frozen when its vote opens.

    ``voter`` is who casts the ballot: the member, who represents it, or who holds its proxy. ``has_voted`` is
    all that is known of the vote, without a time.
    """

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="electors")
    member = models.ForeignKey(BodyMember, models.PROTECT, related_name="+")
    voter = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    by_proxy_of = models.ForeignKey(BodyMember, models.PROTECT, null=True, blank=True, related_name="+")
    college = models.ForeignKey(College, models.PROTECT, null=True, blank=True, related_name="+")
    has_voted = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "member"], name="member_once_on_the_roll")
        ]


class OpenVote(models.Model):
    """A vote under one's name. Append-only: a change of mind is another row, and the last one counts."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="+")
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="votes")
    choice = models.JSONField()
    cast_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class SealingKey(models.Model):
    """The pair of keys of one secret ballot.

    ``private`` is wrapped by the secret of the site, which the database does not hold, and is blanked
    for ever once the envelopes have been opened.
    """

    resolution = models.OneToOneField(Resolution, models.PROTECT, related_name="+")
    public = models.BinaryField(max_length=32)
    private = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)


class SealedEnvelope(models.Model):
    """A secret ballot as it was cast: sealed for the key of the ballot, naming nobody. Append-only.

    Nothing says who cast it or when; even the order of the table says nothing of what is inside.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="+")
    sealed = models.BinaryField()


class UrnBallot(models.Model):
    """A secret ballot taken out of its envelope at the count, all of them shuffled and at once. Append-only.

    ``receipt`` is known to the voter alone, who finds the ballot by it in the published list.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="urn")
    college = models.ForeignKey(College, models.PROTECT, null=True, blank=True, related_name="+")
    choice = models.JSONField()
    receipt = models.CharField(max_length=24)
    is_paper = models.BooleanField(default=False)

    class Meta:
        ordering = ["receipt"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "receipt"], name="receipt_once_in_a_ballot")
        ]


class PaperCount(models.Model):
    """The slips of paper of a ballot as one person typed them; two must agree before they enter the urn.

    ``slips`` is a list of {"slip": number, "college": id or null, "choice": …}.
    """

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="paper_counts")
    entry = models.PositiveSmallIntegerField(_("saisie"))
    slips = models.JSONField(default=list)
    note = NFCLine(_("note"), max_length=200, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entry"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "entry"], name="paper_typed_once_and_again"),
            models.CheckConstraint(condition=models.Q(entry__in=[1, 2]), name="paper_is_typed_twice"),
        ]
