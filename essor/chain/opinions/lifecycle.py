"""Which state may follow which, as data."""

from essor.chain.opinions.enums import ConversationState, StatementStatus

CONVERSATION_MOVES: dict[str, frozenset[str]] = {
    ConversationState.DRAFT: frozenset({ConversationState.OPEN}),
    ConversationState.OPEN: frozenset({ConversationState.CLOSED}),
    ConversationState.CLOSED: frozenset({ConversationState.OPEN, ConversationState.ARCHIVED}),
    ConversationState.ARCHIVED: frozenset({ConversationState.CLOSED}),
}

STATEMENT_MOVES: dict[str, frozenset[str]] = {
    StatementStatus.PROPOSED: frozenset(
        {StatementStatus.ACCEPTED, StatementStatus.REJECTED, StatementStatus.MERGED}
    ),
    StatementStatus.ACCEPTED: frozenset(
        {StatementStatus.PROPOSED, StatementStatus.REJECTED, StatementStatus.MERGED}
    ),
    StatementStatus.REJECTED: frozenset({StatementStatus.ACCEPTED, StatementStatus.PROPOSED}),
    StatementStatus.MERGED: frozenset(
        {StatementStatus.ACCEPTED, StatementStatus.PROPOSED, StatementStatus.REJECTED}
    ),
}
