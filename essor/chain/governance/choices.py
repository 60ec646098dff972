"""What a ballot may say under each method, and how what was sent is read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from essor.chain.governance.enums import DecisionMethod

BLANK = "blank"
SIMPLE = {
    DecisionMethod.CONSENT: ("consent", "aside", "object"),
    DecisionMethod.MAJORITY: ("yes", "no", "abstain"),
    DecisionMethod.WEIGHTED: ("yes", "no", "abstain"),
}
SEVERAL = frozenset(
    {DecisionMethod.JUDGEMENT, DecisionMethod.APPROVAL, DecisionMethod.RANKED, DecisionMethod.SCORE}
)
GRADES = ("reject", "poor", "fair", "good", "very_good", "excellent")  # from the worst to the best
HIGHEST = 100  # of the scale of scores


class ChoiceRefused(ValueError):
    """This ballot says nothing that the method can count; the message says what to mend."""


def checked(method: str, rules: Mapping[str, Any], choice: object) -> object:
    """The choice as it is kept: plain JSON values in one canonical order.

    ``yes``/``no``/``abstain`` for majorities; ``consent``/``aside``/``object`` for consent; a list of codes
    for approval; {code: grade} for majority judgement, every option graded; {code: whole number} for
    scores; a list of lists of codes, the best first, for ranking (options left out come last together).
    ``blank`` always. Raises ChoiceRefused.
    """
    if choice == BLANK:
        return BLANK
    if method in SIMPLE:
        if choice not in SIMPLE[DecisionMethod(method)]:
            raise ChoiceRefused(_("Choisissez une des réponses proposées."))
        return choice
    codes = [option["code"] for option in rules["options"]]
    return _READERS[DecisionMethod(method)](rules, codes, choice)


def _approval(_rules: Mapping[str, Any], codes: Sequence[str], choice: object) -> list[str]:
    if not isinstance(choice, list) or not set(map(str, choice)) <= set(codes):
        raise ChoiceRefused(_("Cochez des réponses de la liste."))
    if not choice:
        raise ChoiceRefused(_("Cochez au moins une réponse, ou votez blanc."))
    return [code for code in codes if code in choice]


def _judgement(rules: Mapping[str, Any], codes: Sequence[str], choice: object) -> dict[str, str]:
    given = _by_code(codes, choice)
    if set(given) != set(codes):
        raise ChoiceRefused(_("Donnez une mention à chaque réponse, ou votez blanc."))
    grades = rules.get("grades", GRADES)
    if not all(grade in grades for grade in given.values()):
        raise ChoiceRefused(_("Choisissez une mention de la liste."))
    return {code: given[code] for code in codes}


def _score(rules: Mapping[str, Any], codes: Sequence[str], choice: object) -> dict[str, int]:
    given = _by_code(codes, choice)
    low, high = rules["scale"]
    for code, value in given.items():
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise ChoiceRefused(
                _("Donnez une note entière de %(low)s à %(high)s.") % {"low": low, "high": high}
            )
        given[code] = value
    if set(given) != set(codes):
        raise ChoiceRefused(_("Donnez une note à chaque réponse, ou votez blanc."))
    return {code: given[code] for code in codes}


def _ranked(_rules: Mapping[str, Any], codes: Sequence[str], choice: object) -> list[list[str]]:
    if not isinstance(choice, list) or not all(isinstance(row, list) and row for row in choice):
        raise ChoiceRefused(_("Classez au moins une réponse, ou votez blanc."))
    flat = [str(code) for row in choice for code in row]
    if not flat or len(flat) != len(set(flat)) or not set(flat) <= set(codes):
        raise ChoiceRefused(_("Classez chaque réponse une seule fois."))
    return [_in_order(codes, row) for row in choice]


def _in_order(codes: Sequence[str], row: Iterable[str]) -> list[str]:
    there = set(row)
    return [code for code in codes if code in there]


def _by_code(codes: Sequence[str], choice: object) -> dict[str, Any]:
    if not isinstance(choice, dict) or not set(choice) <= set(codes):
        raise ChoiceRefused(_("Répondez pour les réponses de la liste."))
    return dict(choice)


_READERS = {
    DecisionMethod.APPROVAL: _approval,
    DecisionMethod.JUDGEMENT: _judgement,
    DecisionMethod.SCORE: _score,
    DecisionMethod.RANKED: _ranked,
}
