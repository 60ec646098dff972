"""What cannot be done to a challenge."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Lack:
    """Something to mend: the field of the form of a challenge, and what to do."""

    field: str
    words: str


class ChallengeRefused(Exception):
    """The challenge cannot be written so; the message says what to do, ``lacks`` at which fields."""

    def __init__(self, words: str, lacks: Iterable[Lack] = ()) -> None:
        super().__init__(words)
        self.lacks = tuple(lacks)
