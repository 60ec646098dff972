"""What opinions refuse, each in a sentence that says what to do; pages show it as it is."""

from essor.chain.opinions.models import Statement


class OpinionRefused(Exception):
    """The base of every refusal of opinions."""


class IllegalMove(OpinionRefused):
    """The thing is not in a state from which it can go there."""


class NotReady(OpinionRefused):
    """Something is missing before this can be done."""


class NotTaking(OpinionRefused):
    """The conversation takes no votes or proposals now, or not from this person."""


class BadStatement(OpinionRefused):
    """The words cannot be put to the vote so."""


class AlreadySaid(OpinionRefused):
    """The same statement is there: ``statement`` is the one to vote on."""

    def __init__(self, words: str, statement: Statement) -> None:
        super().__init__(words)
        self.statement = statement


class PleaseWait(OpinionRefused):
    """Too fast: nothing is lost, and it can be sent again in ``seconds``."""

    def __init__(self, words: str, seconds: int) -> None:
        super().__init__(words)
        self.seconds = seconds
