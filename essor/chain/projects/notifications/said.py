"""Who is told of comments, decisions on them, and official answers."""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.projects.enums import CommentState, TeamRole
from essor.chain.projects.models import Comment, CommentDecision, OfficialAnswer
from essor.chain.projects.notifications.projects import SHOWN, followers_of, team_of
from essor.common.text import excerpt
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.services import tell
from essor.ground.people.enums import Role
from essor.ground.people.selectors import people_told_of

MODERATORS = (Role.MODERATOR, Role.FACILITATOR, Role.ADMINISTRATOR)


def tell_commented(comment: Comment) -> None:
    """The team, and who is answered, learn of a comment once it can be read; moderators, that it waits."""
    transaction.on_commit(partial(_tell_commented, comment))


def tell_reported(comment: Comment) -> None:
    """Moderators have something to read."""
    transaction.on_commit(partial(_tell_moderators, comment))


def tell_decided(decision: CommentDecision) -> None:
    """The author learns that their comment was hidden or shown, and why."""
    transaction.on_commit(partial(_tell_decided, decision))


def tell_answered(answer: OfficialAnswer) -> None:
    """The team and those who follow learn that a body answered."""
    transaction.on_commit(partial(_tell_answered, answer))


def _tell_commented(comment: Comment) -> None:
    if comment.state == CommentState.WAITING:
        _tell_moderators(comment)
        return
    persons = {each.pk: each for each in team_of(comment.project, TeamRole.HOLDER, TeamRole.CONTRIBUTOR)}
    if comment.reply_to is not None and comment.reply_to.by is not None:
        persons[comment.reply_to.by.pk] = comment.reply_to.by
    persons.pop(comment.by_id or 0, None)
    said = {"project": excerpt(comment.project.title, SHOWN)}
    tell(
        persons=persons.values(),
        territory=comment.project.territory,
        kind=NoticeKind.PROJECTS,
        text=lambda: _("On commente le projet « %(project)s ».") % said,
        url=_address(comment),
        group_key=f"project:{comment.project_id}:comments",
    )


def _tell_moderators(comment: Comment) -> None:
    territory = comment.project.territory
    tell(
        persons=people_told_of(territory, roles=MODERATORS),
        territory=territory,
        kind=NoticeKind.MODERATION,
        text=lambda: _("Un commentaire attend d’être lu."),
        url=reverse("territory:atelier_comments", args=[territory.slug]),
        group_key=f"comments:{territory.pk}",
    )


def _tell_decided(decision: CommentDecision) -> None:
    comment = decision.comment
    if comment.by is None or comment.by_id == decision.by_id:
        return
    said = {
        "project": excerpt(comment.project.title, SHOWN),
        "reason": decision.get_reason_display(),
    }

    def words() -> str:
        if decision.is_hidden:
            return _("Votre commentaire sur « %(project)s » est masqué : %(reason)s.") % said
        return _("Votre commentaire sur « %(project)s » est publié.") % said

    tell(
        persons=[comment.by],
        territory=comment.project.territory,
        kind=NoticeKind.PROJECTS,
        text=words,
        url=_address(comment),
        group_key=f"comment:{comment.pk}",
    )


def _tell_answered(answer: OfficialAnswer) -> None:
    project = answer.project
    said = {"body": excerpt(answer.organisation.name, SHOWN), "project": excerpt(project.title, SHOWN)}
    tell(
        persons=[each for each in followers_of(project) if each.pk != answer.by_id],
        territory=project.territory,
        kind=NoticeKind.PROJECTS,
        text=lambda: _("%(body)s répond au projet « %(project)s ».") % said,
        url=project.get_absolute_url(),
        group_key=f"project:{project.pk}:answers",
    )


def _address(comment: Comment) -> str:
    project = comment.project
    return reverse("territory:project_comments", args=[project.territory.slug, project.slug])
