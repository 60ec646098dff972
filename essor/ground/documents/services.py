"""Writing documents: a file, its versions, its publication."""

import hashlib

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from essor.common import clock
from essor.common.text import tidy
from essor.ground.documents.enums import DocumentState
from essor.ground.documents.lifecycle import MOVES
from essor.ground.documents.models import Document, DocumentVersion
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

# What a territory publishes; each served as a download, never shown inside a page.
MEDIA_TYPES: dict[str, str] = {
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}


class DocumentRefused(Exception):
    """The file or the move is refused; the message says why and what to do."""


@transaction.atomic
def add_document(
    *,
    by: Person,
    territory: Territory,
    title: str,
    file: UploadedFile,
    description: str = "",
    thing: models.Model | None = None,
) -> Document:
    """Keep a file as the first version of a new draft document, about ``thing`` when given."""
    document = Document.objects.create(
        territory=territory,
        title=tidy(title)[:160],
        description=tidy(description),
        created_by=by,
        created_at=clock.now(),
        thing_type=thing._meta.label_lower if thing else "",
        thing_id=thing.pk if thing else None,
    )
    version = _keep(by, document, file)
    ledger.record(
        by=by, verb="document.added", thing=document, territory=territory, data={"sha256": version.sha256}
    )
    return document


@transaction.atomic
def replace_document(*, by: Person, document: Document, file: UploadedFile) -> DocumentVersion:
    """Keep a new version; the earlier ones stay, with their digests."""
    version = _keep(by, document, file)
    ledger.record(
        by=by,
        verb="document.replaced",
        thing=document,
        territory=document.territory,
        data={"sha256": version.sha256, "number": version.number},
    )
    return version


def publish_document(*, by: Person, document: Document) -> None:
    """Let everybody read it."""
    _move(by, document, DocumentState.PUBLISHED, "document.published")


def withdraw_document(*, by: Person, document: Document) -> None:
    """Take it off the public pages; nothing is deleted."""
    _move(by, document, DocumentState.WITHDRAWN, "document.withdrawn")


def _keep(by: Person, document: Document, file: UploadedFile) -> DocumentVersion:
    name = (file.name or "document").replace("\\", "/").split("/")[-1]
    ending = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in MEDIA_TYPES:
        raise DocumentRefused(
            _("« %(name)s » : ce type de fichier n’est pas accepté. Déposez un fichier %(types)s.")
            % {"name": name, "types": ", ".join(sorted(kind[1:].upper() for kind in MEDIA_TYPES))}
        )
    if not file.size:
        raise DocumentRefused(_("« %(name)s » est vide : choisissez un autre fichier.") % {"name": name})
    if file.size > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        raise DocumentRefused(
            _("« %(name)s » dépasse la limite de %(limit)s Mo.")
            % {"name": name, "limit": settings.UPLOAD_LIMIT_MB}
        )
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    return DocumentVersion.objects.create(
        document=document,
        number=last + 1,
        file=file,
        filename=name[:160],
        media_type=MEDIA_TYPES[ending],
        size=file.size,
        sha256=_sha256(file),
        uploaded_by=by,
        uploaded_at=clock.now(),
    )


def _sha256(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


@transaction.atomic
def _move(by: Person, document: Document, state: DocumentState, verb: str) -> None:
    if state not in MOVES[document.state]:
        raise DocumentRefused(
            _("Un document « %(now)s » ne peut pas devenir « %(then)s ».")
            % {"now": document.get_state_display(), "then": state.label}
        )
    document.state = state
    if state == DocumentState.PUBLISHED:
        document.published_at = clock.now()
    document.save()
    ledger.record(by=by, verb=verb, thing=document, territory=document.territory)
