"""Who is told what about introductions. Deciding is done elsewhere."""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.matches.enums import Answer, PairState, Side
from essor.chain.matches.models import Match, MatchAnswer, MatchRun
from essor.chain.matches.policies import candidate_actor
from essor.chain.matches.selectors.pairs import latest_answers, state_of
from essor.chain.projects.enums import TeamRole
from essor.chain.projects.models import Project, TeamMember
from essor.common.text import excerpt
from essor.ground.directory.models import Actor
from essor.ground.directory.selectors.spoken_for import people_speaking_for
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.services import tell
from essor.ground.people.models import Person

SHOWN = 80


def tell_answered(match: Match, answer: MatchAnswer) -> None:
    """Once committed, tell the other side that somebody wishes to meet, or that both do."""
    transaction.on_commit(partial(_tell_answered, match, answer))


def tell_run_ended(run: MatchRun) -> None:
    """Once committed, tell who asked for the calculation that it is ready, or that it failed."""
    transaction.on_commit(partial(_tell_run, run))


def _tell_answered(match: Match, answer: MatchAnswer) -> None:
    if answer.answer != Answer.ACCEPTED:
        return
    said = {"seeker": excerpt(str(match.need or match.project), SHOWN)}
    state = state_of(latest_answers(match.run.territory, [match.pair]).get(match.pair, {}))
    seekers, candidates = _seekers(match), _candidates(match)
    if state == PairState.MET:
        persons, text = [*seekers, *candidates], _both(said)
    elif answer.side == Side.CANDIDATE:
        persons, text = seekers, _wishes(said)
    else:
        persons, text = candidates, _is_proposed(said)
    tell(
        persons=[each for each in persons if each.pk != answer.by_id],
        territory=match.run.territory,
        kind=NoticeKind.MATCHES,
        text=text,
        url=reverse("territory:match", args=[match.run.territory.slug, match.pk]),
        group_key=f"match:{match.pair}"[:80],
    )


def _both(said: dict[str, str]) -> Callable[[], str]:
    return lambda: _("Vous avez dit oui tous les deux autour de « %(seeker)s » : écrivez-vous.") % said


def _wishes(said: dict[str, str]) -> Callable[[], str]:
    return lambda: _("Quelqu’un souhaite vous rencontrer autour de « %(seeker)s ».") % said


def _is_proposed(said: dict[str, str]) -> Callable[[], str]:
    return lambda: (
        _("On vous propose une rencontre autour de « %(seeker)s » : dites oui, non ou plus tard.") % said
    )


def _seekers(match: Match) -> list[Person]:
    return _holders(match.project) if match.project is not None else []


def _candidates(match: Match) -> list[Person]:
    if match.other is not None:
        return _holders(match.other)
    actor = candidate_actor(match)
    return _speakers(actor) if actor is not None else []


def _holders(project: Project) -> list[Person]:
    team = TeamMember.objects.current().filter(project=project, role=TeamRole.HOLDER, person__isnull=False)
    return list(Person.objects.filter(pk__in=team.values("person")))


def _speakers(actor: Actor) -> list[Person]:
    return list(people_speaking_for([actor.pk]))


def _tell_run(run: MatchRun) -> None:
    if run.asked_by is None:
        return
    tell(
        persons=[run.asked_by],
        territory=run.territory,
        kind=NoticeKind.ATELIER,
        text=lambda: (
            _("Les mises en relation n’ont pas pu être calculées.")
            if run.failure
            else _("De nouvelles mises en relation sont proposées.")
        ),
        url=reverse("territory:atelier_matches", args=[run.territory.slug]),
        group_key=f"matches:{run.territory_id}",
    )
