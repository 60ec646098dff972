"""What is said of a project, as its pages show it."""

from django.db.models import QuerySet

from essor.chain.projects.models import Comment, OfficialAnswer, Project

LATEST = 3


def answers_shown(found: Project) -> QuerySet[OfficialAnswer]:
    """The standing answers of bodies, the latest first."""
    return found.answers.filter(replaced_at=None).select_related("organisation")


def latest_comments(found: Project) -> QuerySet[Comment]:
    """The last comments anybody may read."""
    return found.comments.public().select_related("by").order_by("-at", "-id")[:LATEST]
