"""Milestones, which are promises with a date, and the news that a team gives."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.projects.models import Milestone, News, Project
from essor.chain.projects.notifications.projects import tell_milestone, tell_news
from essor.chain.projects.services.refusals import ProjectRefused
from essor.common import clock
from essor.common.text import tidy
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person

FARTHEST = 50  # years
DONE = 100


@transaction.atomic
def add_milestone(*, by: Person, project: Project, title: str, due_on: date, note: str = "") -> Milestone:
    """Promise something for a day."""
    milestone = Milestone(project=project, first_due_on=due_on)
    _write(milestone, title=title, due_on=due_on, progress=0, note=note)
    milestone.save()
    _record(by, milestone, "milestone.added")
    return milestone


@transaction.atomic
def change_milestone(
    *, by: Person, milestone: Milestone, title: str, due_on: date, progress: int = 0, note: str = ""
) -> Milestone:
    """Say where it stands, or move its day: the first day promised stays readable."""
    before = milestone.due_on
    _write(milestone, title=title, due_on=due_on, progress=progress, note=note)
    milestone.save()
    _record(by, milestone, "milestone.changed", moved=(due_on - before).days)
    return milestone


@transaction.atomic
def finish_milestone(*, by: Person, milestone: Milestone, on: date | None = None) -> Milestone:
    """It is done; those who follow are told."""
    on = on or clock.today()
    if on > clock.today():
        raise ProjectRefused(_("Un jalon se dit atteint le jour même ou après : choisissez un jour passé."))
    milestone.done_on, milestone.progress = on, DONE
    milestone.dropped_at, milestone.dropped_because = None, ""
    milestone.changed_at = clock.now()
    milestone.save()
    _record(by, milestone, "milestone.done")
    tell_milestone(milestone, by)
    return milestone


@transaction.atomic
def reopen_milestone(*, by: Person, milestone: Milestone) -> Milestone:
    """It was not done after all, or it is taken up again."""
    milestone.done_on, milestone.dropped_at, milestone.dropped_because = None, None, ""
    milestone.progress = min(milestone.progress, DONE - 1)
    milestone.changed_at = clock.now()
    milestone.save()
    _record(by, milestone, "milestone.reopened")
    return milestone


@transaction.atomic
def drop_milestone(*, by: Person, milestone: Milestone, because: str) -> Milestone:
    """Give a milestone up, and say why to everybody."""
    if not (because := tidy(because)[:240]):
        raise ProjectRefused(_("Dites pourquoi ce jalon est abandonné : tout le monde le lira."))
    milestone.dropped_at, milestone.dropped_because = clock.now(), because
    milestone.changed_at = clock.now()
    milestone.save()
    _record(by, milestone, "milestone.dropped")
    return milestone


@transaction.atomic
def tell_news_of(
    *, by: Person, project: Project, title: str, words: str, milestone: Milestone | None = None
) -> News:
    """Give news; those who follow the project are told."""
    now = clock.now()
    news = News(project=project, milestone=milestone, by=by, at=now, changed_at=now)
    _write_news(news, title, words)
    news.save()
    project.changed_at = now
    project.save(update_fields=["changed_at"])
    _record_news(by, news, "news.told")
    tell_news(news, by)
    return news


@transaction.atomic
def change_news(*, by: Person, news: News, title: str, words: str) -> News:
    """Mend a piece of news. Nobody is told again."""
    _write_news(news, title, words)
    news.changed_at = clock.now()
    news.save()
    _record_news(by, news, "news.changed")
    return news


@transaction.atomic
def withdraw_news(*, by: Person, news: News, back: bool = False) -> News:
    """Take a piece of news off, or put it back."""
    news.withdrawn_at = None if back else clock.now()
    news.save(update_fields=["withdrawn_at"])
    _record_news(by, news, "news.changed" if back else "news.withdrawn")
    return news


def _write(milestone: Milestone, *, title: str, due_on: date, progress: int, note: str) -> None:
    title = " ".join(title.split())[:160]
    if len(title) < 3:
        raise ProjectRefused(_("Dites en quelques mots ce qui sera fait."))
    if not 0 <= progress <= DONE:
        raise ProjectRefused(_("L’avancement va de 0 à 100 %."))
    if abs(due_on.year - clock.today().year) > FARTHEST:
        raise ProjectRefused(_("Cette date est trop loin : vérifiez l’année."))
    milestone.title, milestone.due_on, milestone.progress = title, due_on, progress
    milestone.note = tidy(note)[:1000]
    milestone.changed_at = clock.now()


def _write_news(news: News, title: str, words: str) -> None:
    news.title, news.words = " ".join(title.split())[:160], tidy(words)[:6000]
    if not news.title or not news.words:
        raise ProjectRefused(_("Une nouvelle a un titre et quelques mots."))
    if news.milestone is not None and news.milestone.project_id != news.project_id:
        raise ProjectRefused(_("Ce jalon est celui d’un autre projet."))


def _record(by: Person, milestone: Milestone, verb: str, **data: int) -> None:
    ledger.record(
        by=by,
        verb=verb,
        thing=milestone.project,
        territory=milestone.project.territory,
        data={"milestone": milestone.pk, **data},
    )


def _record_news(by: Person, news: News, verb: str) -> None:
    ledger.record(
        by=by, verb=verb, thing=news.project, territory=news.project.territory, data={"news": news.pk}
    )
