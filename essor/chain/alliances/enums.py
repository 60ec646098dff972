"""Choices and states of alliances."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AllianceState(models.TextChoices):
    PROPOSED = "proposed", _("proposée")
    DISCUSSED = "discussed", _("en discussion")
    SIGNED = "signed", _("signée")
    ACTIVE = "active", _("active")
    CLOSED = "closed", _("close")


class MemberState(models.TextChoices):
    INVITED = "invited", _("invité")
    CONSENTED = "consented", _("a dit oui")
    DECLINED = "declined", _("a décliné")
    LEFT = "left", _("s’est retiré")


class MemberRole(models.TextChoices):
    LEADS = "leads", _("anime")
    BRINGS = "brings", _("apporte")
    HOSTS = "hosts", _("accueille")
    FUNDS = "funds", _("finance")
    STUDIES = "studies", _("étudie")
    USES = "uses", _("utilise et dit ce que cela change")


class CommitmentState(models.TextChoices):
    PROMISED = "promised", _("promis")
    KEPT = "kept", _("tenu")
    NOT_KEPT = "not_kept", _("non tenu")
    RELEASED = "released", _("levé d’un commun accord")


class ConsentManner(models.TextChoices):
    """How a member said yes."""

    ONLINE = "online", _("en ligne, par la personne elle-même")
    WRITTEN = "written", _("par écrit, noté par la facilitation")
    SPOKEN = "spoken", _("de vive voix en réunion, noté par la facilitation")
