"""The life of a conversation: draft, opening, closing, archives."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.listening.models import Consultation
from essor.chain.opinions import notifications
from essor.chain.opinions.enums import ConversationState, Proposers, StatementModeration
from essor.chain.opinions.lifecycle import CONVERSATION_MOVES
from essor.chain.opinions.models import Conversation, Statement, Vote
from essor.chain.opinions.models.conversations import LONGEST
from essor.chain.opinions.services.refusals import IllegalMove, NotReady
from essor.chain.opinions.services.tallies import request_map
from essor.common import clock
from essor.common.codes import new_code
from essor.common.slugs import free_slug
from essor.common.text import tidy
from essor.ground.gatherings.models import Gathering
from essor.ground.ledger.services import record
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

LEAST_STATEMENTS = 3
LANGUAGE_LENGTH = 8
OF_THE_MAP = ("least_votes", "least_cell", "seed", "map_shared_devices")
CHANGEABLE = (
    "title", "question", "introduction", "consultation", "gathering", "proposers", "moderation", "shortest",
    "longest", "languages", "allow_guests", "least_votes", "least_cell", "seed", "map_shared_devices",
    "closes_at",
)  # fmt: skip


@transaction.atomic
def draft_conversation(
    *,
    by: Person,
    territory: Territory,
    title: str,
    question: str,
    introduction: str = "",
    consultation: Consultation | None = None,
    gathering: Gathering | None = None,
    proposers: str = Proposers.EVERYBODY,
    moderation: str = StatementModeration.BEFORE,
    shortest: int = 10,
    longest: int = 140,
    languages: Iterable[str] = (),
    allow_guests: bool = True,
    least_votes: int = 7,
    least_cell: int = 10,
    seed: int = 1,
    closes_at: datetime | None = None,
) -> Conversation:
    """Prepare an opinion vote that nobody but facilitators sees yet."""
    conversation = Conversation(
        territory=territory, title=tidy(title), question=tidy(question), introduction=tidy(introduction),
        consultation=consultation, gathering=gathering, proposers=proposers, moderation=moderation,
        shortest=shortest, longest=longest, languages=_languages(languages, territory),
        allow_guests=allow_guests, least_votes=least_votes, least_cell=least_cell, seed=seed,
        closes_at=closes_at, created_by=by, created_at=clock.now(), device_salt=secrets.token_hex(16),
        room_code=new_code(8),
    )  # fmt: skip
    _check(conversation)
    conversation.slug = free_slug(conversation.title, Conversation.objects.in_territory(territory))
    conversation.save()
    record(by=by, verb="conversation.drafted", thing=conversation, territory=territory)
    return conversation


@transaction.atomic
def edit_conversation(*, by: Person, conversation: Conversation, **fields: Any) -> Conversation:
    """Change its words or rules (see ``CHANGEABLE``). Its address stays; its question too, once voted on."""
    _lock(conversation)
    if "languages" in fields:
        fields["languages"] = _languages(fields["languages"], conversation.territory)
    for name in {"title", "question", "introduction"} & fields.keys():
        fields[name] = tidy(fields[name])
    changed = [name for name in CHANGEABLE if name in fields and getattr(conversation, name) != fields[name]]
    if not changed:
        return conversation
    if "question" in changed and Vote.objects.filter(conversation=conversation).exists():
        raise NotReady(
            _("Des personnes ont déjà voté : changer la question changerait le sens de leurs réponses.")
        )
    for name in changed:
        setattr(conversation, name, fields[name])
    _check(conversation)
    conversation.save(update_fields=changed)
    if set(OF_THE_MAP) & set(changed) and conversation.state != ConversationState.DRAFT:
        request_map(conversation=conversation)
    record(
        by=by,
        verb="conversation.changed",
        thing=conversation,
        territory=conversation.territory,
        data={"what": changed},
    )
    return conversation


@transaction.atomic
def open_conversation(*, by: Person, conversation: Conversation) -> Conversation:
    """Let people see it and vote; a few statements must be there for the first who come."""
    _lock(conversation)
    ready = Statement.objects.to_vote().filter(conversation=conversation).count()
    if ready < LEAST_STATEMENTS:
        raise NotReady(
            _("Écrivez au moins %(n)d affirmations avant d’ouvrir le vote : il y en a %(ready)d.")
            % {"n": LEAST_STATEMENTS, "ready": ready}
        )
    if conversation.closes_at is not None and conversation.closes_at <= clock.now():
        raise NotReady(_("La date de fin est passée : reculez-la ou retirez-la avant d’ouvrir le vote."))
    _move(conversation, ConversationState.OPEN, only_from=(ConversationState.DRAFT,))
    conversation.opened_at = clock.now()
    conversation.save(update_fields=["state", "opened_at"])
    record(by=by, verb="conversation.opened", thing=conversation, territory=conversation.territory)
    notifications.conversation_opened(conversation, by)
    return conversation


@transaction.atomic
def close_conversation(*, by: Person, conversation: Conversation) -> Conversation:
    """Take no more votes; the map and the results stay readable."""
    _lock(conversation)
    _move(conversation, ConversationState.CLOSED, only_from=(ConversationState.OPEN,))
    conversation.closed_at = clock.now()
    conversation.save(update_fields=["state", "closed_at"])
    record(by=by, verb="conversation.closed", thing=conversation, territory=conversation.territory)
    return conversation


@transaction.atomic
def reopen_conversation(
    *, by: Person, conversation: Conversation, closes_at: datetime | None = None
) -> Conversation:
    """Take votes again, until a new date or without one. What was archived is first taken out."""
    _lock(conversation)
    if closes_at is not None and closes_at <= clock.now():
        raise NotReady(_("La date de fin est passée : choisissez une date à venir, ou aucune."))
    _move(conversation, ConversationState.OPEN, only_from=(ConversationState.CLOSED,))
    conversation.closed_at, conversation.closes_at = None, closes_at
    conversation.save(update_fields=["state", "closed_at", "closes_at"])
    record(by=by, verb="conversation.reopened", thing=conversation, territory=conversation.territory)
    return conversation


@transaction.atomic
def archive_conversation(*, by: Person, conversation: Conversation) -> Conversation:
    """Put a closed one away: out of the lists, still readable at its address."""
    _lock(conversation)
    _move(conversation, ConversationState.ARCHIVED)
    conversation.save(update_fields=["state"])
    record(by=by, verb="conversation.archived", thing=conversation, territory=conversation.territory)
    return conversation


@transaction.atomic
def restore_conversation(*, by: Person, conversation: Conversation) -> Conversation:
    """Take it out of the archives, closed as it was."""
    _lock(conversation)
    _move(conversation, ConversationState.CLOSED, only_from=(ConversationState.ARCHIVED,))
    conversation.save(update_fields=["state"])
    record(by=by, verb="conversation.restored", thing=conversation, territory=conversation.territory)
    return conversation


def _lock(conversation: Conversation) -> None:
    """Hold the row without stopping the votes that point to it."""
    conversation.refresh_from_db(from_queryset=Conversation.objects.select_for_update(no_key=True))


def _move(
    conversation: Conversation, to: ConversationState, only_from: tuple[ConversationState, ...] = ()
) -> None:
    wrong = only_from and conversation.state not in only_from
    if wrong or to not in CONVERSATION_MOVES[conversation.state]:
        raise IllegalMove(
            _("Un vote « %(now)s » ne peut pas devenir « %(then)s » ainsi. Actualisez la page.")
            % {"now": conversation.get_state_display(), "then": to.label}
        )
    conversation.state = to


def _languages(wanted: Iterable[str], territory: Territory) -> list[str]:
    told = [str(each).strip().lower()[:LANGUAGE_LENGTH] for each in wanted]
    return list(dict.fromkeys(each for each in told if each)) or list(territory.languages[:1]) or ["fr"]


def _check(conversation: Conversation) -> None:
    """Each refusal names the field and the mend."""
    here = conversation.territory_id
    problems = (
        (not conversation.title, _("Le titre manque : dites en quelques mots de quoi il s’agit.")),
        (not conversation.question, _("La question manque : écrivez ce que l’on demande aux gens.")),
        (len(conversation.title) > 120, _("Le titre est trop long : 120 signes au plus.")),
        (len(conversation.question) > 240, _("La question est trop longue : 240 signes au plus.")),
        (
            not 1 <= conversation.shortest <= conversation.longest <= LONGEST,
            _("Les longueurs d’une affirmation vont de 1 à 280 signes, la plus petite d’abord."),
        ),
        (
            conversation.least_votes < 1,
            _("Il faut au moins un vote pour figurer sur la carte : choisissez 1 ou plus."),
        ),
        (
            conversation.least_cell < 3,
            _("Une comparaison de moins de 3 personnes les montrerait : choisissez 3 ou plus."),
        ),
        (conversation.proposers not in Proposers.values, _("Choisissez qui peut proposer une affirmation.")),
        (
            conversation.moderation not in StatementModeration.values,
            _("Choisissez si les affirmations sont relues avant ou après leur parution."),
        ),
        (
            any(
                each is not None and each.territory_id != here
                for each in (conversation.consultation, conversation.gathering)
            ),
            _("La concertation ou la rencontre choisie est d’un autre territoire : choisissez-en une d’ici."),
        ),
    )
    for is_wrong, words in problems:
        if is_wrong:
            raise NotReady(words)
