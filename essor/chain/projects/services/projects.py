"""Projects: proposed, worded, published, moved from one stage to the next, and the needs they answer."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.challenges.models import Challenge
from essor.chain.holders.models import ProjectHolder
from essor.chain.needs.models import Need
from essor.chain.projects.enums import Origin, ProjectStage, TeamRole, Visibility
from essor.chain.projects.lifecycle import RESTORED, STAGE_MOVES, VISIBILITY_MOVES
from essor.chain.projects.models import Project, ProjectCommune, ProjectMove, ProjectNeed, TeamMember
from essor.chain.projects.notifications.projects import tell_hidden, tell_stage
from essor.chain.projects.services.refusals import ProjectRefused
from essor.common import clock
from essor.common.slugs import free_slug
from essor.common.text import search_text, tidy
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person
from essor.ground.people.policies import can_facilitate, can_moderate
from essor.ground.territories.models import Territory, Theme

MOST_MONEY = Decimal("9999999999.99")
CHANGEABLE = ("title", "pitch", "theme", "place_name", "latitude", "longitude", "budget_low", "budget_high")


@transaction.atomic
def draft_project(
    *,
    by: Person,
    territory: Territory,
    title: str,
    pitch: str,
    origin: str = Origin.HOLDER,
    challenge: Challenge | None = None,
    holder: ProjectHolder | None = None,
    commune_codes: Iterable[str] = (),
    **more: Any,
) -> Project:
    """Propose a project. ``more``: see ``CHANGEABLE``. Whoever is no facilitator carries it at once."""
    _here(territory, challenge, _("Ce défi appartient à un autre territoire : choisissez-en un d’ici."))
    _here(
        territory, holder, _("Cette personne est suivie dans un autre territoire : choisissez-en une d’ici.")
    )
    now = clock.now()
    project = Project(
        territory=territory,
        origin=Origin(origin),
        challenge=challenge,
        holder=holder,
        created_by=by,
        created_at=now,
        changed_at=now,
    )
    _write(project, title=title, pitch=pitch, **more)
    project.slug = free_slug(project.title, Project.objects.in_territory(territory))
    project.save()
    _write_communes(project, commune_codes)
    if not can_facilitate(by, territory):
        TeamMember.objects.create(
            project=project, person=by, role=TeamRole.HOLDER, invited_by=by, invited_at=now, accepted_at=now
        )
    ledger.record(
        by=by, verb="project.drafted", thing=project, territory=territory, data={"origin": project.origin}
    )
    return project


@transaction.atomic
def change_project(*, by: Person, project: Project, commune_codes: Iterable[str], **words: Any) -> Project:
    """Reword a project. Its address stays, so that links to it keep working."""
    project = locked(project=project)
    before = {name: getattr(project, name) for name in CHANGEABLE}
    _write(project, **words)
    changed = [name for name in CHANGEABLE if getattr(project, name) != before[name]]
    project.changed_at = clock.now()
    project.save()
    _write_communes(project, commune_codes)
    ledger.record(
        by=by, verb="project.changed", thing=project, territory=project.territory, data={"fields": changed}
    )
    return project


@transaction.atomic
def publish_project(*, by: Person, project: Project) -> Project:
    """Show a project to everybody. It answers a need at least, or comes from a challenge."""
    project = locked(project=project)
    if project.needs_count == 0 and project.challenge_id is None:
        raise ProjectRefused(
            _("Dites d’abord à quel besoin ce projet répond, et comment : ajoutez-en un à sa page.")
        )
    _show(project, Visibility.PUBLIC)
    project.published_at = project.published_at or clock.now()
    project.save(update_fields=["visibility", "published_at", "changed_at"])
    ledger.record(by=by, verb="project.published", thing=project, territory=project.territory)
    return project


@transaction.atomic
def unpublish_project(*, by: Person, project: Project) -> Project:
    """Put a project back to draft: nobody but its team and the facilitators sees it."""
    project = locked(project=project)
    _show(project, Visibility.DRAFT)
    project.save(update_fields=["visibility", "changed_at"])
    ledger.record(by=by, verb="project.unpublished", thing=project, territory=project.territory)
    return project


@transaction.atomic
def hide_project(*, by: Person, project: Project, why: str) -> Project:
    """Moderators take a project off the public pages; its team is told why."""
    project = locked(project=project)
    if not (why := tidy(why)[:600]):
        raise ProjectRefused(_("Dites pourquoi ce projet est masqué : son équipe le lira."))
    project.hidden_from = project.visibility
    _show(project, Visibility.HIDDEN)
    project.hidden_because = why
    project.save(update_fields=["visibility", "changed_at", "hidden_because", "hidden_from"])
    ledger.record(by=by, verb="project.hidden", thing=project, territory=project.territory)
    tell_hidden(project, why, by)
    return project


@transaction.atomic
def restore_project(*, by: Person, project: Project) -> Project:
    """A moderator shows a hidden project again, as it was. Nobody else does."""
    project = locked(project=project)
    if not can_moderate(by, project.territory):
        raise ProjectRefused(_stays_hidden())
    if project.visibility != Visibility.HIDDEN:
        raise ProjectRefused(_("Ce projet n’est pas masqué : il n’y a rien à rétablir."))
    before = project.hidden_from or (Visibility.PUBLIC if project.published_at else Visibility.DRAFT)
    project.visibility = before if before in RESTORED else Visibility.DRAFT
    project.hidden_because, project.hidden_from, project.changed_at = "", "", clock.now()
    project.save(update_fields=["visibility", "changed_at", "hidden_because", "hidden_from"])
    ledger.record(by=by, verb="project.restored", thing=project, territory=project.territory)
    return project


@transaction.atomic
def move_project(*, by: Person, project: Project, stage: str, why: str = "") -> Project:
    """Move a project to another stage. Stopping it, finishing it and going back say why to everybody."""
    project = locked(project=project)
    why = tidy(why)[:1000]
    if stage not in STAGE_MOVES[project.stage]:
        raise ProjectRefused(
            _("Un projet « %(before)s » ne peut pas devenir « %(after)s ».")
            % {"before": project.get_stage_display(), "after": dict(ProjectStage.choices).get(stage, stage)}
        )
    if not why and needs_a_word(before=project.stage, after=stage):
        raise ProjectRefused(_("Dites en un mot pourquoi : ce mot est affiché à tout le monde."))
    before = project.stage
    ProjectMove.objects.create(project=project, before=before, after=stage, why=why, by=by, at=clock.now())
    project.stage = ProjectStage(stage)
    project.changed_at = clock.now()
    project.save(update_fields=["stage", "changed_at"])
    ledger.record(
        by=by,
        verb="project.stage_changed",
        thing=project,
        territory=project.territory,
        data={"before": before, "after": stage},
    )
    tell_stage(project, by)
    return project


def needs_a_word(*, before: str, after: str) -> bool:
    """Whether a move of stage must be explained: the end of a project, its stop, and any step back."""
    order = [*ProjectStage.values]
    ends = (ProjectStage.STOPPED, ProjectStage.FINISHED)
    return after in ends or before in ends or order.index(after) < order.index(before)


@transaction.atomic
def answer_need(*, by: Person, project: Project, need: Need, how: str) -> ProjectNeed:
    """Say that a project answers a need, and how. Said again, the words are replaced."""
    project = locked(project=project)
    _here(
        project.territory,
        need,
        _("Ce besoin appartient à un autre territoire : un projet répond aux besoins de son territoire."),
    )
    if not need.is_public:
        raise ProjectRefused(_("Ce besoin n’est pas publié : choisissez-en un dans la liste des besoins."))
    if not (how := tidy(how)[:600]):
        raise ProjectRefused(_("Dites comment le projet répond à ce besoin, en une phrase."))
    answer, _is_new = ProjectNeed.objects.update_or_create(
        project=project, need=need, defaults={"how": how, "by": by, "at": clock.now()}
    )
    _count_needs(project)
    ledger.record(
        by=by,
        verb="project.need_answered",
        thing=project,
        territory=project.territory,
        data={"need": need.pk},
    )
    return answer


@transaction.atomic
def release_need(*, by: Person, project: Project, need: Need) -> Project:
    """The project no longer answers this need. A public project keeps one at least."""
    project = locked(project=project)
    gone, _by_model = ProjectNeed.objects.filter(project=project, need=need).delete()
    if not gone:
        return project
    _count_needs(project)
    if project.is_public and project.needs_count == 0 and project.challenge_id is None:
        raise ProjectRefused(
            _("Un projet public répond à un besoin au moins : ajoutez-en un autre avant de retirer celui-ci.")
        )
    ledger.record(
        by=by,
        verb="project.need_released",
        thing=project,
        territory=project.territory,
        data={"need": need.pk},
    )
    return project


def locked(*, project: Project) -> Project:
    """The project as it stands now, kept for this transaction."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("territory")
    return rows.get(pk=project.pk)


def _count_needs(project: Project) -> None:
    project.needs_count = ProjectNeed.objects.filter(project=project).count()
    project.changed_at = clock.now()
    project.save(update_fields=["needs_count", "changed_at"])


def _stays_hidden() -> str:
    return _("Ce projet est masqué par la modération : elle seule peut le rétablir. Écrivez-lui.")


def _show(project: Project, visibility: Visibility) -> None:
    if project.visibility == Visibility.HIDDEN:
        raise ProjectRefused(_stays_hidden())
    if visibility not in VISIBILITY_MOVES[project.visibility]:
        raise ProjectRefused(
            _("Un projet « %(before)s » ne peut pas devenir « %(after)s ».")
            % {"before": project.get_visibility_display(), "after": visibility.label}
        )
    project.visibility = visibility
    project.changed_at = clock.now()


def _here(territory: Territory, thing: Any, words: str) -> None:
    if thing is not None and thing.territory_id != territory.pk:
        raise ProjectRefused(words)


def _write(project: Project, **words: Any) -> None:
    unknown = set(words) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"a project has no field {', '.join(sorted(unknown))} to change")
    for name, value in words.items():
        setattr(project, name, value)
    project.title = " ".join(project.title.split())[:120]
    project.pitch = tidy(project.pitch)[:600]
    project.place_name = " ".join(project.place_name.split())[:120]
    if len(project.title) < 3:
        raise ProjectRefused(_("Donnez un titre au projet : trois signes au moins."))
    if not project.pitch:
        raise ProjectRefused(_("Dites en deux phrases ce que fait le projet."))
    theme: Theme | None = project.theme
    _here(
        project.territory, theme, _("Ce thème appartient à un autre territoire : choisissez un thème d’ici.")
    )
    _check_money(project.budget_low, project.budget_high)
    if (project.latitude is None) != (project.longitude is None):
        raise ProjectRefused(_("Un point sur la carte a une latitude et une longitude : donnez les deux."))
    project.search = search_text(project.title, project.pitch, project.place_name)


def _check_money(low: Decimal | None, high: Decimal | None) -> None:
    for amount in (low, high):
        if amount is not None and not 0 <= amount <= MOST_MONEY:
            raise ProjectRefused(_("Un budget est un montant en euros, de zéro à dix milliards."))
    if low is not None and high is not None and high < low:
        raise ProjectRefused(_("Le budget va du plus petit au plus grand : échangez les deux montants."))


def _write_communes(project: Project, codes: Iterable[str]) -> None:
    wanted = set(codes)
    here = set(project.territory.communes.values_list("code", flat=True))
    if strange := sorted(wanted - here):
        raise ProjectRefused(
            _("La commune %(code)s n’est pas du territoire : retirez-la, ou ajoutez-la au périmètre.")
            % {"code": strange[0]}
        )
    ProjectCommune.objects.filter(project=project).exclude(code__in=wanted).delete()
    known = set(ProjectCommune.objects.filter(project=project).values_list("code", flat=True))
    new = [ProjectCommune(project=project, code=code) for code in sorted(wanted - known)]
    ProjectCommune.objects.bulk_create(new)
