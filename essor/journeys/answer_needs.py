"""A project says which needs it answers, is published, put back or hidden: the thread is kept in step."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from essor.chain.needs.enums import NeedState
from essor.chain.needs.models import Need
from essor.chain.needs.services.needs import move_need
from essor.chain.projects.models import Project, ProjectNeed
from essor.chain.projects.services import projects
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import LinkKind
from essor.ground.ledger.models import Link
from essor.ground.people.models import Person
from essor.ground.people.policies import can_facilitate


@transaction.atomic
def answer_need(*, by: Person, project: Project, need: Need, how: str) -> ProjectNeed:
    """Say how the project answers a need; once the project is public, the need shows it."""
    answer = projects.answer_need(by=by, project=project, need=need, how=how)
    project.refresh_from_db()
    if project.is_public:
        _tie(by, project)
    return answer


@transaction.atomic
def release_need(*, by: Person, project: Project, need: Need) -> None:
    """The project no longer answers this need: the thread between them ends."""
    projects.release_need(by=by, project=project, need=need)
    links = _links(project).filter(source_type=need._meta.label_lower, source_id=need.pk)
    ledger.end_links(by=by, links=list(links), why="the project no longer answers the need")


@transaction.atomic
def publish_project(*, by: Person, project: Project) -> Project:
    """Publish and tie the thread. A facilitator also says of each need that it is being answered."""
    project = projects.publish_project(by=by, project=project)
    _tie(by, project)
    return project


@transaction.atomic
def unpublish_project(*, by: Person, project: Project) -> Project:
    """Put it back to draft: nothing of it is shown on the thread."""
    project = projects.unpublish_project(by=by, project=project)
    _untie(by, project, "the project went back to draft")
    return project


@transaction.atomic
def hide_project(*, by: Person, project: Project, why: str) -> Project:
    """Moderators hide it: nothing of it is shown on the thread."""
    project = projects.hide_project(by=by, project=project, why=why)
    _untie(by, project, "the project was hidden")
    return project


@transaction.atomic
def restore_project(*, by: Person, project: Project) -> Project:
    """Show it again, with its thread."""
    project = projects.restore_project(by=by, project=project)
    if project.is_public:
        _tie(by, project)
    return project


def _links(project: Project) -> QuerySet[Link]:
    return Link.objects.standing().filter(result_type=project._meta.label_lower, result_id=project.pk)


def _tie(by: Person, project: Project) -> None:
    answered = ProjectNeed.objects.filter(project=project).select_related("need__territory")
    needs = [each.need for each in answered if each.need.is_public]
    pairs = [(need, project, LinkKind.ANSWERED_BY) for need in needs]
    if project.challenge is not None:
        pairs.append((project.challenge, project, LinkKind.BECAME))  # type: ignore[arg-type]
    ledger.link_many(by=by, territory=project.territory, pairs=pairs)
    for need in needs:
        if need.state == NeedState.TO_COVER and can_facilitate(by, project.territory):
            why = _("Un projet y répond : « %(project)s ».") % {"project": project.title}
            move_need(by=by, need=need, state=NeedState.BEING_ANSWERED, why=why)


def _untie(by: Person, project: Project, why: str) -> None:
    ledger.end_links(by=by, links=list(_links(project)), why=why)
