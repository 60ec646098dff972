"""What can go wrong in a synthesis, said so that the caller knows what to mend."""


class SynthesisError(ValueError):
    """Base of the documented exceptions of this engine."""


class TooFewTexts(SynthesisError):
    """Not enough readable texts to form a single group.

    >>> raise TooFewTexts(needed=3, found=1)
    Traceback (most recent call last):
    essor.engines.synthesis.errors.TooFewTexts: a synthesis needs at least 3 readable texts, found 1
    """

    def __init__(self, *, needed: int, found: int) -> None:
        self.needed = needed
        self.found = found
        super().__init__(f"a synthesis needs at least {needed} readable texts, found {found}")


class BadInput(SynthesisError):
    """An argument that cannot be used; `where` names it, `what` says why."""

    def __init__(self, where: str, what: str) -> None:
        self.where = where
        self.what = what
        super().__init__(f"{where}: {what}")
