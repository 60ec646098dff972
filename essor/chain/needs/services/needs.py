"""Needs: worded by people from the voices, published with their evidence, followed until they are covered."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from essor.chain.listening.models import Speaker
from essor.chain.needs.enums import NeedState, Reading, Stance
from essor.chain.needs.lifecycle import NEED_MOVES
from essor.chain.needs.models import Concern, Evidence, Group, Need, NeedCommune, NeedMove, OpinionEvidence
from essor.chain.needs.notifications import tell_authors_of_need, tell_need_moved
from essor.chain.needs.policies import can_say_concern
from essor.chain.needs.services.evidence import (
    COUNTED,
    EvidenceRefused,
    choose_need_quotes,
    evidence_of_group,
    recount,
    set_evidence,
)
from essor.common import clock
from essor.common.text import search_text, tidy
from essor.ground.ledger import services as ledger
from essor.ground.ledger.models import Link
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme

__all__ = [
    "EvidenceRefused",
    "NeedRefused",
    "change_need",
    "choose_need_quotes",
    "draft_need",
    "move_need",
    "publish_need",
    "recount",
    "say_concern",
    "set_evidence",
    "take_back_concern",
    "why_not_publish",
    "withdraw_need",
]
TOO_SHORT = 12


class NeedRefused(Exception):
    """The need cannot be written, published or moved so; the message says what to do."""


@transaction.atomic
def draft_need(
    *,
    by: Person,
    territory: Territory,
    statement: str,
    group: Group | None = None,
    concerns: str = "",
    theme: Theme | None = None,
    commune_codes: Iterable[str] = (),
    context: str = "",
) -> Need:
    """Word a need. From a group, its voices become the evidence, with their stances and quotes."""
    if group is not None and group.synthesis.territory_id != territory.pk:
        raise NeedRefused(_("Ce groupe appartient à un autre territoire : choisissez un groupe d’ici."))
    now = clock.now()
    need = Need(territory=territory, group=group, created_by=by, created_at=now, changed_at=now)
    _write(need, statement=statement, concerns=concerns, context=context, theme=theme)
    need.slug = _free_slug(territory, need.statement)
    need.save()
    _write_communes(need, commune_codes)
    if group is not None:
        evidence_of_group(need=need, group=group)
    ledger.record(
        by=by,
        verb="need.drafted",
        thing=need,
        territory=territory,
        data={"group": group.pk} if group else {},
    )
    return recount(need=need, by=by)


@transaction.atomic
def change_need(
    *,
    by: Person,
    need: Need,
    statement: str,
    concerns: str,
    context: str,
    theme: Theme | None,
    commune_codes: Iterable[str],
) -> Need:
    """Reword a need. Its address stays, so that links to it keep working."""
    need = _locked(need)
    had = (need.statement, need.concerns, need.context, need.theme_id)
    _write(need, statement=statement, concerns=concerns, context=context, theme=theme)
    if need.is_public and len(need.statement) < TOO_SHORT:
        raise NeedRefused(
            _("L’énoncé est trop court : dites en une phrase ce que les gens doivent pouvoir faire.")
        )
    need.changed_at = clock.now()
    need.save()
    _write_communes(need, commune_codes)
    names = ("statement", "concerns", "context", "theme")
    now_has = (need.statement, need.concerns, need.context, need.theme_id)
    changed = [name for name, before, after in zip(names, had, now_has, strict=True) if before != after]
    ledger.record(
        by=by, verb="need.changed", thing=need, territory=need.territory, data={"fields": [*changed]}
    )
    return need


def why_not_publish(*, need: Need) -> str:
    """Why a need cannot be published now, with what to do; empty when it can."""
    if need.state != NeedState.DRAFT:
        return _("Ce besoin est déjà publié, ou retiré : il n’y a rien à publier.")
    if len(need.statement) < TOO_SHORT or _is_unfinished(need.statement):
        return _(
            "L’énoncé manque : écrivez ce que les gens doivent pouvoir faire, par exemple « Pouvoir … »."
        )
    supporting = Evidence.objects.filter(need=need, stance=Stance.SUPPORTS, contribution__state__in=COUNTED)
    agreed = OpinionEvidence.objects.filter(need=need, reading=Reading.AGREED)
    if not supporting.exists() and not agreed.exists():
        return _("Aucune voix n’appuie ce besoin : choisissez au moins une voix publiée avant de le publier.")
    return ""


@transaction.atomic
def publish_need(*, by: Person, need: Need) -> Need:
    """Show a drafted need to everybody, tie the thread from its voices and tell their authors."""
    need = _locked(need)
    if why_not := why_not_publish(need=need):
        raise NeedRefused(why_not)
    _move(need, NeedState.TO_COVER, by=by, why="")
    need.published_at = need.published_at or clock.now()
    need.save(update_fields=["published_at"])
    recount(need=need, by=by)
    ledger.record(
        by=by,
        verb="need.published",
        thing=need,
        territory=need.territory,
        data={"voices": need.voices_count, "people": need.people_count, "contrary": need.contrary_count},
    )
    tell_authors_of_need(need)
    return need


@transaction.atomic
def move_need(*, by: Person, need: Need, state: str, why: str) -> Need:
    """Say that a need is being answered, covered, or to be covered again, and why."""
    need = _locked(need)
    if state in (NeedState.DRAFT, NeedState.WITHDRAWN) or need.state == NeedState.DRAFT:
        raise NeedRefused(
            _("Un brouillon se publie, et un besoin publié se retire : choisissez l’un des deux gestes.")
        )
    before = need.state
    _move(need, state, by=by, why=_reason(why))
    if before == NeedState.WITHDRAWN:
        recount(need=need, by=by)
    ledger.record(
        by=by,
        verb="need.state_changed",
        thing=need,
        territory=need.territory,
        data={"before": before, "after": need.state},
    )
    tell_need_moved(need)
    return need


@transaction.atomic
def withdraw_need(*, by: Person, need: Need, why: str) -> Need:
    """Take a need off the public pages. Its evidence stays, the thread is untied and says so."""
    need = _locked(need)
    before = need.state
    _move(need, NeedState.WITHDRAWN, by=by, why=_reason(why))
    links = Link.objects.standing().filter(result_type=need._meta.label_lower, result_id=need.pk)
    ended = ledger.end_links(by=by, links=list(links), why="the need was withdrawn")
    ledger.record(
        by=by,
        verb="need.withdrawn",
        thing=need,
        territory=need.territory,
        data={"before": before, "links_ended": ended},
    )
    return need


@transaction.atomic
def say_concern(*, need: Need, speaker: Speaker) -> bool:
    """Somebody says that a public need concerns them too. Said twice, it counts once. True when new."""
    if not can_say_concern(speaker, need):
        raise NeedRefused(_("On ne peut se dire concerné que par un besoin publié de ce territoire."))
    _row, new = Concern.objects.get_or_create(need=need, speaker=speaker, defaults={"at": clock.now()})
    if new:
        ledger.record(by=speaker.person, verb="need.concern_said", thing=need, territory=need.territory)
        _count_concerned(need)
    return new


@transaction.atomic
def take_back_concern(*, need: Need, speaker: Speaker) -> bool:
    """Somebody takes their concern back. True when there was one."""
    gone, _by_model = Concern.objects.filter(need=need, speaker=speaker).delete()
    if gone:
        ledger.record(by=speaker.person, verb="need.concern_taken_back", thing=need, territory=need.territory)
        _count_concerned(need)
    return bool(gone)


def _is_unfinished(statement: str) -> bool:
    """Whether the blank of “Pouvoir …” was left as it was suggested."""
    said = statement.lower().removeprefix("pouvoir").lstrip()
    return not said or said.startswith(("…", "..."))


def _count_concerned(need: Need) -> None:
    need.concerned_count = Concern.objects.filter(need=need).count()
    Need.objects.filter(pk=need.pk).update(concerned_count=need.concerned_count)


def _locked(need: Need) -> Need:
    return Need.objects.select_for_update(of=("self",)).select_related("territory").get(pk=need.pk)


def _write(need: Need, *, statement: str, concerns: str, context: str, theme: Theme | None) -> None:
    values: dict[str, Any] = {
        "statement": " ".join(statement.split()),
        "concerns": " ".join(concerns.split()),
        "context": tidy(context),
    }
    limit = Need._meta.get_field("statement").max_length or 160
    if not values["statement"]:
        raise NeedRefused(_("L’énoncé manque : écrivez ce que les gens doivent pouvoir faire."))
    if len(values["statement"]) > limit:
        raise NeedRefused(
            _("L’énoncé a %(n)d signes : raccourcissez-le à %(limit)d au plus.")
            % {"n": len(values["statement"]), "limit": limit}
        )
    if theme is not None and theme.territory_id != need.territory_id:
        raise NeedRefused(_("Ce thème appartient à un autre territoire : choisissez un thème d’ici."))
    for name, value in values.items():
        setattr(need, name, value)
    need.theme = theme
    need.search = search_text(need.statement, need.concerns, need.context)


def _write_communes(need: Need, codes: Iterable[str]) -> None:
    wanted = set(codes)
    here = set(need.territory.communes.values_list("code", flat=True))
    if strange := sorted(wanted - here):
        raise NeedRefused(
            _("La commune %(code)s n’est pas du territoire : retirez-la, ou ajoutez-la au périmètre.")
            % {"code": strange[0]}
        )
    NeedCommune.objects.filter(need=need).exclude(code__in=wanted).delete()
    known = set(NeedCommune.objects.filter(need=need).values_list("code", flat=True))
    NeedCommune.objects.bulk_create([NeedCommune(need=need, code=code) for code in sorted(wanted - known)])


def _free_slug(territory: Territory, statement: str) -> str:
    stem = slugify(statement)[:60].strip("-") or "besoin"
    taken = set(
        Need.objects.in_territory(territory).filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _reason(why: str) -> str:
    if not (why := tidy(why)):
        raise NeedRefused(_("Dites en un mot pourquoi l’état change : ce mot est affiché à tout le monde."))
    return why[:1000]


def _move(need: Need, state: str, *, by: Person, why: str) -> None:
    if state not in NEED_MOVES[need.state]:
        raise NeedRefused(
            _("Un besoin « %(before)s » ne peut pas devenir « %(after)s ».")
            % {"before": need.get_state_display(), "after": NeedState(state).label}
        )
    NeedMove.objects.create(need=need, before=need.state, after=state, why=why, by=by, at=clock.now())
    need.state = NeedState(state)
    need.changed_at = clock.now()
    need.save(update_fields=["state", "changed_at"])
