"""Choices and states of challenges."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChallengeState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    WAITING = "waiting", _("à relire avant publication")
    GATHERING = "gathering", _("cherche son premier cercle")
    OPEN = "open", _("ouvert")
    ENDED = "ended", _("terminé")
    HIDDEN = "hidden", _("masqué par la modération")
    WITHDRAWN = "withdrawn", _("retiré")


class PhaseKind(models.TextChoices):
    LEARN = "learn", _("s’informer")
    CREATE = "create", _("créer")
    ACT = "act", _("agir")


class Ending(models.TextChoices):
    """How a challenge ended."""

    PROJECTS = "projects", _("des projets en sont nés")
    NO_PROJECT = "no_project", _("sans projet")
    NO_CIRCLE = "no_circle", _("le premier cercle ne s’est pas formé")
