"""Tests of proportions, their p-values, and their correction for being many.

With one success and one failure added beforehand (Laplace), as Polis does:
- one proportion against a half: z = 2·sqrt(n+1)·((s+1)/(n+1) - 1/2);
- two proportions, p1 = (s1+1)/(n1+1) and p2 likewise, p = (s1+s2+2)/(n1+n2+2):
  z = (p1 - p2) / sqrt(p(1-p)(1/(n1+1) + 1/(n2+1))), and 0 where p = 1.
One-sided p-values from the normal law. Correction: Benjamini & Hochberg 1995, the share of false
discoveries among those kept.
"""

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
CRITICAL = float(special.ndtri(0.9))  # 1.2816: nine chances in ten, one-sided


def share(successes: Floats, trials: Floats) -> Floats:
    """(s+1)/(n+2): the share of successes, drawn to a half where little is known."""
    return np.asarray((successes + 1) / (trials + 2))


def against_half(successes: Floats, trials: Floats) -> Floats:
    """z of one proportion against a half.

    >>> round(float(against_half(np.array(50.0), np.array(53.0))), 6)
    6.531973
    """
    more = trials + 1
    return np.asarray(2 * np.sqrt(more) * ((successes + 1) / more - 0.5))


def between(inside: Floats, seen_inside: Floats, outside: Floats, seen_outside: Floats) -> Floats:
    """z of the difference of two proportions."""
    n1, n2 = seen_inside + 1, seen_outside + 1
    one, two = (inside + 1) / n1, (outside + 1) / n2
    both = (inside + outside + 2) / (n1 + n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (one - two) / np.sqrt(both * (1 - both) * (1 / n1 + 1 / n2))
    return np.where(both == 1, 0.0, found)


def one_sided(z: Floats) -> Floats:
    """The chance of a z at least as great if there were nothing."""
    return np.asarray(special.ndtr(-z))


def corrected(p: Floats) -> Floats:
    """Benjamini–Hochberg: each p as the least share of false discoveries at which it is kept.

    >>> corrected(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    flat = np.asarray(p, dtype=np.float64).ravel()
    order = np.argsort(flat, kind="stable")
    scaled = flat[order] * len(flat) / np.arange(1, len(flat) + 1)
    least = np.minimum.accumulate(scaled[::-1])[::-1]
    found = np.empty_like(flat)
    found[order] = np.minimum(least, 1)
    return found.reshape(np.shape(p))


def same_share(agrees: Floats, seen: Floats) -> Floats:
    """p-value of “all groups agree alike” for each statement: chi-square of groups × (agrees, does not).

    Arrays (groups, statements). Groups that saw nothing do not count; without two groups p is 1.
    """
    total = seen.sum(axis=0)
    rate = agrees.sum(axis=0) / np.maximum(total, 1)
    expected = seen * rate
    variance = seen * rate * (1 - rate)
    parts = np.divide((agrees - expected) ** 2, variance, out=np.zeros_like(expected), where=variance > 0)
    free = (seen > 0).sum(axis=0) - 1
    chi = parts.sum(axis=0)
    return np.where(free > 0, special.gammaincc(np.maximum(free, 1) / 2, chi / 2), 1.0)
