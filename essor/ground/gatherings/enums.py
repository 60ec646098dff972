"""Choices and states of gatherings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GatheringKind(models.TextChoices):
    PUBLIC_MEETING = "public_meeting", _("réunion publique")
    INTERVIEW = "interview", _("entretien")
    WORKSHOP = "workshop", _("atelier")
    SEMINAR = "seminar", _("séminaire")
    ASSEMBLY = "assembly", _("assemblée ou séance d’une instance")


class GatheringState(models.TextChoices):
    DRAFT = "draft", _("en préparation")
    ANNOUNCED = "announced", _("annoncée")
    HELD = "held", _("tenue")
    CANCELLED = "cancelled", _("annulée")


class RegistrationState(models.TextChoices):
    CONFIRMED = "confirmed", _("inscrit·e")
    WAITING = "waiting", _("en liste d’attente")
    CANCELLED = "cancelled", _("désinscrit·e")


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    PUBLISHED = "published", _("publié")
