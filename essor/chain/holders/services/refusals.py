"""What cannot be done in the log."""


class HolderRefused(Exception):
    """The card or the note cannot be written so; the message says what to do."""
