"""The journal of the territory: every fact, who did it, and when."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from essor.common.pagination import page_of
from essor.common.text import tidy
from essor.ground.ledger.models import Fact
from essor.ground.ledger.verbs import TOLD_WITHOUT_NAME, VERBS
from essor.web.access import facilitator, page
from essor.web.atelier.settings.forms import JournalFilter
from essor.web.atelier.settings.tabs import show
from essor.web.exports import export, wanted

PER_PAGE = 50


def who(fact: Fact) -> str:
    """The person's shown name, or what acted; authors of voices are not named."""
    return fact.told_by


def what(fact: Fact) -> str:
    """The verb in words."""
    return str(VERBS.get(fact.verb, fact.verb))


COLUMNS = [
    ("date", lambda fact: fact.at.isoformat()),
    ("qui", who),
    ("quoi", what),
    ("verbe", lambda fact: fact.verb),
    ("objet", lambda fact: f"{fact.thing_type} {fact.thing_id}"),
    ("details", lambda fact: fact.data or ""),
]


@page(who=facilitator)
def journal(request: HttpRequest) -> HttpResponse:
    facts = Fact.objects.in_territory(request.territory).select_related("by")
    form = JournalFilter(request.GET, verbs=sorted(VERBS.items(), key=lambda each: str(each[1])))
    if form.is_valid():
        facts = _filtered(facts, form.cleaned_data)
    if wanted(request):
        return export(request, facts, COLUMNS, "journal")
    shown = page_of(request, facts, PER_PAGE)
    lines = [{"fact": fact, "who": who(fact), "what": what(fact)} for fact in shown]
    return show(request, "atelier/settings/journal.html", {"page": shown, "lines": lines, "filters": form})


def _filtered(facts, asked: dict[str, str]):
    if asked["verb"]:
        facts = facts.filter(verb=asked["verb"])
    person = tidy(asked["person"])
    if person:
        named = Q(by__display_name__icontains=person) | Q(by__email__iexact=person)
        facts = facts.filter(named).exclude(verb__in=TOLD_WITHOUT_NAME)
    return facts
