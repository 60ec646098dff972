"""Challenges: launched by inhabitants, opened by a first circle, led through three phases, concluded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.challenges.enums import ChallengeState, Ending, PhaseKind
from essor.chain.challenges.lifecycle import CHALLENGE_MOVES
from essor.chain.challenges.models import Challenge, ChallengePhase, Supporter
from essor.chain.challenges.notifications import tell_ended, tell_hidden, tell_opened, tell_waiting
from essor.chain.challenges.policies import can_support_challenge
from essor.chain.challenges.services.lacks import (
    lacks_of,
    lacks_of_phases,
    phases_of,
    refuse_what_lacks,
)
from essor.chain.challenges.services.refusals import ChallengeRefused
from essor.chain.challenges.services.rules import rules_of
from essor.chain.listening.models import Speaker
from essor.chain.needs.models import Need
from essor.common import clock
from essor.common.slugs import free_slug
from essor.common.text import search_text, tidy
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import Actor
from essor.ground.people.models import Person
from essor.ground.people.policies import can_moderate
from essor.ground.territories.models import Territory, Theme


@dataclass(frozen=True)
class PhaseWords:
    """What a phase aims at, and when."""

    aim: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def draft_challenge(
    *,
    by: Person,
    territory: Territory,
    title: str,
    summary: str,
    need: Need | None = None,
    theme: Theme | None = None,
    phases: Mapping[str, PhaseWords] | None = None,
) -> Challenge:
    """Begin a challenge, from a need or from an idea. Only its launcher and facilitators see it."""
    now = clock.now()
    challenge = Challenge(territory=territory, launched_by=by, created_at=now, changed_at=now)
    _write(challenge, title, summary, need, theme)
    challenge.slug = free_slug(challenge.title, Challenge.objects.in_territory(territory))
    challenge.circle_size = rules_of(territory=territory).circle_size
    challenge.save()
    ChallengePhase.objects.bulk_create(ChallengePhase(challenge=challenge, kind=kind) for kind in PhaseKind)
    _write_phases(challenge, phases or {})
    ledger.record(
        by=by,
        verb="challenge.drafted",
        thing=challenge,
        territory=territory,
        data={"need": need.pk if need else None},
    )
    return challenge


@transaction.atomic
def change_challenge(
    *,
    by: Person,
    challenge: Challenge,
    title: str,
    summary: str,
    need: Need | None,
    theme: Theme | None,
    phases: Mapping[str, PhaseWords],
) -> Challenge:
    """Reword a challenge, its phases included. Its address stays.

    Where challenges are read first, new words of a public one are too: it waits, and keeps its circle.
    """
    challenge = locked(challenge=challenge)
    before = _words_of(challenge)
    _write(challenge, title, summary, need, theme)
    challenge.changed_at = clock.now()
    challenge.save()
    _write_phases(challenge, phases)
    if challenge.is_public:
        refuse_what_lacks(lacks=lacks_of_phases(phases=phases_of(challenge=challenge)))
    ledger.record(by=by, verb="challenge.changed", thing=challenge, territory=challenge.territory)
    must_read = challenge.is_public and _words_of(challenge) != before and _is_read_first(by, challenge)
    return _wait(by, challenge) if must_read else challenge


@transaction.atomic
def publish_challenge(
    *, by: Person, challenge: Challenge, speaker: Speaker, read_first: bool = True
) -> Challenge:
    """Launch it: it looks for its first circle, its launcher being the first; or waits to be read.

    ``read_first=False`` says that ``by`` has read it: only moderators are believed.
    """
    challenge = locked(challenge=challenge)
    if challenge.state == ChallengeState.WAITING:
        return _read(by, challenge, speaker)
    refuse_what_lacks(lacks=lacks_of(challenge=challenge))
    challenge.circle_size = rules_of(territory=challenge.territory).circle_size
    if challenge.state == ChallengeState.DRAFT and _is_read_first(by, challenge, read_first):
        return _wait(by, challenge)
    _move(challenge, ChallengeState.GATHERING)
    return _launched(by, challenge, speaker)


@transaction.atomic
def support_challenge(*, challenge: Challenge, speaker: Speaker) -> bool:
    """Join the circle, with an account or without. The challenge opens by itself when the circle is full."""
    challenge = locked(challenge=challenge)
    if not can_support_challenge(speaker, challenge):
        raise ChallengeRefused(_("Ce défi ne cherche plus de soutien."))
    _row, is_new = Supporter.objects.get_or_create(
        challenge=challenge, speaker=speaker, defaults={"at": clock.now()}
    )
    if not is_new:
        return False
    _count(challenge)
    ledger.record(
        by=speaker.person, verb="challenge.supported", thing=challenge, territory=challenge.territory
    )
    if challenge.state == ChallengeState.GATHERING and challenge.supporters_count >= challenge.circle_size:
        _open(challenge)
    return True


@transaction.atomic
def take_back_support(*, challenge: Challenge, speaker: Speaker) -> bool:
    """Leave the circle. A challenge that opened stays open."""
    challenge = locked(challenge=challenge)
    gone, _by_model = Supporter.objects.filter(challenge=challenge, speaker=speaker).delete()
    if gone:
        _count(challenge)
        ledger.record(
            by=speaker.person,
            verb="challenge.support_taken_back",
            thing=challenge,
            territory=challenge.territory,
        )
    return bool(gone)


@transaction.atomic
def end_challenge(*, by: Person, challenge: Challenge, ending: str, why: str = "") -> Challenge:
    """Conclude it; without a project, it says why to everybody. Ending in projects: see the journey."""
    challenge = locked(challenge=challenge)
    why = tidy(why)[:2000]
    if ending not in Ending.values:
        raise ChallengeRefused(_("Choisissez comment le défi se termine."))
    if ending != Ending.PROJECTS and not why:
        raise ChallengeRefused(_("Dites ce qu’il en est resté, et pourquoi : tout le monde le lira."))
    if ending == Ending.NO_CIRCLE and challenge.state != ChallengeState.GATHERING:
        raise ChallengeRefused(_("Le premier cercle de ce défi s’est formé : choisissez une autre fin."))
    challenge.ending, challenge.ended_because, challenge.ended_at = Ending(ending), why, clock.now()
    _move(challenge, ChallengeState.ENDED)
    ledger.record(
        by=by,
        verb="challenge.ended",
        thing=challenge,
        territory=challenge.territory,
        data={"ending": ending},
    )
    tell_ended(challenge, by)
    return challenge


@transaction.atomic
def reopen_challenge(*, by: Person, challenge: Challenge) -> Challenge:
    """Take a challenge that ended up again; one whose circle never formed looks for it again."""
    challenge = locked(challenge=challenge)
    if challenge.state != ChallengeState.ENDED:
        raise ChallengeRefused(_("Ce défi n’est pas terminé."))
    challenge.ending, challenge.ended_because, challenge.ended_at = "", "", None
    _move(challenge, _standing(challenge))
    ledger.record(by=by, verb="challenge.reopened", thing=challenge, territory=challenge.territory)
    return challenge


@transaction.atomic
def hide_challenge(*, by: Person, challenge: Challenge, why: str) -> Challenge:
    """Moderators take it off the public pages; who launched it is told why."""
    challenge = locked(challenge=challenge)
    if not (why := tidy(why)[:240]):
        raise ChallengeRefused(_("Dites pourquoi ce défi est masqué : la personne qui l’a lancé le lira."))
    challenge.hidden_because, challenge.hidden_from = why, challenge.state
    _move(challenge, ChallengeState.HIDDEN)
    ledger.record(by=by, verb="challenge.hidden", thing=challenge, territory=challenge.territory)
    tell_hidden(challenge, why)
    return challenge


@transaction.atomic
def restore_challenge(*, by: Person, challenge: Challenge) -> Challenge:
    """A moderator puts it back where it stood: one that waited to be read waits again."""
    challenge = locked(challenge=challenge)
    if not can_moderate(by, challenge.territory):
        raise ChallengeRefused(_stays_hidden())
    if challenge.state != ChallengeState.HIDDEN:
        raise ChallengeRefused(_("Ce défi n’est pas masqué."))
    before = ChallengeState(challenge.hidden_from or _standing(challenge))
    challenge.hidden_because, challenge.hidden_from = "", ""
    _put(challenge, before)
    ledger.record(by=by, verb="challenge.restored", thing=challenge, territory=challenge.territory)
    return challenge


@transaction.atomic
def withdraw_challenge(*, by: Person, challenge: Challenge) -> Challenge:
    """Who launched it takes it back, for good."""
    challenge = locked(challenge=challenge)
    _move(challenge, ChallengeState.WITHDRAWN)
    ledger.record(by=by, verb="challenge.withdrawn", thing=challenge, territory=challenge.territory)
    return challenge


def locked(*, challenge: Challenge) -> Challenge:
    """The challenge as it stands now, kept for this transaction."""
    rows = Challenge.objects.select_for_update(of=("self",)).select_related(
        "territory", "launched_by", "need"
    )
    return rows.get(pk=challenge.pk)


def _open(challenge: Challenge) -> None:
    challenge.opened_at = clock.now()
    _move(challenge, ChallengeState.OPEN)
    ledger.record(
        by=None,
        actor=Actor.MACHINE,
        verb="challenge.opened",
        thing=challenge,
        territory=challenge.territory,
        data={"supporters": challenge.supporters_count},
    )
    tell_opened(challenge)


def _count(challenge: Challenge) -> None:
    challenge.supporters_count = Supporter.objects.filter(challenge=challenge).count()
    challenge.save(update_fields=["supporters_count"])


def _is_read_first(by: Person, challenge: Challenge, asked: bool = False) -> bool:
    """Whether somebody reads these words before they are shown. Those who moderate have read their own."""
    rules = rules_of(territory=challenge.territory)
    return rules.read_before and (asked or not can_moderate(by, challenge.territory))


def _wait(by: Person, challenge: Challenge) -> Challenge:
    _move(challenge, ChallengeState.WAITING)
    ledger.record(by=by, verb="challenge.submitted", thing=challenge, territory=challenge.territory)
    tell_waiting(challenge)
    return challenge


def _read(by: Person, challenge: Challenge, speaker: Speaker) -> Challenge:
    """A moderator has read it: it goes to its first circle, or back where it stood if it was public."""
    if not can_moderate(by, challenge.territory):
        raise ChallengeRefused(_("Ce défi attend d’être relu : la modération le publiera."))
    is_new = challenge.published_at is None
    phases = phases_of(challenge=challenge)
    refuse_what_lacks(lacks=lacks_of(challenge=challenge) if is_new else lacks_of_phases(phases=phases))
    _put(challenge, ChallengeState.GATHERING if is_new else _standing(challenge))
    return _launched(by, challenge, speaker)


def _launched(by: Person, challenge: Challenge, speaker: Speaker) -> Challenge:
    is_new, challenge.published_at = challenge.published_at is None, challenge.published_at or clock.now()
    challenge.save()
    ledger.record(by=by, verb="challenge.published", thing=challenge, territory=challenge.territory)
    if is_new:
        support_challenge(challenge=challenge, speaker=speaker)
    challenge.refresh_from_db()
    return challenge


def _standing(challenge: Challenge) -> ChallengeState:
    """Where a challenge stands, from what happened to it."""
    if challenge.published_at is None:
        return ChallengeState.WAITING
    if challenge.ending:
        return ChallengeState.ENDED
    return ChallengeState.OPEN if challenge.opened_at else ChallengeState.GATHERING


def _words_of(challenge: Challenge) -> list[str]:
    """All that anybody reads of it."""
    aims = ChallengePhase.objects.filter(challenge=challenge).order_by("kind").values_list("aim", flat=True)
    return [challenge.title, challenge.summary, *aims]


def _stays_hidden() -> str:
    return _("Ce défi est masqué par la modération : elle seule peut le rétablir. Écrivez-lui.")


def _move(challenge: Challenge, state: ChallengeState) -> None:
    if challenge.state == ChallengeState.HIDDEN:
        raise ChallengeRefused(_stays_hidden())
    if state not in CHALLENGE_MOVES[challenge.state]:
        raise ChallengeRefused(
            _("Un défi « %(before)s » ne peut pas devenir « %(after)s ».")
            % {"before": challenge.get_state_display(), "after": state.label}
        )
    _put(challenge, state)


def _put(challenge: Challenge, state: ChallengeState) -> None:
    challenge.state, challenge.changed_at = state, clock.now()
    challenge.save()


def _write(challenge: Challenge, title: str, summary: str, need: Need | None, theme: Theme | None) -> None:
    challenge.title = " ".join(title.split())[:120]
    challenge.summary = tidy(summary)[:2000]
    if len(challenge.title) < 5:
        raise ChallengeRefused(_("Donnez un titre au défi : quelques mots qui donnent envie."))
    if not challenge.summary:
        raise ChallengeRefused(_("Dites de quoi il s’agit, en quelques phrases."))
    if need is not None and (need.territory_id != challenge.territory_id or not need.is_public):
        raise ChallengeRefused(_("Ce besoin n’est pas publié dans ce territoire : choisissez-en un d’ici."))
    if theme is not None and theme.territory_id != challenge.territory_id:
        raise ChallengeRefused(_("Ce thème appartient à un autre territoire : choisissez un thème d’ici."))
    challenge.need, challenge.theme = need, theme or (need.theme if need else None)
    challenge.search = search_text(challenge.title, challenge.summary)


def _write_phases(challenge: Challenge, phases: Mapping[str, PhaseWords]) -> None:
    known = {phase.kind: phase for phase in challenge.phases.all()}
    for kind, words in phases.items():
        phase = known[PhaseKind(kind)]
        if words.starts_on and words.ends_on and words.ends_on < words.starts_on:
            raise ChallengeRefused(
                _("La phase « %(phase)s » finit avant de commencer : échangez ses dates.")
                % {"phase": phase.get_kind_display()}
            )
        phase.aim, phase.starts_on, phase.ends_on = tidy(words.aim)[:1000], words.starts_on, words.ends_on
        phase.save()
