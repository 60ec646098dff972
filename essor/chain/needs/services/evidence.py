"""The evidence of a need: which voices, how they are counted, and the stitches of the thread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Model, Q
from django.utils.translation import gettext as _

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution
from essor.chain.needs.enums import Reading, Stance
from essor.chain.needs.models import Concern, Evidence, Group, Need, OpinionEvidence, Placement
from essor.chain.opinions.models import Statement
from essor.common import clock
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import Actor, LinkKind
from essor.ground.ledger.models import Link
from essor.ground.people.models import Person

COUNTED = (VoiceState.PUBLISHED, VoiceState.PRIVATE)
KIND_OF_LINK = {Stance.SUPPORTS: LinkKind.SUPPORTS, Stance.CONTRARY: LinkKind.NUANCES}
KIND_OF_OPINION = {Reading.AGREED: LinkKind.SUPPORTS, Reading.DIVIDED: LinkKind.DIVIDES}


class EvidenceRefused(Exception):
    """The voices cannot be the evidence of this need; the message says why."""


@dataclass(frozen=True)
class Counts:
    """What the evidence of a need amounts to."""

    voices: int
    people: int
    meetings: int
    interviews: int
    families: int
    contrary: int
    concerned: int


def set_evidence(*, by: Person, need: Need, voices: Mapping[Contribution, str]) -> Need:
    """Make these voices the whole evidence of the need, each with its stance. Quotes that remain are kept."""
    stances = {voice.pk: Stance(stance) for voice, stance in voices.items()}
    if any(voice.territory_id != need.territory_id for voice in voices):
        raise EvidenceRefused(
            _("Une voix d’un autre territoire ne peut pas appuyer ce besoin : retirez-la de la liste.")
        )
    with transaction.atomic():
        had = set(Evidence.objects.filter(need=need).values_list("contribution_id", flat=True))
        replace_evidence(need=need, stances=stances)
        ledger.record(
            by=by,
            verb="need.evidence_changed",
            thing=need,
            territory=need.territory,
            data={"added": len(stances.keys() - had), "removed": len(had - stances.keys())},
        )
        return recount(need=need, by=by)


@transaction.atomic
def change_evidence(
    *, by: Person, need: Need, stances: Mapping[int, str] | None = None, removed: Iterable[int] = ()
) -> Need:
    """Add voices (keys of contributions) or change their stance, and take others out; the rest stays."""
    here = Contribution.objects.in_territory(need.territory)
    wanted = dict(Evidence.objects.filter(need=need).values_list("contribution_id", "stance"))
    for pk in removed:
        wanted.pop(pk, None)
    wanted.update(stances or {})
    voices = {
        voice: wanted[voice.pk] for voice in here.filter(pk__in=list(wanted)).only("pk", "territory_id")
    }
    if len(voices) < len(wanted):
        raise EvidenceRefused(
            _("Une de ces voix n’est pas d’ici, ou n’existe plus : rechargez la page et recommencez.")
        )
    return set_evidence(by=by, need=need, voices=voices)


def replace_evidence(*, need: Need, stances: Mapping[int, str]) -> None:
    """Write the rows of evidence, without counting or recording: part of a wider write."""
    Evidence.objects.filter(need=need).exclude(contribution_id__in=list(stances)).delete()
    known = {row.contribution_id: row for row in Evidence.objects.filter(need=need)}
    new = [
        Evidence(need=need, contribution_id=pk, stance=stance)
        for pk, stance in stances.items()
        if pk not in known
    ]
    changed = [row for pk, row in known.items() if row.stance != stances[pk]]
    for row in changed:
        row.stance = stances[row.contribution_id]
    Evidence.objects.bulk_create(new, batch_size=500)
    Evidence.objects.bulk_update(changed, ["stance"], batch_size=500)


def evidence_of_group(*, need: Need, group: Group) -> None:
    """Take the voices of a group (and of the groups inside it) as evidence, with their stances and quotes."""
    placed = (
        Placement.objects.filter(Q(group=group) | Q(group__parent=group, group__is_dissolved=False))
        .filter(contribution__state__in=COUNTED)
        .order_by(F("nearness").desc(nulls_last=True), "id")
    )
    rows = [
        Evidence(
            need=need,
            contribution_id=each.contribution_id,
            stance=each.stance,
            is_quote=each.is_quote,
            position=min(rank, 32_000),
        )
        for rank, each in enumerate(placed)
    ]
    Evidence.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


@transaction.atomic
def choose_need_quotes(*, by: Person, need: Need, voices: list[int]) -> Need:
    """Show these voices first on the need’s page, in this order. They must be published evidence of it."""
    rows = {
        row.contribution_id: row for row in Evidence.objects.filter(need=need, contribution_id__in=voices)
    }
    readable = set(Contribution.objects.public().filter(pk__in=voices).values_list("pk", flat=True))
    if missing := [pk for pk in voices if pk not in rows or pk not in readable]:
        raise EvidenceRefused(
            _("La voix %(pk)s ne peut pas être citée : elle n’est pas publiée, ou pas retenue ici.")
            % {"pk": missing[0]}
        )
    Evidence.objects.filter(need=need, is_quote=True).update(is_quote=False)
    for position, pk in enumerate(voices):
        Evidence.objects.filter(pk=rows[pk].pk).update(is_quote=True, position=position)
    ledger.record(
        by=by,
        verb="need.evidence_changed",
        thing=need,
        territory=need.territory,
        data={"quotes": len(voices)},
    )
    return need


@transaction.atomic
def recount(*, need: Need, by: Person | None = None) -> Need:
    """Count the evidence again, and for a public need keep the thread in step.

    What is counted, and how:

    * a voice counts when it is published, or private with its speaker's consent; waiting, hidden,
      withdrawn and erased voices count for nothing, whatever they said;
    * ``people``: distinct speakers of supporting voices, so somebody who repeats themselves counts once,
      and two people who say the same words (near-duplicates folded on screen) count as two;
    * ``meetings``: distinct public meetings, workshops and seminars where a supporting voice was heard;
      ``interviews``: distinct interviews, apart;
    * ``families``: distinct families of actors among the supporting voices;
    * ``contrary``: contrary voices, counted apart and never subtracted;
    * ``concerned``: people who said “this concerns me too”, apart from voices.
    """
    counts = counted(need=need)
    Need.objects.filter(pk=need.pk).update(
        voices_count=counts.voices,
        people_count=counts.people,
        meetings_count=counts.meetings,
        interviews_count=counts.interviews,
        families_count=counts.families,
        contrary_count=counts.contrary,
        concerned_count=counts.concerned,
        counted_at=clock.now(),
    )
    need.refresh_from_db()
    if need.is_public:
        stitch(need=need, by=by)
    return need


def counted(*, need: Need) -> Counts:
    """The figures ``recount`` stores, freshly counted by one query over the voices."""
    supports = Q(stance=Stance.SUPPORTS)
    interview = Q(contribution__gathering__kind=GatheringKind.INTERVIEW)
    found = Evidence.objects.filter(need=need, contribution__state__in=COUNTED).aggregate(
        voices=Count("id", filter=supports),
        people=Count("contribution__speaker", filter=supports, distinct=True),
        meetings=Count("contribution__gathering", filter=supports & ~interview, distinct=True),
        interviews=Count("contribution__gathering", filter=supports & interview, distinct=True),
        families=Count("contribution__family", filter=supports, distinct=True),
        contrary=Count("id", filter=Q(stance=Stance.CONTRARY)),
    )
    return Counts(**found, concerned=Concern.objects.filter(need=need).count())


def stitch(*, need: Need, by: Person | None) -> None:
    """Keep the thread in step: a link from each counted voice and each statement, an end to others."""
    wanted: dict[tuple[str, int, str], Model] = {}
    voice, said = Contribution._meta.label_lower, Statement._meta.label_lower
    rows = Evidence.objects.filter(need=need, contribution__state__in=COUNTED)
    for pk, stance in rows.values_list("contribution_id", "stance").order_by("id"):
        wanted[voice, pk, KIND_OF_LINK[Stance(stance)]] = Contribution(pk=pk)
    opinions = OpinionEvidence.objects.filter(need=need).order_by("id")
    for pk, reading in opinions.values_list("statement_id", "reading"):
        wanted[said, pk, KIND_OF_OPINION[Reading(reading)]] = Statement(pk=pk)
    standing = Link.objects.standing().filter(
        result_type=need._meta.label_lower,
        result_id=need.pk,
        source_type__in=(voice, said),
        kind__in=(*KIND_OF_LINK.values(), *KIND_OF_OPINION.values()),
    )
    gone = [each for each in standing if (each.source_type, each.source_id, each.kind) not in wanted]
    ledger.end_links(by=by, links=gone, why="no longer counted as evidence")
    ledger.link_many(
        by=by,
        actor=None if by else Actor.MACHINE,
        territory=need.territory,
        pairs=[(source, need, kind) for (_label, _pk, kind), source in wanted.items()],
    )
