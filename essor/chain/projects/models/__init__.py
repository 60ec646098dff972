"""The tables of projects: the project and its team, its sheet, its milestones, and what is said of it."""

from essor.chain.projects.models.projects import (
    Follow,
    OfferOfHelp,
    Project,
    ProjectCommune,
    ProjectMove,
    ProjectNeed,
    ProjectResource,
    TeamMember,
)
from essor.chain.projects.models.said import Comment, CommentDecision, CommentReport, OfficialAnswer
from essor.chain.projects.models.sheets import SheetSection, SheetVersion
from essor.chain.projects.models.steps import Milestone, News

__all__ = [
    "Comment",
    "CommentDecision",
    "CommentReport",
    "Follow",
    "Milestone",
    "News",
    "OfferOfHelp",
    "OfficialAnswer",
    "Project",
    "ProjectCommune",
    "ProjectMove",
    "ProjectNeed",
    "ProjectResource",
    "SheetSection",
    "SheetVersion",
    "TeamMember",
]
