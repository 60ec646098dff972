"""What listening refuses, each in a sentence that says what to do; pages show it as it is."""


class Refused(Exception):
    """The base of every refusal of listening."""


class IllegalMove(Refused):
    """The thing is not in a state from which it can go there."""


class NotReady(Refused):
    """Something is missing before this can be done."""


class NotListening(Refused):
    """The consultation takes no voices now."""


class NothingSaid(Refused):
    """There are no words, or too many."""


class NotYours(Refused):
    """A right is missing, or somebody else must do it."""
