"""What cannot be done in the directory."""


class ActorRefused(Exception):
    """The card cannot be written so; the message says what to do."""
