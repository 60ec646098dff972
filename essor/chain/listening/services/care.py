"""Caring for voices: reports, decisions of moderators, and their contestation."""

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.listening import notifications, personal_data
from essor.chain.listening.enums import AppealState, HideReason, ModerationAct, VoiceState
from essor.chain.listening.models import Appeal, Contribution, ModerationDecision, Report
from essor.chain.listening.policies import can_answer_appeal, can_appeal, can_let_be_read
from essor.chain.listening.services.refusals import IllegalMove, NothingSaid, NotYours
from essor.chain.listening.services.voices import lock, move_voice, reword
from essor.common import clock
from essor.common.text import tidy
from essor.ground.ledger.services import record
from essor.ground.people.models import Person


@transaction.atomic
def report_voice(
    *,
    contribution: Contribution,
    reason: str,
    comment: str = "",
    by: Person | None = None,
    reporter_digest: str,
) -> Report:
    """Somebody thinks a published voice breaks the charter. A second one changes nothing."""
    lock(contribution=contribution)
    if not contribution.is_public:
        raise IllegalMove(_("Cette voix n’est plus publiée : il n’y a plus rien à signaler."))
    report, is_new = Report.objects.get_or_create(
        contribution=contribution,
        reporter_digest=reporter_digest,
        defaults={
            "reason": HideReason(reason),
            "comment": tidy(comment)[:1000],
            "by": by,
            "at": clock.now(),
        },
    )
    if is_new:
        record(
            by=by,
            verb="voice.reported",
            thing=contribution,
            territory=contribution.territory,
            data={"reason": report.reason},
        )
        notifications.voice_reported(contribution)
    return report


@transaction.atomic
def publish_voice(*, contribution: Contribution, by: Person) -> Contribution:
    """Let a waiting voice be read by all, with its words as they are."""
    lock(contribution=contribution)
    if contribution.state != VoiceState.WAITING:
        raise IllegalMove(_("Cette voix n’attend plus de relecture. Actualisez la page."))
    _decide(contribution, by, ModerationAct.PUBLISH, VoiceState.PUBLISHED)
    notifications.voice_decided(contribution, notifications.published_words)
    return contribution


@transaction.atomic
def hide_voice(*, contribution: Contribution, by: Person, reason: str, explanation: str = "") -> Contribution:
    """Hide a voice for one reason of the charter, which its author is shown with a word."""
    lock(contribution=contribution)
    if reason not in HideReason.values:
        raise NothingSaid(_("Choisissez la règle de la charte qui justifie de masquer cette voix."))
    if contribution.state == VoiceState.HIDDEN:
        raise IllegalMove(_("Cette voix est déjà masquée. Actualisez la page."))
    _decide(contribution, by, ModerationAct.HIDE, VoiceState.HIDDEN, reason, explanation)
    notifications.voice_decided(contribution, notifications.hidden_words)
    return contribution


@transaction.atomic
def restore_voice(*, contribution: Contribution, by: Person, explanation: str = "") -> Contribution:
    """Let a hidden voice be read again."""
    lock(contribution=contribution)
    if contribution.state != VoiceState.HIDDEN:
        raise IllegalMove(_("Cette voix n’est pas masquée. Actualisez la page."))
    if contribution.appeals.filter(state=AppealState.OPEN).exists():
        raise IllegalMove(_("Cette voix fait l’objet d’une contestation : répondez-y d’abord."))
    _restore(contribution, by, explanation)
    return contribution


@transaction.atomic
def keep_voice(*, contribution: Contribution, by: Person) -> Contribution:
    """Answer reports: the voice respects the charter and stays as it is."""
    lock(contribution=contribution)
    if not contribution.is_public:
        raise IllegalMove(_("Cette voix n’est plus publiée. Actualisez la page."))
    _decide(contribution, by, ModerationAct.KEEP, VoiceState.PUBLISHED)
    return contribution


@transaction.atomic
def mask_personal_data(*, contribution: Contribution, by: Person, explanation: str = "") -> Contribution:
    """Replace what was found by a neutral mention, in this and in the earlier wordings, and publish.

    The one case where an earlier wording changes: a personal datum is not kept in a history.
    """
    lock(contribution=contribution)
    if contribution.state not in (VoiceState.WAITING, VoiceState.PUBLISHED, VoiceState.HIDDEN):
        raise IllegalMove(_("Cette voix a été retirée ou effacée : il n’y a plus rien à masquer."))
    stored = personal_data.from_rows(contribution.personal_data, contribution.words)
    words = personal_data.mask(contribution.words, stored or personal_data.find(contribution.words))
    if words == contribution.words:
        raise NothingSaid(_("Aucune donnée personnelle n’a été trouvée dans cette voix."))
    was_public = contribution.is_public
    contribution.personal_data = []
    why = _("Donnée personnelle retirée par la modération")
    reword(
        contribution=contribution,
        by=by,
        words=words,
        title=contribution.title,
        why=why,
        was_public=was_public,
    )
    _mask_earlier_wordings(contribution)
    to = VoiceState.HIDDEN if contribution.state == VoiceState.HIDDEN else VoiceState.PUBLISHED
    _decide(contribution, by, ModerationAct.MASK, to, HideReason.PERSONAL, explanation)
    notifications.voice_decided(contribution, notifications.masked_words)
    return contribution


@transaction.atomic
def appeal(*, contribution: Contribution, words: str, by: Person | None = None) -> Appeal:
    """The author contests the hiding of their voice, once for each hiding."""
    lock(contribution=contribution)
    words = tidy(words)
    if not words:
        raise NothingSaid(_("Dites en quelques mots pourquoi votre voix devrait être rétablie."))
    if not can_appeal(contribution):
        raise IllegalMove(
            _("Cette décision ne peut plus être contestée : elle l’a déjà été, ou n’a plus cours.")
        )
    made = Appeal.objects.create(contribution=contribution, words=words[:2000], at=clock.now())
    record(by=by, verb="voice.appealed", thing=contribution, territory=contribution.territory)
    notifications.voice_appealed(contribution)
    return made


@transaction.atomic
def answer_appeal(*, appeal: Appeal, by: Person, accept: bool, answer: str) -> Appeal:
    """Accept (the voice is read again) or refuse a contestation, with words its author is shown."""
    contribution = appeal.contribution
    lock(contribution=contribution)
    appeal.refresh_from_db()
    if appeal.state != AppealState.OPEN:
        raise IllegalMove(_("Quelqu’un a déjà répondu à cette contestation."))
    if not can_answer_appeal(by, appeal):
        raise NotYours(
            _("Vous avez donné ou masqué cette voix : laissez une autre personne de la modération répondre.")
        )
    if not tidy(answer):
        raise NothingSaid(_("Écrivez un mot de réponse : la personne le lira."))
    appeal.state = AppealState.ACCEPTED if accept else AppealState.REFUSED
    appeal.answer, appeal.answered_by, appeal.answered_at = tidy(answer)[:2000], by, clock.now()
    appeal.save()
    record(
        by=by,
        verb="voice.appeal_decided",
        thing=contribution,
        territory=contribution.territory,
        data={"accepted": accept},
    )
    if accept and contribution.state == VoiceState.HIDDEN:
        _restore(contribution, by, "")
    elif not accept:
        notifications.voice_decided(contribution, notifications.refused_words)
    return appeal


_VERBS = {
    ModerationAct.PUBLISH: "voice.published",
    ModerationAct.HIDE: "voice.hidden",
    ModerationAct.RESTORE: "voice.restored",
    ModerationAct.KEEP: "voice.published",
    ModerationAct.MASK: "voice.masked",
}


def _restore(contribution: Contribution, by: Person, explanation: str) -> None:
    _decide(contribution, by, ModerationAct.RESTORE, VoiceState.PUBLISHED, "", explanation)
    notifications.voice_decided(contribution, notifications.restored_words)


def _decide(
    contribution: Contribution,
    by: Person,
    act: ModerationAct,
    to: VoiceState,
    reason: str = "",
    explanation: str = "",
) -> None:
    now = clock.now()
    if to == VoiceState.PUBLISHED and act != ModerationAct.MASK and not can_let_be_read(by, contribution):
        raise NotYours(_("C’est votre voix : laissez une autre personne de la modération décider."))
    if contribution.state != to:
        move_voice(contribution=contribution, to=to)
    contribution.personal_data = []  # somebody has looked: nothing is left to decide on
    contribution.save(update_fields=["state", "personal_data"])
    contribution.reports.filter(settled_at=None).update(settled_at=now)
    ModerationDecision.objects.create(
        contribution=contribution, act=act, reason=reason, explanation=tidy(explanation)[:1000], by=by, at=now
    )
    record(
        by=by,
        verb=_VERBS[act],
        thing=contribution,
        territory=contribution.territory,
        data={"act": act, "reason": reason} if reason else {"act": act},
    )


def _mask_earlier_wordings(contribution: Contribution) -> None:
    for version in contribution.versions.exclude(number=contribution.version):
        version.words = personal_data.mask(version.words, personal_data.find(version.words))
        version.save(update_fields=["words"])
