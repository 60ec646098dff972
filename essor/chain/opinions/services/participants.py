"""Coming in without saying who one is, coming back by a link, telling one's family, taking one's votes back.

**One device, several people.** A family shares a phone, a library shares a computer: nobody is refused. The
digest of the device (salted by conversation, changed each week, forgotten after a fortnight) only says that
several participants came from one device. They are marked, which facilitators see as a figure, and the map
can be drawn without them. From the fifth newcomer in ten minutes, each next one is asked to wait until a
minute has passed since the one before, so that a script gains nothing. In a room (the address of its QR code)
everybody shares one network: nobody waits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.opinions.enums import Door
from essor.chain.opinions.models import Conversation, CurrentVote, Participant, Statement
from essor.chain.opinions.policies import can_vote_in
from essor.chain.opinions.services.refusals import NotTaking, OpinionRefused, PleaseWait
from essor.chain.opinions.services.tallies import lock_tallies, recount, request_map
from essor.common import clock
from essor.common.codes import digest, new_code, read_code
from essor.ground.ledger.enums import Actor
from essor.ground.ledger.services import record
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person

TOKEN_LENGTH = 20  # signs, that is 100 bits
PURPOSE = "opinion-participant"
AT_ONCE = 4  # newcomers on one device within BUSY before any has to wait
BUSY = timedelta(minutes=10)
PAUSE = timedelta(minutes=1)
DEVICE_KEPT = timedelta(days=14)


@dataclass(frozen=True)
class Joined:
    """A participant and the secret of their link, shown once (empty when they were known already)."""

    participant: Participant
    token: str
    is_new: bool = True


def join_conversation(
    *,
    conversation: Conversation,
    person: Person | None = None,
    guest_key: str = "",
    through: str = Door.ONLINE,
    device: str = "",
    language: str = "",
) -> Joined:
    """Take part. A signed-in person is one participant, whatever the device; a visitor gets a link.

    ``guest_key`` is the secret that the visitor's browser carries: with it, the same browser is the same
    participant. ``device`` is whatever the page knows the device by. Only digests are kept of both.
    """
    if not can_vote_in(person, conversation):  # type: ignore[arg-type]
        raise NotTaking(_closed(conversation))
    guest = guest_digest(conversation=conversation, guest_key=guest_key) if person is None else None
    if (known := _known(conversation, person, guest)) is not None:
        return Joined(known, "", is_new=False)
    try:
        return _join(conversation, person, guest, through, device, language)
    except IntegrityError:  # the same person, in two windows at the same instant
        if (known := _known(conversation, person, guest)) is None:
            raise
        return Joined(known, "", is_new=False)


def resume_participant(*, conversation: Conversation, token: str) -> Participant | None:
    """Who holds this link, if they take part here. Case, spaces and look-alikes are forgiven."""
    if not read_code(token):
        return None
    return (
        Participant.objects.counted()
        .filter(conversation=conversation, token_digest=token_digest(token=token))
        .select_related("conversation__territory")
        .first()
    )


@transaction.atomic
def renew_link(*, participant: Participant) -> str:
    """A new link; the former one no longer opens anything."""
    token = new_code(TOKEN_LENGTH)
    participant.token_digest = token_digest(token=token)
    participant.save(update_fields=["token_digest"])
    return token


@transaction.atomic
def declare_family(*, participant: Participant, family: str, consent: bool) -> Participant:
    """Say from which family of actors one speaks, or take it back (empty). Never without consent."""
    if family and family not in StakeholderFamily.values:
        raise OpinionRefused(_("Choisissez une famille dans la liste, ou aucune."))
    if family and not consent:
        raise OpinionRefused(
            _("Cochez l’accord pour que votre famille serve à comparer les réponses, ou n’en dites aucune.")
        )
    participant.family = family
    participant.family_declared_at = clock.now() if family else None
    participant.save(update_fields=["family", "family_declared_at"])
    return participant


@transaction.atomic
def withdraw_participant(*, participant: Participant, actor: Actor = Actor.GUEST) -> int:
    """Take all one's votes back: they count no more, and nothing leads from them to anybody.

    Returns how many answers no longer count. The rows of the history stay, belonging to nobody.
    """
    conversation = Conversation.objects.select_related("territory").get(pk=participant.conversation_id)
    lock_tallies(conversation=conversation)
    return _withdraw(conversation, [participant.pk], actor)


def withdraw_many(*, conversation: Conversation, participants: Iterable[int], actor: Actor) -> int:
    """The same for several participants, whose tallies the caller has locked."""
    return _withdraw(conversation, list(participants), actor)


@transaction.atomic
def forget_devices() -> int:
    """Forget the digests of devices not seen for a fortnight; returns how many."""
    old = Participant.objects.filter(device_seen_on__lt=clock.today() - DEVICE_KEPT).exclude(device_digest="")
    return old.update(device_digest="", device_seen_on=None)


def token_digest(*, token: str) -> str:
    """What is stored of a link."""
    return digest(read_code(token), PURPOSE)


def guest_digest(*, conversation: Conversation, guest_key: str) -> str | None:
    """What is stored of a browser's secret: another in each conversation, so that none is put together."""
    return digest(f"{conversation.pk}:{guest_key}", "opinion-guest") if guest_key else None


def _known(conversation: Conversation, person: Person | None, guest: str | None) -> Participant | None:
    if person is None and guest is None:
        return None
    who = {"person": person} if person is not None else {"guest_digest": guest}
    rows = Participant.objects.counted().filter(conversation=conversation, **who)
    return rows.select_related("conversation__territory").first()


@transaction.atomic
def _join(
    conversation: Conversation,
    person: Person | None,
    guest: str | None,
    through: str,
    device: str,
    language: str,
) -> Joined:
    now = clock.now()
    print_of_device = _device(conversation, device)
    shares = bool(print_of_device) and _others_on(conversation, print_of_device, through)
    token = new_code(TOKEN_LENGTH)
    participant = Participant.objects.create(
        conversation=conversation, person=person, guest_digest=guest, token_digest=token_digest(token=token),
        joined_through=through, joined_at=now, language=language[:8],
        device_digest=print_of_device, device_seen_on=clock.today() if print_of_device else None,
        shares_device=shares,
    )  # fmt: skip
    return Joined(participant, token)


def _device(conversation: Conversation, device: str) -> str:
    if not device:
        return ""
    year, week, _day = clock.today().isocalendar()
    return digest(f"{conversation.device_salt}:{year}-{week}:{device}", "opinion-device")


def _others_on(conversation: Conversation, print_of_device: str, through: str) -> bool:
    """Mark those who came from the same device; ask for a pause when many come one after the other."""
    others = Participant.objects.filter(conversation=conversation, device_digest=print_of_device)
    recent = list(
        others.filter(joined_at__gt=clock.now() - BUSY)
        .order_by("-joined_at")
        .values_list("joined_at", flat=True)
    )
    if through != Door.ROOM and len(recent) >= AT_ONCE:
        seconds = int((recent[0] + PAUSE - clock.now()).total_seconds())
        if seconds > 0:
            words = ngettext(
                "Plusieurs personnes viennent de commencer sur cet appareil : c’est permis. "
                "Attendez %(n)d seconde avant la suivante.",
                "Plusieurs personnes viennent de commencer sur cet appareil : c’est permis. "
                "Attendez %(n)d secondes avant la suivante.",
                seconds,
            )
            raise PleaseWait(words % {"n": seconds}, seconds)
    if through == Door.ROOM:
        return False
    return others.update(shares_device=True) > 0


def _withdraw(conversation: Conversation, keys: list[int], actor: Actor) -> int:
    mine = CurrentVote.objects.filter(participant__in=keys)
    statements = sorted(set(mine.values_list("statement_id", flat=True)))
    gone, _by_model = mine.delete()
    Participant.objects.filter(pk__in=keys).update(
        withdrawn_at=clock.now(), person=None, token_digest=None, guest_digest=None,
        device_digest="", device_seen_on=None, family="", family_declared_at=None, votes_count=0, language="",
    )  # fmt: skip
    Statement.objects.filter(proposed_by__in=keys).update(proposed_by=None, author=None)
    recount(statements=statements)
    record(
        by=None,
        actor=actor,
        verb="conversation.votes_withdrawn",
        thing=conversation,
        territory=conversation.territory,
        data={"participants": len(keys), "votes": gone},
    )
    request_map(conversation=conversation)
    return gone


def _closed(conversation: Conversation) -> str:
    if conversation.is_open:
        return _("Ce vote demande un compte : connectez-vous pour y prendre part.")
    return _("Ce vote ne prend pas de réponses en ce moment : les résultats restent lisibles.")
