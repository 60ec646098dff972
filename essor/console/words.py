"""The words of the command line in the language of the terminal, from the same catalogue as the site.

Django is not needed for it, so that commands on files start at once.
"""

import gettext
import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def terminal_language() -> str:
    """English when the terminal says so, else French."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(name, "")
        if wanted:
            return "en" if wanted.lower().startswith("en") else "fr"
    return "fr"


_ = gettext.translation("django", str(LOCALE), languages=[terminal_language()], fallback=True).gettext
