from typing import Self

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.common.fields import NFCLine, NFCText
from essor.ground.directory.enums import (
    ActorKind,
    ActorState,
    BatchKind,
    BatchState,
    ClaimState,
    Direction,
    ResourceKind,
)
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Organisation, Person
from essor.ground.territories.models import Territory, Theme


class ActorBatch(models.Model):
    """A file of actors from elsewhere, what was made of it, and what could not be."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=BatchKind)
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.READ)
    filename = NFCLine(max_length=200)
    file = models.FileField(upload_to="actors", blank=True)
    mapping = models.JSONField(default=dict, blank=True)  # column → field
    rows_count = models.PositiveIntegerField(default=0)
    added_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    issues = models.JSONField(default=list, blank=True)  # [[line, column, reason, mend], …]
    issues_count = models.PositiveIntegerField(default=0)  # also those past the number that is kept
    journal = models.JSONField(default=dict, blank=True)  # what it changed, so that it can be undone
    done_at = models.DateTimeField(null=True, blank=True)
    failure = NFCLine(max_length=300, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]


class ActorQuerySet(models.QuerySet["Actor"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def listed(self) -> Self:
        """Actors anybody may see: organisations, and people who agreed to be in the directory."""
        return self.filter(state=ActorState.LISTED)

    def standing(self) -> Self:
        """Every actor that has not become another."""
        return self.exclude(state=ActorState.MERGED)

    def as_one(self) -> "ActorQuerySet":
        """These cards and those that are one with them by a merge."""
        roots = self.order_by().annotate(root=Coalesce("merged_into_id", "pk")).values("root")
        return Actor.objects.filter(models.Q(pk__in=roots) | models.Q(merged_into__in=roots))


class Actor(models.Model):
    """The card of an organisation, or of a person who agreed to it, in the directory of a territory.

    ``hidden_from``: the state a card had when facilitators hid it; set until they restore it, even if it is
    withdrawn meanwhile. A merged actor stays, with ``merged_into``: what bears it keeps it, and a merge can
    be undone.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ActorKind)
    organisation = models.OneToOneField(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=ActorState, default=ActorState.WAITING)
    hidden_from = models.CharField(max_length=10, blank=True, default="", editable=False)
    name = NFCLine(_("nom"), max_length=160)
    slug = models.SlugField(max_length=80)
    family = models.CharField(_("famille d’acteurs"), max_length=12, choices=StakeholderFamily)
    presentation = NFCText(_("présentation"), blank=True, max_length=4000)
    contact = models.EmailField(_("adresse de contact publique"), blank=True)
    website = models.URLField(_("site"), blank=True)
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    search = models.TextField(blank=True, editable=False)
    consented_at = models.DateTimeField(null=True, blank=True)  # of a person: agreed to be listed
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    batch = models.ForeignKey(ActorBatch, models.PROTECT, null=True, blank=True, related_name="+")
    source_key = models.CharField(max_length=200, null=True, blank=True)
    imported = models.JSONField(null=True, blank=True)  # what the file last said, field by field
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("acteur")
        indexes = [models.Index(fields=["territory", "state", "name"], name="actors_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="actor_slug_once_in_a_territory"),
            models.UniqueConstraint(
                fields=["territory", "source_key"], name="imported_actor_once_in_a_territory"
            ),
            models.UniqueConstraint(
                fields=["territory", "person"],
                condition=models.Q(person__isnull=False) & ~models.Q(state="merged"),
                name="person_once_in_a_directory",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="person", organisation__isnull=True)
                | models.Q(kind="organisation", person__isnull=True),
                name="actor_is_an_organisation_or_a_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="person", state="listed", consented_at__isnull=True),
                name="person_listed_only_with_consent",
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True)),
                name="merged_actor_says_into_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("territory:actor", args=[self.territory.slug, self.slug])

    @property
    def is_listed(self) -> bool:
        return self.state == ActorState.LISTED


class ActorTheme(models.Model):
    """A theme an actor works on."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="actor_themes")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "theme"], name="theme_once_for_an_actor")]


class ActorCommune(models.Model):
    """A commune where an actor acts; none means the whole territory."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="communes")
    code = models.CharField(max_length=5)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "code"], name="commune_once_for_an_actor")]


class ResourceQuerySet(models.QuerySet["Resource"]):
    def current(self) -> Self:
        """What still holds; an end date is watched by the pages and the matching."""
        return self.filter(closed_at=None)


class Resource(models.Model):
    """What an actor offers or seeks."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="resources")
    direction = models.CharField(max_length=6, choices=Direction)
    kind = models.CharField(max_length=10, choices=ResourceKind)
    words = NFCLine(_("quoi"), max_length=200)
    quantity = NFCLine(_("combien"), max_length=60, blank=True)
    until_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)  # of a place
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["direction", "kind", "id"]


class Claim(models.Model):
    """Somebody says: I speak for this organisation."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="claims")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ClaimState, default=ClaimState.OPEN)
    words = NFCText(_("qui vous y êtes"), max_length=1000)
    at = models.DateTimeField()
    answer = NFCText(_("réponse"), blank=True, max_length=1000)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "person"], condition=models.Q(state="open"), name="one_open_claim_at_a_time"
            )
        ]


class Merge(models.Model):
    """Two cards that were one actor. ``moved`` remembers what the kept one received, for undoing."""

    kept = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    before = models.CharField(max_length=10, choices=ActorState)  # state of ``gone``
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("gone")), name="actor_not_merged_with_itself"
            )
        ]
