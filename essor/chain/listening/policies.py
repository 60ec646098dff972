"""Rights over consultations and voices. Each docstring is the rule in plain words."""

from essor.chain.listening.enums import AppealState, ModerationAct, PhaseKind, VoiceState
from essor.chain.listening.models import Appeal, Consultation, Contribution, ModerationDecision, Speaker
from essor.common import clock
from essor.common.codes import digest
from essor.ground.people.enums import Role
from essor.ground.people.models import Membership, Person
from essor.ground.people.policies import Visitor, can_facilitate, can_moderate

READABLE = (VoiceState.WAITING, VoiceState.PUBLISHED, VoiceState.PRIVATE, VoiceState.HIDDEN)


def is_listening(consultation: Consultation) -> bool:
    """A consultation listens while it is open and, if it has phases, while one to give one's voice runs."""
    if not consultation.is_open:
        return False
    now = clock.now()
    phases = list(consultation.phases.all())  # few, and often prefetched
    return not phases or any(
        each.kind == PhaseKind.LISTEN and each.starts_at <= now < each.ends_at for each in phases
    )


def can_see_consultation(person: Visitor, consultation: Consultation) -> bool:
    """Anybody sees a consultation, except a draft: only facilitators of the territory see it."""
    return consultation.state != "draft" or can_facilitate(person, consultation.territory)


def can_give_voice(person: Visitor, consultation: Consultation) -> bool:
    """Anybody, while the consultation listens; without an account only if it welcomes guests."""
    return is_listening(consultation) and (consultation.allow_guests or isinstance(person, Person))


def can_read_voice(person: Visitor, contribution: Contribution) -> bool:
    """Anybody reads a published voice; moderators of the territory read the others, but not erased ones."""
    if contribution.is_public:
        return True
    return contribution.state in READABLE and can_moderate(person, contribution.territory)


def is_speaker(person: Visitor, guest_key: str, speaker: Speaker) -> bool:
    """A voice is theirs who gave it: from their account, or from the device it was given with."""
    if isinstance(person, Person) and speaker.person_id == person.pk:
        return True
    return bool(guest_key) and speaker.guest_digest == digest(guest_key, "guest")


def can_correct_voice(contribution: Contribution) -> bool:
    """The author may correct a voice that is waiting, published or hidden, not one withdrawn or erased."""
    return contribution.state in READABLE


def can_appeal(contribution: Contribution) -> bool:
    """The author of a hidden voice may contest each hiding once."""
    if contribution.state != VoiceState.HIDDEN:
        return False
    appeals = contribution.appeals.all()
    hidden = _last_hiding(contribution)
    return not any(
        each.state == AppealState.OPEN or hidden is None or each.at >= hidden.at for each in appeals
    )


def can_answer_appeal(person: Visitor, appeal: Appeal) -> bool:
    """A moderator who neither hid the voice nor gave it; one of these only if the territory has no other."""
    contribution = appeal.contribution
    if not isinstance(person, Person) or not can_moderate(person, contribution.territory):
        return False
    hidden = _last_hiding(contribution)
    is_judge_and_party = contribution.speaker.person_id == person.pk
    if not is_judge_and_party and (hidden is None or hidden.by_id != person.pk):
        return True
    return not _is_other_moderator(person, contribution)


def can_let_be_read(person: Person, contribution: Contribution) -> bool:
    """A moderator publishes, keeps or restores the voices of others; their own if nobody else moderates."""
    return contribution.speaker.person_id != person.pk or not _is_other_moderator(person, contribution)


def _is_other_moderator(person: Person, contribution: Contribution) -> bool:
    others = Membership.objects.in_territory(contribution.territory).current().exclude(person=person)
    return others.filter(
        role__in=(Role.MODERATOR, Role.FACILITATOR, Role.ADMINISTRATOR), person__is_active=True
    ).exists()


def _last_hiding(contribution: Contribution) -> ModerationDecision | None:
    hidings = [each for each in contribution.decisions.all() if each.act == ModerationAct.HIDE]
    return max(hidings, key=lambda each: (each.at, each.pk), default=None)
