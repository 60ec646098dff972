"""Who may do what with a document."""

from essor.ground.documents.enums import DocumentState
from essor.ground.documents.models import Document
from essor.ground.people.policies import Visitor, can_facilitate


def can_read_document(person: Visitor, document: Document) -> bool:
    """Anybody reads published documents; drafts and withdrawn ones are for facilitators."""
    return document.state == DocumentState.PUBLISHED or can_facilitate(person, document.territory)
