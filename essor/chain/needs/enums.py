"""Choices and states of syntheses and needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SynthesisState(models.TextChoices):
    QUEUED = "queued", _("en file d’attente")
    RUNNING = "running", _("en cours de calcul")
    READY = "ready", _("prête")
    FAILED = "failed", _("échouée")
    ARCHIVED = "archived", _("archivée")


class Grain(models.TextChoices):
    OVERVIEW = "overview", _("vue d’ensemble (5 à 12 groupes)")
    DETAIL = "detail", _("détail (20 à 60 groupes)")


class Hand(models.TextChoices):
    """Whose hand: what the machine suggests and what people decide are told apart."""

    MACHINE = "machine", _("proposé par le calcul")
    PERSON = "person", _("décidé par une personne")


class LeftAside(models.TextChoices):
    """Why a voice is in no group."""

    EMPTY = "empty", _("texte vide")
    TOO_SHORT = "too_short", _("texte trop court")
    NOT_WORDS = "not_words", _("pas de mots reconnaissables")
    LANGUAGE = "language_unknown", _("langue non reconnue")
    FAR = "far_from_everything", _("ne ressemble à aucune autre voix")
    BY_HAND = "by_hand", _("mise de côté par une personne")


class CurationVerb(models.TextChoices):
    RENAME = "rename", _("renommer")
    MERGE = "merge", _("réunir")
    SPLIT = "split", _("diviser")
    MAKE = "make", _("créer un groupe")
    MOVE = "move", _("déplacer des voix")
    QUOTE = "quote", _("choisir une citation")
    STANCE = "stance", _("marquer comme voix contraire")
    ASIDE = "aside", _("mettre des voix de côté")


class NeedState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    TO_COVER = "to_cover", _("à couvrir")
    BEING_ANSWERED = "being_answered", _("en cours de réponse")
    COVERED = "covered", _("couvert")
    WITHDRAWN = "withdrawn", _("retiré")


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("appuie ce besoin")
    CONTRARY = "contrary", _("voix contraire ou nuancée")


class Reading(models.TextChoices):
    """What a vote on a statement tells about a need."""

    AGREED = "agreed", _("on est d’accord : l’affirmation appuie ce besoin")
    DIVIDED = "divided", _("on est partagé : l’affirmation fait débat autour de ce besoin")
