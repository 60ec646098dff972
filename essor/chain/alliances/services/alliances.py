"""Alliances: prepared, published, discussed, signed, active, closed; what they carry and where they meet."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.alliances.enums import AllianceState, MemberState
from essor.chain.alliances.lifecycle import ALLIANCE_MOVES
from essor.chain.alliances.models import (
    Alliance,
    AllianceGathering,
    AllianceMove,
    AllianceNeed,
    AllianceProject,
)
from essor.chain.alliances.notifications import tell_moved
from essor.chain.alliances.services.refusals import AllianceRefused
from essor.chain.needs.models import Need
from essor.chain.projects.models import Project
from essor.common import clock
from essor.common.slugs import free_slug
from essor.common.text import search_text, tidy
from essor.ground.documents.models import Document
from essor.ground.documents.services import add_document, replace_document
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.models import Gathering
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory, Theme

FEWEST = 2  # members who said yes before an alliance is signed


@transaction.atomic
def draft_alliance(
    *,
    by: Person,
    territory: Territory,
    title: str,
    purpose: str,
    unusual: str = "",
    theme: Theme | None = None,
    parent: Alliance | None = None,
    match_pair: str = "",
) -> Alliance:
    """Prepare an alliance. Only those who sit in it and facilitators see it until it is published."""
    now = clock.now()
    alliance = Alliance(
        territory=territory, created_by=by, created_at=now, changed_at=now, match_pair=match_pair[:100]
    )
    _write(alliance, title, purpose, unusual, theme, parent)
    alliance.slug = free_slug(alliance.title, Alliance.objects.in_territory(territory))
    alliance.save()
    record(by=by, alliance=alliance, verb="alliance.drafted", parent=parent.pk if parent else None)
    return alliance


@transaction.atomic
def change_alliance(
    *,
    by: Person,
    alliance: Alliance,
    title: str,
    purpose: str,
    unusual: str = "",
    theme: Theme | None = None,
    parent: Alliance | None = None,
) -> Alliance:
    """Reword it, or place it in a wider one. Its address stays."""
    alliance = locked(alliance=alliance)
    _write(alliance, title, purpose, unusual, theme, parent)
    alliance.changed_at = clock.now()
    alliance.save()
    record(by=by, alliance=alliance, verb="alliance.changed", parent=parent.pk if parent else None)
    return alliance


@transaction.atomic
def publish_alliance(*, by: Person, alliance: Alliance) -> Alliance:
    """Show it to everybody. It takes up at least a need or a project, so that its thread begins somewhere."""
    alliance = locked(alliance=alliance)
    if not alliance.carried.exists() and not alliance.taken_up.exists():
        raise AllianceRefused(
            _("Cette alliance ne porte rien encore : confiez-lui d’abord un projet ou un besoin.")
        )
    alliance.published_at = alliance.published_at or clock.now()
    alliance.save(update_fields=["published_at"])
    record(by=by, alliance=alliance, verb="alliance.published")
    return alliance


@transaction.atomic
def unpublish_alliance(*, by: Person, alliance: Alliance) -> Alliance:
    """Put it back to draft."""
    alliance = locked(alliance=alliance)
    alliance.published_at = None
    alliance.save(update_fields=["published_at"])
    record(by=by, alliance=alliance, verb="alliance.unpublished")
    return alliance


def why_not_sign(*, alliance: Alliance) -> str:
    """Why it cannot be signed now, with the mend; empty when it can."""
    waiting = alliance.members.filter(state=MemberState.INVITED).select_related("actor").first()
    if waiting is not None:
        return _("« %(actor)s » n’a pas encore répondu : attendez sa réponse, ou retirez-le de la table.") % {
            "actor": waiting.actor.name
        }
    if alliance.members.consented().count() < FEWEST:
        return _("Une alliance se signe à deux membres au moins qui ont dit oui.")
    if alliance.charter is None:
        return _("Il manque la charte : déposez le document que les membres signent.")
    return ""


@transaction.atomic
def move_alliance(*, by: Person, alliance: Alliance, to: str, why: str = "") -> Alliance:
    """Give it another state. Signing asks for every yes and the charter; going back or closing says why."""
    alliance = locked(alliance=alliance)
    state, why = AllianceState(to), tidy(why)[:1000]
    if state not in ALLIANCE_MOVES[alliance.state]:
        raise AllianceRefused(
            _("Une alliance « %(before)s » ne peut pas devenir « %(after)s ».")
            % {"before": alliance.get_state_display(), "after": state.label}
        )
    if state == AllianceState.SIGNED:
        if why_not := why_not_sign(alliance=alliance):
            raise AllianceRefused(why_not)
        alliance.signed_on = clock.today()
    if not why and _goes_back(alliance.state, state):
        raise AllianceRefused(_("Dites pourquoi, en une phrase : tout le monde le lira."))
    alliance.closed_because = why if state == AllianceState.CLOSED else ""
    now = clock.now()
    AllianceMove.objects.create(alliance=alliance, before=alliance.state, after=state, why=why, by=by, at=now)
    before, alliance.state, alliance.changed_at = alliance.state, state, now
    alliance.save()
    record(by=by, alliance=alliance, verb="alliance.moved", before=before, after=str(state))
    tell_moved(alliance, by)
    return alliance


@transaction.atomic
def add_project(*, by: Person, alliance: Alliance, project: Project) -> None:
    """The alliance carries this project."""
    if project.territory_id != alliance.territory_id or not project.is_public:
        raise AllianceRefused(_("Ce projet n’est pas publié dans ce territoire : choisissez-en un d’ici."))
    _row, is_new = AllianceProject.objects.get_or_create(alliance=alliance, project=project)
    if is_new:
        record(by=by, alliance=alliance, verb="alliance.project_added", project=project.pk)


@transaction.atomic
def remove_project(*, by: Person, alliance: Alliance, project: Project) -> None:
    """The alliance no longer carries it."""
    gone, _by_model = AllianceProject.objects.filter(alliance=alliance, project=project).delete()
    if gone:
        record(by=by, alliance=alliance, verb="alliance.project_removed", project=project.pk)


@transaction.atomic
def add_need(*, by: Person, alliance: Alliance, need: Need) -> None:
    """The alliance takes up this need, before any project."""
    if need.territory_id != alliance.territory_id or not need.is_public:
        raise AllianceRefused(_("Ce besoin n’est pas publié dans ce territoire : choisissez-en un d’ici."))
    _row, is_new = AllianceNeed.objects.get_or_create(alliance=alliance, need=need)
    if is_new:
        record(by=by, alliance=alliance, verb="alliance.need_added", need=need.pk)


@transaction.atomic
def remove_need(*, by: Person, alliance: Alliance, need: Need) -> None:
    """The alliance no longer takes it up."""
    gone, _by_model = AllianceNeed.objects.filter(alliance=alliance, need=need).delete()
    if gone:
        record(by=by, alliance=alliance, verb="alliance.need_removed", need=need.pk)


@transaction.atomic
def set_charter(*, by: Person, alliance: Alliance, file: UploadedFile) -> Document:
    """Deposit the charter; a new file is a new version. Raises ``DocumentRefused`` for the file."""
    alliance = locked(alliance=alliance)
    if alliance.charter is None:
        title = _("Charte : %(alliance)s") % {"alliance": alliance.title}
        alliance.charter = add_document(
            by=by, territory=alliance.territory, title=title, file=file, thing=alliance
        )
        alliance.save(update_fields=["charter"])
    else:
        replace_document(by=by, document=alliance.charter, file=file)
    record(by=by, alliance=alliance, verb="alliance.charter_set")
    return alliance.charter


@transaction.atomic
def add_gathering(*, by: Person, alliance: Alliance, gathering: Gathering) -> None:
    """A gathering of the territory is a meeting of the alliance: its minutes are read from here."""
    if gathering.territory_id != alliance.territory_id or gathering.kind == GatheringKind.INTERVIEW:
        raise AllianceRefused(_("Choisissez une rencontre publique de ce territoire."))
    _row, is_new = AllianceGathering.objects.get_or_create(alliance=alliance, gathering=gathering)
    if is_new:
        record(by=by, alliance=alliance, verb="alliance.gathering_added", gathering=gathering.pk)


@transaction.atomic
def remove_gathering(*, by: Person, alliance: Alliance, gathering: Gathering) -> None:
    """It is no longer a meeting of the alliance; it stays at the calendar."""
    AllianceGathering.objects.filter(alliance=alliance, gathering=gathering).delete()
    record(by=by, alliance=alliance, verb="alliance.gathering_removed", gathering=gathering.pk)


def locked(*, alliance: Alliance) -> Alliance:
    """The alliance as it stands now, kept for this transaction."""
    rows = Alliance.objects.select_for_update(of=("self",)).select_related("territory", "charter", "parent")
    return rows.get(pk=alliance.pk)


def record(*, by: Person | None, alliance: Alliance, verb: str, **data: object) -> None:
    """Say it to the ledger."""
    ledger.record(by=by, verb=verb, thing=alliance, territory=alliance.territory, data=data)


def _goes_back(before: str, after: str) -> bool:
    order = [AllianceState.PROPOSED, AllianceState.DISCUSSED, AllianceState.SIGNED, AllianceState.ACTIVE]
    if after == AllianceState.CLOSED or before == AllianceState.CLOSED:
        return True
    return order.index(AllianceState(after)) < order.index(AllianceState(before))


def _write(
    alliance: Alliance,
    title: str,
    purpose: str,
    unusual: str,
    theme: Theme | None,
    parent: Alliance | None,
) -> None:
    alliance.title = " ".join(title.split())[:120]
    alliance.purpose, alliance.unusual = tidy(purpose)[:2000], tidy(unusual)[:600]
    if len(alliance.title) < 3:
        raise AllianceRefused(_("Donnez un nom à l’alliance."))
    if not alliance.purpose:
        raise AllianceRefused(_("Dites pour quoi faire, en quelques phrases."))
    if theme is not None and theme.territory_id != alliance.territory_id:
        raise AllianceRefused(_("Ce thème appartient à un autre territoire : choisissez un thème d’ici."))
    _check_parent(alliance, parent)
    alliance.theme, alliance.parent = theme, parent
    alliance.search = search_text(alliance.title, alliance.purpose, alliance.unusual)


def _check_parent(alliance: Alliance, parent: Alliance | None) -> None:
    if parent is not None and parent.territory_id != alliance.territory_id:
        raise AllianceRefused(_("L’alliance plus large est d’un autre territoire : choisissez-en une d’ici."))
    above, path = parent, []
    while above is not None:
        path.append(above.title)
        if alliance.pk is not None and above.pk == alliance.pk:
            raise AllianceRefused(
                _("Une alliance ne peut pas être dans elle-même : %(path)s. Choisissez-en une autre.")
                % {"path": " → ".join([alliance.title, *path])}
            )
        above = above.parent
