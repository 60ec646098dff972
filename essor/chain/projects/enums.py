"""Choices and states of projects."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProjectStage(models.TextChoices):
    IDEA = "idea", _("idée")
    CO_CREATION = "co_creation", _("co-création")
    INCUBATED = "incubated", _("incubé")
    READY = "ready", _("prêt à être financé")
    RUNNING = "running", _("en marche")
    FINISHED = "finished", _("achevé")
    STOPPED = "stopped", _("arrêté")


class Visibility(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    PUBLIC = "public", _("public")
    HIDDEN = "hidden", _("masqué par la modération")


class Origin(models.TextChoices):
    """Who brought the project."""

    HOLDER = "holder", _("une personne qui le porte")
    CHALLENGE = "challenge", _("un défi")
    FACILITATOR = "facilitator", _("la facilitation")


class TeamRole(models.TextChoices):
    HOLDER = "holder", _("porte le projet")
    CONTRIBUTOR = "contributor", _("contribue")
    MENTOR = "mentor", _("accompagne")
    PARTNER = "partner", _("partenaire")


class HelpState(models.TextChoices):
    OPEN = "open", _("en attente")
    ACCEPTED = "accepted", _("acceptée")
    DECLINED = "declined", _("déclinée")


class CommentState(models.TextChoices):
    PUBLISHED = "published", _("publié")
    WAITING = "waiting", _("à relire")
    HIDDEN = "hidden", _("masqué")
    WITHDRAWN = "withdrawn", _("retiré par son auteur ou autrice")


class Position(models.TextChoices):
    """What a body says of a project."""

    SUPPORTS = "supports", _("soutient")
    SUPPORTS_IF = "supports_if", _("soutient à une condition")
    STUDIES = "studies", _("étudie")
    DECLINES = "declines", _("ne soutient pas")
