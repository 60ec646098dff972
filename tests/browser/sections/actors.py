"""The pages of the directory of actors."""

from types import SimpleNamespace as Things

from tests.browser.arguments import Arguments

PUBLIC: dict[str, Arguments] = {}  # seen by a visitor
ACCOUNT: dict[str, Arguments] = {}  # seen by Bilal, a member
ATELIER: dict[str, Arguments] = {}  # seen by Élise, who administers
NO_PAGE: dict[str, str] = {}  # why it is no page → names, with "territory:" before each


def furnish(things: Things) -> None:
    """Add to ``things`` what these addresses name. It has the cast, the territory and a published need."""
