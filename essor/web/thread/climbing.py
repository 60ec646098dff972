"""The thread of what stands above needs, down to the voices and up to what followed."""

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.alliances.models import Alliance
from essor.chain.challenges.models import Challenge, ChallengeVoice
from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution
from essor.chain.needs.models import Evidence, Need
from essor.chain.opinions.models import Statement
from essor.chain.projects.models import Project
from essor.ground.ledger.selectors import Node, sources_of
from essor.ground.territories.models import Territory
from essor.web.drawings.picture import Picture
from essor.web.drawings.thread import Knot, thread
from essor.web.thread.drawing import afterwards, occasions, voices_heard
from essor.web.thread.kinds import knots_of
from essor.web.typography import nombre

_COUNTED = (VoiceState.PUBLISHED, VoiceState.PRIVATE)
_VOICE, _NEED = Contribution._meta.label_lower, Need._meta.label_lower
_CHALLENGE = Challenge._meta.label_lower


def thread_of_statement(statement: Statement) -> Picture:
    """The voices it was born from; the needs it is evidence of, and what they became."""
    territory = statement.conversation.territory
    counted = Contribution.objects.filter(behind_statement(statement), state__in=_COUNTED)
    return thread(
        before=voices_heard(counted),
        centre=Knot("listen", _("cette affirmation")),
        after=afterwards(territory, statement),
        next_label=_("besoin ?"),
    )


def thread_of_challenge(challenge: Challenge) -> Picture:
    """The need it took up and the voices it received; the projects it became, and their alliances."""
    return _thread(challenge.territory, challenge, Knot("challenge", _("ce défi")), _("projet ?"))


def thread_of_project(project: Project) -> Picture:
    """The needs it answers, its challenge, the voices behind them; the alliances that carry it."""
    return _thread(project.territory, project, Knot("project", _("ce projet")), _("alliance ?"))


def thread_of_alliance(alliance: Alliance) -> Picture:
    """The projects it carries, the needs they answer, and the voices behind them."""
    return _thread(alliance.territory, alliance, Knot("alliance", _("cette alliance")), _("décision ?"))


def behind(thing: Model) -> Q:
    """Which voices stand behind a thing: evidence of its needs, or given in its challenges."""
    below = _below(thing)
    evidence = Evidence.objects.filter(need__in=[pk for label, pk in below if label == _NEED])
    given = ChallengeVoice.objects.filter(phase__challenge__in=_challenges(thing, below))
    return Q(pk__in=evidence.values("contribution")) | Q(pk__in=given.values("contribution"))


def _challenges(thing: Model, below: list[Node]) -> list[int]:
    keys = [pk for label, pk in below if label == _CHALLENGE]
    return [*keys, thing.pk] if isinstance(thing, Challenge) else keys


def _thread(territory: Territory, thing: Model, centre: Knot, next_label: str) -> Picture:
    below = _below(thing)
    needs = [pk for label, pk in below if label == _NEED]
    heard = occasions(Evidence.objects.filter(need__in=needs, contribution__state__in=_COUNTED))
    given = _given_in(_challenges(thing, below))
    return thread(
        before=[*heard, *given, *knots_of(territory, below)],
        centre=centre,
        after=afterwards(territory, thing),
        next_label=next_label,
    )


def behind_statement(statement: Statement) -> Q:
    """The voices that a statement words, also through a group of them."""
    walked = [node for step in sources_of(statement).steps for node in step]
    return Q(pk__in=[pk for label, pk in walked if label == _VOICE])


def _below(thing: Model) -> list[Node]:
    """What stands below a thing, voices aside: they are counted, not walked."""
    walk = sources_of(thing, without=_VOICE)
    return [node for step in reversed(walk.steps) for node in step]


def _given_in(keys: list[int]) -> list[Knot]:
    if not keys:
        return []
    voices = ChallengeVoice.objects.filter(phase__challenge__in=keys, contribution__state__in=_COUNTED)
    number = voices.count()
    if not number:
        return []
    words = ngettext("%(n)s voix donnée dans un défi", "%(n)s voix données dans un défi", number)
    return [Knot("listen", words % {"n": nombre(number)}, count=number)]
