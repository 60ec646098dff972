"""The map of opinions, explained on a small table that the reader may change: its engine runs for them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.web.access import anyone, page
from essor.web.drawings.opinion_map import Camp, Stand
from essor.web.drawings.opinion_map import opinion_map as draw
from essor.web.drawings.picture import Picture

ENGINE = "essor.web.methods.opinion_toy.draw_toy"  # loaded when first asked for: other pages never need it
PEOPLE = ("Anne", "Bakari", "Célia", "David", "Elif", "Fanny", "Gaël", "Hana")
SAID = (
    gettext_lazy("Il faut un bus le soir."),
    gettext_lazy("Le centre devrait être sans voitures."),
    gettext_lazy("Un parking de plus aiderait les commerces."),
    gettext_lazy("La piste cyclable passe avant le parking."),
    gettext_lazy("Je fais mes courses en voiture."),
    gettext_lazy("Les trottoirs sont trop étroits."),
)
START = ("++-+-+", "++-+-+", "++-+0+", "++ +-+", "+-+-++", "+-+-++", "+-+0++", "+0+-+ ")
SIGNS = {"+": 1, "-": -1, "0": 0, " ": None}
Table = tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True)
class Cell:
    """One answer of the table, as a choice of the form."""

    name: str
    label: str
    sign: str


@page(who=anyone)
def opinion_map(request: HttpRequest) -> HttpResponse:
    """How the map is made, step by step."""
    signs = _asked(request)
    table: Table = tuple(tuple(SIGNS[sign] for sign in row) for row in signs)
    found = import_string(ENGINE)(table)
    shown = {
        "statements": list(enumerate(SAID, start=1)),
        "rows": [(name, _cells(at, row)) for at, (name, row) in enumerate(zip(PEOPLE, signs, strict=True))],
        "signs": (
            ("+", _("d’accord")),
            ("-", _("pas d’accord")),
            ("0", _("passe")),
            (" ", _("n’a pas voté")),
        ),
        "is_changed": signs != START,
        "found": found,
        "crumbs": [(_("Méthodes"), reverse("methods")), (_("La carte des opinions"), None)],
    }
    if found is not None:
        shown |= _told(found)
    return render(request, "methods/opinion_map.html", shown)


def _asked(request: HttpRequest) -> tuple[str, ...]:
    """The table of the address: what is missing or unknown is as in the example."""
    return tuple(
        "".join(
            sign if (sign := request.GET.get(f"v{at}{column}", first)) in SIGNS else first
            for column, first in enumerate(row)
        )
        for at, row in enumerate(START)
    )


def _cells(at: int, row: str) -> list[Cell]:
    return [
        Cell(f"v{at}{column}", _("%(who)s, phrase %(n)d") % {"who": PEOPLE[at], "n": column + 1}, sign)
        for column, sign in enumerate(row)
    ]


def _told(found: Any) -> dict[str, Any]:
    names = {each.id: _("Groupe %(letter)s") % {"letter": "ABCDEFGH"[each.id % 8]} for each in found.groups}
    groups = [
        {
            "name": names[each.id],
            "people": [PEOPLE[at] for at, (_x, _y, group) in enumerate(found.dots) if group == each.id],
            "said": [(SAID[int(one.statement)], one) for one in each.representative],
        }
        for each in found.groups
    ]
    return {
        "picture": _picture(found, names),
        "groups": groups,
        "alone": [PEOPLE[at] for at, (_x, _y, group) in enumerate(found.dots) if group is None],
        "agreed": [(SAID[int(each.statement)], each) for each in found.consensus],
        "divided": [SAID[int(each.statement)] for each in found.divisive],
        "means": [(number, round(mean, 2)) for number, mean in zip(found.kept, found.means, strict=True)],
        "tried": [(each.k, round(each.silhouette, 2), each.refused) for each in found.choices],
        "explained": [round(100 * each) for each in found.explained],
    }


def _picture(found: Any, names: dict[int, str]) -> Picture:
    sizes = {each.id: each.size for each in found.groups}
    camps = [Camp(str(key), name, sizes[key]) for key, name in names.items()]
    stands = [Stand(x, y, None if group is None else str(group)) for x, y, group in found.dots]
    return draw(camps=camps, stands=stands, title=_("Carte de l’exemple"))
