"""The VOTES of a `.pb` file. Identical lists of projects are read once, however many people gave them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from essor.outside.issues import IssueLog, RowIssue
from essor.outside.pabulib_records import ORDINAL, WITH_POINTS, BrokenPb, Kind
from essor.outside.words import gettext as _

_POINTS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?", re.ASCII)
Score = int | Fraction  # whole where it can be: files are read several times faster
Scores = tuple[tuple[int, Score], ...]


class Ballots:
    """Reads the lines of votes; ``rows`` keeps them as they are, ``kind_of`` says which ballot each is."""

    def __init__(self, projects: list[str], vote_type: str, issues: IssueLog) -> None:
        self.place = {name: at for at, name in enumerate(projects)}
        self.vote_type, self.issues = vote_type, issues
        self.rows: list[tuple[str, ...]] = []
        self.kind_of: list[int] = []
        self._scores: dict[Scores, int] = {}
        self._read: dict[tuple[str, str], int] = {}

    def read(self, rows: Iterator[tuple[int, list[str]]]) -> tuple[str, ...]:
        """All the lines to the end of the file; the names of the columns are given back."""
        line, header = next(rows, (0, [""]))
        columns = tuple(cell.strip() for cell in header)
        if "vote" not in columns:
            mend = _("Écrivez une colonne vote : les identifiants des projets, séparés par des virgules.")
            raise BrokenPb(_("La colonne vote manque, ligne %(line)d.") % {"line": line}, mend)
        vote = columns.index("vote")
        points = columns.index("points") if "points" in columns else -1
        if self.vote_type in WITH_POINTS and points < 0:
            mend = _("Écrivez une colonne points : ceux de chaque projet, séparés par des virgules.")
            raise BrokenPb(_("La colonne points manque, ligne %(line)d.") % {"line": line}, mend)
        points = points if self.vote_type in WITH_POINTS else -1
        width, known = len(columns), self._read
        for line, row in rows:
            if len(row) != width:
                row = self._mended(line, row, width)
            key = (row[vote], row[points] if points >= 0 else "")
            kind = known.get(key)
            if kind is None:
                kind, clean = self._kind(line, *key)
                if clean:
                    known[key] = kind
            self.rows.append(tuple(row))
            self.kind_of.append(kind)
        return columns

    def _mended(self, line: int, row: list[str], width: int) -> list[str]:
        reason = _("Cette ligne a %(count)d cellules au lieu de %(width)d.")
        mend = _("Séparez les cellules par des points-virgules, et les projets par des virgules.")
        self.issues.add(RowIssue(line, "", reason % {"count": len(row), "width": width}, mend, skipped=False))
        return (row + [""] * width)[:width]

    def _kind(self, line: int, vote: str, points: str) -> tuple[int, bool]:
        before = self.issues.total
        given = points.split(",")
        found: dict[int, Score] = {}
        for at, name in enumerate(each.strip() for each in vote.split(",") if each.strip()):
            place = self.place.get(name)
            if place is None or place in found:
                self._unknown(line, name, known=place is not None)
            elif self.vote_type in WITH_POINTS:
                score = self._score(line, name, given[at].strip() if at < len(given) else "")
                found |= {place: score} if score else {}
            else:
                found[place] = -at if self.vote_type == ORDINAL else 1
        key = tuple(sorted(found.items()))
        return self._scores.setdefault(key, len(self._scores)), self.issues.total == before

    def _unknown(self, line: int, name: str, *, known: bool) -> None:
        if known:
            reason = _("Le projet « %(id)s » est nommé deux fois ; il est compté une fois.") % {"id": name}
        else:
            reason = _("Le projet « %(id)s » n’est pas dans la partie PROJECTS.") % {"id": name}
        mend = _("Ne nommez que des projets de PROJECTS, une fois chacun.")
        self.issues.add(RowIssue(line, "vote", reason, mend, skipped=False))

    def _score(self, line: int, name: str, text: str) -> Score:
        if _POINTS.fullmatch(text):
            return Fraction(text) if "." in text or "/" in text else int(text)
        reason = _("Les points de « %(id)s » (%(points)s) ne sont pas un nombre de zéro ou plus.")
        mend = _("Donnez autant de points que de projets, séparés par des virgules.")
        self.issues.add(RowIssue(line, "points", reason % {"id": name, "points": text}, mend, skipped=False))
        return 0

    def kinds(self) -> tuple[tuple[Kind, ...], int]:
        """The ballots with whole scores, and what these were multiplied by.

        A ranking gives its last place 1, where the longest ranking of the file has its last one.
        """
        scale = lcm(*{score.denominator for kind in self._scores for _at, score in kind})
        more = 0
        if self.vote_type == ORDINAL:
            more = max((len(kind) for kind in self._scores), default=0)
        kinds = tuple(tuple((at, int(score * scale) + more) for at, score in kind) for kind in self._scores)
        return kinds, scale
