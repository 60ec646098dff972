"""A voice on its way in from a file, cleaned and checked, before anything is written."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from essor.chain.listening import personal_data
from essor.common.codes import digest
from essor.common.text import excerpt, search_text, tidy
from essor.outside.issues import IssueLog, RowIssue

TITLE_LENGTH, PLACE_LENGTH, KEY_LENGTH = 200, 120, 200
# Everything personal_data.find looks for shows one of these signs: most texts show none.
_SIGNS = re.compile(r"[@\d(\[]|[A-ZÀ-ÖØ-Þ][\w.’'-]*[,;/•\s–*-]+[A-ZÀ-ÖØ-Þ]")
_SAYINGS = ("arobase", "appelle", "mon nom est", "my name is")


class Incoming(NamedTuple):
    """One voice to be. ``author`` is a digest; ``repeats`` says that equal rows are distinct voices.

    ``theme`` and ``question`` are names, found or made when the voices are written; ``reply_to`` is the
    key of the voice answered.
    """

    key: str
    repeats: bool
    words: str
    title: str
    search: str
    personal: str  # JSON
    is_flagged: bool
    said_at: datetime | None
    author: str
    family: str
    theme: str
    question: str
    commune_code: str
    place_label: str
    language: str
    reply_to: str
    alignment: int
    file: str
    line: int


@dataclass
class Reading:
    """What a reading found besides the voices; complete once they have all been read."""

    issues: dict[str, IssueLog] = field(default_factory=dict)
    themes: dict[str, None] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)  # text → help text
    notes: list[str] = field(default_factory=list)

    def log(self, file: str) -> IssueLog:
        return self.issues.setdefault(file, IssueLog())

    def tell(self, file: str, issue: RowIssue) -> None:
        self.log(file).add(issue)

    def all_issues(self) -> Iterator[tuple[str, RowIssue]]:
        for file, log in self.issues.items():
            for issue in log:
                yield file, issue

    @property
    def skipped(self) -> int:
        return sum(log.skipped for log in self.issues.values())

    @property
    def untold(self) -> int:
        """Issues counted but not kept, because there are too many."""
        return sum(log.left_out for log in self.issues.values())


def prepared(
    *,
    key: str,
    words: str,
    file: str,
    line: int,
    title: str = "",
    repeats: bool = False,
    said_at: datetime | None = None,
    author: str = "",
    family: str = "",
    theme: str = "",
    question: str = "",
    commune_code: str = "",
    place_label: str = "",
    language: str = "",
    reply_to: str = "",
    alignment: int = 0,
) -> Incoming:
    """The voice with its words cleaned, searched for personal data, and made findable."""
    words, title = tidy(words), tidy(title).replace("\n", " ") if title else ""
    if not words:
        words, title = title, ""
    if len(title) > TITLE_LENGTH:
        words, title = f"{title}\n\n{words}", excerpt(title, TITLE_LENGTH - 1)
    found = personal_data.find(words) if _may_be_personal(words) else []
    flagged = bool(found) or bool(title and _may_be_personal(title) and personal_data.find(title))
    return Incoming(
        key[:KEY_LENGTH], repeats, words, title, search_text(title, words),
        json.dumps(personal_data.as_rows(found)) if found else "[]", flagged,
        said_at, author, family, theme, question, commune_code,
        tidy(place_label).replace("\n", " ")[:PLACE_LENGTH] if place_label else "",
        language[:5], reply_to, alignment, file, line,
    )  # fmt: skip


def _may_be_personal(words: str) -> bool:
    if _SIGNS.search(words):
        return True
    low = words.lower()
    return any(saying in low for saying in _SAYINGS)


def author_digest(key: str) -> str:
    """The trace under which somebody from another site is recognised; ``""`` when nothing identifies them."""
    return digest(key, "source") if key else ""
