from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.governance.enums import AssemblyKind, AssemblyState, PresenceMode
from essor.chain.governance.models.bodies import Body, BodyMember
from essor.common.fields import NFCLine
from essor.ground.documents.models import Document
from essor.ground.gatherings.models import Gathering
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class AssemblyQuerySet(models.QuerySet["Assembly"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(body__territory=territory)

    def announced(self) -> Self:
        return self.exclude(state=AssemblyState.DRAFT)


class Assembly(models.Model):
    """A meeting of a body at which it may decide. The meeting itself is a gathering.

    The rules of convocation and quorum are copied from the body when it is convened, so that a later change
    of statutes does not rewrite what was done. ``again_of`` is the assembly that lacked its quorum.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="assemblies")
    gathering = models.OneToOneField(Gathering, models.PROTECT, related_name="+")
    kind = models.CharField(_("nature"), max_length=14, choices=AssemblyKind, default=AssemblyKind.ORDINARY)
    state = models.CharField(max_length=10, choices=AssemblyState, default=AssemblyState.DRAFT)
    again_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="again")
    remote_link = models.URLField(_("adresse de la visioconférence"), blank=True)
    notice_days = models.PositiveSmallIntegerField(default=15)
    quorum_numerator = models.PositiveSmallIntegerField(default=0)
    quorum_denominator = models.PositiveSmallIntegerField(default=1)
    quorum_by_college = models.BooleanField(default=False)
    proxies_most = models.PositiveSmallIntegerField(default=1)
    convened_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = NFCLine(max_length=240, blank=True)
    minutes_published = models.BooleanField(_("procès-verbal public"), default=False)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    objects = AssemblyQuerySet.as_manager()

    class Meta:
        ordering = ["-gathering__starts_at", "-id"]
        verbose_name = _("assemblée")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(state="cancelled")
                | models.Q(convened_at__isnull=False),
                name="assembly_is_held_once_convened",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.gathering)

    def get_absolute_url(self) -> str:
        return reverse("territory:assembly", args=[self.body.territory.slug, self.body.slug, self.pk])


class AssemblyPaper(models.Model):
    """A document sent with the convocation."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="papers")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "document"], name="paper_once_in_an_assembly")
        ]


class Presence(models.Model):
    """A member who came, how, and until when. Who comes back makes another row."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="presences")
    member = models.ForeignKey(BodyMember, models.PROTECT, related_name="+")
    mode = models.CharField(max_length=8, choices=PresenceMode, default=PresenceMode.ROOM)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["arrived_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "member"],
                condition=models.Q(left_at__isnull=True),
                name="member_is_present_once",
            )
        ]


class Proxy(models.Model):
    """The power a member gives another to vote in their place at one assembly."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="proxies")
    giver = models.ForeignKey(BodyMember, models.PROTECT, related_name="+")
    holder = models.ForeignKey(BodyMember, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["given_at", "id"]
        verbose_name = _("procuration")
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "giver"],
                condition=models.Q(revoked_at__isnull=True),
                name="member_gives_one_proxy",
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("holder")), name="proxy_goes_to_somebody_else"
            ),
        ]


class AssemblyAction(models.Model):
    """What somebody took on at an assembly."""

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="actions")
    words = NFCLine(_("à faire"), max_length=240)
    member = models.ForeignKey(BodyMember, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]


class Signature(models.Model):
    """A signature of the minutes: who, when, and the digest of the exact text. Append-only."""

    assembly = models.ForeignKey(Assembly, models.PROTECT, related_name="signatures")
    member = models.ForeignKey(BodyMember, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "member", "sha256"], name="minutes_signed_once")
        ]
