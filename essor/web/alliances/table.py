"""Around the table: inviting, answering, leaving; promises and declared interests."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from essor.chain.alliances.lifecycle import COMMITMENT_MOVES
from essor.chain.alliances.models import Alliance, AllianceMember, Commitment, ConflictOfInterest
from essor.chain.alliances.policies import can_commit_for, can_lead_alliance
from essor.chain.alliances.services import commitments, members
from essor.chain.alliances.services.refusals import AllianceRefused
from essor.common.limits import allowed
from essor.ground.directory.policies import can_speak_for_actor
from essor.web.access import ACT, FORM, facilitator, page, signed_in
from essor.web.alliances.forms import (
    CommitmentForm,
    ConflictForm,
    ConsentForm,
    InviteForm,
    MemberForm,
    ReasonForm,
    SaidForm,
)
from essor.web.alliances.loading import back_to, form_page, led_alliance, member_of, readable_alliance, tried

DAILY = 20  # invitations of one person, to teams and tables


@page(who=signed_in, methods=FORM)
def member_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite an actor of the directory."""
    found = led_alliance(request, slug)
    form = InviteForm(request.POST or None, territory=request.territory)
    if form.is_valid():
        try:
            _invited(request, found, form)
        except AllianceRefused as refused:
            form.add_error("actor", str(refused))
        else:
            messages.success(request, _("L’invitation est partie : l’acteur dira oui ou non lui-même."))
            return back_to(found)
    return form_page(request, found, form, _("Inviter à la table"))


def _invited(request: HttpRequest, found: Alliance, form: InviteForm) -> None:
    if not allowed(f"invite:{request.user.pk}", times=DAILY, seconds=86_400):
        raise AllianceRefused(_("Vous avez invité beaucoup de monde aujourd’hui. Revenez demain."))
    members.invite_member(by=request.user, alliance=found, **form.cleaned_data)


@page(who=signed_in, methods=ACT)
def member_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say yes or no, for an actor one speaks for."""
    found = readable_alliance(request, slug)
    mine = member_of(found, pk)
    if "no" in request.POST:
        tried(request, lambda: members.decline(by=request.user, member=mine), _("C’est dit : non."))
        return redirect(
            "territory:alliances_mine", found.territory.slug
        )  # a draft is no longer theirs to read
    tried(
        request,
        lambda: members.consent(by=request.user, member=mine),
        _("C’est dit : oui. Dites maintenant ce que vous apportez."),
    )
    return back_to(found)


@page(who=facilitator, methods=FORM)
def member_consent(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A facilitator notes a yes given on paper or aloud."""
    found = led_alliance(request, slug)
    mine = member_of(found, pk)
    form = ConsentForm(request.POST or None)
    if form.is_valid():
        manner = form.cleaned_data["manner"]
        if tried(
            request,
            lambda: members.consent(by=request.user, member=mine, manner=manner),
            _("L’accord est noté, avec sa date et votre nom."),
            form=form,
        ):
            return back_to(found)
    return form_page(request, found, form, _("Noter l’accord de « %(actor)s »") % {"actor": mine.actor.name})


@page(who=signed_in, methods=FORM)
def member_leave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw from the table, or take somebody off it, saying why."""
    found, mine = _theirs(request, slug, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        if tried(
            request,
            lambda: members.leave(by=request.user, member=mine, because=because),
            _("C’est fait. Ce qui restait promis est levé. On peut inviter de nouveau."),
            form=form,
        ):
            return back_to(found)
    return form_page(
        request, found, form, _("Retirer « %(actor)s » de la table") % {"actor": mine.actor.name}
    )


@page(who=signed_in, methods=FORM)
def member_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another role or college."""
    found = led_alliance(request, slug)
    mine = member_of(found, pk)
    form = MemberForm(request.POST or None, initial={"role": mine.role, "college": mine.college})
    if form.is_valid():
        given = form.cleaned_data
        if tried(
            request,
            lambda: members.change_member(by=request.user, member=mine, **given),
            _("La place est changée."),
            form=form,
        ):
            return back_to(found)
    return form_page(request, found, form, _("La place de « %(actor)s »") % {"actor": mine.actor.name})


@page(who=signed_in, methods=FORM)
def commitment_new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A member promises something."""
    found, mine = _theirs(request, slug, pk)
    form = CommitmentForm(request.POST or None)
    if form.is_valid():
        try:
            commitments.commit(by=request.user, member=mine, **form.cleaned_data)
        except AllianceRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("C’est promis, et tout le monde peut le lire."))
            return back_to(found)
    return form_page(request, found, form, _("« %(actor)s » s’engage") % {"actor": mine.actor.name})


@page(who=signed_in, methods=FORM)
def commitment_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Reword a promise."""
    found, promise = _promise(request, slug, pk)
    start = {name: getattr(promise, name) for name in ("kind", "words", "quantity", "due_on")}
    form = CommitmentForm(request.POST or None, initial=start)
    if form.is_valid():
        given = form.cleaned_data
        if tried(
            request,
            lambda: commitments.change_commitment(by=request.user, commitment=promise, **given),
            _("L’engagement est modifié."),
            form=form,
        ):
            return back_to(found)
    return form_page(request, found, form, _("Modifier l’engagement"))


@page(who=signed_in, methods=FORM)
def commitment_say(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say whether a promise was kept."""
    found, promise = _promise(request, slug, pk)
    form = SaidForm(request.POST or None, moves=COMMITMENT_MOVES[promise.state])
    if form.is_valid():
        try:
            commitments.say_commitment(by=request.user, commitment=promise, **form.cleaned_data)
        except AllianceRefused as refused:
            form.add_error("why", str(refused))
        else:
            messages.success(request, _("C’est noté, et tout le monde peut le lire."))
            return back_to(found)
    return form_page(request, found, form, _("« %(what)s » : tenu ?") % {"what": promise.words})


@page(who=signed_in, methods=FORM)
def conflict_declare(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Declare what could weigh."""
    found, mine = _theirs(request, slug, pk)
    form = ConflictForm(request.POST or None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        if tried(
            request,
            lambda: commitments.declare_conflict(by=request.user, member=mine, words=words),
            _("C’est déclaré : toute la table le sait."),
            form=form,
        ):
            return back_to(found)
    return form_page(request, found, form, _("Déclarer un intérêt"))


@page(who=signed_in, methods=ACT)
def conflict_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It weighs no more: said by those who speak for the member, or by a facilitator."""
    found = readable_alliance(request, slug)
    rows = ConflictOfInterest.objects.filter(member__alliance=found).select_related(
        "member__actor__territory"
    )
    conflict = get_object_or_404(rows, pk=pk)
    conflict.member.alliance = found
    if not can_commit_for(request.user, conflict.member.actor, found):
        raise PermissionDenied
    tried(
        request,
        lambda: commitments.end_conflict(by=request.user, conflict=conflict),
        _("La déclaration est levée ; l’histoire la garde."),
    )
    return back_to(found)


def _theirs(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, AllianceMember]:
    found = readable_alliance(request, slug)
    mine = member_of(found, pk)
    if not can_speak_for_actor(request.user, mine.actor) and not can_lead_alliance(request.user, found):
        raise PermissionDenied
    return found, mine


def _promise(request: HttpRequest, slug: str, pk: int) -> tuple[Alliance, Commitment]:
    found = readable_alliance(request, slug)
    rows = Commitment.objects.filter(member__alliance=found).select_related("member__actor__territory")
    promise = get_object_or_404(rows, pk=pk)
    promise.member.alliance = found
    if not can_commit_for(request.user, promise.member.actor, found):
        raise PermissionDenied
    return found, promise
