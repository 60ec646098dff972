"""Checking an image that somebody sends: what it is is read from its bytes, not from its name."""

from typing import Final

from django.core.files.base import File
from django.utils.translation import gettext as _

LIMIT: Final = 500 * 1024  # bytes
MEDIA_TYPES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}


class ImageRefused(ValueError):
    """The file cannot be taken; the message says what to send instead."""


def checked_image(file: "File[bytes]") -> "File[bytes]":
    """The same file, named after what it really is. SVG is refused: it can carry scripts."""
    if file.size > LIMIT:
        raise ImageRefused(
            _("Cette image pèse %(weight)s ko : envoyez-en une de 500 ko au plus.")
            % {"weight": file.size // 1024}
        )
    head = file.read(16)
    file.seek(0)
    suffix = _kind(head)
    if suffix is None:
        raise ImageRefused(_("Ce fichier n’est pas une image PNG, JPEG ou WebP : convertissez-le d’abord."))
    file.name = f"logo{suffix}"
    return file


def _kind(head: bytes) -> str | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if head.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ".webp"
    return None
