"""The published document: the charter of participation."""

from django.core.files.uploadedfile import SimpleUploadedFile

from essor.console.demo.scene import Scene
from essor.console.demo.story import charter, story
from essor.console.demo.timeline import at
from essor.ground.documents.models import Document
from essor.ground.documents.services import add_document, publish_document


def publish_the_charter(scene: Scene) -> Document:
    """Written in winter, published when the consultation opened, and tied to it."""
    words = story()["document"]
    with at(scene.time.on("2026-02-05", 15)):
        document = add_document(
            by=scene.alice,
            territory=scene.territory,
            title=words["title"],
            description=words["description"],
            file=SimpleUploadedFile(words["file"], charter(), "text/plain"),
            thing=scene.consultation,
        )
    with at(scene.time.on("2026-02-09", 8, 30)):
        publish_document(by=scene.alice, document=document)
    return document
