"""Rights over conversations, statements and votes. Each docstring is the rule in plain words."""

import hmac

from essor.chain.opinions.enums import ConversationState, Proposers, StatementStatus
from essor.chain.opinions.models import Conversation, Participant, Statement
from essor.ground.people.models import Person
from essor.ground.people.policies import Visitor, can_facilitate, can_moderate, can_take_part
from essor.ground.territories.models import Territory


def can_run_conversations(person: Visitor, territory: Territory) -> bool:
    """Facilitators and administrators of the territory prepare, open, close and read opinion votes."""
    return can_facilitate(person, territory)


def can_see_conversation(person: Visitor, conversation: Conversation) -> bool:
    """Anybody sees an opinion vote, except a draft: only facilitators of the territory see it."""
    return conversation.state != ConversationState.DRAFT or can_facilitate(person, conversation.territory)


def can_vote_in(person: Visitor, conversation: Conversation) -> bool:
    """Anybody votes while it is open; without an account only if it welcomes people without one."""
    return conversation.is_open and (conversation.allow_guests or isinstance(person, Person))


def can_propose_statement(person: Visitor, conversation: Conversation) -> bool:
    """Whoever votes proposes statements, or only members, or only facilitators, as the vote was set up."""
    if not conversation.is_open:
        return False
    if can_facilitate(person, conversation.territory):
        return True
    if conversation.proposers == Proposers.MEMBERS:
        return can_take_part(person, conversation.territory)
    return conversation.proposers == Proposers.EVERYBODY and can_vote_in(person, conversation)


def can_read_statement(person: Visitor, statement: Statement) -> bool:
    """Anybody reads a statement put to the vote or merged into another; the team reads the others."""
    if not can_see_conversation(person, statement.conversation):
        return False
    if statement.status in (StatementStatus.ACCEPTED, StatementStatus.MERGED):
        return True
    return can_moderate(person, statement.conversation.territory)


def can_review_statements(person: Visitor, territory: Territory) -> bool:
    """Moderators, facilitators and administrators accept, reject and restore proposed statements."""
    return can_moderate(person, territory)


def can_name_groups(person: Visitor, conversation: Conversation) -> bool:
    """Facilitators of the territory name the groups, after reading what makes each stand out."""
    return can_facilitate(person, conversation.territory)


def is_theirs(person: Visitor, participant: Participant) -> bool:
    """Votes given while signed in are only continued from that account; the others, with their link."""
    return participant.person_id is None or (
        isinstance(person, Person) and participant.person_id == person.pk
    )


def comes_from_the_room(conversation: Conversation, code: str) -> bool:
    """Whoever opened the address of the QR code shown in the room is in the room."""
    return bool(code) and hmac.compare_digest(conversation.room_code.encode(), code.encode())
