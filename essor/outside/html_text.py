"""HTML written in someone's editor, turned into plain text with its line breaks."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from essor.common.text import tidy

_TAG = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?|/[a-zA-Z][a-zA-Z0-9]*\s*|!--.*?--)>", re.DOTALL)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_PARAGRAPHS = frozenset({"p", "div", "ul", "ol", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = frozenset({"br", "li", "tr", "dt", "dd", "hr"})
_HIDDEN = frozenset({"script", "style"})
_SPACES = re.compile(r"\s+")


def text_of_html(markup: str) -> str:
    """Plain text; a text without tags keeps its own line breaks.

    >>> text_of_html("<p>Un <b>bus</b>&nbsp;!</p><ul><li>le soir</li><li>le matin</li></ul>")
    'Un bus !\\n\\n- le soir\\n- le matin'
    >>> text_of_html("a < b et c > d")
    'a < b et c > d'
    """
    if not _TAG.search(markup):
        return tidy(unescape(markup) if _ENTITY.search(markup) else markup)
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return tidy("".join(reader.parts))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _PARAGRAPHS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag == "td":
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _PARAGRAPHS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        text = _SPACES.sub(" ", data)
        if self.parts and self.parts[-1][-1:] in "\n ":
            text = text.lstrip(" ")
        if text:
            self.parts.append(text)
