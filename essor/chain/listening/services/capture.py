"""Writing down words at a meeting, on paper or in an interview, with the consent these need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from essor.chain.listening import personal_data
from essor.chain.listening.enums import Channel, ConsultationState, Moderation, VoiceState
from essor.chain.listening.models import Consent, Consultation, Contribution, Question, Speaker
from essor.chain.listening.services.refusals import Refused
from essor.common import clock
from essor.common.text import search_text, tidy
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.models import Gathering
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import Actor
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme

MAX_WORDS = 100_000
PSEUDONYM_LENGTH, TABLE_LENGTH = 80, 20


class CaptureRefused(Refused):
    """The words or the consent cannot be written down so; the message says what to do."""


@dataclass(frozen=True, slots=True)
class CapturedLine:
    """One verbatim as it was noted.

    ``same_speaker``: said by the person of the line before (the line of key ``after`` when it opens a
    series). ``key`` makes sending twice harmless; ``question`` replaces that of the whole series.
    """

    words: str
    family: str = StakeholderFamily.CITIZEN
    table: str = ""
    same_speaker: bool = False
    commune_code: str = ""
    theme: Theme | None = None
    key: str = ""
    after: str = ""
    question: Question | None = None


@transaction.atomic
def capture_voices(
    *,
    by: Person | None,
    territory: Territory,
    gathering: Gathering | None,
    consultation: Consultation | None,
    question: Question | None,
    channel: str,
    lines: Sequence[CapturedLine],
    speaker: Speaker | None = None,
) -> list[Contribution]:
    """Save each line as one voice, in order; lines whose key is already known are given back as they are.

    Each line is a new anonymous person unless it says otherwise; ``speaker`` is the one person of an
    interview, whose words are refused without a consent that holds. Raises CaptureRefused, and then
    nothing is saved.
    """
    _check_place(territory, gathering, consultation, question)
    consent = _consent_needed(gathering, speaker) if channel == Channel.INTERVIEW else None
    known = _known(territory, [each.key for each in lines if each.key])
    new = [each for each in lines if each.key not in known]
    _check_lines(territory, new)
    speakers = _speakers(territory, lines, known, speaker)
    now = clock.now()
    said_at = min(now, gathering.ends_at) if gathering else now
    made: dict[int, Contribution] = {}
    for place, line in enumerate(lines):
        if line.key in known:
            continue
        voice = Contribution(
            territory=territory, consultation=consultation, question=line.question or question,
            gathering=gathering, speaker=speakers[place], theme=line.theme, channel=channel,
            family=line.family, table=line.table.strip()[:TABLE_LENGTH], words=tidy(line.words),
            commune_code=line.commune_code, said_at=said_at, created_at=now, source_key=line.key or None,
        )  # fmt: skip
        _settle(voice, consent)
        made[place] = voice
    Contribution.objects.bulk_create(made.values(), batch_size=200)
    if made:
        _record_capture(by, territory, gathering, consultation, channel, len(made))
    return [made.get(place) or known[line.key] for place, line in enumerate(lines)]


@transaction.atomic
def record_consent(
    *,
    by: Person | None,
    gathering: Gathering,
    purpose: str,
    may_quote: bool,
    until_on: date,
    pseudonym: str,
    family: str = StakeholderFamily.CITIZEN,
    given: str = "",
    speaker: Speaker | None = None,
) -> Consent:
    """Write down what somebody interviewed agrees to; makes the speaker, known by a pseudonym only.

    A second consent at the same interview replaces the first (one person an interview).
    """
    if gathering.kind != GatheringKind.INTERVIEW:
        raise CaptureRefused(_("Un consentement s’enregistre pour un entretien, non pour une réunion."))
    if not purpose.strip():
        raise CaptureRefused(_("Dites à quoi serviront les mots recueillis."))
    if until_on < clock.today():
        raise CaptureRefused(_("La date de fin du consentement est passée : choisissez une date à venir."))
    now = clock.now()
    if speaker is None:
        earlier = Consent.objects.filter(gathering=gathering).select_related("speaker").first()
        speaker = earlier.speaker if earlier else Speaker(territory=gathering.territory, created_at=now)
    speaker.pseudonym, speaker.family = tidy(pseudonym)[:PSEUDONYM_LENGTH], family
    speaker.save()
    consent, _made = Consent.objects.update_or_create(
        speaker=speaker,
        gathering=gathering,
        defaults={
            "purpose": tidy(purpose)[:240], "may_quote": may_quote, "until_on": until_on, "given": given,
            "recorded_by": by, "recorded_at": now, "withdrawn_at": None,
        },
    )  # fmt: skip
    _follow(consent)
    ledger.record(
        by=by, verb="consent.recorded", thing=gathering, territory=gathering.territory, actor=Actor.MACHINE,
        data={"may_quote": may_quote, "until_on": until_on.isoformat(), "given": given},
    )  # fmt: skip
    return consent


@transaction.atomic
def withdraw_consent(*, by: Person | None, consent: Consent, because: str = "asked") -> list[Contribution]:
    """End a consent: every living voice said under it leaves publication and counting. Returns these voices.

    ``because`` is ``asked`` or ``expired``. Doing it twice changes nothing. Needs that rest on these voices
    are the affair of ``journeys.withdraw_consent``.
    """
    consent = Consent.objects.select_for_update().select_related("gathering__territory").get(pk=consent.pk)
    if consent.withdrawn_at is not None:
        return []
    consent.withdrawn_at = clock.now()
    consent.save(update_fields=["withdrawn_at"])
    voices = list(
        Contribution.objects.filter(speaker=consent.speaker_id, gathering=consent.gathering_id).exclude(
            state__in=[VoiceState.WITHDRAWN, VoiceState.ERASED]
        )
    )
    Contribution.objects.filter(pk__in=[each.pk for each in voices]).update(state=VoiceState.WITHDRAWN)
    for each in voices:
        each.state = VoiceState.WITHDRAWN
    ledger.record(
        by=by, verb="consent.withdrawn", thing=consent.gathering, territory=consent.gathering.territory,
        actor=Actor.MACHINE, data={"voices": len(voices), "because": because},
    )  # fmt: skip
    return voices


@transaction.atomic
def withdraw_captured(
    *, by: Person, territory: Territory, voices: QuerySet[Contribution]
) -> list[Contribution]:
    """Take back words noted together. Returns those that were still living."""
    living = list(
        voices.filter(territory=territory).exclude(state__in=[VoiceState.WITHDRAWN, VoiceState.ERASED])
    )
    Contribution.objects.filter(pk__in=[each.pk for each in living]).update(state=VoiceState.WITHDRAWN)
    for each in living:
        each.state = VoiceState.WITHDRAWN
    if living:
        ledger.record(
            by=by, verb="voices.capture_undone", territory=territory, data={"voices": len(living)},
            thing=living[0].gathering or living[0].consultation or territory,
        )  # fmt: skip
    return living


def _check_place(
    territory: Territory,
    gathering: Gathering | None,
    consultation: Consultation | None,
    question: Question | None,
) -> None:
    if gathering is not None and gathering.territory_id != territory.pk:
        raise CaptureRefused(_("Cette rencontre n’est pas de ce territoire."))
    if consultation is not None:
        if consultation.territory_id != territory.pk:
            raise CaptureRefused(_("Cette concertation n’est pas de ce territoire."))
        if consultation.state == ConsultationState.ARCHIVED:
            raise CaptureRefused(
                _("Cette concertation est archivée : rouvrez-la pour y ajouter des paroles.")
            )
    if question is not None and (consultation is None or question.consultation_id != consultation.pk):
        raise CaptureRefused(_("Cette question n’est pas de la concertation choisie."))


def _check_lines(territory: Territory, lines: Sequence[CapturedLine]) -> None:
    codes = {each.commune_code for each in lines if each.commune_code}
    unknown = codes - set(territory.communes.filter(code__in=codes).values_list("code", flat=True))
    for number, line in enumerate(lines, start=1):
        if not line.words.strip():
            raise CaptureRefused(
                _("La ligne %(number)d est vide : écrivez-la ou retirez-la.") % {"number": number}
            )
        if len(line.words) > MAX_WORDS:
            raise CaptureRefused(
                _("La ligne %(number)d dépasse %(limit)d caractères : coupez-la en plusieurs.")
                % {"number": number, "limit": MAX_WORDS}
            )
        if line.family not in StakeholderFamily.values:
            raise CaptureRefused(
                _("« %(family)s » n’est pas une famille d’acteurs : choisissez-en une dans la liste.")
                % {"family": line.family}
            )
        if line.commune_code in unknown:
            raise CaptureRefused(_("La commune choisie n’est pas du territoire."))


def _consent_needed(gathering: Gathering | None, speaker: Speaker | None) -> Consent:
    consent = (
        Consent.objects.filter(gathering=gathering, speaker=speaker).first()
        if gathering is not None and speaker is not None
        else None
    )
    if consent is None or not consent.holds:
        raise CaptureRefused(
            _("Enregistrez d’abord le consentement de la personne : sans lui, aucun mot n’est gardé.")
        )
    return consent


def _follow(consent: Consent) -> None:
    """Words kept under an earlier consent follow the new one: no longer shown, or shown after a look."""
    voices = Contribution.objects.filter(speaker=consent.speaker_id, gathering=consent.gathering_id)
    if consent.may_quote:
        voices.filter(state=VoiceState.PRIVATE).update(state=VoiceState.WAITING)
    else:
        voices.filter(state__in=[VoiceState.PUBLISHED, VoiceState.WAITING]).update(state=VoiceState.PRIVATE)


def _known(territory: Territory, keys: Sequence[str]) -> dict[str, Contribution]:
    return {
        each.source_key: each
        for each in Contribution.objects.in_territory(territory).filter(source_key__in=keys)
        if each.source_key
    }


def _speakers(
    territory: Territory,
    lines: Sequence[CapturedLine],
    known: dict[str, Contribution],
    speaker: Speaker | None,
) -> list[Speaker]:
    """Who says each line: the person interviewed, the person of the line before, or somebody new."""
    if speaker is not None:
        return [speaker] * len(lines)
    now = clock.now()
    new: list[Speaker] = []
    found: list[Speaker] = []
    for line in lines:
        if line.key in known:
            found.append(known[line.key].speaker)
            continue
        before = (found[-1] if found else _speaker_after(territory, line)) if line.same_speaker else None
        if before is None:
            before = Speaker(territory=territory, family=line.family, created_at=now)
            new.append(before)
        found.append(before)
    Speaker.objects.bulk_create(new, batch_size=200)
    return found


def _speaker_after(territory: Territory, line: CapturedLine) -> Speaker | None:
    if not line.after:
        return None
    voice = (
        Contribution.objects.in_territory(territory)
        .filter(source_key=line.after)
        .select_related("speaker")
        .first()
    )
    return voice.speaker if voice else None


def _settle(voice: Contribution, consent: Consent | None) -> None:
    """The state of a new voice: consent first, then personal data, then the rule of the consultation."""
    voice.search = search_text(voice.words)
    voice.personal_data = personal_data.as_rows(personal_data.find(voice.words))
    read_first = voice.consultation is not None and voice.consultation.moderation == Moderation.BEFORE
    if consent is not None and not consent.may_quote:
        voice.state = VoiceState.PRIVATE
    elif voice.personal_data or read_first:
        voice.state = VoiceState.WAITING
    else:
        voice.state = VoiceState.PUBLISHED


def _record_capture(
    by: Person | None,
    territory: Territory,
    gathering: Gathering | None,
    consultation: Consultation | None,
    channel: str,
    count: int,
) -> None:
    ledger.record(
        by=by, verb="voices.captured", thing=gathering or consultation or territory, territory=territory,
        actor=Actor.MACHINE, data={"channel": str(channel), "voices": count},
    )  # fmt: skip
