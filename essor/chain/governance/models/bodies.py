from datetime import date
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.alliances.models import Alliance
from essor.chain.governance.enums import (
    BodyKind,
    BodyState,
    Convention,
    EmptyCollege,
    MandateRole,
    MemberCategory,
    SocietyForm,
)
from essor.common.fields import NFCLine, NFCText
from essor.ground.directory.models import Actor
from essor.ground.documents.models import Document
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class BodyQuerySet(models.QuerySet["Body"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def public(self) -> Self:
        """Everything but what is being prepared."""
        return self.exclude(state=BodyState.DRAFT)

    def active(self) -> Self:
        return self.filter(state=BodyState.ACTIVE)


class Body(models.Model):
    """People and organisations who decide together, and the rules by which they do.

    ``quorum_numerator``/``quorum_denominator`` is the share of members present or represented, none if 0;
    ``quorum_by_college`` whether each college must reach it. ``proxies_most`` is how many a member may hold,
    ``notice_days`` the days between the convocation and the assembly. ``has_employees`` and
    ``weights_follow_capital`` are facts that the law of co-operatives asks about.
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    alliance = models.ForeignKey(Alliance, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("forme"), max_length=14, choices=BodyKind)
    society_form = models.CharField(_("forme de société"), max_length=4, choices=SocietyForm, blank=True)
    state = models.CharField(max_length=10, choices=BodyState, default=BodyState.DRAFT)
    name = NFCLine(_("nom"), max_length=120)
    slug = models.SlugField(max_length=80)
    purpose = NFCText(_("objet"), max_length=4000)
    statutes = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    convention = models.CharField(
        _("addition des collèges"), max_length=12, choices=Convention, default=Convention.PROPORTIONAL
    )
    empty_college = models.CharField(
        _("collège où personne ne vote"), max_length=8, choices=EmptyCollege, default=EmptyCollege.REVIEW
    )
    quorum_numerator = models.PositiveSmallIntegerField(default=0)
    quorum_denominator = models.PositiveSmallIntegerField(default=1)
    quorum_by_college = models.BooleanField(_("quorum dans chaque collège"), default=False)
    proxies_most = models.PositiveSmallIntegerField(_("procurations par membre, au plus"), default=1)
    notice_days = models.PositiveSmallIntegerField(_("jours entre convocation et assemblée"), default=15)
    mandate_years_most = models.PositiveSmallIntegerField(_("durée d’un mandat, en années"), default=6)
    has_employees = models.BooleanField(_("a des salarié·es"), default=False)
    weights_follow_capital = models.BooleanField(_("voix selon le capital"), default=False)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("instance")
        verbose_name_plural = _("instances")
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="body_slug_once_in_a_territory"),
            models.CheckConstraint(
                condition=models.Q(
                    quorum_denominator__gte=1, quorum_numerator__lte=models.F("quorum_denominator")
                ),
                name="quorum_is_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(mandate_years_most__gte=1), name="mandate_lasts_a_year_or_more"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("territory:body", args=[self.territory.slug, self.slug])


class College(models.Model):
    """A group of members whose votes weigh ``weight`` per cent of the whole, whatever their number."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="colleges")
    position = models.PositiveSmallIntegerField(default=0)
    name = NFCLine(_("nom"), max_length=80)
    weight = models.DecimalField(_("poids en pour cent"), max_digits=7, decimal_places=4)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("collège")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name"],
                condition=models.Q(ended_at__isnull=True),
                name="college_named_once_in_a_body",
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gt=0, weight__lte=100), name="college_weight_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BodyMemberQuerySet(models.QuerySet["BodyMember"]):
    def on(self, day: date) -> Self:
        """Those who are members that day."""
        return self.ending_after(day).filter(since__lte=day)

    def ending_after(self, day: date) -> Self:
        """Those who have not left on that day."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=day))


class BodyMember(models.Model):
    """An actor of the directory who sits in a body; an organisation speaks by its ``representative``.

    Dates are closed-open: a member until a day is one no more on that day.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="members")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    representative = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    college = models.ForeignKey(College, models.PROTECT, null=True, blank=True, related_name="members")
    category = models.CharField(_("catégorie"), max_length=12, choices=MemberCategory)
    since = models.DateField(_("membre depuis"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    left_because = NFCLine(_("raison du départ"), max_length=240, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects = BodyMemberQuerySet.as_manager()

    class Meta:
        ordering = ["actor__name", "id"]
        verbose_name = _("membre")
        indexes = [models.Index(fields=["body", "until"], name="members_of_a_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "actor"],
                condition=models.Q(until__isnull=True),
                name="actor_sits_once_in_a_body",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="member_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return str(self.actor)


class Mandate(models.Model):
    """A charge of a member from ``begins_on`` to the day before ``ends_on``, or ``ended_on`` if earlier."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="mandates")
    member = models.ForeignKey(BodyMember, models.PROTECT, related_name="mandates")
    role = models.CharField(_("charge"), max_length=14, choices=MandateRole)
    begins_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    ended_on = models.DateField(null=True, blank=True)
    ended_because = NFCLine(_("raison de la fin"), max_length=240, blank=True)
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewals")
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["role", "begins_on", "id"]
        verbose_name = _("mandat")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("begins_on")), name="mandate_ends_after_it_begins"
            )
        ]

    def held_on(self, day: date) -> bool:
        """Whether it runs that day."""
        return self.begins_on <= day < min(self.ends_on, self.ended_on or self.ends_on)


class Seats(models.Model):
    """How many seats of a body are kept for a family of actors."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="seats")
    family = models.CharField(_("famille d’acteurs"), max_length=12, choices=StakeholderFamily)
    count = models.PositiveSmallIntegerField(_("sièges"))

    class Meta:
        ordering = ["family"]
        constraints = [models.UniqueConstraint(fields=["body", "family"], name="seats_of_a_family_once")]


class Incompatibility(models.Model):
    """Two charges that one person may not hold at once in a body."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="incompatibilities")
    role = models.CharField(max_length=14, choices=MandateRole)
    other = models.CharField(max_length=14, choices=MandateRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "role", "other"], name="incompatibility_written_once"),
            models.CheckConstraint(
                condition=models.Q(role__lt=models.F("other")), name="incompatible_roles_in_order"
            ),
        ]
