"""The tables of listening: consultations, voices, their care, and imports."""

from essor.chain.listening.models.care import Appeal, ModerationDecision, Report
from essor.chain.listening.models.consultations import Consultation, Phase, Question
from essor.chain.listening.models.imports import ImportBatch, ImportIssue
from essor.chain.listening.models.voices import Consent, Contribution, ContributionVersion, Speaker

__all__ = [
    "Appeal",
    "Consent",
    "Consultation",
    "Contribution",
    "ContributionVersion",
    "ImportBatch",
    "ImportIssue",
    "ModerationDecision",
    "Phase",
    "Question",
    "Report",
    "Speaker",
]
