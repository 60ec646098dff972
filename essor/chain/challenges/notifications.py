"""Who is told what about challenges: few things, once."""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.challenges.models import Challenge, Supporter
from essor.common.text import excerpt
from essor.ground.gatherings.models import Gathering
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.services import tell
from essor.ground.people.enums import Role
from essor.ground.people.models import Person
from essor.ground.people.selectors import people_told_of

SHOWN = 80


def tell_opened(challenge: Challenge) -> None:
    """The circle is formed: its supporters learn it once."""
    said = {"challenge": excerpt(challenge.title, SHOWN)}
    _later(
        challenge,
        None,
        lambda: _("Le premier cercle de « %(challenge)s » est formé : le défi est ouvert.") % said,
    )


def tell_ended(challenge: Challenge, by: Person) -> None:
    """Supporters learn how it ended."""
    said = {"challenge": excerpt(challenge.title, SHOWN), "ending": challenge.get_ending_display()}
    _later(challenge, by, lambda: _("Le défi « %(challenge)s » est terminé : %(ending)s.") % said)


def tell_hidden(challenge: Challenge, why: str) -> None:
    """Who launched it learns that it is hidden, and why."""
    transaction.on_commit(partial(_tell_hidden, challenge, why))


def tell_waiting(challenge: Challenge) -> None:
    """Moderators have a challenge to read."""
    transaction.on_commit(partial(_tell_waiting, challenge))


def tell_gathering_proposed(challenge: Challenge, gathering: Gathering) -> None:
    """Facilitators have a gathering to announce, or not."""
    transaction.on_commit(partial(_tell_gathering_proposed, challenge, gathering))


def _later(challenge: Challenge, by: Person | None, words: Callable[[], str]) -> None:
    transaction.on_commit(partial(_tell, challenge, by, words))


def _tell(challenge: Challenge, by: Person | None, words: Callable[[], str]) -> None:
    supporters = Supporter.objects.filter(challenge=challenge, speaker__person__isnull=False)
    persons = Person.objects.filter(pk__in=supporters.values("speaker__person"))
    tell(
        persons=[each for each in persons if by is None or each.pk != by.pk],
        territory=challenge.territory,
        kind=NoticeKind.CHALLENGES,
        text=words,
        url=challenge.get_absolute_url(),
        group_key=f"challenge:{challenge.pk}",
    )


def _tell_hidden(challenge: Challenge, why: str) -> None:
    if challenge.launched_by is None:
        return
    said = {"challenge": excerpt(challenge.title, SHOWN), "why": excerpt(why, SHOWN)}
    tell(
        persons=[challenge.launched_by],
        territory=challenge.territory,
        kind=NoticeKind.CHALLENGES,
        text=lambda: _("Votre défi « %(challenge)s » est masqué : %(why)s") % said,
        url=challenge.get_absolute_url(),
        group_key=f"challenge:{challenge.pk}:hidden",
    )


def _tell_waiting(challenge: Challenge) -> None:
    territory = challenge.territory
    tell(
        persons=people_told_of(territory, roles=(Role.MODERATOR, Role.FACILITATOR, Role.ADMINISTRATOR)),
        territory=territory,
        kind=NoticeKind.MODERATION,
        text=lambda: _("Un défi attend d’être relu."),
        url=reverse("territory:atelier_challenges", args=[territory.slug]) + "?state=waiting",
        group_key=f"challenges:{territory.pk}",
    )


def _tell_gathering_proposed(challenge: Challenge, gathering: Gathering) -> None:
    territory = challenge.territory
    said = {"challenge": excerpt(challenge.title, SHOWN), "gathering": excerpt(gathering.title, SHOWN)}
    tell(
        persons=people_told_of(territory, roles=(Role.FACILITATOR, Role.ADMINISTRATOR)),
        territory=territory,
        kind=NoticeKind.ATELIER,
        text=lambda: _("Le défi « %(challenge)s » propose une rencontre à annoncer : %(gathering)s") % said,
        url=reverse("territory:atelier_gathering", args=[territory.slug, gathering.slug]),
        group_key=f"challenge:{challenge.pk}:gathering:{gathering.pk}",
    )
