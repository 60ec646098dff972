"""Who is told what about voices, after the fact is committed. Words of voices never travel in a notice."""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.listening.models import Consultation, Contribution
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.services import tell
from essor.ground.people.enums import Role
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

_MODERATORS = (Role.MODERATOR, Role.FACILITATOR, Role.ADMINISTRATOR)


def consultation_opened(consultation: Consultation, by: Person | None) -> None:
    """Members of the territory learn that a consultation opens."""

    def words() -> str:
        return _("La concertation « %(title)s » est ouverte : votre voix est attendue.") % {
            "title": consultation.title
        }

    def send() -> None:
        members = _members(consultation.territory)
        tell(
            persons=[each for each in members if by is None or each.pk != by.pk],
            territory=consultation.territory,
            kind=NoticeKind.CONSULTATIONS,
            text=words,
            url=consultation.get_absolute_url(),
            group_key=f"consultation:{consultation.pk}",
        )

    transaction.on_commit(send)


def voice_to_moderate(contribution: Contribution) -> None:
    """Moderators learn that a voice waits; all that wait make one line."""
    transaction.on_commit(partial(_tell_moderators, contribution, "waiting", _a_voice_waits))


def voice_reported(contribution: Contribution) -> None:
    """Moderators learn that a voice was reported."""
    transaction.on_commit(partial(_tell_moderators, contribution, "reported", _a_voice_is_reported))


def voice_appealed(contribution: Contribution) -> None:
    """Moderators learn that an author contests a hiding."""
    transaction.on_commit(partial(_tell_moderators, contribution, "appealed", _a_hiding_is_contested))


def voice_decided(contribution: Contribution, text: Callable[[], str]) -> None:
    """The author, if they have an account, learns what was decided about their voice."""

    def send() -> None:
        author = contribution.speaker.person
        if author is None:
            return
        slug = contribution.territory.slug
        tell(
            persons=[author],
            territory=contribution.territory,
            kind=NoticeKind.MY_VOICE,
            text=text,
            url=reverse("territory:my_voice_shown", args=[slug]) + f"?voix={contribution.pk}",
            group_key=f"voice:{contribution.pk}",
        )

    transaction.on_commit(send)


def hidden_words() -> str:
    return _("Votre voix a été masquée. Lisez pourquoi ; vous pouvez contester cette décision.")


def published_words() -> str:
    return _("Votre voix a été relue et publiée.")


def restored_words() -> str:
    return _("Votre voix est de nouveau publiée.")


def masked_words() -> str:
    return _("Une donnée personnelle a été retirée de votre voix ; le reste est intact.")


def refused_words() -> str:
    return _("Votre contestation a été examinée : votre voix reste masquée. Lisez la réponse.")


def _a_voice_waits() -> str:
    return _("Une voix attend votre relecture.")


def _a_voice_is_reported() -> str:
    return _("Une voix a été signalée.")


def _a_hiding_is_contested() -> str:
    return _("Quelqu’un conteste le masquage de sa voix.")


def _tell_moderators(contribution: Contribution, what: str, text: Callable[[], str]) -> None:
    territory = contribution.territory
    tell(
        persons=_members(territory, _MODERATORS),
        territory=territory,
        kind=NoticeKind.MODERATION,
        text=text,
        url=reverse("territory:atelier_moderation", args=[territory.slug]),
        group_key=f"moderation:{territory.pk}:{what}",
    )


def _members(territory: Territory, roles: tuple[str, ...] = ()) -> list[Person]:
    wanted = Person.objects.filter(memberships__territory=territory, memberships__left_at=None)
    if roles:
        wanted = wanted.filter(memberships__role__in=roles)
    return list(wanted)
