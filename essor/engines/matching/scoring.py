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

from essor.engines.matching.prepared import Ints, Prepared
from essor.engines.matching.vectors import WHOLE
from essor.engines.matching.weights import PARTS, Lesson, Weights

Block = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Scorer:
    """Scores blocks of rows of the left against the whole right."""

    data: Prepared
    weights: Weights
    lessons: dict[str, Lesson]

    def parts(self, rows: slice) -> dict[str, Block]:
        """The points of each part; shape (rows, right), in the order of ``PARTS``."""
        text = self._text(rows)
        themes = self._themes(rows)
        complement = self._complement(rows)
        common = (text > 0) | (themes > 0) | (complement > 0)
        found = {
            "text": text,
            "themes": themes,
            "distance": self._distance(rows),
            "complement": complement,
            "families": self._families(rows),
            "unusual": np.where(common, self._unusual(rows), 0),
        }
        return {name: found[name] for name in PARTS}

    def _moved(self, rows: slice) -> Ints:
        names = [each.id for each in self.data.left[rows]]
        return np.array(
            [self.lessons[n].themes_more if n in self.lessons else 0 for n in names], dtype=np.int64
        )

    def _text(self, rows: slice) -> Block:
        weight = (self.weights.text - self._moved(rows))[:, None]
        product = _dense(self.data.left_words[rows] @ self.data.right_words.T)
        return np.minimum(weight, weight * np.maximum(product, 0) // (3 * WHOLE))

    def _themes(self, rows: slice) -> Block:
        weight = (self.weights.themes + self._moved(rows))[:, None]
        shared = _dense(self.data.themes[0][rows] @ self.data.themes[1].T)
        fewest = np.minimum(self.data.theme_counts[0][rows][:, None], self.data.theme_counts[1])
        return weight * shared // np.maximum(fewest, 1)

    def _distance(self, rows: slice) -> Block:
        weight, here, there = self.weights.distance, self.data.places[0][rows], self.data.places[1]
        everywhere = (here[:, None] < 0) | (there < 0)
        if not self.data.kilometres.size:
            return np.full(everywhere.shape, weight // 2, dtype=np.int64)
        half = self._halves(rows)[:, None]
        points = weight * half // (half + self.data.kilometres[here[:, None], there])
        return np.where(everywhere, weight // 2, points)

    def _halves(self, rows: slice) -> Ints:
        usual = self.weights.half_distance
        names = [each.id for each in self.data.left[rows]]
        return np.array(
            [self.lessons[n].half_distance if n in self.lessons else usual for n in names], dtype=np.int64
        )

    def _complement(self, rows: slice) -> Block:
        towards = self.weights.complement * 2 // 3
        back = self.weights.complement - towards
        brought = _dense(self.data.seeks[0][rows] @ self.data.offers[1].T)
        received = _dense(self.data.offers[0][rows] @ self.data.seeks[1].T)
        asked = 2 * WHOLE * np.maximum(self.data.sought[0][rows], 1)[:, None]
        wished = 2 * WHOLE * np.maximum(self.data.sought[1], 1)
        return np.minimum(towards, towards * brought // asked) + np.minimum(back, back * received // wished)

    def _families(self, rows: slice) -> Block:
        brings = (self.data.missing[rows][:, None] & self.data.families) != 0
        return np.where(brings, self.weights.families, 0)

    def _unusual(self, rows: slice) -> Block:
        for_family = self.weights.unusual // 2
        for_theme = self.weights.unusual - for_family
        family = (self.data.families & ~self.data.linked_families[rows][:, None]) != 0
        linked, own = self.data.theme_bits
        theme = np.zeros(family.shape, dtype=bool)
        for word in range(own.shape[1]):
            theme |= (own[:, word] & ~linked[rows, word][:, None]) != 0
        return np.where(family, for_family, 0) + np.where(theme, for_theme, 0)


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


def _dense(product: sparse.csr_array) -> Block:
    return np.asarray(product.toarray(), dtype=np.int64)
