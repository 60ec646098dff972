"""What can go wrong with votes, said so that the caller knows what to mend."""


class OpinionMapError(ValueError):
    """Base of the documented exceptions of this engine."""


class BadVotes(OpinionMapError):
    """Votes that cannot be read; ``where`` names the place and ``what`` says the mend.

    >>> raise BadVotes("values[3]", "2.0 is no vote: write 1, 0 or -1")
    Traceback (most recent call last):
    essor.engines.opinion_map.errors.BadVotes: values[3]: 2.0 is no vote: write 1, 0 or -1
    """

    def __init__(self, where: str, what: str) -> None:
        self.where = where
        self.what = what
        super().__init__(f"{where}: {what}")


class NoVotes(OpinionMapError):
    """There is nothing to draw: nobody voted, or every statement voted on is moderated out."""

    def __init__(self, *, participants: int, statements: int) -> None:
        self.participants = participants
        self.statements = statements
        super().__init__(f"no vote to draw: {participants} participants, {statements} statements kept")


class BadRequest(OpinionMapError):
    """An argument out of its bounds; ``argument`` names it and ``what`` says what to write."""

    def __init__(self, argument: str, what: str) -> None:
        self.argument = argument
        self.what = what
        super().__init__(f"{argument}: {what}")
