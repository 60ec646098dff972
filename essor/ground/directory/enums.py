"""Choices and states of the directory of actors."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    ORGANISATION = "organisation", _("organisation")
    PERSON = "person", _("personne")


class ActorState(models.TextChoices):
    WAITING = "waiting", _("à relire")
    LISTED = "listed", _("dans l’annuaire")
    HIDDEN = "hidden", _("masqué par la modération")
    WITHDRAWN = "withdrawn", _("retiré de l’annuaire")
    MERGED = "merged", _("réuni à un autre")


class Direction(models.TextChoices):
    """Which way a resource goes."""

    OFFERS = "offers", _("propose")
    SEEKS = "seeks", _("cherche")


class ResourceKind(models.TextChoices):
    """What people bring one another; the codes of the matching engine follow this order."""

    SKILLS = "skills", _("savoir-faire")
    TIME = "time", _("temps")
    PLACES = "places", _("lieu")
    EQUIPMENT = "equipment", _("matériel")
    MONEY = "money", _("argent")
    DATA = "data", _("données")


class ClaimState(models.TextChoices):
    OPEN = "open", _("en attente")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")


class BatchState(models.TextChoices):
    READ = "read", _("lu, à vérifier")
    RUNNING = "running", _("en cours")
    DONE = "done", _("importé")
    FAILED = "failed", _("échoué")
    UNDONE = "undone", _("annulé")


class BatchKind(models.TextChoices):
    TABLE = "table", _("tableau CSV, XLSX ou ODS")
    DATA_INCLUSION = "data_inclusion", _("structures data·inclusion")
