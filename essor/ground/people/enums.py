"""Choices about persons and organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StakeholderFamily(models.TextChoices):
    """The families of actors that should meet around a table."""

    CITIZEN = "citizen", _("habitant·e")
    ASSOCIATION = "association", _("association")
    COMPANY = "company", _("entreprise")
    PUBLIC_BODY = "public_body", _("collectivité ou service public")
    RESEARCHER = "researcher", _("recherche")
    WORKER = "worker", _("professionnel·le de terrain")


class LegalForm(models.TextChoices):
    """Legal forms met in the field."""

    ASSOCIATION_1901 = "association_1901", _("association loi 1901")
    FOUNDATION = "foundation", _("fondation ou fonds de dotation")
    SCIC = "scic", _("SCIC")
    SCOP = "scop", _("SCOP")
    COOPERATIVE = "cooperative", _("autre coopérative")
    MUTUAL = "mutual", _("mutuelle")
    SAS = "sas", _("SAS ou SASU")
    SARL = "sarl", _("SARL ou EURL")
    SA = "sa", _("SA")
    SOLE_TRADER = "sole_trader", _("entreprise individuelle")
    COMMUNE = "commune", _("commune")
    INTERCOMMUNALITY = "intercommunality", _("intercommunalité")
    OTHER_PUBLIC = "other_public", _("autre personne publique")
    UNIVERSITY = "university", _("établissement d’enseignement ou de recherche")
    INFORMAL = "informal", _("collectif sans forme juridique")
    OTHER = "other", _("autre")


class Role(models.TextChoices):
    """What a person may do in a territory, from the widest to the narrowest."""

    ADMINISTRATOR = "administrator", _("administrateur ou administratrice")
    FACILITATOR = "facilitator", _("facilitateur ou facilitatrice")
    MODERATOR = "moderator", _("modérateur ou modératrice")
    MEMBER = "member", _("membre")


class DigestRhythm(models.TextChoices):
    """How often a person agrees to receive the digest of what happened."""

    DAILY = "daily", _("chaque jour")
    WEEKLY = "weekly", _("chaque semaine")
    NEVER = "never", _("jamais")
