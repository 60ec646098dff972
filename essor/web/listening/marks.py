"""Words with what was found in them underlined for the eye, every sign escaped."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from essor.chain.listening.personal_data import Finding


def marked(words: str, findings: Iterable[Finding]) -> SafeString:
    """The words as safe HTML, each finding inside ``<mark>``.

    >>> marked("<b> a@b.fr", [Finding("email", 4, 10)])
    '&lt;b&gt; <mark>a@b.fr</mark>'
    """
    parts, here = [], 0
    for each in findings:
        parts += [escape(words[here : each.start]), "<mark>", escape(words[each.start : each.end]), "</mark>"]
        here = each.end
    parts.append(escape(words[here:]))
    return mark_safe("".join(parts))
