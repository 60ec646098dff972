"""Who acted, and how two things are linked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Actor(models.TextChoices):
    """Suggestions of the machine and decisions of people are told apart."""

    PERSON = "person", _("une personne")
    GUEST = "guest", _("une personne sans compte")
    MACHINE = "machine", _("un calcul")


class LinkKind(models.TextChoices):
    """What a link means, read from the source to the result."""

    SPOKEN_AT = "spoken_at", _("a donné la parole à")
    ANSWERS = "answers", _("a reçu la voix")
    SUPPORTS = "supports", _("appuie")
    NUANCES = "nuances", _("nuance ou contredit")
    GROUPED_IN = "grouped_in", _("a nourri")
    PUT_TO_VOTE = "put_to_vote", _("a été soumis au vote dans")  # a voice or a group, by a statement
    DIVIDES = "divides", _("fait débat autour de")  # a statement, about a need
    TAKEN_UP = "taken_up", _("a été pris en charge par")  # a need, by a challenge or an alliance
    ANSWERED_BY = "answered_by", _("a reçu la réponse de")  # a need, by a project
    BECAME = "became", _("est devenu")  # a challenge, a project
    CARRIED_BY = "carried_by", _("est porté par")  # a project, by an alliance
