"""The life of a consultation: draft, phases, questions, opening, closing, archives."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from essor.chain.listening import notifications
from essor.chain.listening.enums import ConsultationState, Moderation
from essor.chain.listening.lifecycle import CONSULTATION_MOVES
from essor.chain.listening.models import Consultation, Phase, Question
from essor.chain.listening.services.refusals import IllegalMove, NotReady
from essor.common import clock
from essor.ground.ledger.services import record
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

CHANGEABLE = ("title", "summary", "description", "engagement", "moderation", "allow_guests")


@transaction.atomic
def draft_consultation(
    *,
    by: Person,
    territory: Territory,
    title: str,
    summary: str,
    description: str = "",
    engagement: str = "",
    moderation: str = Moderation.AFTER,
    allow_guests: bool = True,
) -> Consultation:
    """Prepare a consultation that nobody else sees yet."""
    consultation = Consultation.objects.create(
        territory=territory,
        title=title,
        slug=_free_slug(territory, title),
        summary=summary,
        description=description,
        engagement=engagement,
        moderation=moderation,
        allow_guests=allow_guests,
        created_by=by,
        created_at=clock.now(),
    )
    record(by=by, verb="consultation.drafted", thing=consultation, territory=territory)
    return consultation


@transaction.atomic
def change_consultation(*, by: Person, consultation: Consultation, **fields: Any) -> Consultation:
    """Change its words or rules; its address stays, so that links keep working."""
    changed = [name for name in CHANGEABLE if name in fields and getattr(consultation, name) != fields[name]]
    if not changed:
        return consultation
    for name in changed:
        setattr(consultation, name, fields[name])
    consultation.save(update_fields=changed)
    _changed(by, consultation, what=changed)
    return consultation


@transaction.atomic
def open_consultation(*, by: Person, consultation: Consultation) -> Consultation:
    """Let people see it and give their voices."""
    _lock(consultation)
    if not consultation.questions.filter(is_retired=False).exists():
        raise NotReady(_("Posez au moins une question avant d’ouvrir la concertation."))
    first = consultation.state == ConsultationState.DRAFT
    if consultation.state == ConsultationState.ARCHIVED:
        raise IllegalMove(_("Cette concertation est archivée. Sortez-la d’abord des archives."))
    _move(consultation, ConsultationState.OPEN)
    if first:
        consultation.opened_at = clock.now()
    consultation.closed_at = None
    consultation.save(update_fields=["state", "opened_at", "closed_at"])
    verb = "consultation.opened" if first else "consultation.reopened"
    record(by=by, verb=verb, thing=consultation, territory=consultation.territory)
    if first:
        notifications.consultation_opened(consultation, by)
    return consultation


@transaction.atomic
def close_consultation(*, by: Person, consultation: Consultation) -> Consultation:
    """Take no more voices; those given stay readable. Also brings it back from the archives."""
    _lock(consultation)
    was_open = consultation.is_open
    _move(consultation, ConsultationState.CLOSED)
    consultation.closed_at = consultation.closed_at or clock.now()
    consultation.save(update_fields=["state", "closed_at"])
    record(
        by=by,
        verb="consultation.closed" if was_open else "consultation.changed",
        thing=consultation,
        territory=consultation.territory,
        data={} if was_open else {"what": ["state"]},
    )
    return consultation


@transaction.atomic
def archive_consultation(*, by: Person, consultation: Consultation) -> Consultation:
    """Put a closed consultation away: out of the lists, still readable at its address."""
    _lock(consultation)
    _move(consultation, ConsultationState.ARCHIVED)
    consultation.save(update_fields=["state"])
    record(by=by, verb="consultation.archived", thing=consultation, territory=consultation.territory)
    return consultation


@transaction.atomic
def add_phase(
    *,
    by: Person,
    consultation: Consultation,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    description: str = "",
) -> Phase:
    """Add a dated phase. Phases may overlap; ``phases_that_overlap`` tells which do."""
    _ends_after(starts_at, ends_at)
    phase = Phase.objects.create(
        consultation=consultation,
        kind=kind,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        description=description,
    )
    _changed(by, consultation, what=["phase_added"])
    return phase


@transaction.atomic
def change_phase(*, by: Person, phase: Phase, **fields: Any) -> Phase:
    """Change a phase's kind, words or dates."""
    for name in ("kind", "title", "starts_at", "ends_at", "description"):
        if name in fields:
            setattr(phase, name, fields[name])
    _ends_after(phase.starts_at, phase.ends_at)
    phase.save()
    _changed(by, phase.consultation, what=["phase_changed"])
    return phase


@transaction.atomic
def remove_phase(*, by: Person, phase: Phase) -> None:
    """Take a phase away."""
    consultation = phase.consultation
    phase.delete()
    _changed(by, consultation, what=["phase_removed"])


@transaction.atomic
def add_question(*, by: Person, consultation: Consultation, text: str, help_text: str = "") -> Question:
    """Put one more open question, after the others."""
    last = consultation.questions.order_by("position").last()
    question = Question.objects.create(
        consultation=consultation,
        text=text,
        help_text=help_text,
        position=last.position + 1 if last else 0,
    )
    _changed(by, consultation, what=["question_added"])
    return question


@transaction.atomic
def change_question(*, by: Person, question: Question, text: str, help_text: str = "") -> Question:
    """Reword a question; once voices have answered it, only ``help_text`` may change."""
    if question.text != text and question.consultation.voices.filter(question=question).exists():
        raise NotReady(
            _(
                "Des voix ont déjà répondu à cette question : la changer changerait leur sens. "
                "Retirez-la et posez-en une autre."
            )
        )
    question.text, question.help_text = text, help_text
    question.save(update_fields=["text", "help_text"])
    _changed(by, question.consultation, what=["question_changed"])
    return question


@transaction.atomic
def move_question(*, by: Person, question: Question, up: bool) -> None:
    """Swap a question with the one before or after it."""
    rows = list(question.consultation.questions.order_by("position", "id"))
    here = rows.index(question)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, each in enumerate(rows):
        each.position = position
    Question.objects.bulk_update(rows, ["position"])
    _changed(by, question.consultation, what=["questions_ordered"])


@transaction.atomic
def retire_question(*, by: Person, question: Question, retired: bool = True) -> None:
    """Stop (or start again) asking a question; the voices that answered it stay."""
    consultation = question.consultation
    others = consultation.questions.filter(is_retired=False).exclude(pk=question.pk)
    if retired and consultation.is_open and not others.exists():
        raise NotReady(_("Une concertation ouverte garde au moins une question : ajoutez-en une d’abord."))
    question.is_retired = retired
    question.save(update_fields=["is_retired"])
    _changed(by, consultation, what=["question_retired" if retired else "question_restored"])


def _ends_after(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise NotReady(_("La fin doit venir après le début : corrigez l’une des deux dates."))


def _changed(by: Person, consultation: Consultation, what: list[str]) -> None:
    record(
        by=by,
        verb="consultation.changed",
        thing=consultation,
        territory=consultation.territory,
        data={"what": what},
    )


def _lock(consultation: Consultation) -> None:
    consultation.refresh_from_db(from_queryset=Consultation.objects.select_for_update())


def _move(consultation: Consultation, to: ConsultationState) -> None:
    if to not in CONSULTATION_MOVES[consultation.state]:
        raise IllegalMove(
            _("Une concertation « %(now)s » ne peut pas devenir « %(then)s ». Actualisez la page.")
            % {"now": consultation.get_state_display(), "then": to.label}
        )
    consultation.state = to


def _free_slug(territory: Territory, title: str) -> str:
    start = slugify(title)[:70].strip("-") or "concertation"
    taken = set(
        Consultation.objects.in_territory(territory)
        .filter(slug__startswith=start)
        .values_list("slug", flat=True)
    )
    if start not in taken:
        return start
    return next(slug for slug in (f"{start}-{n}" for n in range(2, len(taken) + 3)) if slug not in taken)
