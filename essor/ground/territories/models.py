from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from essor.common.fields import NFCLine, NFCText, insee_code
from essor.ground.territories.enums import Hue, Pictogram


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def listed(self) -> Self:
        return self.filter(is_listed=True)


class Territory(models.Model):
    """A place whose people work together; everything else belongs to exactly one territory."""

    name = NFCLine(_("nom"), max_length=120)
    slug = models.SlugField(_("adresse courte"), max_length=60, unique=True)
    promise = NFCLine(_("promesse"), max_length=160, blank=True)
    presentation = NFCText(_("présentation"), blank=True, max_length=4000)
    contact_email = models.EmailField(_("adresse de contact"), blank=True)
    legal_notice = NFCText(_("mentions légales"), blank=True, max_length=8000)
    languages = models.JSONField(
        _("langues"), default=list
    )  # codes of the languages offered, first = default
    hue = models.CharField(_("couleur"), max_length=12, choices=Hue, default=Hue.TEAL)
    logo = models.FileField(_("logo"), upload_to="logos", blank=True)
    river = models.JSONField(default=list, blank=True)  # [[lon, lat], …] drawn on maps to find one's way
    is_listed = models.BooleanField(_("visible sur l’accueil"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("territoire")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("territory:home", args=[self.slug])


class CommuneQuerySet(models.QuerySet["PerimeterCommune"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)


class PerimeterCommune(models.Model):
    """A commune of the perimeter. Outlines are rings of [longitude, latitude] in degrees (WGS 84)."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="communes")
    code = models.CharField(_("code INSEE"), max_length=5, validators=[insee_code])
    name = NFCLine(_("nom"), max_length=120)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    outline = models.JSONField(default=list, blank=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "code"], name="commune_once_in_a_perimeter"),
        ]

    def __str__(self) -> str:
        return self.name


class ThemeQuerySet(models.QuerySet["Theme"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def in_use(self) -> Self:
        return self.filter(is_retired=False)

    def tops(self) -> Self:
        return self.filter(parent=None)


class Theme(models.Model):
    """A theme of the territory's own tree. A retired theme stays on what already bears it."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="themes")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = NFCLine(_("nom"), max_length=60)
    name_en = NFCLine(_("nom en anglais"), max_length=60, blank=True)
    slug = models.SlugField(max_length=60)
    hue = models.CharField(_("couleur"), max_length=12, choices=Hue, default=Hue.TEAL)
    pictogram = models.CharField(_("pictogramme"), max_length=20, choices=Pictogram, default=Pictogram.OTHER)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    is_retired = models.BooleanField(_("retiré"), default=False)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("thème")
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="theme_slug_once_in_a_territory"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="theme_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and (get_language() or "fr").startswith("en") else self.name
