"""The points of a block of pairs, part by part. Only whole numbers: equal pairs have equal points.

Let s_ij be the integer product of two texts, ``WHOLE`` = 1024² their product when they are the same.

- words: w·max(0, s_ij)/WHOLE, where a third of what resembles a refused candidate is taken off;
- themes: w·|A∩B|/min(|A|, |B|), the overlap coefficient (Szymkiewicz 1934; Simpson 1943);
- distance: w·h/(h + km), half of the points at h kilometres; w/2 when one of the two acts everywhere;
- complement: two thirds for what the left seeks and the right offers, one third the other way round; for
  each kind sought, half for the kind and half for its words; divided by the number of kinds sought;
- families: w when the right brings a family missing around the left’s table;
- unusual: half for a family, half for a theme that the left has not worked with yet, and only when the two
  have something in common (a word, a theme or a thing sought and offered).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from essor.engines.matching.prepared import Ints, Prepared, kilometres
from essor.engines.matching.vectors import WHOLE
from essor.engines.matching.weights import PARTS, Lesson, Weights

Block = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Scorer:
    """Scores blocks of rows of the left against the whole right.

    Only pairs that share a word or a thing are divided; what depends on families, themes and places is worked
    out once for each profile and place of the right, then spread.
    """

    data: Prepared
    weights: Weights
    lessons: dict[str, Lesson]

    def parts(self, rows: slice) -> dict[str, Block]:
        """The points of each part; shape (rows, right), in the order of ``PARTS``."""
        profile = self.data.profiles.rank
        text = self._text(rows)
        themes = self._themes(rows).take(profile, axis=1)
        complement = self._complement(rows)
        common = (text > 0) | (themes > 0) | (complement > 0)
        found = {
            "text": text,
            "themes": themes,
            "distance": self._distance(rows),
            "complement": complement,
            "families": self._families(rows).take(profile, axis=1),
            "unusual": self._unusual(rows).take(profile, axis=1) * common,
        }
        return {name: found[name] for name in PARTS}

    def _moved(self, rows: slice) -> Ints:
        names = [each.id for each in self.data.left[rows]]
        return np.array(
            [self.lessons[n].themes_more if n in self.lessons else 0 for n in names], dtype=np.int64
        )

    def _text(self, rows: slice) -> Block:
        found = sparse.csr_array(self.data.left_words[rows] @ self.data.right_words.T)
        most = np.repeat(self.weights.text - self._moved(rows), np.diff(found.indptr))
        return _dense(found, np.minimum(most, most * np.maximum(found.data, 0) // (3 * WHOLE)))

    def _themes(self, rows: slice) -> Block:
        weight = (self.weights.themes + self._moved(rows))[:, None]
        shared = (self.data.themes[0][rows] @ self.data.themes[1].T).toarray()
        fewest = np.minimum(self.data.theme_counts[0][rows][:, None], self.data.theme_counts[1])
        return (weight * shared // np.maximum(fewest, 1)).astype(np.int32)

    def _distance(self, rows: slice) -> Block:
        """A last column and a last row stand for “everywhere”, whose rank is -1."""
        weight = self.weights.distance
        here, row = np.unique(self.data.places[0][rows], return_inverse=True)
        known = here[here >= 0]
        far = kilometres(self.data.spots[0][known], self.data.spots[1])
        at = np.full((len(here), far.shape[1] + 1), -1, dtype=np.int64)
        at[len(here) - len(known) :, :-1] = far
        half = self._halves(rows)[:, None]
        told = at[row]
        points = np.where(told < 0, weight // 2, weight * half // (half + np.maximum(told, 0)))
        return points.astype(np.int32).take(self.data.places[1], axis=1, mode="wrap")

    def _halves(self, rows: slice) -> Ints:
        usual = self.weights.half_distance
        names = [each.id for each in self.data.left[rows]]
        return np.array(
            [self.lessons[n].half_distance if n in self.lessons else usual for n in names], dtype=np.int64
        )

    def _complement(self, rows: slice) -> Block:
        towards = self.weights.complement * 2 // 3
        back = self.weights.complement - towards
        brought = sparse.csr_array(self.data.seeks[0][rows] @ self.data.offers[1].T)
        received = sparse.csr_array(self.data.offers[0][rows] @ self.data.seeks[1].T)
        asked = 2 * WHOLE * np.maximum(self.data.sought[0][rows], 1)
        wished = 2 * WHOLE * np.maximum(self.data.sought[1], 1)
        to = towards * brought.data // np.repeat(asked, np.diff(brought.indptr))
        fro = back * received.data // wished[received.indices]
        total = _dense(brought, np.minimum(towards, to))
        total += _dense(received, np.minimum(back, fro))
        return total

    def _families(self, rows: slice) -> Block:
        brings = (self.data.missing[rows][:, None] & self.data.families) != 0
        return np.where(brings, np.int32(self.weights.families), np.int32(0))

    def _unusual(self, rows: slice) -> Block:
        for_family = np.int32(self.weights.unusual // 2)
        for_theme = np.int32(self.weights.unusual - for_family)
        family = (self.data.families & ~self.data.linked_families[rows][:, None]) != 0
        linked, own = self.data.theme_bits
        theme = np.zeros(family.shape, dtype=bool)
        for word in range(own.shape[1]):
            theme |= (own[:, word] & ~linked[rows, word][:, None]) != 0
        return np.where(family, for_family, np.int32(0)) + np.where(theme, for_theme, np.int32(0))


def whole(parts: dict[str, Block]) -> Block:
    """The scores: the sum of the parts."""
    total = parts[PARTS[0]].copy()
    for name in PARTS[1:]:
        total += parts[name]
    return total


def has_something_in_common(parts: dict[str, Block]) -> npt.NDArray[np.bool_]:
    """Pairs that share a word, a theme, or a thing sought and offered: the others are never proposed."""
    return (parts["text"] > 0) | (parts["themes"] > 0) | (parts["complement"] > 0)


def blocks(number: int, size: int) -> Sequence[slice]:
    """Rows cut into blocks, so that memory does not grow with the left side."""
    return [slice(start, min(start + size, number)) for start in range(0, number, size)]


def _dense(pairs: sparse.csr_array, points: npt.NDArray[np.int64]) -> Block:
    """The points of these pairs, zero for the others."""
    shape = (points.astype(np.int32), pairs.indices, pairs.indptr)
    return np.asarray(sparse.csr_array(shape, shape=pairs.shape).toarray(), dtype=np.int32)
