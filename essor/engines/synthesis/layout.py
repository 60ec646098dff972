"""A place on the plane for each group and each text, so that a person can look at the synthesis."""

import numpy as np
import numpy.typing as npt

from essor.engines.synthesis.vectors import Floats

Places = npt.NDArray[np.float64]
ROUNDS = 200
CLOSER = 0.6  # the discs start near each other and are pushed apart only as needed


def place_groups(centres: Floats, sizes: npt.NDArray[np.int64]) -> Places:
    """Classical scaling of the centres (Torgerson 1952), then discs of area ∝ size are pushed apart.

    Returned in a square of side 2 around the origin; radii come from `radii(sizes)`.
    """
    places = CLOSER * _two_axes(centres)
    radius = radii(sizes)
    for _ in range(ROUNDS):
        gap = places[:, None, :] - places[None, :, :]
        distance = np.sqrt((gap**2).sum(axis=2)) + 1e-9
        overlap = np.maximum(0.0, 1.05 * (radius[:, None] + radius[None, :]) - distance)
        np.fill_diagonal(overlap, 0.0)
        if not overlap.any():
            break
        places = places + 0.25 * (gap / distance[:, :, None] * overlap[:, :, None]).sum(axis=1)
    return np.round(places - places.mean(axis=0), 4)


def radii(sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Radius of each group's disc: the discs together cover a quarter of the square.

    >>> radii(np.array([1, 4])).round(3).tolist()
    [0.252, 0.505]
    """
    return np.asarray(np.sqrt(sizes / max(1, sizes.sum()) / np.pi))


def place_texts(vectors: Floats, labels: npt.NDArray[np.int32], places: Places, radius: Places) -> Places:
    """Each text inside the disc of its group: near the middle when typical, aside in the direction it
    differs."""
    out = np.zeros((len(vectors), 2))
    for group in range(len(places)):
        rows = np.flatnonzero(labels == group)
        local = _two_axes(vectors[rows])
        reach = np.sqrt((local**2).sum(axis=1))
        rank = np.argsort(np.argsort(reach, kind="stable"), kind="stable")
        target = np.sqrt((rank + 0.5) / max(1, len(rows)))
        scale = np.where(reach > 0, target / np.maximum(reach, 1e-9), 0.0)
        out[rows] = places[group] + 0.95 * radius[group] * local * scale[:, None]
    return np.round(out, 4)


def _two_axes(vectors: Floats) -> Places:
    """The first two principal coordinates, signs fixed so that the largest coordinate is positive."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    if len(vectors) < 2:
        return np.zeros((len(vectors), 2))
    values, axes = np.linalg.eigh(np.round(centred.T @ centred, 6))
    found = centred @ axes[:, np.argsort(-values, kind="stable")[:2]]
    largest = found[np.abs(np.round(found, 4)).argmax(axis=0), np.arange(found.shape[1])]
    found = np.round(found * np.where(largest < 0, -1.0, 1.0), 5)
    return found / max(1e-9, float(np.abs(found).max()))
