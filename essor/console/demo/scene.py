"""What the builders hand to one another, and how they speak while they work."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from essor.chain.listening.models import Consultation, Contribution, Question
from essor.console.demo.timeline import Timeline
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme


@dataclass
class Scene:
    """The territory being built: who is there, and every voice under its stable name."""

    time: Timeline
    territory: Territory
    people: dict[str, Person]
    themes: dict[str, Theme] = field(default_factory=dict)
    communes: dict[str, str] = field(default_factory=dict)  # name → code
    consultations: list[Consultation] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    voices: dict[str, Contribution] = field(default_factory=dict)  # "meetings:12" → voice

    @property
    def alice(self) -> Person:
        """Who facilitates."""
        return self.people["alice"]

    @property
    def malik(self) -> Person:
        """Who moderates."""
        return self.people["malik"]

    @property
    def consultation(self) -> Consultation:
        """The one consultation."""
        return self.consultations[0]

    def theme(self, slug: str) -> Theme | None:
        """The theme of that slug; none for an empty one."""
        return self.themes[slug] if slug else None


@contextmanager
def told(line: str) -> Iterator[None]:
    """Say what begins, then how long it took."""
    start = time.perf_counter()
    print(f"  {line}…", end=" ", flush=True)
    yield
    print(f"{time.perf_counter() - start:.1f} s", flush=True)


def say(line: str = "") -> None:
    """One line on the terminal."""
    sys.stdout.write(f"{line}\n")
