"""Being asked to sign in: one sentence says why, and the way back leads where the visitor was."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

_CHALLENGE = _("Pour mener un défi, il faut un compte : c’est par lui que le cercle sait qui le porte.")
_PROJECT = _("Pour écrire sur la page d’un projet, il faut un compte : chaque ligne dit de qui elle vient.")
_ALLIANCE = _("Pour prendre part à une alliance, il faut un compte : chaque engagement dit de qui il vient.")
_ACTOR = _("Pour écrire une fiche d’acteur, il faut un compte : personne ne parle à votre place.")
WHY: dict[str, str | Promise] = {
    "challenge_new": _("Pour lancer un défi, il faut un compte : c’est par lui qu’on peut vous rejoindre."),
    "challenges_mine": _("Pour retrouver vos défis, connectez-vous."),
    "project_new": _("Pour proposer un projet, il faut un compte : c’est par lui qu’on peut vous rejoindre."),
    "projects_mine": _("Pour retrouver vos projets, connectez-vous."),
    "project_follow": _("Pour suivre un projet, il faut un compte : les nouvelles y arrivent."),
    "project_help": _("Pour proposer votre aide, il faut un compte : l’équipe vous répond par lui."),
    "project_invitation": _("Pour répondre à une invitation, connectez-vous avec l’adresse qui l’a reçue."),
    "comment_report": _("Pour signaler un commentaire, il faut un compte."),
    "alliance_new": _(
        "Pour préparer une alliance, il faut un compte : c’est par lui qu’on peut vous répondre."
    ),
    "alliances_mine": _("Pour retrouver vos alliances, connectez-vous."),
    "actors_mine": _("Pour retrouver vos fiches d’acteur, connectez-vous."),
    "actor_claim": _("Pour parler au nom d’un acteur, il faut un compte : quelqu’un vérifiera avec vous."),
    "matches": _("Les mises en relation ne se montrent qu’aux personnes concernées : connectez-vous."),
    "match": _("Les mises en relation ne se montrent qu’aux personnes concernées : connectez-vous."),
    "my_voices": _("Pour retrouver toutes vos voix, connectez-vous."),
    "notices": _("Pour lire vos avis, connectez-vous."),
    "notice_settings": _("Pour choisir ce que vous recevez, connectez-vous."),
}
_BEGINNINGS: dict[str, str | Promise] = {
    "atelier": _("L’atelier est réservé à celles et ceux qui animent le territoire : connectez-vous."),
    "challenge": _CHALLENGE,
    "project": _PROJECT,
    "milestone": _PROJECT,
    "news": _PROJECT,
    "sheet": _PROJECT,
    "comment": _PROJECT,
    "alliance": _ALLIANCE,
    "actor": _ACTOR,
}
_OTHERWISE = _("Cette page demande un compte.")


def sign_in_address(request: HttpRequest, methods: tuple[str, ...]) -> str:
    """The page that asks to sign in. One comes back to the page asked for, or to where its button was."""
    asked = {"next": request.get_full_path()}
    if "GET" not in methods:
        asked = {"next": _page_of_the_button(request), "pour": request.path}
    return f"{reverse('account_login')}?{urlencode(asked)}"


def why_sign_in(request: HttpRequest, following: str) -> str:
    """Why an account is asked for, from the page that is wanted; empty when nothing was."""
    wanted = request.GET.get("pour") or following
    if not wanted:
        return ""
    try:
        name = resolve(urlsplit(wanted).path).url_name or ""
    except (Resolver404, ValueError):
        return ""
    if name in ("home", "after_sign_in") or name.startswith("account_"):
        return ""
    return str(WHY.get(name) or _BEGINNINGS.get(name.split("_")[0], _OTHERWISE))


def _page_of_the_button(request: HttpRequest) -> str:
    """The page that held a button: only one of ours is followed."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        parts = urlsplit(came_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    territory = getattr(request, "territory", None)
    return reverse("territory:home", args=[territory.slug]) if territory else reverse("home")
