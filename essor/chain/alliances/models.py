from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.alliances.enums import (
    AllianceState,
    CommitmentState,
    ConsentManner,
    MemberRole,
    MemberState,
)
from essor.chain.needs.models import Need
from essor.chain.projects.models import Project
from essor.common import clock
from essor.common.fields import NFCLine, NFCText
from essor.ground.directory.enums import ResourceKind
from essor.ground.directory.models import Actor
from essor.ground.documents.models import Document
from essor.ground.gatherings.models import Gathering
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme


class AllianceQuerySet(models.QuerySet["Alliance"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def public(self) -> Self:
        """What anybody may read: published by its facilitators, whatever its state."""
        return self.filter(published_at__isnull=False)


class Alliance(models.Model):
    """Actors who commit to one another for projects and needs. An alliance may belong to a wider one."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    state = models.CharField(max_length=10, choices=AllianceState, default=AllianceState.PROPOSED)
    title = NFCLine(_("nom"), max_length=120)
    slug = models.SlugField(max_length=80)
    purpose = NFCText(_("pour quoi faire"), max_length=2000)
    unusual = NFCText(_("ce qu’elle a d’inédit"), blank=True, max_length=600)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    charter = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    match_pair = models.CharField(max_length=100, blank=True)  # the accepted proposal it was born from
    search = models.TextField(blank=True, editable=False)
    members_count = models.PositiveSmallIntegerField(default=0)
    families_count = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    closed_because = NFCText(blank=True, max_length=1000)

    objects = AllianceQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-id"]
        verbose_name = _("alliance")
        indexes = [models.Index(fields=["territory", "state", "-changed_at"], name="alliances_by_change")]
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="alliance_slug_once_in_a_territory"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="alliance_not_inside_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("territory:alliance", args=[self.territory.slug, self.slug])

    @property
    def is_public(self) -> bool:
        return self.published_at is not None


class AllianceProject(models.Model):
    """A project that the alliance carries."""

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="carried")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "project"], name="project_once_in_an_alliance")
        ]


class AllianceNeed(models.Model):
    """A need that the alliance takes up, before any project."""

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="taken_up")
    need = models.ForeignKey(Need, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alliance", "need"], name="need_once_in_an_alliance")]


class AllianceMove(models.Model):
    """A change of state, with the word said to everybody. Never changed afterwards."""

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=AllianceState)
    after = models.CharField(max_length=10, choices=AllianceState)
    why = NFCText(_("pourquoi"), blank=True, max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="alliance_moves_to_another_state"
            )
        ]


class AllianceMemberQuerySet(models.QuerySet["AllianceMember"]):
    def consented(self) -> Self:
        return self.filter(state=MemberState.CONSENTED)

    def at_the_table(self) -> Self:
        """Invited or consented: neither declined nor left."""
        return self.filter(state__in=[MemberState.INVITED, MemberState.CONSENTED])


class AllianceMember(models.Model):
    """An actor at the table: role, college-to-be, and its consent, recorded by whom and how."""

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="members")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=MemberState, default=MemberState.INVITED)
    role = models.CharField(max_length=8, choices=MemberRole, default=MemberRole.BRINGS)
    college = NFCLine(_("collège pressenti"), max_length=80, blank=True)
    represented_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True, blank=True)
    consent_manner = models.CharField(max_length=8, choices=ConsentManner, blank=True)
    consent_recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    left_because = NFCLine(max_length=240, blank=True)

    objects = AllianceMemberQuerySet.as_manager()

    class Meta:
        ordering = ["alliance", "id"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "actor"], name="actor_once_in_an_alliance"),
            models.CheckConstraint(
                condition=~models.Q(state="consented", consented_at__isnull=True),
                name="consent_of_a_member_is_dated",
            ),
        ]


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def late(self) -> Self:
        return self.filter(state=CommitmentState.PROMISED, due_on__lt=clock.today())


class Commitment(models.Model):
    """Who brings what, when, and whether it was kept."""

    member = models.ForeignKey(AllianceMember, models.CASCADE, related_name="commitments")
    kind = models.CharField(max_length=10, choices=ResourceKind)
    words = NFCLine(_("quoi"), max_length=200)
    quantity = NFCLine(_("combien"), max_length=60, blank=True)
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=CommitmentState, default=CommitmentState.PROMISED)
    why = NFCLine(_("en un mot"), max_length=240, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)  # when it was said kept, not kept or released
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]

    @property
    def is_late(self) -> bool:
        return (
            self.state == CommitmentState.PROMISED and self.due_on is not None and self.due_on < clock.today()
        )


class ConflictOfInterest(models.Model):
    """What a member declares, so that everybody at the table knows."""

    member = models.ForeignKey(AllianceMember, models.CASCADE, related_name="conflicts")
    words = NFCText(_("ce qui pourrait peser"), max_length=1000)
    declared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["declared_at", "id"]


class AllianceGathering(models.Model):
    """A meeting of the alliance; its minutes are those of the gathering."""

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="gatherings")
    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "gathering"], name="gathering_once_in_an_alliance")
        ]
