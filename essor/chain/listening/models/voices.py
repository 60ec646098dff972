from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.enums import Channel, ConsentManner, VoiceState
from essor.chain.listening.models.consultations import Consultation, Question
from essor.chain.listening.models.imports import ImportBatch
from essor.common import clock
from essor.common.fields import NFCLine, NFCText
from essor.ground.gatherings.models import Gathering
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def of(self, person: Person) -> Self:
        return self.filter(person=person)


class Speaker(models.Model):
    """One distinct person behind one or several voices, known by a pseudonym.

    ``person`` is set for those with an account, ``guest_digest`` for those who took part without one,
    ``source_digest`` for those who come from another site; all three empty for somebody at a meeting.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    pseudonym = NFCLine(_("pseudonyme"), max_length=80, blank=True)
    family = models.CharField(max_length=12, choices=StakeholderFamily, default=StakeholderFamily.CITIZEN)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    guest_digest = models.CharField(max_length=64, null=True, blank=True)
    source_digest = models.CharField(max_length=64, null=True, blank=True)
    created_at = models.DateTimeField()

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["territory", "person"], name="one_speaker_per_person"),
            models.UniqueConstraint(fields=["territory", "guest_digest"], name="one_speaker_per_guest"),
            models.UniqueConstraint(
                fields=["territory", "source_digest"], name="one_speaker_per_source_author"
            ),
        ]


class Consent(models.Model):
    """What somebody interviewed agreed to, for what, until when; and its withdrawal."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="consents")
    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="+")
    purpose = NFCLine(_("pour quoi faire"), max_length=240)
    may_quote = models.BooleanField(_("accepte que ses mots soient cités publiquement"), default=False)
    until_on = models.DateField(_("jusqu’au"))
    given = models.CharField(_("comment il a été donné"), max_length=8, choices=ConsentManner, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["speaker", "gathering"], name="one_consent_per_interview"),
        ]

    @property
    def holds(self) -> bool:
        return self.withdrawn_at is None and self.until_on >= clock.today()


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def public(self) -> Self:
        """Voices anybody may read."""
        return self.filter(state=VoiceState.PUBLISHED)

    def counted(self) -> Self:
        """Voices that count as evidence: published, or private with the consent of the speaker."""
        return self.filter(state__in=[VoiceState.PUBLISHED, VoiceState.PRIVATE])

    def to_moderate(self) -> Self:
        return self.filter(state=VoiceState.WAITING)


class Contribution(models.Model):
    """One voice: the words of one person, online, spoken, on paper or from another site.

    ``words`` is the present wording; every earlier wording is a ContributionVersion.
    ``personal_data`` is a list of [kind, start, end] (characters of ``words``) still to be decided on.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="voices"
    )
    question = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="+")
    gathering = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="+")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="voices")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=10, choices=VoiceState, default=VoiceState.PUBLISHED)
    family = models.CharField(max_length=12, choices=StakeholderFamily, default=StakeholderFamily.CITIZEN)
    title = NFCLine(_("titre"), max_length=200, blank=True)
    words = NFCText(_("vos mots"), max_length=100_000)
    search = models.TextField(blank=True, editable=False)
    language = models.CharField(max_length=5, blank=True)
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)
    place_label = NFCLine(_("lieu"), max_length=120, blank=True)
    table = models.CharField(_("table"), max_length=20, blank=True)
    said_at = models.DateTimeField()  # when it was said or written
    created_at = models.DateTimeField()  # when it was recorded here
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    alignment = models.SmallIntegerField(default=0)  # of a reply: −1 against, 0 neutral, 1 for
    personal_data = models.JSONField(default=list, blank=True)
    receipt_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, blank=True, related_name="+")
    source_key = models.CharField(max_length=200, null=True, blank=True)
    source_line = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-id"]
        verbose_name = _("voix")
        indexes = [
            models.Index(fields=["territory", "state", "-said_at", "-id"], name="voices_by_date"),
            models.Index(
                fields=["consultation", "state", "-said_at", "-id"], name="voices_of_a_consultation"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "source_key"], name="imported_voice_once_in_a_territory"
            ),
            models.CheckConstraint(condition=models.Q(alignment__in=[-1, 0, 1]), name="alignment_is_a_sign"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("territory:voice", args=[self.territory.slug, self.pk])

    @property
    def is_public(self) -> bool:
        return self.state == VoiceState.PUBLISHED


class ContributionVersion(models.Model):
    """An earlier or present wording. Version 1 is written down when the first correction is made."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = NFCLine(max_length=200, blank=True)
    words = NFCText(max_length=100_000)
    was_public = models.BooleanField(
        default=False
    )  # anybody could read this wording while it was the present one
    why = NFCLine(_("raison de la correction"), max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "number"], name="voice_version_number_once")
        ]
