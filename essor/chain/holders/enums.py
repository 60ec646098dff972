"""Choices and states of the meetings with those who carry projects."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolderStage(models.TextChoices):
    """The columns of the board."""

    SPOTTED = "spotted", _("repéré·e")
    CONTACTED = "contacted", _("contacté·e")
    MET = "met", _("rencontré·e")
    FOLLOWED = "followed", _("accompagné·e")
    IN_PROJECT = "in_project", _("a un projet")
    PAUSED = "paused", _("en pause")
    CLOSED = "closed", _("sans suite")


class Manner(models.TextChoices):
    """How people met."""

    FACE = "face", _("de vive voix")
    PHONE = "phone", _("au téléphone")
    VIDEO = "video", _("en visio")
    MAIL = "mail", _("par courrier")
    VISIT = "visit", _("visite sur place")


class NotePrivacy(models.TextChoices):
    """Who may read a note."""

    AUTHOR = "author", _("moi seul·e")
    TEAM = "team", _("les facilitatrices et facilitateurs")
