"""The tables of opinions: conversations, statements, participants and votes, maps."""

from essor.chain.opinions.models.conversations import Conversation
from essor.chain.opinions.models.imports import OpinionImport
from essor.chain.opinions.models.maps import GroupName, MapComparison, MapGroup, MapRequest, OpinionMap
from essor.chain.opinions.models.statements import (
    Statement,
    StatementTally,
    StatementTranslation,
    StatementVersion,
)
from essor.chain.opinions.models.votes import CurrentVote, PaperBatch, Participant, Vote

__all__ = [
    "Conversation",
    "CurrentVote",
    "GroupName",
    "MapComparison",
    "MapGroup",
    "MapRequest",
    "OpinionImport",
    "OpinionMap",
    "PaperBatch",
    "Participant",
    "Statement",
    "StatementTally",
    "StatementTranslation",
    "StatementVersion",
    "Vote",
]
