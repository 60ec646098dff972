from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.enums import HideReason
from essor.chain.projects.enums import CommentState, Position
from essor.chain.projects.models.projects import Project
from essor.common.fields import NFCText
from essor.ground.people.models import Organisation, Person


class CommentQuerySet(models.QuerySet["Comment"]):
    def public(self) -> Self:
        return self.filter(state=CommentState.PUBLISHED)

    def to_read(self) -> Self:
        return self.filter(state=CommentState.WAITING)


class Comment(models.Model):
    """What a member says of a project; an answer to another comment is one level deep."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="comments")
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.PUBLISHED)
    words = NFCText(_("votre commentaire"), max_length=4000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["project", "state", "at"], name="comments_of_a_project")]


class CommentReport(models.Model):
    """Somebody thinks that a comment breaks the charter."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=HideReason)
    explanation = NFCText(_("précision"), blank=True, max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "by"], name="one_report_of_a_comment_per_person")
        ]


class CommentDecision(models.Model):
    """What a moderator decided of a comment, and the reason its author is shown."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="decisions")
    is_hidden = models.BooleanField()
    reason = models.CharField(max_length=10, choices=HideReason, blank=True)
    explanation = NFCText(_("mot à l’auteur ou l’autrice"), blank=True, max_length=1000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]


class OfficialAnswer(models.Model):
    """What a body says of a project, signed. A later answer replaces it; all stay readable."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.CharField(max_length=12, choices=Position)
    words = NFCText(_("réponse"), max_length=4000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_standing_answer_of_a_body",
            )
        ]
