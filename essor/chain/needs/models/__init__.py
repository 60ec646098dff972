"""The tables of needs: syntheses and their groups, codes, needs and their evidence."""

from essor.chain.needs.models.codes import Code, VoiceCode
from essor.chain.needs.models.needs import Concern, Evidence, Need, NeedCommune, NeedMove
from essor.chain.needs.models.opinions import OpinionEvidence
from essor.chain.needs.models.syntheses import CurationStep, Group, Placement, Synthesis

__all__ = [
    "Code",
    "Concern",
    "CurationStep",
    "Evidence",
    "Group",
    "Need",
    "NeedCommune",
    "NeedMove",
    "OpinionEvidence",
    "Placement",
    "Synthesis",
    "VoiceCode",
]
