"""From the numbers of a grouping to groups one can read: name, quotes, neighbours, place on the plane."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from essor.engines.synthesis.duplicates import Folding
from essor.engines.synthesis.grouping import Grouping
from essor.engines.synthesis.kmeans import centres_of
from essor.engines.synthesis.labels import Naming, name_groups
from essor.engines.synthesis.layout import place_groups, place_texts, radii
from essor.engines.synthesis.phrases import find_terms
from essor.engines.synthesis.quotes import choose_quotes
from essor.engines.synthesis.reading import Reading
from essor.engines.synthesis.result import Group
from essor.engines.synthesis.stability import Stability
from essor.engines.synthesis.stem_table import stem_table
from essor.engines.synthesis.vectors import Floats, unit

Ints = npt.NDArray[np.int32]
Indexes = npt.NDArray[np.int64]
NEAREST = 3


def portray(
    read: Reading, grouping: Grouping, sure: Stability | None, names: list[str]
) -> tuple[tuple[Group, ...], tuple[Group, ...], dict[str, tuple[float, float]]]:
    """Overview groups, detail groups, and the place of every placed text."""
    terms = find_terms(read.corpus, read.counts)
    terms = replace(terms, matrix=terms.matrix[read.speakers])
    word_vectors = _word_vectors(read.known)
    lengths = np.diff(read.corpus.indptr)[read.speakers]
    families = _families(read.folding, read.speakers, len(names))
    painter = _Painter(read.vectors, read.speakers, families, lengths, names)
    overview, places = painter.paint(
        grouping.overview,
        name_groups(terms, grouping.overview, word_vectors),
        stable=sure.groups if sure else None,
    )
    detail, _ = painter.paint(
        grouping.detail,
        name_groups(terms, grouping.detail, word_vectors),
        parent=grouping.parent,
        small=frozenset(grouping.small_voices),
        around=places,
        overview=grouping.overview,
    )
    positions = {}
    for family, place in zip(families, places.tolist(), strict=True):
        x, y = place
        for text in family:
            positions[names[text]] = (x, y)
    return overview, detail, positions


def _word_vectors(known: Indexes) -> Floats:
    table = stem_table()
    out = np.zeros((len(known), table.vectors.shape[1]), dtype=np.float32)
    out[known >= 0] = table.vectors[known[known >= 0]]
    return unit(out)


def _families(folding: Folding, speakers: Indexes, size: int) -> list[list[int]]:
    """For each speaker, the texts it speaks for, itself first."""
    row_of = np.full(size, -1, dtype=np.int64)
    row_of[speakers] = np.arange(len(speakers))
    families: list[list[int]] = [[] for _ in range(len(speakers))]
    for text, row in enumerate(row_of[folding.keeper].tolist()):
        if row >= 0:
            families[row].append(text)
    return families


class _Painter:
    """Holds what both grains share while groups are made."""

    def __init__(
        self,
        vectors: Floats,
        speakers: Indexes,
        families: list[list[int]],
        lengths: Indexes,
        names: list[str],
    ) -> None:
        self.vectors = vectors
        self.speakers = speakers
        self.families = families
        self.copies = np.array([len(family) for family in families], dtype=np.int64)
        self.lengths = lengths
        self.names = names

    def paint(
        self,
        labels: Ints,
        namings: list[Naming],
        *,
        stable: tuple[float, ...] | None = None,
        parent: Ints | None = None,
        small: frozenset[int] = frozenset(),
        around: npt.NDArray[np.float64] | None = None,
        overview: Ints | None = None,
    ) -> tuple[tuple[Group, ...], npt.NDArray[np.float64]]:
        k = len(namings)
        centres = centres_of(self.vectors, labels, k)
        sizes = np.bincount(labels, weights=self.copies, minlength=k).astype(np.int64)
        radius = radii(sizes)
        if around is None:
            middle = place_groups(centres, sizes)
            texts = place_texts(self.vectors, labels, middle, radius)
        else:
            texts = around
            middle = np.round([around[labels == g].mean(axis=0) for g in range(k)], 4)
        near = self._nearest(centres)
        groups = tuple(
            self._group(
                g,
                naming,
                np.flatnonzero(labels == g),
                centres[g],
                middle[g],
                size=int(sizes[g]),
                radius=round(float(radius[g]), 4),
                stability=stable[g] if stable else None,
                parent=int(parent[g]) if parent is not None else None,
                is_small_voice=g in small,
                nearest=near[g],
            )
            for g, naming in enumerate(namings)
        )
        return groups, texts

    def _group(
        self,
        index: int,
        naming: Naming,
        rows: Indexes,
        centre: Floats,
        middle: npt.NDArray[np.float64],
        **figures: Any,
    ) -> Group:
        quotes = choose_quotes(self.vectors, rows, self.lengths, centre)
        return Group(
            index=index,
            label=naming.label,
            terms=naming.terms,
            distinct=len(rows),
            members=self._members(rows),
            quotes=tuple(self.names[self.speakers[row]] for row in quotes),
            cohesion=round(float((self.vectors[rows] @ centre).mean(dtype=np.float64)), 3),
            x=float(middle[0]),
            y=float(middle[1]),
            **figures,
        )

    def _members(self, rows: Indexes) -> tuple[str, ...]:
        return tuple(self.names[text] for text in sorted(t for row in rows for t in self.families[row]))

    def _nearest(self, centres: Floats) -> list[tuple[int, ...]]:
        similar = np.round(centres @ centres.T, 4)
        np.fill_diagonal(similar, -2)
        order = np.argsort(-similar, axis=1, kind="stable")[:, : min(NEAREST, len(centres) - 1)]
        return [tuple(row) for row in order.tolist()]
