"""Which state of a document may follow which."""

from essor.ground.documents.enums import DocumentState

MOVES: dict[str, frozenset[str]] = {
    DocumentState.DRAFT: frozenset({DocumentState.PUBLISHED, DocumentState.WITHDRAWN}),
    DocumentState.PUBLISHED: frozenset({DocumentState.WITHDRAWN}),
    DocumentState.WITHDRAWN: frozenset({DocumentState.PUBLISHED}),
}
