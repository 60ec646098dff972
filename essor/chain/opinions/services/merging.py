"""Merging duplicates, and separating them again: every vote is kept with the words it was given on."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.opinions import notifications
from essor.chain.opinions.enums import StatementStatus
from essor.chain.opinions.models import Conversation, Statement
from essor.chain.opinions.services.refusals import IllegalMove, OpinionRefused
from essor.chain.opinions.services.tallies import lock_tallies, rebuild, request_map
from essor.common import clock
from essor.ground.ledger.services import record
from essor.ground.people.models import Person

_STANDING = (StatementStatus.PROPOSED, StatementStatus.ACCEPTED)


@transaction.atomic
def merge_statements(*, by: Person, kept: Statement, duplicates: Sequence[Statement]) -> Statement:
    """These say the same as ``kept``: only it is asked from now on. The last answer on any of them counts."""
    duplicates = [each for each in duplicates if each.pk != kept.pk]
    if not duplicates:
        raise OpinionRefused(_("Choisissez au moins une affirmation à réunir à celle que vous gardez."))
    conversation, rows = _held(kept, duplicates)
    kept = rows.pop(kept.pk)
    if kept.status not in _STANDING:
        raise IllegalMove(_("L’affirmation gardée n’est pas au vote : choisissez-en une qui y est soumise."))
    for each in rows.values():
        if each.status not in _STANDING or each.conversation_id != kept.conversation_id:
            raise IllegalMove(
                _("L’affirmation %(number)d ne peut pas être réunie : elle n’est plus au vote.")
                % {"number": each.number}
            )
        each.status_before, each.status, each.merged_into = each.status, StatementStatus.MERGED, kept
        each.decided_by, each.decided_at = by, clock.now()
        each.save()
        notifications.statement_decided(each, notifications.merged_words)
    rebuild(statement=kept)
    _record(by, kept, "statement.merged", [each.number for each in rows.values()])
    request_map(conversation=conversation)
    return kept


@transaction.atomic
def separate_statements(*, by: Person, duplicates: Sequence[Statement]) -> list[Statement]:
    """Undo a merging: each statement has its own votes again; those given since stay where they are."""
    if not duplicates:
        raise OpinionRefused(_("Choisissez au moins une affirmation à séparer."))
    conversation, rows = _held(duplicates[0], duplicates)
    kept: dict[int, Statement] = {}
    for each in rows.values():
        if each.status != StatementStatus.MERGED or each.merged_into is None:
            raise IllegalMove(
                _("L’affirmation %(number)d n’est réunie à aucune autre. Actualisez la page.")
                % {"number": each.number}
            )
        kept[each.merged_into.pk] = each.merged_into
        each.status = each.status_before or StatementStatus.ACCEPTED
        each.status_before, each.merged_into = "", None
        each.save()
    for statement in (*kept.values(), *rows.values()):
        rebuild(statement=root_of(statement=statement))
    for statement in kept.values():
        _record(by, statement, "statement.separated", [each.number for each in rows.values()])
    request_map(conversation=conversation)
    return list(rows.values())


def root_of(*, statement: Statement) -> Statement:
    """The statement into which it was merged, and that into which that one was; itself when it was not."""
    while statement.merged_into is not None:
        statement = statement.merged_into
    return statement


def _held(first: Statement, others: Sequence[Statement]) -> tuple[Conversation, dict[int, Statement]]:
    """All the tallies of the conversation, then the statements, are held: no vote comes in between."""
    conversation = Conversation.objects.select_for_update(of=("self",), no_key=True).get(
        pk=first.conversation_id
    )
    lock_tallies(conversation=conversation)
    keys = [first.pk, *(each.pk for each in others)]
    rows = Statement.objects.filter(pk__in=keys).select_related("conversation__territory", "author")
    return conversation, {each.pk: each for each in rows.order_by("number")}


def _record(by: Person, kept: Statement, verb: str, numbers: list[int]) -> None:
    record(
        by=by, verb=verb, thing=kept, territory=kept.conversation.territory, data={"numbers": sorted(numbers)}
    )
