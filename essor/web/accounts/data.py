"""My data, to take away."""

import io
import json
import zipfile

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from essor.common import clock
from essor.common.limits import allowed
from essor.journeys.export_person import export_person
from essor.web.access import page, signed_in

HOURLY = 20


@page(who=signed_in)
def my_data(request: HttpRequest) -> HttpResponse:
    """The page, or with ``?format=json`` or ``zip`` the file itself."""
    asked = request.GET.get("format")
    if asked not in {"json", "zip"}:
        return render(request, "accounts/my_data.html")
    if not allowed(f"my-data:{request.user.pk}", times=HOURLY, seconds=3600):
        return render(request, "accounts/my_data.html", {"wait": True}, status=429)
    text = json.dumps(export_person(person=request.user), ensure_ascii=False, indent=2)
    stem = f"mes-donnees-{clock.today():%Y-%m-%d}"
    if asked == "json":
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    else:
        answer = HttpResponse(_zipped(text), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{stem}.{asked}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _zipped(text: str) -> bytes:
    read_me = _(
        "Ce dossier contient, dans donnees.json, tout ce que le site garde sur vous : votre compte, "
        "vos voix et leurs versions, vos inscriptions, vos avis et ce que vous avez fait.\n"
        "Vos mots de passe et vos clés n’y sont pas : le site ne les connaît pas.\n"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("LISEZ-MOI.txt", read_me)
        archive.writestr("donnees.json", text)
    return file.getvalue()
