"""Sending mail: every message leaves in plain text and in HTML, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import override


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to one address. ``template`` names ``emails/<template>.html`` and its ``.txt`` twin."""

    to: str
    subject: str | Promise  # a lazy text is read in the reader’s language
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def absolute(path: str) -> str:
    """The whole address of a page of this site, for a reader who is elsewhere."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def send(letter: Letter) -> None:
    """Render and send a letter. Raises what the mail server answers, so that a job can be tried again.

    ``letter`` shows ``paragraphs`` (a list of sentences) and one button: ``action``, ``action_url``.
    """
    with override(letter.language or settings.LANGUAGE_CODE):
        subject = " ".join(strip_tags(str(letter.subject)).split())
        context = {"subject": subject, **letter.context}
        text = render_to_string(f"emails/{letter.template}.txt", context)
        html = render_to_string(f"emails/{letter.template}.html", context)
    message = EmailMultiAlternatives(subject, text, None, [letter.to], headers=dict(letter.headers))
    message.attach_alternative(html, "text/html")
    message.send()
