"""ZIP archives (workbooks, exports) looked into before anything trusts them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from essor.outside.issues import ProtectedFile, SuspiciousArchive, TruncatedFile
from essor.outside.words import gettext as _

MAX_UNPACKED = 2_000_000_000
MAX_RATIO = 200
ALWAYS_ACCEPTED = 50_000_000
"""Below this size once unpacked, the ratio is not looked at."""
CHUNK = 1 << 20
ZIP_MAGIC = b"PK\x03\x04"


@contextmanager
def opened_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, its directory read and its sizes judged; damage met inside the block is told as such."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bombs(archive, path.stat().st_size)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise truncated() from error
    except RuntimeError as error:
        if "password" not in str(error) and "encrypted" not in str(error):
            raise
        raise protected() from error


def unpacked(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of one member in chunks; its checksum is verified at the end."""
    with archive.open(name) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def truncated() -> TruncatedFile:
    return TruncatedFile(
        _("Le fichier est incomplet ou abîmé."),
        _("Téléchargez-le ou enregistrez-le de nouveau, puis redéposez-le."),
    )


def protected() -> ProtectedFile:
    return ProtectedFile(
        _("Le fichier est protégé par un mot de passe."),
        _("Enregistrez-le sans mot de passe, puis redéposez-le."),
    )


def _refuse_bombs(archive: zipfile.ZipFile, size: int) -> None:
    total = sum(info.file_size for info in archive.infolist())
    if total > MAX_UNPACKED or (total > ALWAYS_ACCEPTED and total > MAX_RATIO * size):
        raise SuspiciousArchive(
            _("Une fois ouvert, ce fichier serait démesurément grand (%(megabytes)d Mo).")
            % {"megabytes": total // 1_000_000},
            _("Supprimez les feuilles et les lignes vides, ou enregistrez la feuille au format CSV."),
            unpacked=total,
        )
