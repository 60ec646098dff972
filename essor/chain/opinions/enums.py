"""Choices and states of conversations, statements and votes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConversationState(models.TextChoices):
    DRAFT = "draft", _("en préparation")
    OPEN = "open", _("ouvert")
    CLOSED = "closed", _("clos")
    ARCHIVED = "archived", _("archivé")


class Proposers(models.TextChoices):
    """Who may add a statement of their own."""

    EVERYBODY = "everybody", _("toute personne qui vote")
    MEMBERS = "members", _("les membres du territoire")
    NOBODY = "nobody", _("seulement l’équipe d’animation")


class StatementModeration(models.TextChoices):
    AFTER = "after", _("les affirmations proposées paraissent aussitôt, et sont relues ensuite")
    BEFORE = "before", _("les affirmations proposées paraissent après relecture")


class StatementStatus(models.TextChoices):
    PROPOSED = "proposed", _("en attente de relecture")
    ACCEPTED = "accepted", _("soumise au vote")
    REJECTED = "rejected", _("écartée")
    MERGED = "merged", _("réunie à une autre")


class RejectReason(models.TextChoices):
    """Reasons shown to the author, each with a rule of the charter or of good statements."""

    DUPLICATE = "duplicate", _("déjà dit par une autre affirmation")
    SEVERAL_IDEAS = "several", _("plusieurs idées à la fois : on ne saurait pas à quoi l’on répond")
    UNCLEAR = "unclear", _("on ne comprend pas ce qui est affirmé")
    OFF_TOPIC = "off_topic", _("sans rapport avec la question")
    PERSONAL = "personal", _("données personnelles")
    INSULT = "insult", _("propos injurieux ou discriminatoires")
    ADVERT = "advert", _("publicité ou démarchage")
    ILLEGAL = "illegal", _("propos contraires à la loi")
    ELSEWHERE = "elsewhere", _("écartée sur le site d’où elle vient")
    TAKEN_BACK = "taken_back", _("reprise par son auteur ou autrice")


class StatementSource(models.TextChoices):
    SEED = "seed", _("écrite par l’équipe d’animation")
    VOICE = "voice", _("née d’une voix")
    GROUP = "group", _("née d’un groupe de voix")
    PARTICIPANT = "participant", _("proposée par une personne qui vote")
    IMPORT = "import", _("venue d’un autre site")


class Choice(models.IntegerChoices):
    """An opinion on a statement. The figures are those of the exports: +1, −1, 0."""

    AGREE = 1, _("d’accord")
    DISAGREE = -1, _("pas d’accord")
    PASS = 0, _("je passe")


class Door(models.TextChoices):
    """By which door somebody came in, and a vote with them. All count alike."""

    ONLINE = "online", _("en ligne")
    ROOM = "room", _("dans une salle")
    PAPER = "paper", _("sur papier")
    IMPORT = "import", _("d’un autre site")


class ImportState(models.TextChoices):
    QUEUED = "queued", _("en file d’attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("terminé")
    FAILED = "failed", _("échoué")
    UNDONE = "undone", _("annulé")
