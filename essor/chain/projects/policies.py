"""Rights over projects. Each docstring is the rule in plain words."""

from essor.chain.projects.enums import TeamRole
from essor.chain.projects.models import Project, TeamMember
from essor.ground.people.models import Person
from essor.ground.people.policies import Visitor, can_facilitate, can_moderate, can_take_part
from essor.ground.territories.models import Territory

_WRITERS = (TeamRole.HOLDER, TeamRole.CONTRIBUTOR)


def _in_team(person: Visitor, project: Project, roles: tuple[str, ...] | None = None) -> bool:
    if not isinstance(person, Person) or not can_take_part(person, project.territory):
        return False
    mine = TeamMember.objects.current().filter(project=project, person=person)
    return (mine.filter(role__in=roles) if roles else mine).exists()


def can_propose_project(person: Visitor, territory: Territory) -> bool:
    """Members of the territory propose projects."""
    return can_take_part(person, territory)


def can_read_project(person: Visitor, project: Project) -> bool:
    """Anybody reads a public project; the others are for its team and for facilitators."""
    return project.is_public or _in_team(person, project) or can_facilitate(person, project.territory)


def can_write_project(person: Visitor, project: Project) -> bool:
    """Those of the team who carry the project or contribute to it write in it; so do facilitators."""
    return _in_team(person, project, _WRITERS) or can_facilitate(person, project.territory)


def can_read_notes(person: Visitor, project: Project) -> bool:
    """What writers tell the team of a change is read by the whole team and by facilitators."""
    return _in_team(person, project) or can_facilitate(person, project.territory)


def can_offer_help(person: Visitor, project: Project) -> bool:
    """Members of the territory offer their help to its projects."""
    return can_take_part(person, project.territory)


def can_lead_project(person: Visitor, project: Project) -> bool:
    """Those who carry the project publish it, move its stage and form its team; facilitators help."""
    return _in_team(person, project, (TeamRole.HOLDER,)) or can_facilitate(person, project.territory)


def can_comment_project(person: Visitor, project: Project) -> bool:
    """Members of the territory comment its public projects."""
    return project.is_public and can_take_part(person, project.territory)


def can_moderate_comments(person: Visitor, territory: Territory) -> bool:
    """Moderators, facilitators and administrators of the territory decide on reported comments."""
    return can_moderate(person, territory)
