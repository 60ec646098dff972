"""What is said of a project: comments, reports and decisions on them, and official answers of bodies."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.listening import personal_data
from essor.chain.listening.enums import HideReason
from essor.chain.projects.enums import CommentState, Position
from essor.chain.projects.models import (
    Comment,
    CommentDecision,
    CommentReport,
    OfficialAnswer,
    Project,
)
from essor.chain.projects.notifications.said import (
    tell_answered,
    tell_commented,
    tell_decided,
    tell_reported,
)
from essor.chain.projects.policies import can_comment_project
from essor.chain.projects.services.refusals import ProjectRefused
from essor.common import clock
from essor.common.text import tidy
from essor.ground.ledger import services as ledger
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Organisation, OrganisationMember, Person
from essor.ground.people.policies import can_facilitate, can_take_part

CORRECTED_WITHIN = timedelta(minutes=15)
LONGEST = 4000


@transaction.atomic
def make_comment(
    *, by: Person, project: Project, words: str, reply_to: Comment | None = None, must_wait: bool = False
) -> Comment:
    """Comment a public project. Words that look like personal data are read before they are shown.

    ``must_wait``: so are these, whatever they look like.
    """
    if not can_comment_project(by, project):
        raise ProjectRefused(_("Seuls les membres du territoire commentent ses projets publics."))
    if reply_to is not None:
        if reply_to.project_id != project.pk or reply_to.state != CommentState.PUBLISHED:
            raise ProjectRefused(_("Le commentaire auquel vous répondez n’est plus là."))
        reply_to = reply_to.reply_to or reply_to  # one level: answers to an answer stand beside it
    now = clock.now()
    words = _words(words)
    waits = must_wait or bool(personal_data.find(words))
    comment = Comment.objects.create(
        project=project,
        reply_to=reply_to,
        state=CommentState.WAITING if waits else CommentState.PUBLISHED,
        words=words,
        by=by,
        at=now,
        changed_at=now,
    )
    _record(by, comment, "comment.made")
    tell_commented(comment)
    return comment


@transaction.atomic
def correct_comment(*, by: Person, comment: Comment, words: str) -> Comment:
    """Mend one's own comment, in the quarter of an hour that follows.

    The new words are looked at like the first: with personal data, they wait to be read.
    """
    comment = _locked(comment)
    _check_own(by, comment)
    if clock.now() > comment.at + CORRECTED_WITHIN:
        raise ProjectRefused(_("Un commentaire se corrige dans le quart d’heure : répondez-y plutôt."))
    comment.words, comment.changed_at = _words(words), clock.now()
    begins_to_wait = comment.state == CommentState.PUBLISHED and bool(personal_data.find(comment.words))
    if begins_to_wait:
        comment.state = CommentState.WAITING
    comment.save(update_fields=["words", "changed_at", "state"])
    _record(by, comment, "comment.corrected")
    if begins_to_wait:
        tell_commented(comment)
    return comment


@transaction.atomic
def withdraw_comment(*, by: Person, comment: Comment) -> Comment:
    """Take one's own comment back: its words are let go."""
    comment = _locked(comment)
    _check_own(by, comment)
    comment.state, comment.words, comment.changed_at = CommentState.WITHDRAWN, "—", clock.now()
    comment.save(update_fields=["state", "words", "changed_at"])
    _record(by, comment, "comment.withdrawn")
    return comment


@transaction.atomic
def report_comment(*, by: Person, comment: Comment, reason: str, explanation: str = "") -> CommentReport:
    """Say that a comment breaks the charter: once a person."""
    if comment.state != CommentState.PUBLISHED:
        raise ProjectRefused(_("Ce commentaire n’est plus publié."))
    report, is_new = CommentReport.objects.get_or_create(
        comment=comment,
        by=by,
        defaults={
            "reason": HideReason(reason),
            "explanation": tidy(explanation)[:1000],
            "at": clock.now(),
        },
    )
    if is_new:
        _record(by, comment, "comment.reported")
        tell_reported(comment)
    return report


@transaction.atomic
def decide_comment(
    *, by: Person, comment: Comment, is_hidden: bool, reason: str = "", explanation: str = ""
) -> CommentDecision:
    """Moderators hide a comment with a reason its author is shown, or show it."""
    comment = _locked(comment)
    if comment.state == CommentState.WITHDRAWN:
        raise ProjectRefused(_("Son auteur ou autrice l’a retiré : il n’y a rien à décider."))
    if comment.by_id == by.pk and is_hidden is False:
        raise ProjectRefused(
            _("Personne ne décide de son propre commentaire : laissez-le à quelqu’un d’autre.")
        )
    if is_hidden and reason not in HideReason.values:
        raise ProjectRefused(_("Dites quelle règle de la charte ce commentaire enfreint."))
    decision = CommentDecision.objects.create(
        comment=comment,
        is_hidden=is_hidden,
        reason=reason if is_hidden else "",
        explanation=tidy(explanation)[:1000],
        by=by,
        at=clock.now(),
    )
    comment.state = CommentState.HIDDEN if is_hidden else CommentState.PUBLISHED
    comment.changed_at = clock.now()
    comment.save(update_fields=["state", "changed_at"])
    CommentReport.objects.filter(comment=comment, settled_at=None).update(settled_at=clock.now())
    _record(by, comment, "comment.hidden" if is_hidden else "comment.restored", reason=reason)
    tell_decided(decision)
    return decision


@transaction.atomic
def answer_officially(
    *, by: Person, project: Project, organisation: Organisation, position: str, words: str
) -> OfficialAnswer:
    """A public body says what it thinks of a project, signed. Its earlier answer stays readable."""
    if not can_answer_for(person=by, organisation=organisation, project=project):
        raise ProjectRefused(_("Vous ne parlez pas pour cette collectivité."))
    if not project.is_public:
        raise ProjectRefused(_("On ne répond officiellement qu’à un projet public."))
    if position not in Position.values:
        raise ProjectRefused(
            _("Choisissez une position : soutenir, soutenir à une condition, étudier ou non.")
        )
    if not (words := tidy(words)[:LONGEST]):
        raise ProjectRefused(_("Écrivez la réponse : elle est publiée avec le nom de la collectivité."))
    now = clock.now()
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    standing = OfficialAnswer.objects.filter(project=project, organisation=organisation, replaced_at=None)
    standing.update(replaced_at=now)
    answer = OfficialAnswer.objects.create(
        project=project, organisation=organisation, position=Position(position), words=words, by=by, at=now
    )
    ledger.record(
        by=by,
        verb="project.answered",
        thing=project,
        territory=project.territory,
        data={"organisation": organisation.pk, "position": position},
    )
    tell_answered(answer)
    return answer


def can_answer_for(*, person: Person, organisation: Organisation, project: Project) -> bool:
    """Members who speak for a public body of the territory sign for it; a facilitator may note its answer."""
    if (
        not can_take_part(person, project.territory)
        or organisation.territory_id != project.territory_id
        or organisation.family != StakeholderFamily.PUBLIC_BODY
        or organisation.is_archived
    ):
        return False
    speaks = OrganisationMember.objects.filter(organisation=organisation, person=person).exists()
    return speaks or can_facilitate(person, project.territory)


@transaction.atomic
def forget_person(*, person: Person, erase_words: bool = False) -> int:
    """Comments stay without a name, or their words go too, as the person chose."""
    rows = Comment.objects.filter(by=person)
    if erase_words:
        rows.update(words="—", state=CommentState.WITHDRAWN)
    CommentReport.objects.filter(by=person).update(by=None, explanation="")
    return rows.update(by=None)


def _words(words: str) -> str:
    if len(words := tidy(words)) < 2:
        raise ProjectRefused(_("Écrivez quelques mots."))
    if len(words) > LONGEST:
        raise ProjectRefused(
            _("Votre commentaire a %(n)d signes : %(most)d au plus.") % {"n": len(words), "most": LONGEST}
        )
    return words


def _check_own(by: Person, comment: Comment) -> None:
    if comment.by_id != by.pk:
        raise ProjectRefused(_("Ce commentaire n’est pas le vôtre."))
    if comment.state not in (CommentState.PUBLISHED, CommentState.WAITING):
        raise ProjectRefused(_("Ce commentaire n’est plus publié."))


def _locked(comment: Comment) -> Comment:
    rows = Comment.objects.select_for_update(of=("self",)).select_related("project__territory")
    return rows.get(pk=comment.pk)


def _record(by: Person, comment: Comment, verb: str, **data: object) -> None:
    ledger.record(
        by=by,
        verb=verb,
        thing=comment.project,
        territory=comment.project.territory,
        data={"comment": comment.pk, **data},
    )
