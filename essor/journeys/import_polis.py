"""An export of Polis becomes a conversation: its statements, its participants and its log of votes."""

import logging
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation, OpinionImport
from essor.chain.opinions.services import imports
from essor.chain.opinions.services.imports import IncomingStatement, IncomingVote
from essor.common import clock, jobs
from essor.ground.people.models import Person
from essor.outside.archives import opened_archive, unpacked
from essor.outside.issues import NotATable, UnreadableFile
from essor.outside.polis import read_polis
from essor.outside.polis_records import COMMENTS, PARTICIPANTS, SUMMARY, VOTES, PolisSet, in_order
from essor.outside.spreadsheets import refuse_size

logger = logging.getLogger(__name__)
NAMES = {VOTES: VOTES, PARTICIPANTS: PARTICIPANTS, COMMENTS: COMMENTS, SUMMARY: SUMMARY}
OTHER_NAMES = {"participant-votes.csv": PARTICIPANTS}
MILLISECONDS = 100_000_000_000  # a time above this is told in milliseconds


def receive_polis(
    *, by: Person, conversation: Conversation, files: Sequence[tuple[str, IO[bytes]]]
) -> OpinionImport:
    """Keep these files (a ZIP, or CSV files of one export) and have a worker read them.

    Raises an ``UnreadableFile`` that says what to do when they are not an export of Polis.
    """
    if not files:
        raise NotATable(
            _("Aucun fichier n’a été choisi."), _("Choisissez l’archive de l’export, ou ses fichiers CSV.")
        )
    refuse_size(sum(stream.seek(0, 2) for _name, stream in files), settings.UPLOAD_LIMIT_MB * 1_000_000)
    with _archive(files) as (name, path), _folder(path), path.open("rb") as stream, transaction.atomic():
        kept = imports.prepare_import(
            by=by, conversation=conversation, file=File(stream, name), filename=name
        )
        jobs.enqueue("import_polis", import_id=kept.pk)
    return kept


def run(import_id: int) -> None:
    """The job. Running it again after a crash is safe; after success it does nothing."""
    kept = OpinionImport.objects.select_related("conversation__territory", "created_by").get(pk=import_id)
    if not imports.start_import(kept=kept):
        return
    try:
        with tempfile.NamedTemporaryFile(suffix=".zip") as copy, kept.file.open("rb") as stream:
            shutil.copyfileobj(stream, copy)
            copy.flush()
            with _folder(Path(copy.name)) as folder:
                import_polis(kept=kept, found=read_polis(folder))
    except UnreadableFile as refusal:
        imports.fail_import(kept=kept, why=str(refusal))
    except Exception:
        logger.exception("The import of votes %s failed", import_id)
        why = _("Une erreur inattendue a arrêté l’import : relancez-le, rien ne sera écrit deux fois.")
        imports.fail_import(kept=kept, why=why)
        raise


def import_polis(*, kept: OpinionImport, found: PolisSet) -> OpinionImport:
    """Write what a set holds into the conversation; only what is not there yet."""
    written = imports.write_votes(
        conversation=kept.conversation, statements=statements_of(found), votes=votes_of(found)
    )
    issues = [(file, issue.line, issue.column, issue.reason, issue.mend) for file, issue in found.issues]
    return imports.finish_import(kept=kept, written=written, issues=issues)


def statements_of(found: PolisSet) -> Iterator[IncomingStatement]:
    """Every statement of the set, in the order of Polis; those without words keep their number."""
    told = {each.id: each for each in found.comments}
    names = [*told, *(name for name in found.statements if name not in told)]
    for name in sorted(names, key=lambda key: (not key.isdecimal(), int(key) if key.isdecimal() else 0, key)):
        each = told.get(name)
        yield IncomingStatement(
            key=name,
            text=each.body if each else _("Affirmation %(number)s") % {"number": name},
            is_accepted=each is None or each.moderated != -1,
            is_reviewed=each is None or each.moderated != 0,
            author=each.author if each else "",
            at=_moment(each.timestamp) if each else None,
        )


def votes_of(found: PolisSet) -> Iterator[IncomingVote]:
    """The log from the first vote to the last, 1 for agree; without a log, the matrix as of now."""
    now = clock.now()
    if found.events is None:
        for participant, statement, choice in found.log():
            yield IncomingVote(participant, statement, choice, now)
        return
    for each in in_order(found.events):
        at = _moment(each.timestamp) or now
        yield IncomingVote(each.participant, each.statement, each.vote * found.log_agree, at)


def _moment(timestamp: int | None) -> datetime | None:
    if timestamp is None:
        return None
    milliseconds = timestamp if abs(timestamp) >= MILLISECONDS else timestamp * 1000
    seconds, rest = divmod(milliseconds, 1000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000)


@contextmanager
def _archive(files: Sequence[tuple[str, IO[bytes]]]) -> Iterator[tuple[str, Path]]:
    """One archive of all that was given, so that one file is kept."""
    with tempfile.NamedTemporaryFile(prefix="essor-polis-", suffix=".zip") as copy:
        name, stream = files[0]
        if len(files) == 1 and PurePath(name).suffix.lower() == ".zip":
            stream.seek(0)
            shutil.copyfileobj(stream, copy)
        else:
            with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for each, content in files:
                    content.seek(0)
                    with archive.open(PurePath(each).name, "w") as member:
                        shutil.copyfileobj(content, member)
            name = name if len(files) == 1 else "export-polis.zip"
        copy.flush()
        yield name, Path(copy.name)


@contextmanager
def _folder(archive: Path) -> Iterator[Path]:
    """A folder with the CSV files of Polis that an archive holds, wherever they are in it."""
    with tempfile.TemporaryDirectory(prefix="essor-polis-") as place:
        folder = Path(place)
        with opened_archive(archive) as opened:
            for member in opened.namelist():
                name = _known_name(PurePath(member).name)
                if name:
                    with (folder / name).open("wb") as target:
                        target.writelines(unpacked(opened, member))
        if not any((folder / name).exists() for name in (VOTES, PARTICIPANTS)):
            raise NotATable(
                _("Ce n’est pas un export Polis : il n’y a ni votes.csv ni participants-votes.csv."),
                _("Choisissez l’archive de l’export, ou ses fichiers CSV."),
            )
        yield folder


def _known_name(name: str) -> str:
    """The name of the file in Polis, whatever stands before it (a date, the name of the conversation)."""
    lowered = name.lower()
    for known, told in (*OTHER_NAMES.items(), (PARTICIPANTS, PARTICIPANTS), (COMMENTS, COMMENTS)):
        if lowered == known or lowered.endswith((f"-{known}", f"_{known}", f".{known}")):
            return told
    for known in (VOTES, SUMMARY):
        if lowered == known or lowered.endswith((f"-{known}", f"_{known}", f".{known}")):
            return known
    return ""
