"""The tables of governance: bodies, their shares, assemblies, resolutions and ballots."""

from essor.chain.governance.models.assemblies import (
    Assembly,
    AssemblyAction,
    AssemblyPaper,
    Presence,
    Proxy,
    Signature,
)
from essor.chain.governance.models.ballots import (
    Elector,
    OpenVote,
    PaperCount,
    SealedEnvelope,
    SealingKey,
    UrnBallot,
)
from essor.chain.governance.models.bodies import (
    Body,
    BodyMember,
    College,
    Incompatibility,
    Mandate,
    Seats,
)
from essor.chain.governance.models.resolutions import Objection, Outcome, Resolution, ResolutionOption
from essor.chain.governance.models.shares import ShareMovement

__all__ = [
    "Assembly",
    "AssemblyAction",
    "AssemblyPaper",
    "Body",
    "BodyMember",
    "College",
    "Elector",
    "Incompatibility",
    "Mandate",
    "Objection",
    "OpenVote",
    "Outcome",
    "PaperCount",
    "Presence",
    "Proxy",
    "Resolution",
    "ResolutionOption",
    "SealedEnvelope",
    "SealingKey",
    "Seats",
    "ShareMovement",
    "Signature",
    "UrnBallot",
]
