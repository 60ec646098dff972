"""The picture of the chain: who answers which need, which nobody answers, which voices lead nowhere yet.

It stands in the highest link, because it looks down on all the others.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from essor.chain.alliances.enums import AllianceState
from essor.chain.alliances.models import Alliance, AllianceNeed
from essor.chain.challenges.enums import ChallengeState
from essor.chain.challenges.lifecycle import PUBLIC as PUBLIC_CHALLENGES
from essor.chain.challenges.models import Challenge, ChallengeVoice
from essor.chain.listening.models import Contribution
from essor.chain.needs.enums import NeedState
from essor.chain.needs.lifecycle import PUBLIC as PUBLIC_NEEDS
from essor.chain.needs.models import Evidence, Need
from essor.chain.projects.enums import ProjectStage, Visibility
from essor.chain.projects.models import ProjectNeed
from essor.ground.ledger.enums import LinkKind
from essor.ground.ledger.models import Link
from essor.ground.territories.models import Territory

MOST_ANSWERS = 12


@dataclass(frozen=True)
class Answers:
    """Who answers a need now: projects and how, challenges, alliances. What was stopped is no answer."""

    projects: list[ProjectNeed]
    challenges: list[Challenge]
    alliances: list[Alliance]

    @property
    def number(self) -> int:
        return len(self.projects) + len(self.challenges) + len(self.alliances)


def answers_to(need: Need) -> Answers:
    """The public projects, challenges and alliances that answer a need, at most twelve of each."""
    projects = _answering_projects().filter(need=need).select_related("project")
    challenges = _answering_challenges().filter(need=need).order_by("-published_at", "-id")
    alliances = (
        Alliance.objects.public()
        .filter(taken_up__need=need)
        .exclude(state=AllianceState.CLOSED)
        .order_by("-changed_at", "-id")
    )
    return Answers(
        list(projects.order_by("id")[:MOST_ANSWERS]),
        list(challenges[:MOST_ANSWERS]),
        list(alliances[:MOST_ANSWERS]),
    )


def unanswered_needs(territory: Territory) -> QuerySet[Need]:
    """Public needs, not covered yet, that no public project, challenge or alliance answers."""
    return (
        Need.objects.in_territory(territory).public().exclude(state=NeedState.COVERED).exclude(_is_answered())
    )


def with_what_is_left_alone(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Each need with ``is_left_alone``: said to be answered, but whoever answered it has stopped.

    Every place that tells the state of a need asks this one question, through ``state_told``.
    """
    return needs.annotate(is_left_alone=_is_left_alone())


def state_told(need: Need) -> str:
    """The state of a need as everybody reads it: “plus personne n’y répond” once its answers stopped."""
    if need.state != NeedState.BEING_ANSWERED:
        return str(need.get_state_display())
    left_alone = getattr(need, "is_left_alone", None)
    if left_alone is None:
        left_alone = Need.objects.filter(_is_left_alone(), pk=need.pk).exists()
    return _("plus personne n’y répond") if left_alone else str(need.get_state_display())


def _is_answered() -> Q:
    return (
        Q(Exists(_answering_projects().filter(need=OuterRef("pk"))))
        | Q(Exists(_answering_challenges().filter(need=OuterRef("pk"))))
        | Q(Exists(_answering_alliances().filter(need=OuterRef("pk"))))
    )


def _is_left_alone() -> Q:
    """Nobody answers it now, and a project did: one that is tied to it still, or was once."""
    need = Need._meta.label_lower
    tied = Link.objects.filter(source_type=need, source_id=OuterRef("pk"), kind=LinkKind.ANSWERED_BY)
    projects = ProjectNeed.objects.filter(need=OuterRef("pk"), project__published_at__isnull=False)
    once = Q(Exists(tied)) | Q(Exists(projects))
    return Q(state=NeedState.BEING_ANSWERED) & once & ~_is_answered()


def voices_not_heard(territory: Territory) -> QuerySet[Contribution]:
    """Counted voices that no public need bears as evidence and that no public challenge received."""
    in_needs = Evidence.objects.filter(contribution=OuterRef("pk"), need__state__in=PUBLIC_NEEDS)
    in_challenges = ChallengeVoice.objects.filter(
        contribution=OuterRef("pk"), phase__challenge__state__in=PUBLIC_CHALLENGES
    )
    return (
        Contribution.objects.in_territory(territory)
        .counted()
        .exclude(Exists(in_needs))
        .exclude(Exists(in_challenges))
    )


def _answering_projects() -> QuerySet[ProjectNeed]:
    return ProjectNeed.objects.filter(project__visibility=Visibility.PUBLIC).exclude(
        project__stage=ProjectStage.STOPPED
    )


def _answering_challenges() -> QuerySet[Challenge]:
    """Challenges under way; one that ended answers through the projects it became."""
    return Challenge.objects.filter(state__in=[ChallengeState.GATHERING, ChallengeState.OPEN])


def _answering_alliances() -> QuerySet[AllianceNeed]:
    return AllianceNeed.objects.filter(alliance__published_at__isnull=False).exclude(
        alliance__state=AllianceState.CLOSED
    )
