"""Coding the voices of a group by hand, one beside the other."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from essor.chain.listening.models import Contribution
from essor.chain.needs.models import Code
from essor.chain.needs.selectors.codes import codes_of_voices
from essor.chain.needs.selectors.syntheses import voices_of_group
from essor.chain.needs.services.codes import CodeRefused, apply_code, remove_code
from essor.common.pagination import page_of
from essor.web.access import ACT, facilitator, page
from essor.web.atelier.syntheses.found import crumbs_to, group_of, group_url
from essor.web.voices import source_line


@page(who=facilitator)
def coding(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """The voices of a group with their codes: my own can be taken off, other people's are shown."""
    found = group_of(request, pk, group)
    listed = page_of(request, voices_of_group(found))
    codes = codes_of_voices([each.contribution_id for each in listed])
    rows = [
        (each.contribution, source_line(each.contribution), codes.get(each.contribution_id, []))
        for each in listed
    ]
    upper = (found.label, group_url(found.synthesis, found))
    shown = {
        "synthesis": found.synthesis,
        "group": found,
        "page": listed,
        "rows": rows,
        "codes": Code.objects.in_territory(request.territory),
        "crumbs": crumbs_to(request, found.synthesis, upper, (_("Coder"), None)),
    }
    return render(request, "atelier/codes/coding.html", shown)


@page(who=facilitator, methods=ACT)
def voice_codes(request: HttpRequest, voice: int) -> HttpResponse:
    """Put a code on a voice, or take one's own off."""
    contribution = get_object_or_404(Contribution.objects.in_territory(request.territory), pk=voice)
    value = "".join(request.POST.get("code", "").split())
    code = Code.objects.in_territory(request.territory).filter(value=value).first()
    try:
        if code is None:
            raise CodeRefused(
                _("Le code « %(code)s » n’est pas dans la table : ajoutez-le d’abord.") % {"code": value}
            )
        if request.POST.get("act") == "remove":
            remove_code(by=request.user, contribution=contribution, code=code)
        else:
            sign = {"-": -1, "+": 1}.get(request.POST.get("sign", ""), 0)
            apply_code(by=request.user, contribution=contribution, code=code, sign=sign)
    except CodeRefused as refused:
        messages.error(request, str(refused))
    return redirect(_back(request) + f"#voix-{voice}")


def _back(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return reverse("territory:atelier_codes", args=[request.territory.slug])
