"""The three to five texts that speak for a group and differ from each other."""

import numpy as np
import numpy.typing as npt

from essor.engines.synthesis.vectors import Floats

LEAST, MOST = 3, 5
CANDIDATES, NEAREST = 150, 0.25  # at most so many, and only the nearest quarter of a large group
RELEVANCE = 0.45
PLEASANT = (5, 60)  # words: long enough to say something, short enough to be read


def choose_quotes(
    vectors: Floats, rows: npt.NDArray[np.int64], words: npt.NDArray[np.int64], centre: Floats
) -> list[int]:
    """Maximal marginal relevance (Carbonell & Goldstein 1998).

    argmax λ·cos(text, centre) - (1 - λ)·max cos(text, chosen), with a penalty for texts too short or too long
    to be read as an example. Only the texts nearest to the centre are asked: the most different text of a
    group is often the one that belongs to it least.

    >>> x = np.array([[1, 0], [1, 0], [0.8, 0.6], [0.8, -0.6]], dtype=np.float32)
    >>> choose_quotes(x, np.arange(4), np.full(4, 12), np.array([1, 0], dtype=np.float32))[:3]
    [0, 2, 3]
    """
    short, long = PLEASANT
    penalty = 0.3 * (words[rows] < short) + 0.15 * np.log2(np.maximum(words[rows] / long, 1.0))
    relevance = np.round(vectors[rows] @ centre - penalty, 4)
    wanted = min(len(rows), MOST if len(rows) >= 4 * MOST else LEAST)
    asked = min(CANDIDATES, max(3 * wanted, int(NEAREST * len(rows))))
    best = np.argsort(-relevance, kind="stable")[:asked]
    rows, relevance = rows[best], relevance[best]
    between = np.round(vectors[rows] @ vectors[rows].T, 4)
    chosen: list[int] = []
    while len(chosen) < wanted:
        repeated = between[:, chosen].max(axis=1) if chosen else np.zeros(len(rows))
        score = np.round(RELEVANCE * relevance - (1 - RELEVANCE) * repeated, 5)
        score[chosen] = -np.inf
        chosen.append(int(score.argmax()))
    return [int(rows[i]) for i in chosen]
