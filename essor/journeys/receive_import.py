"""Somebody leaves files from elsewhere: they are recognised, kept, and mapped as far as one can guess."""

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from typing import IO

from django.core.files.base import File
from django.utils.translation import gettext as _

from essor.chain.listening.enums import ImportKind, ImportState
from essor.chain.listening.import_reading import Recognised, recognise, size_limit
from essor.chain.listening.mapping import ImportMapping
from essor.chain.listening.models import Consultation, ImportBatch
from essor.chain.listening.services import imports
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory
from essor.outside.spreadsheets import refuse_size

_ZIP_NAME = "export-decidim.zip"


def receive_import(
    *,
    by: Person | None,
    territory: Territory,
    consultation: Consultation,
    files: Sequence[tuple[str, IO[bytes]]],
    kind: str = "",
) -> ImportBatch:
    """Keep these (name, stream) as one import, ready to be mapped. ``kind`` forces what they are.

    Raises an ``UnreadableFile`` or ``ImportRefused`` that says what to do; nothing is kept then.
    """
    if not files:
        raise imports.ImportRefused(_("Choisissez au moins un fichier."))
    refuse_size(sum(_size(stream) for _name, stream in files), size_limit())
    with _one_file(files, kind) as (name, path):
        found = recognise(path, name=name)
        if kind and kind != found.kind:
            found = _forced(kind, found)
        elif len(files) > 1 and found.kind != ImportKind.DECIDIM:
            raise imports.ImportRefused(
                _("Ces fichiers ne sont pas un même export Decidim : déposez-les un par un.")
            )
        if found.kind == ImportKind.DECIDIM and not kind and path.suffix == ".csv":
            kind = ImportKind.DECIDIM  # wrapped in an archive, so that the report names the file as people do
            return receive_import(
                by=by, territory=territory, consultation=consultation, files=files, kind=kind
            )
        with path.open("rb") as stream:
            return imports.prepare_import(
                by=by, territory=territory, consultation=consultation, kind=found.kind,
                file=File(stream, name), filename=name, mapping=_remembered(territory, found.mapping),
            )  # fmt: skip


def _forced(kind: str, found: Recognised) -> Recognised:
    if kind == ImportKind.DECIDIM:
        raise imports.ImportRefused(
            _("Ce fichier n’est pas un export Decidim : importez-le comme un tableau ordinaire.")
        )
    raise imports.ImportRefused(_("Ces fichiers sont un export Decidim : importez-les comme tels."))


@contextmanager
def _one_file(files: Sequence[tuple[str, IO[bytes]]], kind: str) -> Iterator[tuple[str, Path]]:
    """One file on this machine: the one given, or an archive of those given, under their own names."""
    name, stream = files[0]
    suffix = ".zip" if len(files) > 1 else PurePath(name).suffix.lower()[:8]
    with tempfile.NamedTemporaryFile(prefix="essor-import-", suffix=suffix) as copy:
        if len(files) == 1 and not (kind == ImportKind.DECIDIM and suffix == ".csv"):
            _copy(stream, copy)
        else:
            with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for each, content in files:
                    with archive.open(PurePath(each).name, "w") as member:
                        _copy(content, member)
            name = _ZIP_NAME
        copy.flush()
        yield name, Path(copy.name)


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    source.seek(0)
    while piece := source.read(1 << 20):
        target.write(piece)


def _size(stream: IO[bytes]) -> int:
    return stream.seek(0, 2)


def _remembered(territory: Territory, guessed: ImportMapping) -> ImportMapping:
    """What was chosen the last time for a file with the same columns; else the guess."""
    for data in (
        ImportBatch.objects.in_territory(territory)
        .exclude(state=ImportState.UPLOADED)
        .filter(mapping__signature=guessed.signature)
        .order_by("-created_at")
        .values_list("mapping", flat=True)[:1]
    ):
        return replace(ImportMapping.from_json(data), sheet=guessed.sheet, notes=())
    return guessed
