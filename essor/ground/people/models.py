from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from essor.common.fields import NFCLine, NFCText
from essor.ground.people.enums import DigestRhythm, LegalForm, Role, StakeholderFamily
from essor.ground.territories.models import Territory


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **extra)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "Person":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. The name shown is the one they choose, and may be a pseudonym."""

    email = models.EmailField(_("adresse électronique"), unique=True)
    display_name = NFCLine(_("nom affiché"), max_length=80, blank=True)
    language = models.CharField(_("langue"), max_length=5, blank=True)
    digest_rhythm = models.CharField(
        _("rythme du courrier"), max_length=8, choices=DigestRhythm, default=DigestRhythm.WEEKLY
    )
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("personne")
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once_whatever_the_case")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name they chose, or a neutral one; never the address."""
        if self.erased_at:
            return str(_("Compte effacé"))
        return self.display_name or str(_("Membre %(number)s") % {"number": self.pk})


class SignInLink(models.Model):
    """A link by mail that signs in once. Only the digest of its secret is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)


class Organisation(models.Model):
    """An association, a company, a public body…; never stored as a person."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    name = NFCLine(_("nom"), max_length=160)
    slug = models.SlugField(max_length=80)
    family = models.CharField(_("famille d’acteurs"), max_length=12, choices=StakeholderFamily)
    legal_form = models.CharField(
        _("forme juridique"), max_length=20, choices=LegalForm, default=LegalForm.OTHER
    )
    siren = models.CharField(
        _("numéro SIREN"),
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^\d{9}$", _("Un numéro SIREN a neuf chiffres, sans espaces."))],
    )
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)
    website = models.URLField(_("site"), blank=True)
    description = NFCText(_("présentation"), blank=True, max_length=4000)
    is_archived = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "slug"], name="organisation_slug_once_in_a_territory"
            ),
            models.CheckConstraint(
                condition=~models.Q(family=StakeholderFamily.CITIZEN), name="organisation_is_not_a_citizen"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationMember(models.Model):
    """A person who speaks for an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    title = NFCLine(_("fonction"), max_length=80, blank=True)
    is_contact = models.BooleanField(_("personne de contact"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="person_once_in_an_organisation"),
        ]


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def current(self) -> Self:
        return self.filter(left_at=None)


class Membership(models.Model):
    """A person's place in a territory."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=14, choices=Role, default=Role.MEMBER)
    family = models.CharField(
        _("famille d’acteurs"), max_length=12, choices=StakeholderFamily, default=StakeholderFamily.CITIZEN
    )
    commune_code = models.CharField(_("commune"), max_length=5, blank=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["territory", "person"], name="person_once_in_a_territory"),
        ]


class Invitation(models.Model):
    """An invitation by mail to join a territory with a role."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    email = models.EmailField(_("adresse électronique"))
    role = models.CharField(_("rôle"), max_length=14, choices=Role, default=Role.MEMBER)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
