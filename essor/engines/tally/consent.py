"""Consent: a proposal is adopted when no objection stands any more.

An objection is raised by a member, answered (by a change or an explanation), and lifted by whoever raised
it. It stands until it is lifted; under the rule ``answered``, until it is answered. Nothing is weighed: one
objection that stands is enough.
"""

from dataclasses import dataclass, replace

from essor.engines.tally.errors import BadObjection, NoBallots
from essor.engines.tally.exact import names, one_of
from essor.engines.tally.result import Elsewhere, Method, Step, Tally, digest
from essor.engines.tally.rules import Quorum, attendance

ACTS = ("raised", "answered", "lifted")
SETTLES = ("lifted", "answered")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an objection, in the order it happened."""

    objection: str
    act: str
    by: str


@dataclass(frozen=True, slots=True)
class Consent:
    """The members present, and what happened to each objection; ``settles`` says what ends one."""

    members: tuple[str, ...]
    events: tuple[Event, ...] = ()
    settles: str = "lifted"
    quorum: Quorum | None = None


def count_consent(asked: Consent) -> Tally:
    """Adopted, or rejected with the objections that stand.

    Raises ``NoBallots``, ``BadObjection``, ``UnknownRule``, ``RepeatedChoice``, ``UnreachableQuorum``.

    >>> events = (Event("bruit", "raised", "ana"), Event("bruit", "answered", "bo"))
    >>> count_consent(Consent(("ana", "bo"), events)).outcome
    'rejected'
    >>> count_consent(Consent(("ana", "bo"), (*events, Event("bruit", "lifted", "ana")))).outcome
    'adopted'
    """
    one_of(asked.settles, SETTLES, "settles")
    if not asked.members:
        raise NoBallots("members")
    names(asked.members, "members", least=1)
    enough, needed = attendance(asked.quorum, len(asked.members))
    states = _states(asked)
    steps = [Step("people", {"people": len(asked.members)})]
    if needed is not None:
        steps.append(Step("quorum", {"needed": needed, "people": len(asked.members), "reached": enough}))
    steps += [Step("objection", {"objection": name, "state": state}) for name, state in states.items()]
    outcome = _outcome(asked, states) if enough else "no_quorum"
    standing = tuple(name for name, state in states.items() if _stands(state, asked.settles))
    steps.append(Step("consent", {"objections": len(states), "standing": standing}))
    other = replace(asked, settles="answered" if asked.settles == "lifted" else "lifted")
    elsewhere = (Elsewhere("settles", other.settles, _outcome(other, states)),) if enough else ()
    return Tally(
        outcome=outcome,
        method=Method("consent", {"settles": asked.settles, "quorum": asked.quorum}, digest(asked)),
        people=len(asked.members),
        steps=(*steps, Step("result", {"outcome": outcome, "winner": None})),
        elsewhere=elsewhere,
    )


def _stands(state: str, settles: str) -> bool:
    return state == "raised" or (state == "answered" and settles == "lifted")


def _outcome(asked: Consent, states: dict[str, str]) -> str:
    return "rejected" if any(_stands(each, asked.settles) for each in states.values()) else "adopted"


def _states(asked: Consent) -> dict[str, str]:
    states: dict[str, str] = {}
    raised_by: dict[str, str] = {}
    for at, each in enumerate(asked.events):
        one_of(each.act, ACTS, f"events[{at}].act")
        reason = _refusal(asked, each, states, raised_by)
        if reason:
            raise BadObjection(f"events[{at}]", objection=each.objection, act=each.act, reason=reason)
        raised_by.setdefault(each.objection, each.by)
        states[each.objection] = each.act
    return states


def _refusal(asked: Consent, event: Event, states: dict[str, str], raised_by: dict[str, str]) -> str:
    """Why an event cannot have happened; “” when it can."""
    known = event.objection in states
    if event.act == "raised":
        return "again" if known else "" if event.by in asked.members else "stranger"
    if not known:
        return "unknown"
    if states[event.objection] == "lifted":
        return "closed"
    return "other" if event.act == "lifted" and raised_by[event.objection] != event.by else ""
