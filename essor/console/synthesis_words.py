"""The sentences that say, in plain words, what the synthesis engine did: its steps, reasons and measures."""

from collections.abc import Mapping
from typing import Any

from essor.console.words import _


def step_title(code: str) -> str:
    """What is being done, for the progress bar."""
    return {
        "read": _("Lecture des textes"),
        "fold": _("Recherche des copies"),
        "vectors": _("Sens des mots"),
        "group": _("Rapprochement des textes"),
        "stability": _("Vérification des groupes"),
        "name": _("Noms et citations"),
        "done": _("Terminé"),
    }.get(code, code)


def reason_words(code: str) -> str:
    """Why a text has no group."""
    return {
        "empty": _("sans texte"),
        "too_short": _("trop courts pour dire un thème"),
        "not_words": _("sans mot lisible"),
        "language_unknown": _("dans une langue que l’outil ne lit pas"),
        "far_from_everything": _("sans rien de commun avec les autres"),
    }[code]


def stability_words(value: float | None) -> str:
    """The Jaccard index of a group, said as one would say it (thresholds of Hennig 2007)."""
    if value is None:
        return ""
    if value >= 0.75:
        return _("groupe solide")
    if value >= 0.5:
        return _("groupe assez solide")
    return _("groupe fragile : relisez-le")


def step_sentence(step: Mapping[str, Any]) -> str:
    """One step of the explanation as a sentence."""
    sentence = {
        "read": _("Nous avons lu %(texts)d textes, soit %(words)d mots ; %(english)d semblent en anglais."),
        "fold": _("%(copies)d copies ou presque, en %(families)d familles, ne comptent qu’une fois."),
        "vectors": _("%(texts)d textes différents ont été placés selon le sens de leurs mots."),
        "smooth": _("Chaque texte s’appuie sur les %(neighbours)d qui lui ressemblent le plus."),
        "overview": _("La vue d’ensemble a %(groups)d groupes."),
        "detail": _("Le détail en a %(groups)d, dont %(small_voices)d petites voix gardées à part."),
        "left_aside": _("%(texts)d textes restent de côté, chacun avec sa raison."),
        "stability": _(
            "Refait %(runs)d fois sur une partie des textes, l’accord est de %(overall).2f sur 1."
        ),
    }[str(step["code"])]
    return sentence % step + (_tried(step) if step.get("tried") else "")


def _tried(step: Mapping[str, Any]) -> str:
    scores = ", ".join(f"{number} : {score:.2f}" for number, score in step["tried"].items())
    return " " + _("Ce nombre sépare le mieux les textes (essayés : %(scores)s).") % {"scores": scores}
