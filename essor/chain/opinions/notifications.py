"""Who is told what about opinion votes, after the fact is committed. Words never travel in a notice."""

from collections.abc import Callable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation, Statement
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.services import tell
from essor.ground.people.enums import Role
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

_MODERATORS = (Role.MODERATOR, Role.FACILITATOR, Role.ADMINISTRATOR)


def conversation_opened(conversation: Conversation, by: Person | None) -> None:
    """Members of the territory learn that their opinion is asked."""

    def words() -> str:
        return _("Votre avis est attendu : « %(title)s ».") % {"title": conversation.title}

    def send() -> None:
        tell(
            persons=[each for each in _members(conversation.territory) if by is None or each.pk != by.pk],
            territory=conversation.territory,
            kind=NoticeKind.CONSULTATIONS,
            text=words,
            url=conversation.get_absolute_url(),
            group_key=f"conversation:{conversation.pk}",
        )

    transaction.on_commit(send)


def statement_to_review(statement: Statement) -> None:
    """Moderators learn that a statement waits; all that wait make one line."""
    conversation = statement.conversation

    def send() -> None:
        slug = conversation.territory.slug
        tell(
            persons=_members(conversation.territory, _MODERATORS),
            territory=conversation.territory,
            kind=NoticeKind.MODERATION,
            text=_a_statement_waits,
            url=reverse("territory:atelier_statements", args=[slug, conversation.slug]),
            group_key=f"statements:{conversation.pk}",
        )

    transaction.on_commit(send)


def statement_decided(statement: Statement, text: Callable[[], str]) -> None:
    """The author, if they have an account, learns what was decided about their statement."""
    author = statement.author

    def send() -> None:
        tell(
            persons=[author] if author else [],
            territory=statement.conversation.territory,
            kind=NoticeKind.MY_VOICE,
            text=text,
            url=statement.conversation.get_absolute_url(),
            group_key=f"statement:{statement.pk}",
        )

    if author is not None:
        transaction.on_commit(send)


def accepted_words() -> str:
    return _("Votre affirmation a été relue : elle est soumise au vote.")


def rejected_words() -> str:
    return _("Votre affirmation n’est pas soumise au vote. Lisez pourquoi.")


def merged_words() -> str:
    return _("Votre affirmation a été réunie à une autre qui dit la même chose : les votes sont gardés.")


def _a_statement_waits() -> str:
    return _("Une affirmation attend votre relecture.")


def _members(territory: Territory, roles: tuple[str, ...] = ()) -> list[Person]:
    wanted = Person.objects.filter(memberships__territory=territory, memberships__left_at=None)
    if roles:
        wanted = wanted.filter(memberships__role__in=roles)
    return list(wanted)
