"""Tags and filters that every page may use: ``{% load essor_ui %}``."""

from datetime import date, datetime
from typing import Any

import nh3
from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markdown_it import MarkdownIt

from essor.chain.alliances.selectors.chain import state_told
from essor.common import clock, moments
from essor.web import sign_in, typography
from essor.web.drawings import pictograms, shares

register = template.Library()


@register.simple_tag(takes_context=True)
def why_sign_in(context: dict[str, Any], following: str = "") -> str:
    """``{% why_sign_in redirect_field_value as why %}``: why the page that is wanted asks for an account."""
    return sign_in.why_sign_in(context["request"], following or "")


register.simple_tag(pictograms.pictogram)
register.simple_tag(shares.share_bar)
register.filter("typo", typography.typo)
register.filter("nombre", typography.nombre)
register.filter("guillemets", typography.guillemets)
register.filter("need_state", state_told)

_markdown = MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True}).disable("image")
_TAGS = {"p", "br", "em", "strong", "s", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "a", "code", "pre",
         "hr", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_LOWER = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


@register.filter
def markdown(text: str) -> SafeString:
    """Text written by people, with light marks, as safe HTML: no raw HTML, no image, no h1."""
    tokens = _markdown.parse(text or "")
    for token in tokens:
        token.tag = _LOWER.get(token.tag, token.tag)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
    )
    return typography.typo(mark_safe(clean))


@register.filter
def words(text: str) -> list[str]:
    """A comma-separated text as a list."""
    return [word.strip() for word in str(text).split(",") if word.strip()]


@register.filter
def hour(moment: datetime | None) -> str:
    """The hour of a moment: ``{{ each.starts_at|hour }}`` gives 19 h 30 in French, 19:30 in English."""
    return moments.hour(moment) if moment else ""


@register.filter(expects_localtime=True)
def day(moment: date | None, form: str = "j F Y") -> str:
    """The day: ``{{ each.on|day:"j F" }}`` gives 1er mars in French, 1 March in English."""
    return moments.day(moment, form) if moment else ""


@register.filter
def when(moment: datetime | None, form: str = "j F Y") -> str:
    """The day, then the hour: ``{{ each.starts_at|when:"l j F" }}`` gives jeudi 12 mars, 19 h 30."""
    return moments.day_and_hour(moment, form) if moment else ""


@register.filter
def since(moment: datetime | None) -> str:
    """How long ago, in words for the last days, then the date."""
    if moment is None:
        return ""
    seconds = (clock.now() - moment).total_seconds()
    minutes, hours = int(seconds // 60), int(seconds // 3600)
    days = (clock.today() - timezone.localtime(moment).date()).days
    if minutes < 1:
        return _("à l’instant")
    if hours < 1:
        return ngettext("il y a %(n)d minute", "il y a %(n)d minutes", minutes) % {"n": minutes}
    if days < 1 or hours < 6:
        return ngettext("il y a %(n)d heure", "il y a %(n)d heures", hours) % {"n": hours}
    if days == 1:
        return _("hier")
    if days < 7:
        return ngettext("il y a %(n)d jour", "il y a %(n)d jours", days) % {"n": days}
    return _("le %(date)s") % {"date": moments.day(moment)}


@register.simple_tag
def field(bound: BoundField, look: str = "", quiet: bool = False, **attributes: str) -> SafeString:
    """One field of a form; further arguments become attributes of its control.

    ``{% field form.text look="big-voice" rows=6 placeholder=hint %}``; ``quiet`` hides the label from
    the eye only. In attribute names ``_`` becomes ``-``.
    """
    named = {name.replace("_", "-"): str(value) for name, value in attributes.items()}
    context = {"field": bound, "widget": bound.as_widget(attrs=named), "look": look, "quiet": quiet}
    return mark_safe(render_to_string("django/forms/field.html", context))


@register.simple_tag
def attr(name: str, value: object) -> SafeString:
    """``name="value"`` when there is a value, nothing otherwise."""
    if value in (None, "", False):
        return mark_safe("")
    return mark_safe(f'{name}="{conditional_escape(value)}"')
