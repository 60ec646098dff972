"""An alliance takes up needs and projects, is published or put back: the thread is kept in step."""

from django.db import transaction
from django.db.models import Model, QuerySet

from essor.chain.alliances.models import Alliance
from essor.chain.alliances.services import alliances
from essor.chain.needs.models import Need
from essor.chain.projects.models import Project
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import LinkKind
from essor.ground.ledger.models import Link
from essor.ground.people.models import Person


@transaction.atomic
def carry_project(*, by: Person, alliance: Alliance, project: Project) -> None:
    """Confide a project; once the alliance is public, the project shows it."""
    alliances.add_project(by=by, alliance=alliance, project=project)
    _tie(by, alliance)


@transaction.atomic
def take_up_need(*, by: Person, alliance: Alliance, need: Need) -> None:
    """Confide a need; once the alliance is public, the need shows it."""
    alliances.add_need(by=by, alliance=alliance, need=need)
    _tie(by, alliance)


@transaction.atomic
def put_down(*, by: Person, alliance: Alliance, thing: Project | Need) -> None:
    """The alliance no longer carries a project or a need: the thread between them ends."""
    if isinstance(thing, Project):
        alliances.remove_project(by=by, alliance=alliance, project=thing)
    else:
        alliances.remove_need(by=by, alliance=alliance, need=thing)
    links = _links(alliance).filter(source_type=thing._meta.label_lower, source_id=thing.pk)
    ledger.end_links(by=by, links=list(links), why="the alliance put it down")


@transaction.atomic
def publish_alliance(*, by: Person, alliance: Alliance) -> Alliance:
    """Publish it and tie its thread."""
    alliance = alliances.publish_alliance(by=by, alliance=alliance)
    _tie(by, alliance)
    return alliance


@transaction.atomic
def unpublish_alliance(*, by: Person, alliance: Alliance) -> Alliance:
    """Put it back to draft: nothing of it is shown on the thread."""
    alliance = alliances.unpublish_alliance(by=by, alliance=alliance)
    ledger.end_links(by=by, links=list(_links(alliance)), why="the alliance went back to draft")
    return alliance


def _tie(by: Person, alliance: Alliance) -> None:
    alliance.refresh_from_db()
    if not alliance.is_public:
        return
    for row in alliance.carried.select_related("project"):
        _link(by, row.project, alliance, LinkKind.CARRIED_BY)
    for need in alliance.taken_up.select_related("need"):
        _link(by, need.need, alliance, LinkKind.TAKEN_UP)


def _links(alliance: Alliance) -> QuerySet[Link]:
    return Link.objects.standing().filter(result_type=alliance._meta.label_lower, result_id=alliance.pk)


def _link(by: Person, source: Model, alliance: Alliance, kind: str) -> None:
    ledger.link(by=by, territory=alliance.territory, source=source, result=alliance, kind=kind)
