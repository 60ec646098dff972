"""Statements: written by the team or proposed, reviewed, reworded, translated."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from essor.chain.listening import personal_data
from essor.chain.opinions import notifications
from essor.chain.opinions.enums import RejectReason, StatementModeration, StatementSource, StatementStatus
from essor.chain.opinions.lifecycle import STATEMENT_MOVES
from essor.chain.opinions.models import (
    Conversation,
    Participant,
    Statement,
    StatementTally,
    StatementTranslation,
    StatementVersion,
)
from essor.chain.opinions.policies import can_propose_statement
from essor.chain.opinions.selectors.conversations import same_words
from essor.chain.opinions.services.refusals import (
    AlreadySaid,
    BadStatement,
    IllegalMove,
    NotTaking,
    OpinionRefused,
    PleaseWait,
)
from essor.chain.opinions.services.tallies import request_map
from essor.common import clock
from essor.common.text import search_text, tidy
from essor.ground.ledger.services import record
from essor.ground.people.models import Person

PROPOSALS = 5  # of one participant in one window
WINDOW = timedelta(minutes=10)
LANGUAGE_LENGTH = 8


@transaction.atomic
def seed_statement(
    *,
    by: Person,
    conversation: Conversation,
    text: str,
    language: str = "",
    source: str = StatementSource.SEED,
) -> Statement:
    """The team puts a statement to the vote. From a voice or a group, the journey links it to its source."""
    conversation = lock_conversation(conversation=conversation)
    statement = _new(conversation, text, language, source=source, author=by)
    _accept(statement)
    _write(statement)
    _record(by, statement, "statement.seeded", source=source)
    return statement


@transaction.atomic
def seed_statements(
    *, by: Person, conversation: Conversation, texts: Iterable[str], language: str = ""
) -> tuple[list[Statement], list[str]]:
    """Several at once, one a line. Returns those written and the lines left out because already said."""
    written: list[Statement] = []
    known: list[str] = []
    for text in texts:
        if not tidy(text):
            continue
        try:
            written.append(seed_statement(by=by, conversation=conversation, text=text, language=language))
        except AlreadySaid:
            known.append(tidy(text))
    return written, known


@transaction.atomic
def propose_statement(*, participant: Participant, text: str, language: str = "") -> Statement:
    """Somebody who votes proposes a statement: it appears at once, or after review, as the vote was set up.

    What looks like personal data always waits for review. Words already said raise AlreadySaid with the
    statement to vote on.
    """
    conversation = lock_conversation(conversation=participant.conversation)
    if participant.withdrawn_at is not None or not _may_propose(participant, conversation):
        raise NotTaking(
            _("Ce vote ne prend pas de nouvelles affirmations de votre part : vous pouvez toujours voter.")
        )
    _pace(participant)
    statement = _new(
        conversation, text, language or participant.language, source=StatementSource.PARTICIPANT,
        proposed_by=participant, author=participant.person,
    )  # fmt: skip
    findings = personal_data.find(statement.text)
    statement.personal_data = personal_data.as_rows(findings)
    if conversation.moderation == StatementModeration.AFTER and not findings:
        _accept(statement)
    _write(statement)
    _record(participant.person, statement, "statement.proposed", status=statement.status)
    notifications.statement_to_review(statement)
    return statement


@transaction.atomic
def accept_statement(*, by: Person, statement: Statement) -> Statement:
    """Put a proposed statement to the vote, or say of one that appears already that it was read."""
    statement = locked(statement=statement)
    if statement.status != StatementStatus.ACCEPTED:
        _move(statement, StatementStatus.ACCEPTED, only_from=(StatementStatus.PROPOSED,))
        _accept(statement)
    _decide(statement, by)
    statement.personal_data = []
    statement.save()
    _record(by, statement, "statement.accepted")
    notifications.statement_decided(statement, notifications.accepted_words)
    return statement


@transaction.atomic
def reject_statement(*, by: Person, statement: Statement, reason: str, explanation: str = "") -> Statement:
    """Take a statement off the vote, for a reason its author is shown. Votes already given are kept aside."""
    if reason not in RejectReason.values or reason in (RejectReason.TAKEN_BACK, RejectReason.ELSEWHERE):
        raise OpinionRefused(
            _("Choisissez la raison pour laquelle cette affirmation n’est pas soumise au vote.")
        )
    statement = locked(statement=statement)
    _move(statement, StatementStatus.REJECTED)
    statement.reason, statement.explanation = reason, tidy(explanation)[:400]
    _decide(statement, by)
    statement.save()
    _record(by, statement, "statement.rejected", reason=reason)
    notifications.statement_decided(statement, notifications.rejected_words)
    request_map(conversation=statement.conversation)
    return statement


@transaction.atomic
def restore_statement(*, by: Person, statement: Statement) -> Statement:
    """Put a rejected statement (back) to the vote, with the votes it had. One taken back stays so."""
    statement = locked(statement=statement)
    if statement.reason == RejectReason.TAKEN_BACK:
        raise IllegalMove(_("Son auteur ou autrice l’a reprise : proposez-en une autre, avec vos mots."))
    _move(statement, StatementStatus.ACCEPTED, only_from=(StatementStatus.REJECTED,))
    statement.reason = statement.explanation = ""
    _accept(statement)
    _decide(statement, by)
    statement.save()
    _record(by, statement, "statement.restored")
    notifications.statement_decided(statement, notifications.accepted_words)
    request_map(conversation=statement.conversation)
    return statement


@transaction.atomic
def take_back_statement(*, participant: Participant, statement: Statement) -> Statement:
    """Whoever proposed a statement takes it back: its words go, in all its wordings and languages."""
    statement = locked(statement=statement)
    if statement.proposed_by_id != participant.pk:
        raise NotTaking(_("Cette affirmation n’est pas la vôtre."))
    _move(statement, StatementStatus.REJECTED)
    scrub_statement(statement=statement)
    _record(participant.person, statement, "statement.taken_back")
    request_map(conversation=statement.conversation)
    return statement


def scrub_statement(*, statement: Statement) -> None:
    """Leave nothing of its words nor of its author; part of a wider write."""
    statement.status, statement.reason = StatementStatus.REJECTED, RejectReason.TAKEN_BACK
    statement.merged_into, statement.status_before = None, ""
    statement.text = statement.search = statement.explanation = ""
    statement.personal_data = []
    statement.author = statement.proposed_by = None
    statement.save()
    statement.versions.all().delete()
    statement.translations.all().delete()


@transaction.atomic
def reword_statement(*, by: Person, statement: Statement, text: str, why: str) -> Statement:
    """Mend the words. Every wording stays readable, with how many had voted on it and why it changed.

    A mend never changes the sense: for another idea, reject this one and write a new one.
    """
    statement = locked(statement=statement)
    if statement.status not in (StatementStatus.PROPOSED, StatementStatus.ACCEPTED):
        raise IllegalMove(_("Cette affirmation n’est pas au vote : rétablissez-la avant de la corriger."))
    words = _readable(statement.conversation, text)
    if words == statement.text:
        return statement
    if not tidy(why):
        raise OpinionRefused(
            _("Dites en un mot pourquoi vous corrigez : ce mot est affiché à tout le monde.")
        )
    _not_said_yet(statement.conversation, words, statement)
    now, voted = clock.now(), StatementTally.objects.get(pk=statement.pk).seen
    if statement.version == 1:
        StatementVersion.objects.get_or_create(
            statement=statement,
            number=1,
            defaults={"text": statement.text, "by": statement.author, "at": statement.created_at},
        )
    statement.version += 1
    statement.text, statement.search = words, search_text(words)
    statement.personal_data = []
    statement.save()
    StatementVersion.objects.create(
        statement=statement, number=statement.version, text=words, why=tidy(why)[:200], votes_before=voted,
        by=by, at=now,
    )  # fmt: skip
    _record(by, statement, "statement.reworded", version=statement.version, votes=voted)
    return statement


@transaction.atomic
def translate_statement(
    *, by: Person, statement: Statement, language: str, text: str
) -> StatementTranslation | None:
    """Write it in another language of the conversation; empty words take the translation away."""
    statement = locked(statement=statement)
    language = language.strip().lower()[:LANGUAGE_LENGTH]
    if language == statement.language or language not in statement.conversation.languages:
        raise BadStatement(_("Choisissez une autre des langues de ce vote."))
    if not tidy(text):
        statement.translations.filter(language=language).delete()
        _record(by, statement, "statement.translated", language=language, removed=1)
        return None
    translation, _is_new = StatementTranslation.objects.update_or_create(
        statement=statement,
        language=language,
        defaults={
            "text": _readable(statement.conversation, text),
            "of_version": statement.version,
            "by": by,
            "at": clock.now(),
        },
    )
    _record(by, statement, "statement.translated", language=language)
    return translation


def lock_conversation(*, conversation: Conversation) -> Conversation:
    """The row as it is now, held against other writers of statements but not against votes."""
    rows = Conversation.objects.select_for_update(of=("self",), no_key=True).select_related("territory")
    return rows.get(pk=conversation.pk)


def locked(*, statement: Statement) -> Statement:
    """The statement as it is now, held until the end of the transaction, but not against votes."""
    rows = Statement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("conversation__territory", "author").get(pk=statement.pk)


def _may_propose(participant: Participant, conversation: Conversation) -> bool:
    return can_propose_statement(participant.person, conversation)  # type: ignore[arg-type]


def _pace(participant: Participant) -> None:
    since = clock.now() - WINDOW
    recent = Statement.objects.filter(proposed_by=participant, created_at__gt=since).count()
    if recent >= PROPOSALS * settings.RATE_LIMIT_SCALE:
        raise PleaseWait(
            _("Vous venez d’en proposer plusieurs : gardez vos mots, et proposez-les dans quelques minutes."),
            int(WINDOW.total_seconds()),
        )


def _new(conversation: Conversation, text: str, language: str, **fields: Any) -> Statement:
    words = _readable(conversation, text)
    _not_said_yet(conversation, words)
    language = language.strip().lower()[:LANGUAGE_LENGTH]
    if language not in conversation.languages:
        language = conversation.language
    return Statement(
        conversation=conversation, text=words, language=language, search=search_text(words),
        status=StatementStatus.PROPOSED, created_at=clock.now(), **fields,
    )  # fmt: skip


def _write(statement: Statement) -> None:
    """Give it the next number; the conversation is locked."""
    last = Statement.objects.filter(conversation=statement.conversation).aggregate(last=Max("number"))["last"]
    statement.number = (last or 0) + 1
    statement.save(force_insert=True)
    StatementTally.objects.create(statement=statement)


def _readable(conversation: Conversation, text: str) -> str:
    words = " ".join(tidy(text).split())
    if len(words) < conversation.shortest or not any(sign.isalpha() for sign in words):
        raise BadStatement(
            _("L’affirmation est trop courte : écrivez une phrase d’au moins %(n)d signes.")
            % {"n": conversation.shortest}
        )
    if len(words) > conversation.longest:
        raise BadStatement(
            _("L’affirmation a %(n)d signes : raccourcissez-la à %(most)d, une seule idée à la fois.")
            % {"n": len(words), "most": conversation.longest}
        )
    return words


def _not_said_yet(conversation: Conversation, words: str, but: Statement | None = None) -> None:
    rows = Statement.objects.filter(conversation=conversation, search=search_text(words))
    rows = rows.filter(status__in=(StatementStatus.ACCEPTED, StatementStatus.PROPOSED))
    for each in rows:
        if each != but and same_words(each.text) == same_words(words):
            raise AlreadySaid(_("Cette affirmation est déjà là : répondez-y plutôt que de la redire."), each)


def _accept(statement: Statement) -> None:
    statement.status = StatementStatus.ACCEPTED
    statement.accepted_at = statement.accepted_at or clock.now()


def _decide(statement: Statement, by: Person) -> None:
    statement.decided_by, statement.decided_at = by, clock.now()


def _move(statement: Statement, to: StatementStatus, only_from: tuple[str, ...] = ()) -> None:
    wrong = only_from and statement.status not in only_from
    if wrong or to not in STATEMENT_MOVES[statement.status] or statement.status == StatementStatus.MERGED:
        raise IllegalMove(
            _("Une affirmation « %(now)s » ne peut pas devenir « %(then)s » ainsi. Actualisez la page.")
            % {"now": statement.get_status_display(), "then": to.label}
        )
    statement.status = to


def _record(by: Person | None, statement: Statement, verb: str, **data: object) -> None:
    record(by=by, verb=verb, thing=statement, territory=statement.conversation.territory, data=dict(data))
