"""What I was told, and what I want to be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from essor.common.pagination import page_of
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.models import Notice
from essor.ground.notices.selectors import grouped, muted_by, notices_of, unread_count
from essor.ground.notices.services import mark_read, mute, unmute
from essor.ground.people.services.accounts import change_profile
from essor.web.access import ACT, FORM, page, signed_in
from essor.web.notices.forms import NoticeSettingsForm

PER_PAGE = 50


@page(who=signed_in)
def notices(request: HttpRequest) -> HttpResponse:
    shown = page_of(request, notices_of(request.user), PER_PAGE)
    return render(
        request,
        "notices/notices.html",
        {"page": shown, "groups": grouped(shown.object_list), "unread": unread_count(request.user)},
    )


@page(who=signed_in)
def notice_opened(request: HttpRequest, pk: int) -> HttpResponse:
    """Following a notice marks it as read."""
    notice = get_object_or_404(Notice.objects.to(request.user), pk=pk)
    mark_read(person=request.user, notices=[notice.pk])
    return redirect(notice.url)


@page(who=signed_in, methods=ACT)
def all_read(request: HttpRequest) -> HttpResponse:
    mark_read(person=request.user)
    messages.success(request, _("Tous vos avis sont marqués comme lus."))
    return redirect("notices")


@page(who=signed_in, methods=FORM)
def notice_settings(request: HttpRequest) -> HttpResponse:
    off = {kind for territory, kind in muted_by(request.user) if territory is None}
    here = {
        "digest_rhythm": request.user.digest_rhythm,
        "kinds": [kind for kind in NoticeKind.values if kind not in off],
    }
    form = NoticeSettingsForm(request.POST or None, initial=here)
    if request.method == "POST" and form.is_valid():
        change_profile(person=request.user, digest_rhythm=form.cleaned_data["digest_rhythm"])
        for kind in NoticeKind.values:
            (unmute if kind in form.cleaned_data["kinds"] else mute)(person=request.user, kind=kind)
        messages.success(request, _("C’est noté : vous recevrez ce que vous avez choisi."))
        return redirect("notice_settings")
    return render(request, "notices/settings.html", {"form": form})
