"""An organisation read from a file, and what must be looked at before any of it may be public."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from essor.common.text import plain
from essor.outside.issues import IssueLog, RowIssue
from essor.outside.words import gettext as _

MOST_NAME, MOST_WORDS, MOST_SITE, MOST_MAIL, MOST_SOURCE = 160, 4000, 200, 254, 150
_SHARED_MAIL_WORDS = """
    gmail googlemail yahoo ymail hotmail outlook live msn icloud orange wanadoo free sfr neuf laposte
    bbox numericable gmx protonmail proton aol"""
_SHARED_MAIL = frozenset(_SHARED_MAIL_WORDS.split())
_GENERAL_WORDS = """
    contact accueil info infos information mairie secretariat bonjour hello asso association bureau
    administration admin direction communication presse ccas cias commune ville agence antenne centre
    service services social office tourisme mediatheque bibliotheque ecole college lycee mission locale
    emploi siege boutique atelier recrutement rh reservation maison equipe collectif comite"""
_GENERAL = frozenset(_GENERAL_WORDS.split())
_UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_POSTE = "356000000"


@dataclass(frozen=True)
class Structure:
    """One organisation, as it may be public."""

    line: int
    source: str
    name: str
    siren: str = ""
    commune_code: str = ""
    commune: str = ""
    latitude: float | None = None
    longitude: float | None = None
    contact: str = ""
    website: str = ""
    presentation: str = ""
    family: str = ""
    themes: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()


def cell(record: Mapping[str, Any], name: str) -> str:
    """The text of a cell, without what no database or page can hold.

    >>> cell({"nom": " Les\\x00 Semeurs "}, "nom"), cell({}, "nom")
    ('Les Semeurs', '')
    """
    value = record.get(name) if name else None
    return "" if value is None or isinstance(value, dict) else _UNSEEN.sub("", str(value)).strip()


def cut(text: str, most: int, line: int, column: str, issues: IssueLog) -> str:
    """The text, cut at ``most`` characters, and said so."""
    if len(text) <= most:
        return text
    reason = _("Ce texte a plus de %(most)d caractères : la fin n’est pas lue.") % {"most": most}
    issues.add(RowIssue(line, column, reason, _("Raccourcissez-le, et importez de nouveau."), False))
    return text[:most]


def siren_of(text: str, line: int, column: str, issues: IssueLog) -> str:
    """The SIREN of a SIREN or SIRET number; empty, with an issue, when it cannot be one.

    >>> siren_of("732 829 320 00074", 2, "siret", IssueLog()), siren_of("732829321", 2, "siret", IssueLog())
    ('732829320', '')
    """
    digits = re.sub(r"[\s.\-_/]", "", re.sub(r"\.0$", "", text))
    if not digits:
        return ""
    if re.fullmatch(r"\d{9}|\d{14}", digits) and _adds_up(digits):
        return digits[:9]
    if re.fullmatch(r"\d[,\d]*[eE]\+?\d+", digits):
        reason = _("Le tableur a arrondi ce numéro.")
        mend = _("Mettez la colonne au format texte, et recopiez le numéro ; la structure est lue sans.")
    elif not re.fullmatch(r"\d{9}|\d{14}", digits):
        reason = _("Un SIREN a neuf chiffres, un SIRET quatorze.")
        mend = _("Corrigez-le ; la structure est lue sans.")
    else:
        reason = _("La clé de ce numéro n’est pas juste : un chiffre au moins est faux.")
        mend = _("Corrigez-le ; la structure est lue sans.")
    issues.add(RowIssue(line, column, reason, mend, False))
    return ""


def _adds_up(digits: str) -> bool:
    """The key of the formula of Luhn; the establishments of La Poste add up to a multiple of five."""
    if len(digits) == 14 and digits.startswith(_POSTE) and sum(map(int, digits)) % 5 == 0:
        return True
    doubled = (int(each) * (1 + rank % 2) for rank, each in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def could_be_somebody(address: str, organisation: str = "") -> bool:
    """Whether a mail address may be a person’s: when in doubt, yes.

    An address is the organisation’s when its words are a function (contact, accueil…), or are of its name.

    >>> could_be_somebody("jeanne.martin@asso.example"), could_be_somebody("contact@asso.example")
    (True, False)
    >>> could_be_somebody("lesjardins@orange.example", "Les Jardins du Lavoir")
    False
    >>> could_be_somebody("jmartin@asso.example"), could_be_somebody("ccas-bourg@ville.example")
    (True, False)
    """
    local, _at, domain = plain(address).lower().partition("@")
    words = [each for each in re.split(r"[^a-z]+", local) if each]
    if any(each in _GENERAL for each in words):
        return False
    own = _squeezed(organisation)
    labels = domain.split(".")
    if labels and labels[0] not in _SHARED_MAIL:
        own += " " + _squeezed(labels[-2] if len(labels) > 1 else labels[0])
    return not words or not all(len(each) > 2 and each in own for each in words)


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z]+", "", plain(text).lower())
