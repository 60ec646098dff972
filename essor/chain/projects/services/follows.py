"""Following a project, and no longer."""

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.projects.models import Follow, Project
from essor.chain.projects.services.refusals import ProjectRefused
from essor.common import clock
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person


@transaction.atomic
def follow(*, by: Person, project: Project) -> bool:
    """Be told what becomes of a public project. True when it is new."""
    if not project.is_public:
        raise ProjectRefused(_("On ne suit qu’un projet public."))
    _row, is_new = Follow.objects.get_or_create(project=project, person=by, defaults={"at": clock.now()})
    if is_new:
        _count(project)
        ledger.record(by=by, verb="project.followed", thing=project, territory=project.territory)
    return is_new


@transaction.atomic
def unfollow(*, by: Person, project: Project) -> bool:
    """No longer be told. True when there was something to end."""
    gone, _by_model = Follow.objects.filter(project=project, person=by).delete()
    if gone:
        _count(project)
        ledger.record(by=by, verb="project.unfollowed", thing=project, territory=project.territory)
    return bool(gone)


@transaction.atomic
def forget_person(*, person: Person) -> int:
    """The person follows nothing any more."""
    rows = Follow.objects.filter(person=person)
    keys = list(rows.values_list("project", flat=True))
    gone, _by_model = rows.delete()
    for project in Project.objects.filter(pk__in=keys):
        _count(project)
    return gone


def _count(project: Project) -> None:
    number = Follow.objects.filter(project=project).count()
    Project.objects.filter(pk=project.pk).update(followers_count=number)
    project.followers_count = number
