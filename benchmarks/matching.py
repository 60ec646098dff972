"""Introductions at the size of a region: 10,000 seekers × 10,000 candidates, beside two peers.

    .venv/bin/python benchmarks/matching.py [--size 10000]

1. The whole score, exact, every pair compared.
2. The words alone, with their reasons, beside scikit-learn's NearestNeighbors (brute force, cosine) from the
   same words: the ratio of processor time and memory. That it finds the same ten is checked at full size.
3. A naive reading of the formulas, pair by pair, on a corner of the same data: the same proposals; its time
   for the whole is its time a pair multiplied, and said so.

Each part runs in a process of its own, so that memory is its own.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from scipy import sparse  # noqa: E402

from essor.engines.matching.match import best_of, match  # noqa: E402
from essor.engines.matching.prepared import prepare  # noqa: E402
from essor.engines.matching.scoring import Scorer, blocks  # noqa: E402
from essor.engines.matching.scoring import whole as whole_of  # noqa: E402
from essor.engines.matching.sides import Item  # noqa: E402
from essor.engines.matching.vectors import WHOLE, lexicon_of, matrix_of, vector_of  # noqa: E402
from essor.engines.matching.weights import Weights  # noqa: E402

CORNER, K = 300, 10


def invented(prefix: str, number: int, seed: int) -> list[Item]:
    """Items with words of a Zipf law over 20,000 stems, themes, one of 120 places, things to exchange."""
    chance = np.random.default_rng(seed)
    words = np.minimum(chance.zipf(1.35, size=(number, 18)), 20_000)
    places = np.random.default_rng(7).uniform((47.0, 2.5), (48.5, 4.5), size=(120, 2))
    made = []
    for rank in range(number):
        spot = places[chance.integers(120)] if chance.random() < 0.85 else None
        things = [
            {int(kind): tuple(f"w{word}" for word in words[rank, start : start + 2]) for kind in kinds}
            for start, kinds in ((0, chance.integers(0, 6, 2)), (4, chance.integers(0, 6, 1)))
        ]
        made.append(
            Item(
                id=f"{prefix}{rank:06}",
                words=tuple(f"w{word}" for word in words[rank]),
                themes=frozenset(int(each) for each in chance.integers(0, 12, chance.integers(1, 3))),
                latitude=float(spot[0]) if spot is not None else None,
                longitude=float(spot[1]) if spot is not None else None,
                families=frozenset({int(chance.integers(6))}),
                missing=frozenset(int(each) for each in chance.integers(0, 6, 3)),
                linked_families=frozenset({int(chance.integers(6))}),
                linked_themes=frozenset(int(each) for each in chance.integers(0, 12, 2)),
                offers=things[0],
                seeks=things[1],
            )
        )
    return made


def only_words(items: list[Item]) -> list[Item]:
    return [Item(each.id, each.words) for each in items]


def whole(size: int) -> dict[str, object]:
    left, right = invented("l", size, 1), invented("r", size, 2)
    began = time.process_time()
    found = match(left, right, k=K)
    return {"seconds": time.process_time() - began, "proposals": len(found.proposals)}


def words(size: int) -> dict[str, object]:
    left, right = (only_words(invented(prefix, size, seed)) for prefix, seed in (("l", 1), ("r", 2)))
    weights = Weights(text=1000, themes=0, distance=0, complement=0, families=0, unusual=0)
    began = time.process_time()
    found = match(left, right, k=K, floor=1, weights=weights)
    seconds = time.process_time() - began
    return {"seconds": seconds, "scores": _scores((each.left, each.score) for each in found.proposals)}


def search(size: int) -> dict[str, object]:
    """The same search without the reasons, which the peer does not give."""
    left, right = (only_words(invented(prefix, size, seed)) for prefix, seed in (("l", 1), ("r", 2)))
    weights = Weights(text=1000, themes=0, distance=0, complement=0, families=0, unusual=0)
    began = time.process_time()
    scorer = Scorer(prepare(left, right, {}), weights, {})
    for rows in blocks(size, max(1, (1 << 20) // size)):
        scores = whole_of(scorer.parts(rows))
        for each in scores:
            best_of(each, K, 1)
    return {"seconds": time.process_time() - began}


def neighbours(size: int) -> dict[str, object]:
    """As people use it: the cosine of the same vectors."""
    from sklearn.neighbors import NearestNeighbors

    began = time.process_time()
    ours, theirs = _vectors(size)
    peer = NearestNeighbors(n_neighbors=K, algorithm="brute", metric="cosine", n_jobs=1)
    peer.fit(theirs.astype(float))
    peer.kneighbors(ours.astype(float))
    return {"seconds": time.process_time() - began}


def same(size: int) -> dict[str, object]:
    """The peer asked for exactly our question, without its scaling of vectors that are rounded already.

    One more column gives every candidate the same length, so that the nearest is the greatest product of
    whole numbers (a known reduction of the greatest inner product to the nearest neighbour).
    """
    from sklearn.neighbors import NearestNeighbors

    ours, theirs = _vectors(size)
    squares = theirs.multiply(theirs).sum(axis=1)
    rest = sparse.csr_array(np.sqrt(squares.max() - squares).reshape(-1, 1))
    nothing = sparse.csr_array((size, 1))
    began = time.process_time()
    peer = NearestNeighbors(n_neighbors=K, algorithm="brute", metric="euclidean", n_jobs=1)
    peer.fit(sparse.csr_array(sparse.hstack([theirs.astype(float), rest])))
    _distances, columns = peer.kneighbors(sparse.csr_array(sparse.hstack([ours.astype(float), nothing])))
    seconds = time.process_time() - began
    rows = np.repeat(np.arange(size), K)
    products = ours[rows].multiply(theirs[columns.ravel()]).sum(axis=1).astype(np.int64)
    points = np.minimum(1000, 1000 * products // WHOLE)
    told = zip(rows.tolist(), points.tolist(), strict=True)
    return {"seconds": seconds, "scores": _scores((f"l{row:06}", n) for row, n in told if n >= 1)}


def _vectors(size: int):
    left, right = (only_words(invented(prefix, size, seed)) for prefix, seed in (("l", 1), ("r", 2)))
    lexicon = lexicon_of([each.words for each in (*left, *right)])
    return [matrix_of([vector_of(e.words, lexicon) for e in side], lexicon) for side in (left, right)]


def _scores(pairs) -> dict[str, list[int]]:
    """The scores of each seeker, the highest first: equal scores may name other candidates."""
    found: dict[str, list[int]] = {}
    for key, score in pairs:
        found.setdefault(key, []).append(score)
    return {key: sorted(scores, reverse=True) for key, scores in found.items()}


def corner(size: int) -> dict[str, object]:
    from tests.engines.matching.test_match import naive

    left, right = invented("l", CORNER, 1), invented("r", CORNER, 2)
    began = time.process_time()
    scores = naive(left, right)
    seconds = time.process_time() - began
    expected = [
        (one.id, sorted((-(scores[one.id, other.id] or -1), other.id) for other in right)[:K]) for one in left
    ]
    found = match(left, right, k=K, floor=0)
    ours = [(one.id, [(-each.score, each.right) for each in found.of(one.id)]) for one in left]
    return {"seconds": seconds * (size / CORNER) ** 2, "same": ours == expected}


PARTS = {
    "whole": whole,
    "words": words,
    "search": search,
    "neighbours": neighbours,
    "same": same,
    "corner": corner,
}


def measured(part: str, size: int) -> dict[str, object]:
    """Run one part in a process of its own."""
    command = [sys.executable, __file__, "--part", part, "--size", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--part", choices=PARTS)
    options = parser.parse_args()
    if options.part:
        found = PARTS[options.part](options.size)
        found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(found))
        return
    told = {part: measured(part, options.size) for part in PARTS}
    ours, peer = told["words"], told["neighbours"]
    found = ours["scores"] == told["same"]["scores"]
    print(f"{options.size:,} × {options.size:,}, the best {K} of each; processor seconds, peak memory")
    print(f"  whole score            {told['whole']['seconds']:8.1f} s {told['whole']['megabytes']:7.0f} MB")
    print(f"  words alone            {ours['seconds']:8.1f} s {ours['megabytes']:7.0f} MB")
    bare = told["search"]
    print(f"    without its reasons  {bare['seconds']:8.1f} s {bare['megabytes']:7.0f} MB")
    print(f"  NearestNeighbors       {peer['seconds']:8.1f} s {peer['megabytes']:7.0f} MB  same: {found}")
    alone = told["corner"]
    print(f"  naive loop (from {CORNER}²) {alone['seconds']:7.0f} s             same: {alone['same']}")
    print(f"  ratio to NearestNeighbors: {peer['seconds'] / bare['seconds']:.2f}× its time "
          f"({peer['seconds'] / ours['seconds']:.2f}× with reasons), "
          f"{peer['megabytes'] / ours['megabytes']:.2f}× its memory")  # fmt: skip
    print(f"  ratio to the naive loop: {told['corner']['seconds'] / told['whole']['seconds']:.0f}×")


if __name__ == "__main__":
    main()
