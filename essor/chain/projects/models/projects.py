from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.challenges.models import Challenge
from essor.chain.holders.models import ProjectHolder
from essor.chain.needs.models import Need
from essor.chain.projects.enums import HelpState, Origin, ProjectStage, TeamRole, Visibility
from essor.chain.projects.lifecycle import LIVING
from essor.common.fields import NFCLine, NFCText
from essor.ground.directory.enums import Direction, ResourceKind
from essor.ground.directory.models import Actor
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme


class ProjectQuerySet(models.QuerySet["Project"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def public(self) -> Self:
        return self.filter(visibility=Visibility.PUBLIC)

    def living(self) -> Self:
        """Neither finished nor stopped."""
        return self.filter(stage__in=LIVING)


class Project(models.Model):
    """Something people build that answers needs. Money is in euros.

    ``sheet_number`` is the number of the present version of the sheet (0: nothing written yet).
    """

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.DRAFT)
    stage = models.CharField(max_length=12, choices=ProjectStage, default=ProjectStage.IDEA)
    origin = models.CharField(max_length=12, choices=Origin)
    holder = models.ForeignKey(ProjectHolder, models.PROTECT, null=True, blank=True, related_name="+")
    challenge = models.ForeignKey(Challenge, models.PROTECT, null=True, blank=True, related_name="+")
    title = NFCLine(_("titre"), max_length=120)
    slug = models.SlugField(max_length=80)
    pitch = NFCText(_("en deux phrases"), max_length=600)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    place_name = NFCLine(_("lieu"), max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    budget_low = models.DecimalField(
        _("budget au moins"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    budget_high = models.DecimalField(
        _("budget au plus"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    hidden_because = NFCText(blank=True, max_length=600)
    hidden_from = models.CharField(max_length=8, choices=Visibility, blank=True)  # where it stood before
    sheet_number = models.PositiveIntegerField(default=0)
    search = models.TextField(blank=True, editable=False)
    followers_count = models.PositiveIntegerField(default=0)
    needs_count = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-id"]
        verbose_name = _("projet")
        indexes = [
            models.Index(fields=["territory", "visibility", "-changed_at"], name="projects_by_change"),
            models.Index(fields=["territory", "visibility", "stage"], name="projects_by_stage"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="project_slug_once_in_a_territory"),
            models.CheckConstraint(
                condition=models.Q(budget_low__gte=0) | models.Q(budget_low__isnull=True),
                name="project_budget_is_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(budget_high__gte=models.F("budget_low"))
                | models.Q(budget_low__isnull=True)
                | models.Q(budget_high__isnull=True),
                name="project_budget_goes_from_low_to_high",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("territory:project", args=[self.territory.slug, self.slug])

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC

    @property
    def is_living(self) -> bool:
        return self.stage in LIVING


class ProjectNeed(models.Model):
    """A need that the project answers, and how."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="answered")
    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    how = NFCText(_("comment il y répond"), max_length=600)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "need"], name="need_once_in_a_project")]


class ProjectCommune(models.Model):
    """A commune where the project acts; none means the whole territory."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="communes")
    code = models.CharField(max_length=5)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="commune_once_in_a_project")]


class ProjectMove(models.Model):
    """A change of stage, with the word said to everybody. Never changed afterwards."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=12, choices=ProjectStage)
    after = models.CharField(max_length=12, choices=ProjectStage)
    why = NFCText(_("pourquoi"), blank=True, max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="project_moves_to_another_stage"
            ),
            models.CheckConstraint(
                condition=~models.Q(after="stopped", why=""), name="project_stopped_says_why"
            ),
        ]


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def current(self) -> Self:
        """Those who said yes and did not leave."""
        return self.filter(left_at=None, accepted_at__isnull=False)

    def invited(self) -> Self:
        return self.filter(left_at=None, accepted_at=None)

    def shown(self) -> Self:
        """What a team sees of itself: not who is behind an address, as long as they did not say yes."""
        return self.filter(left_at=None).exclude(by_address=True, accepted_at=None)


class TeamMember(models.Model):
    """Somebody of the team: a person with an account or an actor. Nobody is enrolled unasked."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=12, choices=TeamRole, default=TeamRole.CONTRIBUTOR)
    title = NFCLine(_("rôle en clair"), max_length=80, blank=True)
    by_address = models.BooleanField(default=False)  # until they say yes, the team is not told who it is
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["role", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(actor__isnull=False),
                name="team_member_is_somebody",
            ),
            models.UniqueConstraint(
                fields=["project", "person"],
                condition=models.Q(person__isnull=False, left_at__isnull=True),
                name="person_once_in_a_team",
            ),
            models.UniqueConstraint(
                fields=["project", "actor"],
                condition=models.Q(actor__isnull=False, left_at__isnull=True),
                name="actor_once_in_a_team",
            ),
        ]


class ProjectResource(models.Model):
    """What a project offers or seeks; ``met_by`` is who brought what was sought."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="resources")
    direction = models.CharField(max_length=6, choices=Direction)
    kind = models.CharField(max_length=10, choices=ResourceKind)
    words = NFCLine(_("quoi"), max_length=200)
    quantity = NFCLine(_("combien"), max_length=60, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["direction", "kind", "id"]


class OfferOfHelp(models.Model):
    """Somebody says to the team: I can bring that. The team answers."""

    resource = models.ForeignKey(ProjectResource, models.CASCADE, related_name="offers")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="+")
    words = NFCText(_("ce que vous pouvez apporter"), max_length=1000)
    state = models.CharField(max_length=8, choices=HelpState, default=HelpState.OPEN)
    at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "person"],
                condition=models.Q(state="open"),
                name="one_open_offer_of_help_per_person",
            )
        ]


class Follow(models.Model):
    """Somebody wants to know what becomes of a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="follows")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "person"], name="follower_once")]
