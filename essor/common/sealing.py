"""Sealed envelopes: what is closed with a public key opens with the private one alone.

X25519 for the exchange, HKDF-SHA256 for the key, ChaCha20-Poly1305 for the seal (RFC 7748, 5869, 8439). A
private key kept in a table is wrapped by the secret of the site, which no table holds. What is sealed is
padded first, so that its length tells nothing.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY = 32  # bytes of a key
NONCE = 12
BLOCK = 1024  # what is sealed fills whole blocks
_LENGTH = 4


class SealBroken(ValueError):
    """What was given is not what was sealed, or another key sealed it."""


def new_pair() -> tuple[bytes, bytes]:
    """A fresh public key and its private one, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.public_key().public_bytes_raw(), private.private_bytes_raw()


def seal(public: bytes, message: bytes) -> bytes:
    """Close ``message`` for the holder of the private key. Twice the same message gives two unlike seals.

    >>> public, private = new_pair()
    >>> unseal(private, seal(public, b"yes")), len(seal(public, b"yes")) == len(seal(public, b"no, never"))
    (b'yes', True)
    """
    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    nonce = os.urandom(NONCE)
    return (
        mine
        + nonce
        + ChaCha20Poly1305(_derived(shared, mine + public)).encrypt(nonce, _padded(message), mine)
    )


def unseal(private: bytes, sealed: bytes) -> bytes:
    """What was sealed. Raises SealBroken when it was changed, or sealed for another key."""
    theirs, nonce, rest = sealed[:KEY], sealed[KEY : KEY + NONCE], sealed[KEY + NONCE :]
    mine = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = mine.exchange(X25519PublicKey.from_public_bytes(theirs))
        key = _derived(shared, theirs + mine.public_key().public_bytes_raw())
        filled = ChaCha20Poly1305(key).decrypt(nonce, rest, theirs)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("the seal does not hold") from error
    length = int.from_bytes(filled[:_LENGTH], "big")
    return filled[_LENGTH : _LENGTH + length]


def wrap(private: bytes, purpose: str) -> bytes:
    """A private key, closed by the secret of the site for one purpose."""
    nonce = os.urandom(NONCE)
    key = _derived(settings.SECRET_KEY.encode(), purpose.encode())
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, private, purpose.encode())


def unwrap(wrapped: bytes, purpose: str) -> bytes:
    """The private key again, by the present secret of the site or one before it. Raises SealBroken."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = _derived(secret.encode(), purpose.encode())
        try:
            return ChaCha20Poly1305(key).decrypt(wrapped[:NONCE], wrapped[NONCE:], purpose.encode())
        except InvalidTag:
            continue
    raise SealBroken("no secret of the site opens this key")


def _derived(secret: bytes, context: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=b"essor sealing 1" + context).derive(secret)


def _padded(message: bytes) -> bytes:
    filled = len(message).to_bytes(_LENGTH, "big") + message
    return filled + bytes(-len(filled) % BLOCK)
