"""What cannot be done in the log."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from essor.common.merging import Clash


class HolderRefused(Exception):
    """The card or the note cannot be written so; the message says what to do."""


class HolderClash(HolderRefused):
    """Somebody else wrote the same fields meanwhile. Nothing was saved; nothing of either is lost.

    ``kept``: the form as both changes make it, mine where they clash; ``present``: what is kept now.
    """

    def __init__(
        self, clashes: tuple[Clash, ...], *, kept: Mapping[str, Any], present: Mapping[str, Any]
    ) -> None:
        super().__init__(_("Quelqu’un a écrit en même temps que vous : mettez les deux textes d’accord."))
        self.clashes, self.kept, self.present = clashes, kept, present
