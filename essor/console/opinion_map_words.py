"""The sentences that say, in plain words, what the map of opinions did and found."""

from collections.abc import Mapping
from typing import Any

from essor.console.words import _, terminal_language

FEW = 5


def step_title(code: str) -> str:
    """What is being done, for the progress bar."""
    return {
        "read": _("Lecture des votes"),
        "axes": _("Recherche des deux axes"),
        "groups": _("Formation des groupes"),
        "stability": _("Vérification des groupes"),
        "portrait": _("Ce que dit chaque groupe"),
        "done": _("Terminé"),
    }.get(code, code)


def group_name(id_: int) -> str:
    """A letter until somebody names the group.

    >>> group_name(0)[-1], group_name(27)[-2:]
    ('A', 'B2')
    """
    letter = chr(ord("A") + id_ % 26) + (str(id_ // 26 + 1) if id_ >= 26 else "")
    return _("Groupe %(letter)s") % {"letter": letter}


def reason_words(code: str) -> str:
    """Why participants have no group."""
    return {
        "no_vote": _("sans vote"),
        "few_votes": _("ayant trop peu voté pour être groupés"),
        "too_few_people": _("trop peu nombreux pour former des groupes"),
        "group_too_small": _("dans un groupe trop petit pour être montré"),
    }[code]


def stability_words(value: float | None) -> str:
    """The Jaccard index of a group, said as one would say it (thresholds of Hennig 2007)."""
    if value is None:
        return _("non mesurée")
    if value >= 0.75:
        return _("groupe solide")
    if value >= 0.5:
        return _("groupe assez solide")
    return _("groupe fragile : à lire avec prudence")


def direction_words(code: str) -> str:
    return _("d’accord") if code == "agree" else _("pas d’accord")


def because_words(code: str) -> str:
    """How the number of groups was settled."""
    return {
        "asked": _("Ce nombre de groupes a été demandé."),
        "best": _("Ce nombre de groupes sépare le mieux les participants."),
        "kept": _("Ce nombre est celui de la carte d’avant : un autre ne fait pas nettement mieux."),
        "one_group": _("Aucun partage ne donne que des groupes assez grands : il n’y en a qu’un."),
        "no_difference": _("Les participants votent de la même façon : il n’y a qu’un groupe."),
        "too_few": _("Il y a trop peu de participants pour former plusieurs groupes."),
    }[code]


def step_sentence(step: Mapping[str, Any]) -> str:
    """One step of the explanation as a sentence; “” for what the report tells elsewhere."""
    code = str(step["code"])
    if code == "groups":
        return because_words(step["because"])
    if code == "axes":
        return _(
            "Les deux axes expliquent %(first).0f %% et %(second).0f %% des différences entre votes."
        ) % {
            "first": 100 * step["first"],
            "second": 100 * step["second"],
        }
    if code == "stability":
        return _("Refait %(runs)d fois avec %(share).0f %% des votes, l’accord est de %(overall)s sur 1.") % {
            **step,
            "share": 100 * step["share"],
            "overall": figure(step["overall"], 2),
        }
    sentence = {
        "read": _(
            "Nous avons lu %(votes)d votes de %(participants)d participants sur %(statements)d énoncés ; "
            "%(replaced)d votes ont été remplacés par un vote plus récent de la même personne."
        ),
        "kept": _(
            "%(statements)d énoncés comptent ; %(set_aside)d sont écartés, sans vote ou par la modération."
        ),
        "counted": _("Il faut %(least_votes)d votes pour être dans un groupe : %(people)d personnes y sont."),
        "not_grouped": _("%(people)d participants ne sont dans aucun groupe."),
    }.get(code, "")
    return sentence % step


def figure(value: float, digits: int) -> str:
    """A number with its decimals, with a comma in French."""
    told = f"{value:.{digits}f}"
    return told.replace(".", ",") if terminal_language() == "fr" else told


def people(count: int) -> str:
    """A number of people as it is shown.

    >>> people(12500)
    '12 500'
    """
    return f"{count:,}".replace(",", " ")
