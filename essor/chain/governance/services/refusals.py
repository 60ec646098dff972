"""What cannot be done in governance."""


class GovernanceRefused(Exception):
    """It cannot be written so; the message says what to do, ``field`` which field of the form it is about."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field
