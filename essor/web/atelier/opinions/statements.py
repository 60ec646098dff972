"""Statements as the team looks after them: written, read, reworded, brought together, set aside."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation, Statement
from essor.chain.opinions.selectors.conversations import figures_of
from essor.chain.opinions.selectors.maps import freshness_of, latest_map
from essor.chain.opinions.selectors.statements import kindred_statements, statements_of, statements_to_review
from essor.chain.opinions.selectors.voting import participants_sharing_a_device
from essor.chain.opinions.services.merging import merge_statements, separate_statements
from essor.chain.opinions.services.refusals import OpinionRefused
from essor.chain.opinions.services.statements import (
    accept_statement,
    reject_statement,
    restore_statement,
    reword_statement,
    seed_statements,
    translate_statement,
)
from essor.common.pagination import page_of
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.opinions.doors import conversation_of, crumbs, tried
from essor.web.atelier.opinions.forms import REASONS, RewordForm, SeedForm, StatementFilters


@page(who=facilitator, methods=FORM)
def statements(request: HttpRequest, slug: str) -> HttpResponse:
    """The workbench of one opinion vote: where it stands, what waits, every statement, and writing more."""
    found = conversation_of(request, slug)
    form = SeedForm(request.POST or None)
    if form.is_valid() and _seeded(request, found, form):
        return redirect("territory:atelier_statements", request.territory.slug, found.slug)
    filters = StatementFilters(request.GET or {})
    drawn = latest_map(found)
    shown = {
        "conversation": found,
        "form": form,
        "filters": filters,
        "figures": figures_of(found),
        "shared": participants_sharing_a_device(found),
        "waiting": statements_to_review(request.territory, found)[:20],
        "page": page_of(request, statements_of(found, **filters.asked())),
        "reasons": [(each.value, each.label) for each in REASONS],
        "drawn": drawn,
        "fresh": freshness_of(found, drawn),
        "batches": found.batches.select_related("entered_by")[:10],
        "is_filtered": bool(request.GET.keys() - {"page"}),
        "crumbs": crumbs(request, found),
    }
    return render(request, "atelier/opinions/one.html", shown)


@page(who=facilitator, methods=ACT)
def statement_act(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Accept, set aside with a reason, restore, or part again from the one it was merged into."""
    found = conversation_of(request, slug)
    statement = _statement(found, number)
    act, who = request.POST.get("act", ""), {"by": request.user, "statement": statement}
    if act == "accept":
        tried(request, lambda: accept_statement(**who), _("L’affirmation est soumise au vote."))
    elif act == "reject":
        reason, words = request.POST.get("reason", ""), request.POST.get("explanation", "")[:400]
        tried(
            request,
            lambda: reject_statement(**who, reason=reason, explanation=words),
            _("L’affirmation est écartée ; son auteur ou autrice lit la raison."),
        )
    elif act == "restore":
        tried(request, lambda: restore_statement(**who), _("L’affirmation est rétablie."))
    elif act == "separate":
        tried(
            request,
            lambda: separate_statements(by=request.user, duplicates=[statement]),
            _("Les deux affirmations sont de nouveau séparées."),
        )
    return redirect("territory:atelier_statements", request.territory.slug, found.slug)


@page(who=facilitator, methods=FORM)
def statement_reword(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Another wording, which says how many had answered the one before; or a translation."""
    found = conversation_of(request, slug)
    statement = _statement(found, number)
    form = RewordForm(request.POST or None, initial={"text": statement.text})
    if "language" in request.POST:
        return _translated(request, statement)
    if form.is_valid() and _reworded(request, statement, form):
        return redirect("territory:atelier_statements", request.territory.slug, found.slug)
    told = {each.language: each.text for each in statement.translations.all()}
    shown = {
        "conversation": found,
        "statement": statement,
        "form": form,
        "kindred": [each for each in kindred_statements(found, statement.text) if each.pk != statement.pk],
        "translations": [
            (code, told.get(code, "")) for code in found.languages if code != statement.language
        ],
        "crumbs": crumbs(request, found, _("Affirmation %(number)s") % {"number": number}),
    }
    return render(request, "atelier/opinions/reword.html", shown)


@page(who=facilitator, methods=ACT)
def statements_merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring the ticked statements together into the one chosen to stay."""
    found = conversation_of(request, slug)
    numbers = [
        int(each)
        for each in request.POST.getlist("which")
        if each.isascii() and each.isdigit() and len(each) < 10
    ]
    rows = {each.number: each for each in Statement.objects.filter(conversation=found, number__in=numbers)}
    kept = request.POST.get("kept", "")
    kept_number = int(kept) if kept.isascii() and kept.isdigit() and len(kept) < 10 else min(rows, default=0)
    duplicates = [each for number, each in rows.items() if number != kept_number]
    root = Statement.objects.filter(conversation=found, number=kept_number).first()
    if root is None or not duplicates:
        messages.error(request, _("Cochez au moins deux affirmations à réunir."))
    else:
        tried(
            request,
            lambda: merge_statements(by=request.user, kept=root, duplicates=duplicates),
            _("Elles ne font plus qu’une : les réponses sont réunies, chaque personne compte une fois."),
        )
    back = reverse("territory:atelier_statements", args=[request.territory.slug, found.slug])
    return redirect(back)


def _translated(request: HttpRequest, statement: Statement) -> HttpResponse:
    given = {"language": request.POST["language"], "text": request.POST.get("translation", "")}
    tried(
        request,
        lambda: translate_statement(by=request.user, statement=statement, **given),
        _("La traduction est gardée."),
    )
    slug = statement.conversation.slug
    return redirect("territory:atelier_statement_reword", request.territory.slug, slug, statement.number)


def _statement(found: Conversation, number: int) -> Statement:
    rows = Statement.objects.filter(conversation=found).select_related("conversation__territory", "tally")
    return get_object_or_404(rows, number=number)


def _seeded(request: HttpRequest, found: Conversation, form: SeedForm) -> bool:
    lines = form.lines()
    for place, line in enumerate(lines, 1):
        size = len(" ".join(line.split()))
        if not found.shortest <= size <= found.longest:
            said = {"n": place, "size": size, "least": found.shortest, "most": found.longest}
            form.add_error(
                "texts", _("Ligne %(n)s : %(size)s signes, il en faut de %(least)s à %(most)s.") % said
            )
    if form.errors:
        return False
    try:
        written, known = seed_statements(by=request.user, conversation=found, texts=lines)
    except OpinionRefused as refused:
        form.add_error("texts", str(refused))
        return False
    said = {"n": len(written), "known": len(known)}
    if known:
        messages.warning(request, _("%(n)s affirmations écrites ; %(known)s y étaient déjà.") % said)
    else:
        messages.success(request, _("%(n)s affirmations écrites.") % said)
    return True


def _reworded(request: HttpRequest, statement: Statement, form: RewordForm) -> bool:
    given: dict[str, Any] = form.cleaned_data
    try:
        reword_statement(by=request.user, statement=statement, text=given["text"], why=given["why"])
    except OpinionRefused as refused:
        form.add_error("text", str(refused))
        return False
    messages.success(request, _("Les mots sont changés ; ceux d’avant restent lisibles."))
    return True
