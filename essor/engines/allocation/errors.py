"""What can go wrong with an election, said so that the caller knows what to mend."""


class AllocationError(ValueError):
    """Base of the documented exceptions of this engine."""


class BadElection(AllocationError):
    """Projects, ballots or a budget that cannot be; ``where`` names the place and ``what`` says the mend.

    >>> raise BadElection("cost of a", "-1 is below zero")
    Traceback (most recent call last):
    essor.engines.allocation.errors.BadElection: cost of a: -1 is below zero
    """

    def __init__(self, where: str, what: str) -> None:
        self.where = where
        self.what = what
        super().__init__(f"{where}: {what}")


class BadRequest(AllocationError):
    """An argument out of its bounds; ``argument`` names it and ``what`` says what to write."""

    def __init__(self, argument: str, what: str) -> None:
        self.argument = argument
        self.what = what
        super().__init__(f"{argument}: {what}")
