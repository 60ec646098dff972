"""What a public form carries in secret: when it was opened, and a key that tells a second sending."""

import secrets
from dataclasses import dataclass

from django.core import signing

from essor.common import clock

SALT = "essor.stamp"
TOO_FAST = 2  # seconds: nobody writes a voice in less
TOO_OLD = 48 * 3600


@dataclass(frozen=True)
class Stamp:
    """``once`` is the secret of this sheet; ``age`` is in seconds."""

    once: str
    age: float


def new_stamp(once: str = "") -> str:
    """A stamp of now, for a new sheet or for the one that already bears ``once``."""
    return signing.dumps([once or secrets.token_urlsafe(16), clock.now().timestamp()], salt=SALT)


def read_stamp(text: str) -> Stamp | None:
    """What a stamp says, or None if it is not ours."""
    try:
        once, at = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Stamp(once=str(once), age=clock.now().timestamp() - float(at))
