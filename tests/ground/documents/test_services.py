import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from essor.ground.documents.enums import DocumentState
from essor.ground.documents.models import Document
from essor.ground.documents.services import (
    DocumentRefused,
    add_document,
    publish_document,
    replace_document,
    withdraw_document,
)


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def charter(content=b"Nous ecoutons.", name="charte.pdf"):
    return SimpleUploadedFile(name, content)


def test_each_version_keeps_its_digest_and_the_first_stays(alice, territory):
    document = add_document(by=alice, territory=territory, title="Charte", file=charter())
    replace_document(by=alice, document=document, file=charter(b"Nous ecoutons mieux."))
    newest, first = document.versions.all()
    assert (newest.number, first.number) == (2, 1)
    assert first.sha256 == hashlib.sha256(b"Nous ecoutons.").hexdigest()
    with first.file.open("rb") as kept:
        assert kept.read() == b"Nous ecoutons."


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (charter(b"<script>", "page.html"), "pas accepté"),
        (charter(b"<svg/>", "dessin.svg"), "pas accepté"),
        (charter(b"x", "sans-fin"), "pas accepté"),
        (charter(b"", "vide.pdf"), "vide"),
    ],
)
def test_a_file_that_cannot_be_served_safely_is_refused_by_name(alice, territory, file, words):
    with pytest.raises(DocumentRefused, match=words):
        add_document(by=alice, territory=territory, title="Non", file=file)
    assert not Document.objects.exists()


def test_a_file_over_the_limit_is_refused_with_the_limit(alice, territory, settings):
    settings.UPLOAD_LIMIT_MB = 0
    with pytest.raises(DocumentRefused, match="limite de 0 Mo"):
        add_document(by=alice, territory=territory, title="Gros", file=charter())


def test_a_document_is_published_withdrawn_and_published_again(alice, territory):
    document = add_document(by=alice, territory=territory, title="Charte", file=charter())
    assert not Document.objects.published().exists()
    publish_document(by=alice, document=document)
    with pytest.raises(DocumentRefused):
        publish_document(by=alice, document=document)
    withdraw_document(by=alice, document=document)
    assert not Document.objects.published().exists()
    publish_document(by=alice, document=document)
    assert document.state == DocumentState.PUBLISHED
