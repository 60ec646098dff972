"""The map as a report to print, and as files: figures of groups, never of one person."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.web import exports
from essor.web.access import anyone, page
from essor.web.opinion_maps.finding import map_at
from essor.web.opinion_maps.pages import shown_of
from essor.web.opinion_maps.telling import Told, readable_statements
from essor.web.voters import visible_conversation

COLUMNS: list[exports.Column] = [
    (gettext_lazy("numéro"), lambda each: each.statement.number),
    (gettext_lazy("affirmation"), lambda each: each.statement.text),
    (gettext_lazy("d’accord"), lambda each: each.figures["agrees"]),
    (gettext_lazy("pas d’accord"), lambda each: each.figures["disagrees"]),
    (gettext_lazy("passent"), lambda each: each.figures["passes"]),
]


@page(who=anyone)
def opinion_map_report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Everything on one page, made to be printed or kept as a PDF."""
    conversation = visible_conversation(request, slug)
    drawn = map_at(request, conversation, pk)
    shown = shown_of(request, conversation, drawn)
    told: Told = shown["told"]
    shown["is_report"] = True
    shown["rows"] = told.rows(told.columns, readable_statements(drawn, told.columns))
    return render(request, "opinion_maps/report.html", shown)


@page(who=anyone)
def opinion_map_data(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """As CSV or XLSX, a line a statement; as JSON in the shape of the command, without participants."""
    conversation = visible_conversation(request, slug)
    drawn = map_at(request, conversation, pk)
    told = Told(drawn)
    rows = told.rows(told.columns, readable_statements(drawn, told.columns))
    if request.GET.get("format") == "json":
        answer = JsonResponse(_shape(told, rows), json_dumps_params={"ensure_ascii": False, "indent": 1})
        answer["Content-Disposition"] = f'attachment; filename="carte-{drawn.pk}.json"'
        return answer
    columns = [*COLUMNS, *(_of_group(key, label) for key, label in told.labels.items())]
    return exports.export(request, rows, columns, _("carte"))


def _of_group(key: int, label: str) -> exports.Column:
    """The share that agrees in one group, empty where it may not be shown."""

    def percent(row: Any) -> Any:
        own = next((each for each in row.shares if each.key == key), None)
        return own.percent if own is not None and own.percent is not None else ""

    return (_("%(group)s, part d’accord (%%)") % {"group": label}, percent)


def _shape(told: Told, rows: list[Any]) -> dict[str, Any]:
    numbers = {str(each.statement.pk): each.statement.number for each in rows}
    drawn = told.drawn
    return {
        "method": {
            "name": drawn.method,
            "version": drawn.version,
            "parameters": drawn.parameters,
            "seed": drawn.seed,
            "digest": drawn.input_digest,
            "computed_at": drawn.computed_at.isoformat(),
            "stability": told.result["stability"],
        },
        "participants": [],  # nobody's place is published; the count is below
        "participants_count": drawn.participants_count,
        "statements": [
            {"id": each.statement.number, "text": each.statement.text}
            | {name: each.figures[name] for name in ("x", "y", "agrees", "disagrees", "passes")}
            for each in rows
        ],
        "groups": [
            {
                "id": each.named.key,
                "name": each.label,
                "size": each.named.size,
                "representative": [
                    {
                        "statement": one.statement.number,
                        "direction": one.direction,
                        "ratio": one.times if one.count is not None else None,
                    }
                    for one in each.said
                ],
            }
            for each in told.groups
        ],
        "consensus": _listed(told.result["consensus"], numbers, ("direction", "metric", "share")),
        "divisive": _listed(told.result["divisive"], numbers, ("metric",)),
    }


def _listed(
    rows: list[dict[str, Any]], numbers: dict[str, int], names: tuple[str, ...]
) -> list[dict[str, Any]]:
    return [
        {"statement": numbers[each["statement"]], **{name: each[name] for name in names}}
        for each in rows
        if each["statement"] in numbers
    ]
