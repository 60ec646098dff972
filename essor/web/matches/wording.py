"""The parts of a proposal in plain words, and what would change it. The engine gives codes and figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from essor.chain.matches.enums import Reason
from essor.chain.matches.models import Match
from essor.chain.matches.pairs import Pair
from essor.ground.directory.enums import ResourceKind
from essor.ground.people.enums import StakeholderFamily
from essor.ground.territories.models import Theme
from essor.web.typography import nombre

NAMES: dict[str, str | Promise] = {
    "text": gettext_lazy("Les mots"),
    "themes": gettext_lazy("Les thèmes"),
    "distance": gettext_lazy("La distance"),
    "complement": gettext_lazy("Ce que l’un cherche et l’autre propose"),
    "families": gettext_lazy("La famille qui manque à la table"),
    "unusual": gettext_lazy("L’inédit"),
}
KINDS = tuple(ResourceKind)
FAMILIES = tuple(StakeholderFamily)


@dataclass(frozen=True)
class SaidPart:
    """One part of a score: its name, its points out of how many, and why."""

    name: str
    points: int
    most: int
    why: str


def said_parts(match: Match, themes: Mapping[int, Theme]) -> list[SaidPart]:
    """Each part of the score of a proposal, in plain words, the heaviest first."""
    parts = [
        SaidPart(
            str(NAMES[each["name"]]),
            each["points"],
            each["most"],
            _why(each["name"], each["evidence"], themes),
        )
        for each in match.parts
    ]
    return sorted(parts, key=lambda part: (-part.points, part.name))


def said_changes(match: Match) -> list[str]:
    """What would lift or drop the proposal, in plain words."""
    return [_change(each) for each in match.would_change]


def in_a_line(match: Match, themes: Mapping[int, Theme]) -> str:
    """The two strongest reasons, for a list."""
    strongest = [part.why for part in said_parts(match, themes) if part.points][:2]
    return " ".join(strongest)


def said_effect(reason: str, *, is_candidate: bool) -> str:
    """What the next calculation will do of a refusal, in plain words."""
    effects = {
        Reason.TOO_FAR: _("La distance comptera plus pour ce qui est cherché ici."),
        Reason.OTHER_THEME: _("Les thèmes pèseront plus que les mots pour ce qui est cherché ici."),
        Reason.NOT_RELEVANT: _("Ce qui lui ressemble perdra des points pour ce qui est cherché ici."),
    }
    if reason == Reason.NO_TIME and is_candidate:
        return _("Pendant trois mois, vous ne serez proposé à personne.")
    return str(effects.get(Reason(reason), _("Cette rencontre ne sera plus proposée.")))


def said_lessons(match: Match) -> list[str]:
    """What earlier answers changed in the points of this seeker, in plain words."""
    method = match.run.method
    kind, key = Pair.of(match).seeker
    lesson = method.get("learnt", {}).get(f"{kind}:{key:09}")
    if not lesson:
        return []
    usual = method["parameters"]["weights"]["half_distance"]
    told = []
    if lesson["half_distance"] < usual:
        said = {"km": nombre(lesson["half_distance"]), "usual": nombre(usual)}
        words = _("« Trop loin » : la moitié des points de distance se perd à %(km)s km, non à %(usual)s.")
        told.append(words % said)
    if lesson["themes_more"]:
        words = _("« Ce n’est pas notre sujet » : %(points)s points sont passés des mots aux thèmes.")
        told.append(words % {"points": nombre(lesson["themes_more"])})
    if lesson["unlike"]:
        words = ngettext(
            "« Ne correspond pas » : ce qui ressemble à %(n)s proposition déclinée perd des points.",
            "« Ne correspond pas » : ce qui ressemble à %(n)s propositions déclinées perd des points.",
            lesson["unlike"],
        )
        told.append(words % {"n": nombre(lesson["unlike"])})
    return told


def _why(name: str, evidence: Mapping[str, Any], themes: Mapping[int, Theme]) -> str:
    return {
        "text": _text,
        "themes": lambda each: _themes(each, themes),
        "distance": _distance,
        "complement": _complement,
        "families": _families,
        "unusual": lambda each: _unusual(each, themes),
    }[name](evidence)


def _text(evidence: Mapping[str, Any]) -> str:
    words = evidence.get("words", [])
    if not words:
        return _("Leurs textes n’ont pas de mot rare en commun.")
    return _("Leurs textes parlent de la même chose : %(words)s.") % {"words": ", ".join(words[:5])}


def _themes(evidence: Mapping[str, Any], themes: Mapping[int, Theme]) -> str:
    shared = [themes[key].label for key in evidence.get("shared", []) if key in themes]
    if not shared:
        return _("Ils ne travaillent pas sur les mêmes thèmes.")
    return _("Ils partagent : %(themes)s.") % {"themes": ", ".join(shared)}


def _distance(evidence: Mapping[str, Any]) -> str:
    if evidence.get("everywhere"):
        return _("L’un des deux agit dans tout le territoire : la distance ne compte ni pour ni contre.")
    kilometres = round(float(evidence.get("kilometres", 0)))
    if kilometres < 1:
        return _("Ils sont au même endroit.")
    return ngettext(
        "Ils sont à %(n)s kilomètre l’un de l’autre.",
        "Ils sont à %(n)s kilomètres l’un de l’autre.",
        kilometres,
    ) % {"n": nombre(kilometres)}


def _complement(evidence: Mapping[str, Any]) -> str:
    sentences = []
    given = _kinds(evidence.get("brings", []))
    taken = _kinds(evidence.get("receives", []))
    if given:
        sentences.append(_("Il apporte ce qui est cherché : %(kinds)s.") % {"kinds": given})
    if taken:
        sentences.append(_("Il cherche ce qui est proposé ici : %(kinds)s.") % {"kinds": taken})
    return " ".join(sentences) or _("Rien de ce que l’un cherche n’est proposé par l’autre.")


def _kinds(found: Sequence[Mapping[str, Any]]) -> str:
    told = []
    for each in found:
        kind = KINDS[each["kind"]].label
        words = ", ".join(each.get("words", [])[:3])
        told.append(f"{kind} ({words})" if words else str(kind))
    return ", ".join(told)


def _families(evidence: Mapping[str, Any]) -> str:
    brought = [str(FAMILIES[key].label) for key in evidence.get("brings", [])]
    if not brought:
        return _("Sa famille d’acteurs est déjà autour de la table.")
    return _("Il manquait autour de la table : %(families)s.") % {"families": ", ".join(brought)}


def _unusual(evidence: Mapping[str, Any], themes: Mapping[int, Theme]) -> str:
    new = [str(FAMILIES[key].label) for key in evidence.get("families", [])]
    new += [themes[key].label for key in evidence.get("themes", []) if key in themes]
    if not new:
        return _("Cette rencontre ressemble à celles qui ont déjà eu lieu.")
    return _("Jamais encore liés ici : %(what)s.") % {"what": ", ".join(new)}


def _change(each: Mapping[str, Any]) -> str:
    name = str(NAMES.get(each.get("part", ""), each.get("part", "")))
    points = nombre(abs(int(each.get("points", 0))))
    if each.get("effect") == "drops":
        return _("Sans « %(part)s » (%(points)s points), elle ne serait plus proposée.") % {
            "part": name,
            "points": points,
        }
    return _(
        "Avec « %(part)s » au plus haut (%(points)s points de plus), elle monterait au rang %(rank)s."
    ) % {
        "part": name,
        "points": points,
        "rank": nombre(int(each.get("rank", 1))),
    }
