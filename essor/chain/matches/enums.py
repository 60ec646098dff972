"""Choices and states of the introductions that the platform proposes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    QUEUED = "queued", _("en file d’attente")
    RUNNING = "running", _("en cours de calcul")
    READY = "ready", _("prêt")
    FAILED = "failed", _("échoué")


class Side(models.TextChoices):
    """Who answers: those who seek, those who are proposed, or the facilitation between them."""

    SEEKER = "seeker", _("qui cherche")
    CANDIDATE = "candidate", _("qui est proposé")
    FACILITATION = "facilitation", _("la facilitation")


class PairState(models.TextChoices):
    """Where a proposal stands, from the latest answers of each side."""

    WAITING = "waiting", _("à lire")
    SUGGESTED = "suggested", _("proposée aux deux")
    MET = "met", _("acceptée par les deux")
    DECLINED = "declined", _("déclinée")
    POSTPONED = "postponed", _("remise à plus tard")


class Answer(models.TextChoices):
    ACCEPTED = "accepted", _("acceptée")
    DECLINED = "declined", _("déclinée")
    POSTPONED = "postponed", _("remise à plus tard")


class Reason(models.TextChoices):
    """Why a proposal was declined; each is used by the next calculation."""

    TOO_FAR = "too_far", _("trop loin")
    OTHER_THEME = "other_theme", _("ce n’est pas notre sujet")
    NO_TIME = "no_time", _("pas de temps en ce moment")
    ALREADY_KNOWN = "already_known", _("nous nous connaissons déjà")
    NOT_RELEVANT = "not_relevant", _("ne correspond pas")
    CONFLICT = "conflict", _("conflit d’intérêts")
