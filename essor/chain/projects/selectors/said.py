"""Reading what is said of projects: comments, what waits for moderators, who may answer officially."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from essor.chain.projects.enums import CommentState
from essor.chain.projects.models import Comment, CommentReport, Project
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Organisation, OrganisationMember, Person
from essor.ground.people.policies import Visitor, can_facilitate, can_take_part
from essor.ground.territories.models import Territory


def comments_of(project: Project) -> QuerySet[Comment]:
    """Comments that answer none, the latest first; one that was taken away stays when it has answers."""
    answered = Comment.objects.public().filter(reply_to=OuterRef("pk"))
    return (
        Comment.objects.filter(project=project, reply_to=None)
        .filter(Q(state=CommentState.PUBLISHED) | Exists(answered))
        .select_related("by")
        .order_by("-at", "-id")
    )


def replies_of(comments: Iterable[Comment]) -> dict[int, list[Comment]]:
    """The answers to these comments, the oldest first: one query."""
    found: dict[int, list[Comment]] = defaultdict(list)
    rows = Comment.objects.public().filter(reply_to__in=[each.pk for each in comments]).select_related("by")
    for each in rows.order_by("at", "id"):
        found[each.reply_to_id or 0].append(each)
    return found


def comments_to_read(territory: Territory) -> QuerySet[Comment]:
    """Comments that wait or were reported, those reported most first."""
    open_reports = Q(reports__settled_at=None, reports__isnull=False)
    return (
        Comment.objects.filter(project__territory=territory)
        .exclude(state=CommentState.WITHDRAWN)
        .annotate(open_reports=Count("reports", filter=open_reports))
        .filter(Q(state=CommentState.WAITING) | Q(open_reports__gt=0))
        .select_related("by", "project", "project__territory")
        .order_by("-open_reports", "at", "id")
    )


def hidden_comments(territory: Territory) -> QuerySet[Comment]:
    """What was hidden, the latest first, to be able to restore it."""
    rows = Comment.objects.filter(project__territory=territory, state=CommentState.HIDDEN)
    return rows.select_related("by", "project", "project__territory").order_by("-changed_at", "-id")


def bodies_for(person: Visitor, project: Project) -> QuerySet[Organisation]:
    """The public bodies in whose name this member may answer a project."""
    bodies = Organisation.objects.in_territory(project.territory).filter(
        family=StakeholderFamily.PUBLIC_BODY, is_archived=False
    )
    if not isinstance(person, Person) or not project.is_public:
        return bodies.none()
    if not can_take_part(person, project.territory):
        return bodies.none()
    if can_facilitate(person, project.territory):
        return bodies
    return bodies.filter(pk__in=OrganisationMember.objects.filter(person=person).values("organisation"))


def personal_rows(person: Person) -> dict[str, list[Any]]:
    """What this person said of projects, for their own export."""
    return {
        "comments": list(Comment.objects.filter(by=person).values("project__title", "words", "state", "at")),
        "comment_reports": list(
            CommentReport.objects.filter(by=person).values("comment", "reason", "explanation", "at")
        ),
    }
