import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from essor.ground.documents.models import Document
from essor.ground.documents.services import add_document, publish_document, withdraw_document


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def document(alice, territory):
    return add_document(
        by=alice,
        territory=territory,
        title="Charte d’écoute",
        file=SimpleUploadedFile("charte.pdf", b"%PDF-1.4 x"),
    )


def urls_of(document, territory):
    return [
        reverse("territory:document", args=[territory.slug, document.pk]),
        reverse("territory:document_file", args=[territory.slug, document.pk, 1]),
    ]


def test_a_draft_is_for_facilitators_only(client_of, alice, bilal, farid, document, territory):
    for url in urls_of(document, territory):
        for stranger in (None, bilal, farid):
            assert client_of(stranger).get(url).status_code == 404
        answer = client_of(alice).get(url)
        assert answer.status_code == 200
        assert b"".join(answer)


def test_a_published_document_is_downloaded_never_shown_in_the_page(client_of, alice, document, territory):
    publish_document(by=alice, document=document)
    answer = client_of(None).get(urls_of(document, territory)[1])
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 x"
    assert (
        "Charte d’écoute"
        in client_of(None).get(reverse("territory:documents", args=[territory.slug])).content.decode()
    )


def test_a_withdrawn_document_disappears_from_the_public_pages(client_of, alice, document, territory):
    publish_document(by=alice, document=document)
    withdraw_document(by=alice, document=document)
    assert [client_of(None).get(url).status_code for url in urls_of(document, territory)] == [404, 404]


def test_a_document_is_not_found_through_another_territory(
    client_of, alice, document, territory, other_territory
):
    publish_document(by=alice, document=document)
    assert [client_of(None).get(url).status_code for url in urls_of(document, other_territory)] == [404, 404]


def test_alice_adds_a_document_and_publishes_it(client_of, alice, territory):
    browser = client_of(alice)
    browser.post(
        reverse("territory:atelier_document_new", args=[territory.slug]),
        {"title": "Étude", "file": SimpleUploadedFile("etude.pdf", b"%PDF")},
    )
    document = Document.objects.get()
    browser.post(reverse("territory:atelier_document_move", args=[territory.slug, document.pk]))
    document.refresh_from_db()
    assert document.state == "published"


def test_a_refused_file_is_said_beside_the_field(client_of, alice, territory):
    answer = client_of(alice).post(
        reverse("territory:atelier_document_new", args=[territory.slug]),
        {"title": "Page", "file": SimpleUploadedFile("page.html", b"<b>")},
    )
    assert "pas accepté" in answer.content.decode()
