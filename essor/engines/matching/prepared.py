"""Both sides as arrays, made once: everything a block of scores is computed from."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from essor.engines.matching.sides import Item, Things
from essor.engines.matching.vectors import SCALE, Lexicon, lexicon_of, matrix_of, rows_of, vector_of
from essor.engines.matching.weights import Lesson

Ints = npt.NDArray[np.int64]
Masks = npt.NDArray[np.uint64]
Spots = npt.NDArray[np.float64]  # latitude and longitude in radians, shape (places, 2)
EARTH = 6371.0088  # mean radius in kilometres (IUGG)
_BITS = 64


@dataclass(frozen=True)
class Profiles:
    """The distinct pairs (families, themes) of one side, and the rank of each item’s own."""

    rank: Ints
    families: list[frozenset[int]]
    themes: list[frozenset[int]]


@dataclass(frozen=True)
class Prepared:
    """The sides of one calculation. Rows of ``left_words`` are 3 × the text less what was found unlike it."""

    left: tuple[Item, ...]
    right: tuple[Item, ...]
    lexicon: Lexicon
    vectors: tuple[list[dict[str, int]], list[dict[str, int]]]
    left_words: sparse.csr_array
    right_words: sparse.csr_array
    profiles: Profiles  # the right, by families and themes
    themes: tuple[sparse.csr_array, sparse.csr_array]  # of each item on the left, of each profile
    theme_counts: tuple[Ints, Ints]
    places: tuple[Ints, Ints]  # the rank of each item’s place in ``spots``; -1: everywhere
    spots: tuple[Spots, Spots]
    thing_vectors: dict[tuple[str, ...], dict[str, int]]  # of the words of each thing offered or sought
    seeks: tuple[sparse.csr_array, sparse.csr_array]
    offers: tuple[sparse.csr_array, sparse.csr_array]
    sought: tuple[Ints, Ints]  # how many kinds each item seeks
    missing: Masks
    families: Masks  # of each profile
    linked_families: Masks
    theme_bits: tuple[Masks, Masks]  # linked on the left, own of a profile; shape (…, words of 64)


def prepare(left: Sequence[Item], right: Sequence[Item], lessons: dict[str, Lesson]) -> Prepared:
    """Read both sides. Kinds and families are numbered from 0; families below 64."""
    left, right = tuple(left), tuple(right)
    lexicon = lexicon_of(_texts(left, right))
    vectors = (
        [vector_of(each.words, lexicon) for each in left],
        [vector_of(each.words, lexicon) for each in right],
    )
    right_words = matrix_of(vectors[1], lexicon)
    themes = _columns(each.themes for each in (*left, *right))
    kinds = 1 + max((kind for each in (*left, *right) for kind in (*each.offers, *each.seeks)), default=0)
    known = _thing_vectors((*left, *right), lexicon)
    wanted = tuple(_things([each.seeks for each in side], lexicon, kinds, known) for side in (left, right))
    given = tuple(_things([each.offers for each in side], lexicon, kinds, known) for side in (left, right))
    profiles = _profiles(right)
    (here, from_), (there, to) = _places(left), _places(right)
    return Prepared(
        left=left,
        right=right,
        lexicon=lexicon,
        vectors=vectors,
        left_words=_with_lessons(matrix_of(vectors[0], lexicon), right_words, left, right, lessons),
        right_words=right_words,
        themes=(_marks([each.themes for each in left], themes), _marks(profiles.themes, themes)),
        theme_counts=(_sizes(each.themes for each in left), _sizes(profiles.themes)),
        places=(here, there),
        spots=(from_, to),
        profiles=profiles,
        thing_vectors=known,
        seeks=(wanted[0], wanted[1]),
        offers=(given[0], given[1]),
        sought=(_sizes(each.seeks for each in left), _sizes(each.seeks for each in right)),
        missing=_mask([each.missing for each in left]),
        families=_mask(profiles.families),
        linked_families=_mask([each.linked_families for each in left]),
        theme_bits=(
            _wide_mask([each.linked_themes for each in left], themes),
            _wide_mask(profiles.themes, themes),
        ),
    )


def _thing_vectors(items: Sequence[Item], lexicon: Lexicon) -> dict[tuple[str, ...], dict[str, int]]:
    return {
        tuple(words): vector_of(words, lexicon)
        for each in items
        for words in (*each.offers.values(), *each.seeks.values())
    }


def _texts(left: Sequence[Item], right: Sequence[Item]) -> Iterable[tuple[str, ...]]:
    """One text an item: what it says, offers and seeks, so that a rare word is rare everywhere."""
    for each in (*left, *right):
        things = [stem for side in (each.offers, each.seeks) for words in side.values() for stem in words]
        yield (*each.words, *things)


def _with_lessons(
    words: sparse.csr_array,
    right_words: sparse.csr_array,
    left: Sequence[Item],
    right: Sequence[Item],
    lessons: dict[str, Lesson],
) -> sparse.csr_array:
    """Three times each text, less the texts that were found not relevant for it (Rocchio 1971)."""
    position = {each.id: rank for rank, each in enumerate(right)}
    unlike = [
        {position[name]: 1 for name in lessons[each.id].unlike if name in position}
        if each.id in lessons
        else {}
        for each in left
    ]
    if not any(unlike):
        return words * 3
    return sparse.csr_array(words * 3 - rows_of(unlike, len(right)) @ right_words)


def _columns(sets: Iterable[Iterable[int]]) -> dict[int, int]:
    keys = sorted({key for each in sets for key in each})
    return {key: rank for rank, key in enumerate(keys)}


def _marks(sets: Sequence[Iterable[int]], columns: dict[int, int]) -> sparse.csr_array:
    return rows_of([{columns[key]: 1 for key in sorted(each)} for each in sets], len(columns))


def _sizes(sets: Iterable[Iterable[int]]) -> Ints:
    return np.array([len(list(each)) for each in sets], dtype=np.int64)


def _things(
    sides: Sequence[Things], lexicon: Lexicon, kinds: int, known: dict[tuple[str, ...], dict[str, int]]
) -> sparse.csr_array:
    """Kind by kind: one column that says it is there, then its words; each block has length ``SCALE``."""
    width = len(lexicon.columns) + 1
    rows = []
    for side in sides:
        row: dict[int, int] = {}
        for kind, words in sorted(side.items()):
            row[kind * width] = SCALE
            for stem, weight in known[tuple(words)].items():
                row[kind * width + 1 + lexicon.columns[stem]] = weight
        rows.append(row)
    return rows_of(rows, kinds * width)


def _profiles(right: Sequence[Item]) -> Profiles:
    """Many items have the same families and themes: their points are worked out once."""
    known: dict[tuple[frozenset[int], frozenset[int]], int] = {}
    rank = [known.setdefault((each.families, each.themes), len(known)) for each in right]
    return Profiles(
        np.array(rank, dtype=np.int64), [families for families, _ in known], [themes for _, themes in known]
    )


def _places(side: Sequence[Item]) -> tuple[Ints, Spots]:
    """The rank of each item’s place (-1: everywhere), and the distinct places."""
    spots = sorted({_spot(each) for each in side if each.is_somewhere})
    rank = {spot: at for at, spot in enumerate(spots)}
    at = [rank[_spot(each)] if each.is_somewhere else -1 for each in side]
    return np.array(at, dtype=np.int64), np.radians(np.array(spots, dtype=np.float64).reshape(-1, 2))


def _spot(item: Item) -> tuple[float, float]:
    return (item.latitude or 0.0, item.longitude or 0.0)


def great_circle(spots: Sequence[tuple[float, float]]) -> Ints:
    """Whole kilometres between points (latitude, longitude) in degrees.

    >>> great_circle([(50.63, 3.06), (48.86, 2.35)]).tolist()
    [[0, 203], [203, 0]]
    """
    radians = np.radians(np.array(spots, dtype=np.float64).reshape(-1, 2))
    return kilometres(radians, radians)


def kilometres(here: Spots, there: Spots) -> Ints:
    """Whole kilometres from each of these points to each of those, on a sphere (haversine formula).

    Points: (latitude, longitude) in radians. Shape: (here, there).
    """
    lat, lon = here[:, :1], here[:, 1:]
    half = np.sin((lat - there[:, 0]) / 2) ** 2
    half += np.cos(lat) * np.cos(there[:, 0]) * np.sin((lon - there[:, 1]) / 2) ** 2
    return np.rint(2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1)))).astype(np.int64)


def _mask(sets: Sequence[Iterable[int]]) -> Masks:
    return np.array([sum(1 << key for key in each) for each in sets], dtype=np.uint64)


def _wide_mask(sets: Sequence[Iterable[int]], columns: dict[int, int]) -> Masks:
    width = max(1, math.ceil(len(columns) / _BITS))
    bits = np.zeros((len(sets), width), dtype=np.uint64)
    for row, each in enumerate(sets):
        for key in each:
            if key in columns:
                word, bit = divmod(columns[key], _BITS)
                bits[row, word] |= np.uint64(1 << bit)
    return bits
