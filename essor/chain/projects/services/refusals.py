"""What cannot be done to a project."""


class ProjectRefused(Exception):
    """The project cannot be written so; the message says what to do."""
