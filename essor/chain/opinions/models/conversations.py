from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.models import Consultation
from essor.chain.opinions.enums import ConversationState, Proposers, StatementModeration
from essor.common import clock
from essor.common.fields import NFCLine, NFCText
from essor.ground.gatherings.models import Gathering
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

LONGEST = 280  # characters of a statement, whatever the setting


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def public(self) -> Self:
        """Everything but drafts."""
        return self.exclude(state=ConversationState.DRAFT)

    def current(self) -> Self:
        """Drafts, open and closed, but not what was put away."""
        return self.exclude(state=ConversationState.ARCHIVED)

    def open(self) -> Self:
        return self.filter(state=ConversationState.OPEN).filter(
            models.Q(closes_at=None) | models.Q(closes_at__gt=clock.now())
        )


class Conversation(models.Model):
    """A question put to everybody by way of short statements, each voted on one at a time.

    ``least_votes``: votes before a participant appears on the map. ``least_cell``: people in a cell of the
    comparison by family, below which it is not shown. ``map_shared_devices``: whether those who share a
    device with others are on the map; their votes always count in the results. ``device_salt`` makes the
    digests of devices of one conversation of no use for another. ``room_code`` is in the address of the QR
    code of a room. ``languages``: codes of the languages in which statements may be written and read, the
    first by default.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, blank=True, related_name="+")
    gathering = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=ConversationState, default=ConversationState.DRAFT)
    title = NFCLine(_("titre"), max_length=120)
    slug = models.SlugField(max_length=80)
    question = NFCLine(_("question"), max_length=240)
    introduction = NFCText(_("présentation"), blank=True, max_length=8000)
    proposers = models.CharField(
        _("qui peut proposer"), max_length=10, choices=Proposers, default=Proposers.EVERYBODY
    )
    moderation = models.CharField(
        _("relecture"), max_length=8, choices=StatementModeration, default=StatementModeration.BEFORE
    )
    shortest = models.PositiveSmallIntegerField(_("longueur minimale"), default=10)
    longest = models.PositiveSmallIntegerField(_("longueur maximale"), default=140)
    languages = models.JSONField(_("langues"), default=list, blank=True)
    allow_guests = models.BooleanField(_("vote sans compte"), default=True)
    least_votes = models.PositiveSmallIntegerField(_("votes avant de figurer sur la carte"), default=7)
    least_cell = models.PositiveSmallIntegerField(_("effectif minimal d’une comparaison"), default=10)
    seed = models.PositiveIntegerField(_("graine du calcul"), default=1)
    map_shared_devices = models.BooleanField(_("compter sur la carte les appareils partagés"), default=True)
    device_salt = models.CharField(max_length=32, editable=False)
    room_code = models.CharField(max_length=12, editable=False)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(_("fin prévue"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    map_failure = NFCText(blank=True)  # why the last calculation of the map failed, in words

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("vote d’opinion")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "slug"], name="conversation_slug_once_in_a_territory"
            ),
            models.CheckConstraint(
                condition=models.Q(longest__gte=models.F("shortest"), longest__lte=LONGEST, shortest__gte=1),
                name="statement_lengths_are_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(least_votes__gte=1), name="one_vote_at_least_before_the_map"
            ),
            models.CheckConstraint(condition=models.Q(least_cell__gte=3), name="a_cell_hides_at_least_two"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("territory:conversation", args=[self.territory.slug, self.slug])

    @property
    def is_open(self) -> bool:
        """Whether it takes votes now."""
        return self.state == ConversationState.OPEN and (
            self.closes_at is None or clock.now() < self.closes_at
        )

    @property
    def language(self) -> str:
        """The language of statements that do not say theirs."""
        return str(self.languages[0]) if self.languages else "fr"
