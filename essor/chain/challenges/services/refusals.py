"""What cannot be done to a challenge."""


class ChallengeRefused(Exception):
    """The challenge cannot be written so; the message says what to do."""
