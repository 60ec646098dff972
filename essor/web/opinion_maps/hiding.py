"""Small counts are left out of what is shown, and others with them, so that no sum gives them away."""

from collections.abc import Sequence

FEW = 5


def masked(counts: Sequence[int], least: int = FEW) -> list[int | None]:
    """Counts that may stand side by side with their sum: None where hidden.

    A count from 1 to ``least`` - 1 is hidden; then the smallest of the others, as long as a single one is
    hidden or the hidden ones together are fewer than ``least``.

    >>> masked([20, 3, 9]), masked([20, 30]), masked([0, 7])
    ([20, None, None], [20, 30], [0, 7])
    """
    hidden = {at for at, count in enumerate(counts) if 0 < count < least}
    left = sorted((count, at) for at, count in enumerate(counts) if count >= least)
    while hidden and left and (len(hidden) == 1 or sum(counts[at] for at in hidden) < least):
        hidden.add(left.pop(0)[1])
    return [None if at in hidden else count for at, count in enumerate(counts)]


def shown_groups(seen: Sequence[int], least: int = FEW) -> list[bool]:
    """Which groups' figures on one statement may be shown, from how many of each answered it."""
    return [count is not None and count >= least for count in masked(seen, least)]
