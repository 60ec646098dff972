"""Answers for machines: health, search engines, browsers that keep the site at hand."""

from pathlib import PurePath

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from essor.web.access import anyone, page
from essor.web.atelier.settings.images import MEDIA_TYPES


@page(who=anyone)
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked, so that a slow database does not have it restarted."""
    return HttpResponse("ok\n", content_type="text/plain")


@page(who=anyone)
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether visitors can be sent here: the database answers, is up to date, and the cache keeps things."""
    checks = {"database": _database_answers(), "cache": _cache_keeps()}
    checks["migrations"] = checks["database"] and _is_migrated()
    ready = all(checks.values())
    return JsonResponse({"ready": ready, **checks}, status=200 if ready else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _is_migrated() -> bool:
    """Read once it is true: a process never outlives the migrations it was made for."""
    if not getattr(_is_migrated, "known", False):
        executor = MigrationExecutor(connection)
        _is_migrated.known = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _is_migrated.known


def _cache_keeps() -> bool:
    try:
        cache.set("readyz", "kept", 60)
        return cache.get("readyz") == "kept"
    except DatabaseError:
        return False


@page(who=anyone)
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages may be found; accounts, the atelier, files of lists and paths without end may not."""
    lines = [
        "User-agent: *",
        "Disallow: /compte/",
        "Disallow: /avis/",
        "Disallow: /admin/",
        "Disallow: /t/*/atelier/",
        "Disallow: /t/*/ecoute/ma-voix/",
        "Disallow: /*?*format=",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@page(who=anyone)
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("essor/favicon.svg"), permanent=True)


@page(who=anyone)
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to keep the site on its first screen."""
    return JsonResponse(
        {
            "name": settings.MFA_TOTP_ISSUER,
            "short_name": settings.MFA_TOTP_ISSUER[:12],
            "description": _("De chaque voix à ce qu’elle est devenue."),
            "lang": settings.LANGUAGE_CODE,
            "start_url": "/",
            "display": "browser",
            "background_color": "#faf7f1",
            "theme_color": "#fffdf9",
            "icons": [{"src": static("essor/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )


@page(who=anyone)
@cache_control(public=True, max_age=3600)
def logo(request: HttpRequest) -> HttpResponse:
    """The logo of a territory, as the image it was checked to be and nothing else."""
    name = request.territory.logo.name
    media_type = MEDIA_TYPES.get(PurePath(name or "").suffix)
    if not media_type or not request.territory.logo.storage.exists(name):
        raise Http404
    return FileResponse(request.territory.logo.open("rb"), content_type=media_type)
