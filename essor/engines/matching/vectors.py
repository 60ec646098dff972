"""Words as integer vectors, so that a resemblance is an exact whole number on every machine.

A text of stems becomes tf-idf weights, w(t) = (1 + ln n(t)) · ln(1 + N / d(t)) with n(t) its count in it,
N the number of texts on both sides and d(t) how many have it (Salton & Buckley 1988); the vector is scaled
to length ``SCALE`` and rounded to integers. The product of two such vectors, divided by ``SCALE²``, is their
cosine to about 1/1000; being a sum of integers it does not depend on the order of the sum.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

SCALE = 1024
WHOLE = SCALE * SCALE


@dataclass(frozen=True)
class Lexicon:
    """The column and the weight ln(1 + N/d) of each stem."""

    columns: Mapping[str, int]
    idf: Mapping[str, float]


def lexicon_of(texts: Iterable[Sequence[str]]) -> Lexicon:
    """Read the stems of all texts.

    >>> lexicon = lexicon_of([("bus", "soir"), ("bus", "ecol")])
    >>> sorted(lexicon.columns), round(lexicon.idf["bus"], 3), round(lexicon.idf["soir"], 3)
    (['bus', 'ecol', 'soir'], 0.693, 1.099)
    """
    spread: Counter[str] = Counter()
    number = 0
    for text in texts:
        spread.update(set(text))
        number += 1
    idf = {stem: math.log(1 + number / count) for stem, count in spread.items()}
    return Lexicon({stem: rank for rank, stem in enumerate(sorted(idf))}, idf)


def vector_of(text: Sequence[str], lexicon: Lexicon) -> dict[str, int]:
    """The integer vector of a text, by stem: its length is ``SCALE`` up to rounding.

    >>> lexicon = lexicon_of([("bus", "soir"), ("ecol",)])
    >>> vector_of(("bus", "soir"), lexicon)
    {'bus': 724, 'soir': 724}
    """
    counts = Counter(stem for stem in text if stem in lexicon.columns)
    raw = {stem: (1 + math.log(count)) * lexicon.idf[stem] for stem, count in sorted(counts.items())}
    length = math.sqrt(math.fsum(weight * weight for weight in raw.values()))
    if not length:
        return {}
    scaled = {stem: round(weight * SCALE / length) for stem, weight in raw.items()}
    return {stem: weight for stem, weight in scaled.items() if weight}


def matrix_of(vectors: Sequence[Mapping[str, int]], lexicon: Lexicon) -> sparse.csr_array:
    """The vectors as rows: shape (texts, stems), int64."""
    return rows_of(
        [{lexicon.columns[stem]: n for stem, n in each.items()} for each in vectors], len(lexicon.columns)
    )


def rows_of(rows: Sequence[Mapping[int, int]], width: int) -> sparse.csr_array:
    """Rows given as {column: value}; shape (rows, ``width``), int64."""
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    columns = np.fromiter((column for row in rows for column in row), dtype=np.int64, count=int(starts[-1]))
    values = np.fromiter((n for row in rows for n in row.values()), dtype=np.int64, count=int(starts[-1]))
    return sparse.csr_array((values, columns, starts), shape=(len(rows), max(1, width)))
