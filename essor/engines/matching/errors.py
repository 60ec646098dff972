"""What can go wrong in a calculation of introductions, said so that the caller knows what to mend."""


class MatchingError(ValueError):
    """Base of the documented exceptions of this engine."""


class BadSide(MatchingError):
    """An item that cannot be compared; ``where`` names the item and the field, ``what`` says the mend.

    >>> raise BadSide("left[3].latitude", "91.0 is no latitude: write -90 to 90")
    Traceback (most recent call last):
    essor.engines.matching.errors.BadSide: left[3].latitude: 91.0 is no latitude: write -90 to 90
    """

    def __init__(self, where: str, what: str) -> None:
        self.where = where
        self.what = what
        super().__init__(f"{where}: {what}")


class BadWeights(MatchingError):
    """Weights that do not share out the points; the message says how much is missing or too much."""


class NothingToCompare(MatchingError):
    """One of the two sides is empty."""

    def __init__(self, *, left: int, right: int) -> None:
        self.left = left
        self.right = right
        super().__init__(
            f"nothing to compare: {left} on the left, {right} on the right; both need one at least"
        )
