"""Who is told what about projects. Deciding is done elsewhere; nobody is told of their own act."""

from collections.abc import Callable, Iterable
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from essor.chain.projects.enums import HelpState, TeamRole
from essor.chain.projects.models import (
    Follow,
    Milestone,
    News,
    OfferOfHelp,
    Project,
    TeamMember,
)
from essor.common.text import excerpt
from essor.ground.directory.models import Actor
from essor.ground.directory.selectors.spoken_for import people_speaking_for
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.services import tell
from essor.ground.people.models import Person

SHOWN = 80
Words = Callable[[], str]


def team_of(project: Project, *roles: str) -> list[Person]:
    """The persons of the team, of these roles or all."""
    rows = TeamMember.objects.current().filter(project=project, person__isnull=False)
    if roles:
        rows = rows.filter(role__in=roles)
    return list(Person.objects.filter(pk__in=rows.values("person")))


def followers_of(project: Project) -> list[Person]:
    """Its team; and those who follow it, while everybody may read it."""
    public = Project.objects.filter(pk=project.pk).public()
    following = Follow.objects.filter(project__in=public).values("person")
    team = TeamMember.objects.current().filter(project=project, person__isnull=False).values("person")
    return list(Person.objects.filter(Q(pk__in=following) | Q(pk__in=team)))


def speakers_for(actor: Actor) -> list[Person]:
    """Those who speak for an actor."""
    return list(people_speaking_for([actor.pk]))


def tell_stage(project: Project, by: Person) -> None:
    """The project moved to another stage."""
    said = _said(project)
    _later(
        project, by, followers_of,
        lambda: _("Le projet « %(project)s » est maintenant : %(stage)s.")
        % {**said, "stage": project.get_stage_display()},
        "stage",
    )  # fmt: skip


def tell_news(news: News, by: Person) -> None:
    """The team gave news."""
    said = {**_said(news.project), "news": excerpt(news.title, SHOWN)}
    _later(news.project, by, followers_of, lambda: _("« %(project)s » : %(news)s") % said, "news")


def tell_milestone(milestone: Milestone, by: Person) -> None:
    """A milestone was reached."""
    said = {**_said(milestone.project), "milestone": excerpt(milestone.title, SHOWN)}
    _later(
        milestone.project, by, followers_of,
        lambda: _("« %(project)s » a atteint un jalon : %(milestone)s.") % said, "milestone",
    )  # fmt: skip


def tell_hidden(project: Project, why: str, by: Person) -> None:
    """The moderators hid the project."""
    said = {**_said(project), "why": excerpt(why, SHOWN)}
    _later(project, by, team_of, lambda: _("Le projet « %(project)s » est masqué : %(why)s") % said, "hidden")


def tell_invited(member: TeamMember, by: Person) -> None:
    """Somebody is invited to the team."""
    said = _said(member.project)
    _later(
        member.project, by, lambda project: _guests(member),
        lambda: _("On vous invite dans l’équipe du projet « %(project)s » : dites oui ou non.") % said,
        f"invited:{member.pk}",
    )  # fmt: skip


def tell_joined(member: TeamMember, by: Person) -> None:
    """Somebody said yes."""
    said = _said(member.project)
    _later(
        member.project, by, partial(_holders),
        lambda: _("L’équipe du projet « %(project)s » s’agrandit.") % said, "joined",
    )  # fmt: skip


def tell_help_offered(offer: OfferOfHelp) -> None:
    """Somebody can bring what is sought."""
    project = offer.resource.project
    said = {**_said(project), "what": excerpt(offer.resource.words, SHOWN)}
    _later(
        project, offer.person, _holders,
        lambda: _("Quelqu’un peut apporter à « %(project)s » ce qu’il cherche : %(what)s.") % said, "help",
    )  # fmt: skip


def tell_help_answered(offer: OfferOfHelp, by: Person) -> None:
    """The team answered an offer of help. A project that is not public tells nobody outside its team."""
    project, person = offer.resource.project, offer.person
    if person is None:
        return
    said = _said(project)

    def words() -> str:
        if offer.state == HelpState.ACCEPTED:
            return _("L’équipe de « %(project)s » accepte votre aide.") % said
        return _("L’équipe de « %(project)s » vous remercie, et n’en a pas besoin cette fois.") % said

    def who(_project: Project) -> list[Person]:
        readers = {each.pk for each in team_of(project)}
        return [person] if project.is_public or person.pk in readers else []

    _later(project, by, who, words, f"answer:{offer.pk}")


def _guests(member: TeamMember) -> list[Person]:
    if member.person is not None:
        return [member.person]
    return speakers_for(member.actor) if member.actor is not None else []


def _holders(project: Project) -> list[Person]:
    return team_of(project, TeamRole.HOLDER)


def _said(project: Project) -> dict[str, str]:
    return {"project": excerpt(project.title, SHOWN)}


def _later(
    project: Project, by: Person | None, who: Callable[[Project], Iterable[Person]], words: Words, key: str
) -> None:
    transaction.on_commit(partial(_tell, project, by, who, words, key))


def _tell(
    project: Project, by: Person | None, who: Callable[[Project], Iterable[Person]], words: Words, key: str
) -> None:
    tell(
        persons=[each for each in who(project) if by is None or each.pk != by.pk],
        territory=project.territory,
        kind=NoticeKind.PROJECTS,
        text=words,
        url=project.get_absolute_url(),
        group_key=f"project:{project.pk}:{key}",
    )
