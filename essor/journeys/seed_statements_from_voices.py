"""What was heard is put to the vote: statements are born from voices or groups of them, and linked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution
from essor.chain.needs.models import Group, Placement
from essor.chain.opinions.enums import StatementSource
from essor.chain.opinions.models import Conversation, Statement
from essor.chain.opinions.services.refusals import BadStatement
from essor.chain.opinions.services.statements import seed_statement
from essor.common.text import tidy
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import LinkKind
from essor.ground.ledger.models import Link
from essor.ground.people.models import Person

COUNTED = (VoiceState.PUBLISHED, VoiceState.PRIVATE)


@dataclass(frozen=True)
class Worded:
    """A statement as the facilitator words it, and what it was born from: voices, or a group of them."""

    text: str
    voices: Sequence[Contribution] = ()
    group: Group | None = None
    language: str = ""


@transaction.atomic
def seed_statements_from_voices(
    *, by: Person, conversation: Conversation, worded: Iterable[Worded]
) -> list[Statement]:
    """Put each to the vote and tie the thread from its voices. One refused, none is written."""
    return [_seed(by, conversation, each) for each in worded]


def suggested_text(words: str, longest: int) -> str:
    """A beginning of a statement: the first sentence of a voice that fits, else its first words.

    >>> suggested_text("Il faut un bus le soir. Mon fils rentre à pied.", 40)
    'Il faut un bus le soir.'
    """
    line = " ".join(tidy(words).split())
    for end in range(min(len(line), longest), 0, -1):
        if line[end - 1] in ".!?…" and (end == len(line) or line[end] == " "):
            return line[:end]
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:")


@transaction.atomic
def untie_statements(*, voices: Iterable[Contribution | int], by: Person | None) -> int:
    """Voices that no longer count are no longer said to be put to the vote. Returns how many links ended."""
    keys = [each if isinstance(each, int) else each.pk for each in voices]
    silent = Contribution.objects.filter(pk__in=keys).exclude(state__in=COUNTED).values_list("pk", flat=True)
    links = Link.objects.standing().filter(
        source_type=Contribution._meta.label_lower, source_id__in=list(silent), kind=LinkKind.PUT_TO_VOTE
    )
    return ledger.end_links(by=by, links=list(links), why="the voice no longer counts")


def _seed(by: Person, conversation: Conversation, each: Worded) -> Statement:
    territory = conversation.territory_id
    if each.group is not None and each.group.synthesis.territory_id != territory:
        raise BadStatement(_("Ce groupe appartient à un autre territoire : choisissez un groupe d’ici."))
    for voice in each.voices:
        if voice.territory_id != territory or not voice.is_public:
            raise BadStatement(
                _("La voix %(pk)s n’est pas publiée ici : on ne peut pas la soumettre au vote.")
                % {"pk": voice.pk}
            )
    if each.group is None and not each.voices:
        raise BadStatement(_("Choisissez la voix ou le groupe d’où vient cette affirmation."))
    source = StatementSource.GROUP if each.group is not None else StatementSource.VOICE
    statement = seed_statement(
        by=by, conversation=conversation, text=each.text, language=each.language, source=source
    )
    pairs: list[tuple[models.Model, models.Model, str]] = [
        (voice, statement, LinkKind.PUT_TO_VOTE) for voice in each.voices
    ]
    if each.group is not None:
        pairs += _from_group(each.group, statement)
    ledger.link_many(by=by, territory=conversation.territory, pairs=pairs)
    return statement


def _from_group(group: Group, statement: Statement) -> list[tuple[models.Model, models.Model, str]]:
    """The group itself, and each voice in it that counts."""
    inside = models.Q(group=group) | models.Q(group__parent=group, group__is_dissolved=False)
    keys = Placement.objects.filter(inside, contribution__state__in=COUNTED).values_list(
        "contribution_id", flat=True
    )
    voices = [(Contribution(pk=pk), statement, LinkKind.PUT_TO_VOTE) for pk in keys.order_by("id")]
    return [(group, statement, LinkKind.GROUPED_IN), *voices]
