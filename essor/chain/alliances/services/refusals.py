"""What cannot be done to an alliance."""


class AllianceRefused(Exception):
    """The alliance cannot be written so; the message says what to do."""
