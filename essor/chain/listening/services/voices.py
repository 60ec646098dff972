"""Giving a voice, correcting it, taking it back."""

import secrets
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from essor.chain.listening import notifications, personal_data
from essor.chain.listening.enums import AppealState, Channel, Moderation, VoiceState
from essor.chain.listening.lifecycle import VOICE_MOVES
from essor.chain.listening.models import Consultation, Contribution, ContributionVersion, Question, Speaker
from essor.chain.listening.policies import can_correct_voice, is_listening
from essor.chain.listening.services.receipts import key_for, receipt_digest, receipt_for
from essor.chain.listening.services.refusals import IllegalMove, NothingSaid, NotListening
from essor.common import clock
from essor.common.codes import digest, read_code
from essor.common.text import search_text, tidy
from essor.ground.ledger.services import record
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme

LONGEST = 5000
SHORTEST = 3


@dataclass(frozen=True)
class GivenVoice:
    """A voice and its receipt, which is shown to its author and kept nowhere."""

    contribution: Contribution
    receipt: str
    is_repeat: bool = False  # the same form had already arrived


@transaction.atomic
def speaker_for(
    *,
    territory: Territory,
    person: Person | None = None,
    guest_key: str | None = None,
    family: str = StakeholderFamily.CITIZEN,
    pseudonym: str = "",
) -> Speaker:
    """The distinct person behind an account, or else behind a guest's key; without both, somebody new.

    A pseudonym or family given now replaces the one known before.
    """
    known: dict[str, object] = {}
    if person is not None:
        known = {"person": person}
    elif guest_key:
        known = {"guest_digest": digest(guest_key, "guest")}
    fresh = {"family": family, "pseudonym": tidy(pseudonym)[:80], "created_at": clock.now()}
    if not known:
        return Speaker.objects.create(territory=territory, **fresh)
    speaker, is_new = Speaker.objects.get_or_create(territory=territory, defaults=fresh, **known)
    if not is_new:
        _present_as(speaker, family, str(fresh["pseudonym"]))
    return speaker


@transaction.atomic
def give_voice(
    *,
    territory: Territory,
    consultation: Consultation | None,
    speaker: Speaker,
    words: str,
    by: Person | None = None,
    question: Question | None = None,
    title: str = "",
    theme: Theme | None = None,
    commune_code: str = "",
    place_label: str = "",
    reply_to: Contribution | None = None,
    alignment: int = 0,
    language: str = "",
    once: str = "",
) -> GivenVoice:
    """Write down a voice given online and hand out its receipt.

    ``once`` is a secret of the form: sent again with the same words, it finds the voice already written.
    """
    words = _readable(words)
    once = once or secrets.token_urlsafe(16)
    key, receipt = key_for(once=once, words=words), receipt_for(once=once, words=words)
    known = _already(territory, key)
    if known is not None:
        return GivenVoice(known, receipt, is_repeat=True)
    _listens(consultation, speaker, question, reply_to)
    contribution = Contribution(
        territory=territory, consultation=consultation, question=question, speaker=speaker, theme=theme,
        title=tidy(title), words=words, language=language, commune_code=commune_code,
        place_label=place_label, reply_to=reply_to, alignment=alignment,
        source_key=key, receipt_digest=receipt_digest(code=receipt),
    )  # fmt: skip
    _set_first_state(contribution)
    known = _write_once(contribution)
    if known is not None:
        return GivenVoice(known, receipt, is_repeat=True)
    record(by=by or speaker.person, verb="voice.given", thing=contribution, territory=territory)
    if contribution.state == VoiceState.WAITING:
        notifications.voice_to_moderate(contribution)
    return GivenVoice(contribution, receipt)


@transaction.atomic
def correct_voice(
    *,
    contribution: Contribution,
    by: Person | None,
    words: str,
    title: str | None = None,
    why: str,
) -> Contribution:
    """Write a new wording beside the earlier ones. A hidden voice so corrected is looked at again."""
    lock(contribution=contribution)
    if not can_correct_voice(contribution):
        raise IllegalMove(_("Cette voix a été retirée ou effacée : on ne peut plus la corriger."))
    words = _readable(words)
    title = contribution.title if title is None else tidy(title)
    if (words, title) == (contribution.words, contribution.title):
        return contribution
    was_public = contribution.is_public
    if contribution.state == VoiceState.HIDDEN:  # what was hidden does not come back as an earlier wording
        contribution.versions.update(was_public=False)
    findings = personal_data.find(words)
    if _must_be_read(contribution, bool(findings)):
        move_voice(contribution=contribution, to=VoiceState.WAITING)
    contribution.personal_data = personal_data.as_rows(findings)
    reword(contribution=contribution, by=by, words=words, title=title, why=why, was_public=was_public)
    record(
        by=by,
        verb="voice.corrected",
        thing=contribution,
        territory=contribution.territory,
        data={"version": contribution.version},
    )
    if contribution.state == VoiceState.WAITING:
        notifications.voice_to_moderate(contribution)
    return contribution


@transaction.atomic
def withdraw_voice(*, contribution: Contribution, by: Person | None, why: str = "") -> Contribution:
    """The author takes their voice back: it is no longer read nor counted. Erasing goes further."""
    lock(contribution=contribution)
    move_voice(contribution=contribution, to=VoiceState.WITHDRAWN)
    contribution.save(update_fields=["state"])
    record(by=by, verb="voice.withdrawn", thing=contribution, territory=contribution.territory)
    return contribution


@transaction.atomic
def erase_voice(*, contribution: Contribution, by: Person | None, why: str = "") -> Contribution:
    """Scrub every word of it, in all its versions; the row and the facts stay, so that counts can be told."""
    lock(contribution=contribution)
    if contribution.state == VoiceState.ERASED:
        return contribution
    move_voice(contribution=contribution, to=VoiceState.ERASED)
    contribution.words = contribution.title = contribution.place_label = contribution.search = ""
    contribution.commune_code = ""
    contribution.personal_data = []
    contribution.save()
    contribution.versions.update(words="", title="", why="")
    contribution.appeals.update(words="", answer="")
    contribution.reports.update(comment="")
    contribution.decisions.update(explanation="")
    _forget_pseudonym(contribution.speaker)
    record(by=by, verb="voice.erased", thing=contribution, territory=contribution.territory)
    return contribution


def voice_by_receipt(*, territory: Territory, code: str) -> Contribution | None:
    """The voice whose receipt this is, in this territory. Lower case, spaces and look-alikes are forgiven."""
    if not read_code(code):
        return None
    return (
        Contribution.objects.in_territory(territory)
        .filter(receipt_digest=receipt_digest(code=code))
        .select_related("territory", "consultation", "question", "theme", "speaker__person", "gathering")
        .first()
    )


def lock(*, contribution: Contribution) -> None:
    """Read the voice again and hold it until the end of the transaction."""
    contribution.refresh_from_db(from_queryset=Contribution.objects.select_for_update(of=("self",)))


def move_voice(*, contribution: Contribution, to: VoiceState) -> None:
    """Change its state if the table of moves allows it; saving is left to the caller."""
    if to not in VOICE_MOVES[contribution.state]:
        raise IllegalMove(
            _("Une voix « %(now)s » ne peut pas devenir « %(then)s ». Actualisez la page.")
            % {"now": contribution.get_state_display(), "then": to.label}
        )
    contribution.state = to


def reword(
    *, contribution: Contribution, by: Person | None, words: str, title: str, why: str, was_public: bool
) -> None:
    """Store a wording as the next version (and the first one, the first time); saves the voice."""
    now = clock.now()
    if contribution.version == 1:
        ContributionVersion.objects.get_or_create(
            contribution=contribution,
            number=1,
            defaults={
                "title": contribution.title,
                "words": contribution.words,
                "by": contribution.speaker.person,
                "at": contribution.created_at,
                "was_public": was_public,
            },
        )
    elif was_public:
        contribution.versions.filter(number=contribution.version).update(was_public=True)
    contribution.version += 1
    contribution.words, contribution.title = words, title
    contribution.search = search_text(title, words)
    contribution.save()
    ContributionVersion.objects.create(
        contribution=contribution,
        number=contribution.version,
        title=title,
        words=words,
        why=tidy(why)[:200],
        by=by,
        at=now,
    )


def _present_as(speaker: Speaker, family: str, pseudonym: str) -> None:
    if (pseudonym and pseudonym != speaker.pseudonym) or family != speaker.family:
        speaker.pseudonym = pseudonym or speaker.pseudonym
        speaker.family = family
        speaker.save(update_fields=["pseudonym", "family"])


def _readable(words: str) -> str:
    words = tidy(words)
    if sum(letter.isalnum() for letter in words) < SHORTEST:
        raise NothingSaid(_("Écrivez au moins quelques mots : c’est votre voix qui compte."))
    if len(words) > LONGEST:
        raise NothingSaid(
            _("Votre texte fait %(length)s signes ; la limite est de %(limit)s. Coupez-le en deux voix.")
            % {"length": len(words), "limit": LONGEST}
        )
    return words


def _listens(
    consultation: Consultation | None,
    speaker: Speaker,
    question: Question | None,
    reply_to: Contribution | None,
) -> None:
    if consultation is not None and not is_listening(consultation):
        raise NotListening(
            _("Cette concertation ne reçoit pas de voix en ce moment. Gardez vos mots et voyez ses dates.")
        )
    if consultation is not None and speaker.person_id is None and not consultation.allow_guests:
        raise NotListening(_("Cette concertation demande un compte : connectez-vous pour donner votre voix."))
    if question is not None and question.is_retired:
        raise NotListening(_("Cette question n’est plus posée : choisissez-en une autre."))
    if reply_to is not None and not reply_to.is_public:
        raise NotListening(_("La voix à laquelle vous répondez n’est plus publiée."))


def _already(territory: Territory, key: str) -> Contribution | None:
    return Contribution.objects.in_territory(territory).filter(source_key=key).first()


def _set_first_state(contribution: Contribution) -> None:
    """Published at once, unless something looks like personal data or the consultation reads first."""
    contribution.channel = Channel.ONLINE
    contribution.family = contribution.speaker.family
    contribution.search = search_text(contribution.title, contribution.words)
    contribution.said_at = contribution.created_at = clock.now()
    findings = personal_data.find(contribution.words)
    waits = bool(findings) or _is_read_first(contribution)
    contribution.personal_data = personal_data.as_rows(findings)
    contribution.state = VoiceState.WAITING if waits else VoiceState.PUBLISHED


def _write_once(contribution: Contribution) -> Contribution | None:
    """Write the voice; or give back the same form's, written at the same instant by another process."""
    try:
        with transaction.atomic():
            contribution.save(force_insert=True)
    except IntegrityError:
        known = _already(contribution.territory, contribution.source_key or "")
        if known is None:
            raise
        return known
    return None


def _is_read_first(contribution: Contribution) -> bool:
    consultation = contribution.consultation
    return consultation is not None and consultation.moderation == Moderation.BEFORE


def _must_be_read(contribution: Contribution, found: bool) -> bool:
    if contribution.state == VoiceState.HIDDEN:  # unless somebody is about to answer a contestation
        return not contribution.appeals.filter(state=AppealState.OPEN).exists()
    return contribution.is_public and (found or _is_read_first(contribution))


def _forget_pseudonym(speaker: Speaker) -> None:
    if not speaker.voices.exclude(state=VoiceState.ERASED).exists():
        speaker.pseudonym = ""
        speaker.save(update_fields=["pseudonym"])
