"""Choices of a territory."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Hue(models.TextChoices):
    """The accent of a territory or a theme, taken from the steps of the chain so that contrast holds."""

    TEAL = "listen", _("bleu canard")
    AMBER = "need", _("ambre")
    GREEN = "project", _("vert")
    PLUM = "alliance", _("prune")
    INDIGO = "decide", _("indigo")
    BRICK = "finance", _("brique")
    OLIVE = "place", _("olive")
    BLUE = "impact", _("bleu")


class Pictogram(models.TextChoices):
    """Pictograms drawn for themes; each is a symbol of the same name in the site's set."""

    FOOD = "alimentation", _("alimentation")
    ENERGY = "energie", _("énergie")
    MOBILITY = "mobilite", _("mobilité")
    HEALTH = "sante", _("santé")
    HOUSING = "logement", _("logement")
    SOCIAL = "lien-social", _("lien social")
    ENVIRONMENT = "environnement", _("environnement")
    EDUCATION = "education", _("éducation")
    CULTURE = "culture", _("culture")
    WORK = "emploi", _("emploi")
    DIGITAL = "numerique", _("numérique")
    GOVERNANCE = "gouvernance-locale", _("gouvernance locale")
    OTHER = "autre", _("autre")
