"""The kinds of notices a person can receive, each of which can be turned off."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    MY_VOICE = "my_voice", _("ce que deviennent mes voix")
    NEEDS = "needs", _("les besoins publiés ou qui avancent")
    CONSULTATIONS = "consultations", _("les concertations qui ouvrent ou se terminent")
    GATHERINGS = "gatherings", _("les rencontres où je suis inscrit·e")
    CHALLENGES = "challenges", _("les défis que je soutiens")
    PROJECTS = "projects", _("les projets que je suis ou que je porte")
    ALLIANCES = "alliances", _("les alliances où je siège")
    MATCHES = "matches", _("les mises en relation qu’on me propose")
    MODERATION = "moderation", _("les voix à modérer")
    HOLDERS = "holders", _("mes rendez-vous avec les porteurs de projet")
    ATELIER = "atelier", _("les imports et synthèses terminés")
