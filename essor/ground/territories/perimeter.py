"""Reading a perimeter as people paste it: one commune a line, by its INSEE code or by its name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from essor.common.text import plain, tidy
from essor.outside import geo

Rings = list[list[list[float]]]
_CODE_FIRST = re.compile(r"^(\d[0-9ABab]\d{3})(?:[\s;,]+(.+))?$")
_CODE_LAST = re.compile(r"^(.+?)[\s;,]+\(?(\d[0-9ABab]\d{3})\)?$")


@dataclass(frozen=True, slots=True)
class CommuneInPerimeter:
    """A commune as the perimeter keeps it. ``outline``: rings of [longitude, latitude] in degrees."""

    code: str
    name: str
    population: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    outline: Rings | tuple[()] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood, and one sentence for each line that was not."""

    communes: tuple[CommuneInPerimeter, ...]
    errors: tuple[str, ...]


class _LineRefused(ValueError):
    pass


def read_perimeter(text: str, known: Mapping[str, str] | None = None) -> Reading:
    """Communes of a pasted text. ``known`` (code → name) names those of the present perimeter.

    With the communes of France installed, a code or a name is enough; without them, a line that is not
    already known must hold the code and the name.
    """
    found: dict[str, CommuneInPerimeter] = {}
    errors: list[str] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = tidy(raw).strip(" ;,")
        if not line:
            continue
        try:
            commune = _read_line(line, known or {})
        except _LineRefused as refused:
            errors.append(
                _("Ligne %(number)s, « %(line)s » : %(why)s")
                % {"number": number, "line": line[:60], "why": refused}
            )
            continue
        found.setdefault(commune.code, commune)
    return Reading(tuple(found.values()), tuple(errors))


def with_figures(codes: Iterable[str]) -> dict[str, CommuneInPerimeter]:
    """Name, population, place and outline of these communes, when the communes of France are installed."""
    wanted = list(codes)
    try:
        return {each.code: _from_geo(each) for each in geo.communes(wanted)}
    except geo.CommunesNotInstalled:
        return {}


def _from_geo(commune: geo.Commune) -> CommuneInPerimeter:
    rings = [[list(point) for point in ring] for part in commune.outline or () for ring in part]
    return CommuneInPerimeter(
        commune.code, commune.name, commune.population, commune.latitude, commune.longitude, rings
    )


def _read_line(line: str, known: Mapping[str, str]) -> CommuneInPerimeter:
    first, last = _CODE_FIRST.match(line), _CODE_LAST.match(line)
    if first:
        return _by_code(first[1].upper(), (first[2] or "").strip(), known)
    if last:
        return _by_code(last[2].upper(), last[1].strip(), known)
    if re.fullmatch(r"[\d\s]+", line):
        raise _LineRefused(_("un code INSEE a cinq signes, par exemple 59350 ou 2A004."))
    return _by_name(line, known)


def _by_code(code: str, typed: str, known: Mapping[str, str]) -> CommuneInPerimeter:
    figures = with_figures([code]).get(code)
    if figures:
        return figures
    name = typed or known.get(code, "")
    if name:
        return CommuneInPerimeter(code, name)
    if geo.is_installed():
        raise _LineRefused(_("aucune commune ne porte ce code INSEE. Vérifiez-le, ou écrivez le nom après."))
    raise _LineRefused(_("écrivez le nom de la commune après son code, par exemple « 59350 Lille »."))


def _by_name(name: str, known: Mapping[str, str]) -> CommuneInPerimeter:
    for code, present in known.items():
        if plain(present) == plain(name):
            return with_figures([code]).get(code) or CommuneInPerimeter(code, present)
    if not geo.is_installed():
        raise _LineRefused(_("écrivez le code INSEE devant le nom, par exemple « 59350 Lille »."))
    same = [each for each in geo.search(name, limit=50) if _letters(each.name) == _letters(name)]
    if len(same) > 1:
        codes = ", ".join(f"{each.name} ({each.code})" for each in same[:6])
        raise _LineRefused(
            _("plusieurs communes portent ce nom. Écrivez le code de la bonne : %(codes)s.")
            % {"codes": codes}
        )
    if not same:
        raise _LineRefused(_("aucune commune ne porte ce nom. Vérifiez l’orthographe, ou écrivez son code."))
    return with_figures([same[0].code])[same[0].code]


def _letters(name: str) -> str:
    """The name without case, accents, hyphens or apostrophes."""
    return re.sub(r"[^a-z0-9]+", " ", plain(name)).strip()
