"""Codes that people read aloud, and digests under which secrets are kept."""

import hashlib
import hmac
import secrets

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_code(length: int = 12) -> str:
    """A random code in groups of four, such as ``K7QF-M2XD-90AB`` (5 bits a sign)."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(signs[start : start + 4] for start in range(0, length, 4))


def read_code(text: str) -> str:
    """What somebody typed, as the code was written: case, spaces and look-alikes forgiven.

    >>> read_code(" k7qf m2xd 9oab ")
    'K7QF-M2XD-90AB'
    """
    signs = "".join(letter for letter in text.upper().translate(_LOOKALIKES) if letter in ALPHABET)
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def digest(secret: str, purpose: str) -> str:
    """HMAC-SHA-256 of a secret under the site's key, as 64 hexadecimal signs.

    ``purpose`` separates uses, so that a digest of one kind is of no help for another.
    """
    key = hashlib.sha256(f"{purpose}:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()
