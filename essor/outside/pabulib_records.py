"""What a `.pb` file of Pabulib holds (https://pabulib.org/format), as it is written and as it is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from essor.outside.issues import IssueLog, UnreadableFile

APPROVALS = ("approval", "choose-1")
WITH_POINTS = ("cumulative", "scoring")
ORDINAL = "ordinal"
VOTE_TYPES = (*APPROVALS, *WITH_POINTS, ORDINAL)
GROUPS = ("category", "categories", "district", "neighborhood")
Kind = tuple[tuple[int, int], ...]  # (place of the project, score), …


class BrokenPb(UnreadableFile):
    """The file is no election that can be counted; ``str()`` says why and what to mend."""

    code = "broken_pb"


@dataclass(frozen=True, slots=True)
class PbProject:
    """A project; ``cells`` is its whole line, in the order of ``PbElection.project_columns``."""

    id: str
    cost: Fraction
    name: str
    groups: tuple[str, ...]
    selected: bool | None
    cells: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class PbElection:
    """A file: its facts, its projects, and its ballots, identical ones counted together.

    ``kinds[k]`` is a ballot: (project, score) pairs, the score being 1 for an approval, the points (times
    ``scale``, so that they are whole), or for a ranking how many places from the last one it is.
    ``kind_of[v]`` is the ballot of line v of ``vote_rows``, which keeps every cell.
    """

    meta: Mapping[str, str]
    budget: Fraction
    vote_type: str
    projects: tuple[PbProject, ...]
    project_columns: tuple[str, ...]
    vote_columns: tuple[str, ...]
    vote_rows: tuple[tuple[str, ...], ...] = field(repr=False)
    kinds: tuple[Kind, ...] = field(repr=False)
    kind_of: tuple[int, ...] = field(repr=False)
    scale: int = 1
    issues: IssueLog = field(default_factory=IssueLog, repr=False)

    @property
    def selected(self) -> tuple[str, ...]:
        """What was really funded, where the file says it."""
        return tuple(each.id for each in self.projects if each.selected)
