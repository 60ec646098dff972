"""What members say of a project, and what bodies answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.projects.models import Comment, Project
from essor.chain.projects.policies import can_comment_project
from essor.chain.projects.selectors.said import bodies_for, comments_of, replies_of
from essor.chain.projects.services import said
from essor.chain.projects.services.refusals import ProjectRefused
from essor.common.limits import allowed
from essor.common.pagination import page_of
from essor.ground.people.policies import can_facilitate
from essor.web import exports
from essor.web.access import FORM, anyone, page, signed_in
from essor.web.projects.loading import project_crumbs, readable_project
from essor.web.projects.pages import form_page
from essor.web.projects.said_shown import answers_shown
from essor.web.projects.sheet_forms import AnswerForm, CommentForm, CommentReportForm, CorrectionForm
from essor.web.projects.tabs import tabs_of

HOURLY = 30
COLUMNS: list[exports.Column] = [
    (gettext_lazy("commentaire"), lambda each: each.words),
    (gettext_lazy("répond à"), lambda each: each.reply_to_id or ""),
    (gettext_lazy("numéro"), lambda each: each.pk),
    (gettext_lazy("date"), lambda each: f"{each.at:%Y-%m-%d}"),
]


@page(who=anyone, methods=FORM)
def project_comments(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything said of the project; a member adds a comment."""
    found = readable_project(request, slug)
    may_comment = can_comment_project(request.user, found)
    form = CommentForm(request.POST or None) if may_comment else None
    if form is not None and form.is_valid() and _commented(request, found, form):
        return _back(found)
    rows = comments_of(found)
    if exports.wanted(request) and can_facilitate(request.user, request.territory):
        return exports.export(request, found.comments.public(), COLUMNS, _("commentaires"))
    listed = page_of(request, rows)
    return render(request, "projects/comments.html", _context(request, found, form, listed))


def _commented(request: HttpRequest, found: Project, form: CommentForm) -> bool:
    given = form.cleaned_data
    replied = found.comments.public().filter(pk=given["reply_to"]).first() if given["reply_to"] else None
    try:
        if not allowed(f"comment:{request.user.pk}", times=HOURLY, seconds=3600):
            raise ProjectRefused(_("Vous avez beaucoup commenté cette heure-ci. Revenez un peu plus tard."))
        made = said.make_comment(
            by=request.user,
            project=found,
            words=given["words"],
            reply_to=replied,
            must_wait=bool(form.findings),
        )
    except ProjectRefused as refused:
        form.add_error(None, str(refused))
        return False
    waits = made.state != "published"
    messages.success(request, _will_be_read() if waits else _("C’est publié."))
    return True


def _will_be_read() -> str:
    return _("Merci. Quelqu’un lira votre commentaire avant de le publier.")


def _context(request: HttpRequest, found: Project, form: CommentForm | None, listed: Any) -> dict[str, Any]:
    replies = replies_of(listed)
    asked = request.GET.get("repondre", "")
    return {
        "project": found,
        "tabs": tabs_of(request, found),
        "form": form,
        "page": listed,
        "comments": [(each, replies.get(each.pk, [])) for each in listed],
        "replying_to": next((each for each in listed if str(each.pk) == asked), None),
        "official": answers_shown(found),
        "earlier": found.answers.exclude(replaced_at=None).select_related("organisation")[:20],
        "may_answer": bodies_for(request.user, found).exists(),
        "may_export": can_facilitate(request.user, request.territory),
        "crumbs": project_crumbs(request, found, _("Commentaires")),
    }


@page(who=signed_in, methods=FORM)
def comment_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Mend one's own comment."""
    found, mine = _own(request, slug, pk)
    form = CorrectionForm(request.POST or None, initial={"words": mine.words})
    if form.is_valid():
        try:
            made = said.correct_comment(by=request.user, comment=mine, words=form.cleaned_data["words"])
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _will_be_read() if made.state == "waiting" else _("Votre commentaire est corrigé.")
            )
            return _back(found)
    return form_page(request, found, form, _("Corriger mon commentaire"))


@page(who=signed_in, methods=FORM)
def comment_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one's own comment back, after a confirmation."""
    found, mine = _own(request, slug, pk)
    if request.method == "POST":
        try:
            said.withdraw_comment(by=request.user, comment=mine)
        except ProjectRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Votre commentaire est retiré."))
        return _back(found)
    shown = {
        "question": _("Retirer ce commentaire ?"),
        "consequences": [mine.words, _("Ses mots seront effacés ; les réponses restent.")],
        "action": _("Retirer"),
        "danger": True,
        "confirm_url": request.path,
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "parts/confirm.html", shown)


@page(who=signed_in, methods=FORM)
def comment_report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that a comment breaks the charter."""
    found = readable_project(request, slug)
    comment = get_object_or_404(found.comments.public(), pk=pk)
    form = CommentReportForm(request.POST or None)
    if form.is_valid():
        comment.project = found
        try:
            said.report_comment(by=request.user, comment=comment, **form.cleaned_data)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Merci. Une personne de la modération va le lire."))
            return _back(found)
    return form_page(request, found, form, _("Signaler un commentaire"))


@page(who=signed_in, methods=FORM)
def official_answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer for a public body."""
    found = readable_project(request, slug)
    bodies = bodies_for(request.user, found)
    if not bodies.exists():
        raise Http404
    form = AnswerForm(request.POST or None, organisations=bodies)
    if form.is_valid():
        try:
            said.answer_officially(by=request.user, project=found, **form.cleaned_data)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La réponse est publiée. L’équipe du projet le sait."))
            return _back(found)
    return form_page(request, found, form, _("Répondre officiellement"))


def _own(request: HttpRequest, slug: str, pk: int) -> tuple[Project, Comment]:
    found = readable_project(request, slug)
    mine = get_object_or_404(Comment.objects.filter(project=found, by=request.user), pk=pk)
    mine.project = found
    return found, mine


def _back(found: Project) -> HttpResponse:
    return redirect("territory:project_comments", found.territory.slug, found.slug)
