"""Which voices a synthesis reads: the typed face of ``Synthesis.scope``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from essor.chain.listening.enums import Channel


@dataclass(frozen=True)
class Scope:
    """Empty means all: all questions, all gatherings, all channels, from the beginning."""

    questions: tuple[int, ...] = ()
    gatherings: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    since: date | None = None

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Scope":
        """From JSON; unknown channels are dropped.

        >>> Scope.read({"channels": ["meeting", "smoke signals"], "since": "2026-03-01"})
        Scope(questions=(), gatherings=(), channels=('meeting',), since=datetime.date(2026, 3, 1))
        """
        since = stored.get("since")
        return cls(
            questions=_keys(stored.get("questions", ())),
            gatherings=_keys(stored.get("gatherings", ())),
            channels=tuple(sorted({each for each in stored.get("channels", ()) if each in Channel.values})),
            since=date.fromisoformat(since) if since else None,
        )

    def to_json(self) -> dict[str, Any]:
        """Only what narrows the choice."""
        stored = {
            "questions": list(self.questions),
            "gatherings": list(self.gatherings),
            "channels": list(self.channels),
            "since": self.since.isoformat() if self.since else None,
        }
        return {name: value for name, value in stored.items() if value}


def _keys(values: Iterable[Any]) -> tuple[int, ...]:
    return tuple(sorted({int(value) for value in values}))
