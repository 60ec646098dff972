from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.common import clock
from essor.common.fields import NFCLine, NFCText
from essor.ground.gatherings.enums import GatheringKind, GatheringState, MinutesState, RegistrationState
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def public(self) -> Self:
        """What anybody may see: announced, held or cancelled; never drafts, never interviews."""
        return self.exclude(state=GatheringState.DRAFT).exclude(kind=GatheringKind.INTERVIEW)

    def to_come(self) -> Self:
        return self.filter(state=GatheringState.ANNOUNCED, ends_at__gte=clock.now()).order_by("starts_at")

    def past(self) -> Self:
        return self.filter(ends_at__lt=clock.now()).order_by("-starts_at")

    def interviews(self) -> Self:
        return self.filter(kind=GatheringKind.INTERVIEW)

    def meetings(self) -> Self:
        return self.exclude(kind=GatheringKind.INTERVIEW)


class Gathering(models.Model):
    """People in one place (or on one call) at one time. An interview is a gathering of two, never public."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    kind = models.CharField(_("forme"), max_length=14, choices=GatheringKind)
    state = models.CharField(max_length=10, choices=GatheringState, default=GatheringState.DRAFT)
    title = NFCLine(_("titre"), max_length=160)
    slug = models.SlugField(max_length=80)
    summary = NFCText(_("présentation"), blank=True, max_length=4000)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    place_name = NFCLine(_("lieu"), max_length=120, blank=True)
    address = NFCLine(_("adresse"), max_length=200, blank=True)
    access_notes = NFCText(_("accès"), blank=True, max_length=1000)
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)
    capacity = models.PositiveIntegerField(_("nombre de places"), null=True, blank=True)
    registration_open = models.BooleanField(_("inscriptions ouvertes"), default=False)
    cancelled_because = NFCLine(_("raison de l’annulation"), max_length=240, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = GatheringQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("rencontre")
        indexes = [models.Index(fields=["territory", "-starts_at"], name="gatherings_by_date")]
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="gathering_slug_once_in_a_territory"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="gathering_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("territory:gathering", args=[self.territory.slug, self.slug])


class AgendaItem(models.Model):
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), null=True, blank=True)
    title = NFCLine(_("point"), max_length=200)

    class Meta:
        ordering = ["position", "id"]


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> Self:
        return self.filter(state=RegistrationState.CONFIRMED)

    def waiting(self) -> Self:
        return self.filter(state=RegistrationState.WAITING).order_by("created_at", "id")


class Registration(models.Model):
    """A place kept. ``digest`` is that of the code by which its holder gives it back."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="registrations")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = NFCLine(_("prénom ou pseudonyme"), max_length=80)
    email = models.EmailField(_("adresse électronique"), blank=True)
    needs_help_with = NFCLine(_("besoin d’accessibilité"), max_length=240, blank=True)
    state = models.CharField(max_length=10, choices=RegistrationState)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "person"],
                condition=models.Q(person__isnull=False) & ~models.Q(state="cancelled"),
                name="person_registered_once_at_a_gathering",
            )
        ]


class Attendance(models.Model):
    """How many people of a family came. A count, never a list of names."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="attendance")
    family = models.CharField(max_length=12, choices=StakeholderFamily)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "family"], name="family_counted_once")]


class Minutes(models.Model):
    """What was said and agreed. Published versions keep their digest in the ledger."""

    gathering = models.OneToOneField(Gathering, models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    body = NFCText(_("compte rendu"), max_length=60_000)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
