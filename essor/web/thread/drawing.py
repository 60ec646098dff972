"""The thread of each kind of object, from the ledger's links and from where voices were heard."""

from django.db.models import Count, Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.listening.enums import Channel, VoiceState
from essor.chain.listening.models import Consultation, Contribution
from essor.chain.needs.lifecycle import PUBLIC
from essor.chain.needs.models import Evidence, Need
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.models import Gathering
from essor.ground.ledger.selectors import results_of
from essor.ground.territories.models import Territory
from essor.web.drawings.picture import Picture
from essor.web.drawings.thread import Knot, thread
from essor.web.thread.kinds import KINDS, knot_of, knots_of
from essor.web.typography import nombre
from essor.web.voices import without_draft

_COUNTED = (VoiceState.PUBLISHED, VoiceState.PRIVATE)
NEEDS_SHOWN = 5


def thread_of_need(need: Need) -> Picture:
    """Where its voices were heard, and what the need became."""
    return thread(
        before=occasions(Evidence.objects.filter(need=need, contribution__state__in=_COUNTED)),
        centre=Knot("need", _("ce besoin")),
        after=afterwards(need.territory, need),
        next_label=_("projet ?"),
    )


def thread_of_voice(voice: Contribution) -> Picture:
    """The occasion of the voice, and the needs it nourished."""
    return thread(
        before=_occasion_of(voice),
        centre=Knot("listen", _("cette voix")),
        after=afterwards(voice.territory, voice),
        next_label=_("besoin ?"),
    )


def thread_of_gathering(gathering: Gathering) -> Picture:
    """The consultations it belonged to, and the needs its voices nourished."""
    consultations = Consultation.objects.public().filter(
        pk__in=Contribution.objects.filter(gathering=gathering).values("consultation")
    )
    kind = KINDS["listening.consultation"]
    return thread(
        before=[knot_of(gathering.territory, kind, each) for each in consultations],
        centre=Knot("listen", _("cette rencontre")),
        after=_needs_fed(gathering.territory, Evidence.objects.filter(contribution__gathering=gathering)),
        next_label=_("besoin ?"),
    )


def thread_of_consultation(consultation: Consultation) -> Picture:
    """The voices it gathered by occasion, and the needs they nourished."""
    return thread(
        before=voices_heard(consultation.voices.filter(state__in=_COUNTED)),
        centre=Knot("listen", _("cette concertation")),
        after=_needs_fed(
            consultation.territory, Evidence.objects.filter(contribution__consultation=consultation)
        ),
        next_label=_("besoin ?"),
    )


def occasions(evidence: QuerySet[Evidence]) -> list[Knot]:
    """Where these voices were heard, by channel: the count is always that of distinct voices."""
    rows = (
        evidence.values("contribution__channel")
        .annotate(
            n=Count("contribution_id", distinct=True),
            occasions=Count("contribution__gathering", distinct=True),
        )
        .order_by("contribution__channel")
    )
    return [_channel_knot(row["contribution__channel"], row["n"], row["occasions"]) for row in rows]


def voices_heard(voices: QuerySet[Contribution]) -> list[Knot]:
    """Where these voices were heard, by channel."""
    rows = voices.values("channel").annotate(n=Count("id"), occasions=Count("gathering", distinct=True))
    return [_channel_knot(row["channel"], row["n"], row["occasions"]) for row in rows.order_by("channel")]


def _channel_knot(channel: str, voices: int, occasions: int) -> Knot:
    """“8 rencontres”, “23 entretiens”, “41 voix en ligne”: the count is always that of voices."""
    said = {
        Channel.MEETING: lambda: ngettext("%(n)s rencontre", "%(n)s rencontres", occasions),
        Channel.INTERVIEW: lambda: ngettext("%(n)s entretien", "%(n)s entretiens", occasions),
        Channel.ONLINE: lambda: ngettext("%(n)s voix en ligne", "%(n)s voix en ligne", voices),
        Channel.PAPER: lambda: ngettext("%(n)s voix sur papier", "%(n)s voix sur papier", voices),
        Channel.IMPORT: lambda: ngettext("%(n)s voix importée", "%(n)s voix importées", voices),
    }[Channel(channel)]()
    shown = occasions if channel in (Channel.MEETING, Channel.INTERVIEW) else voices
    return Knot("listen", said % {"n": nombre(shown)}, count=voices)


def _occasion_of(voice: Contribution) -> list[Knot]:
    knots = []
    if without_draft(voice).consultation is not None:
        knots.append(knot_of(voice.territory, KINDS["listening.consultation"], voice.consultation))
    gathering = voice.gathering
    if gathering is not None and gathering.kind == GatheringKind.INTERVIEW:
        knots.append(Knot("listen", _("un entretien")))
    elif gathering is not None:
        knots.append(knot_of(voice.territory, KINDS["gatherings.gathering"], gathering))
    return knots


def afterwards(territory: Territory, thing: Model) -> list[Knot]:
    """What a thing became, step by step, as far as anybody may see."""
    walk = results_of(thing)
    return knots_of(territory, [node for step in walk.steps for node in step])


def _needs_fed(territory: Territory, evidence: QuerySet[Evidence]) -> list[Knot]:
    """The needs that these voices speak for, those with most of them first."""
    rows = list(
        evidence.filter(need__state__in=PUBLIC, contribution__state__in=_COUNTED)
        .values("need__slug", "need__statement")
        .annotate(n=Count("id"))
        .order_by("-n", "need__slug")
    )
    knots = [
        Knot(
            "need",
            row["need__statement"],
            reverse("territory:need", args=[territory.slug, row["need__slug"]]),
            1,
        )
        for row in rows[:NEEDS_SHOWN]
    ]
    if len(rows) > NEEDS_SHOWN:
        rest = len(rows) - NEEDS_SHOWN
        words = ngettext("et %(n)s autre besoin", "et %(n)s autres besoins", rest) % {"n": nombre(rest)}
        knots[-1:] = [Knot("need", words, reverse("territory:needs", args=[territory.slug]), rest + 1)]
    return knots
