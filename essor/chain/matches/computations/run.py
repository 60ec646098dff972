"""The door to the engine of introductions: needs, projects, actors and places in; dated proposals out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from essor.chain.matches.computations.reading import Read, read_territory
from essor.chain.matches.enums import Answer, Reason, Side
from essor.chain.matches.models import Circle, Match, MatchAnswer, MatchRun
from essor.chain.matches.pairs import ACTOR, NEED, PROJECT, RESOURCE, Pair
from essor.chain.matches.selectors.pairs import latest_answers, state_of
from essor.common import clock
from essor.common.codes import digest
from essor.engines.matching.circle import Candidate, compose
from essor.engines.matching.match import match
from essor.engines.matching.result import Matches, Proposal
from essor.engines.matching.sides import Item
from essor.engines.matching.weights import Refusal, Weights, lesson_of
from essor.ground.directory.models import Actor
from essor.ground.territories.models import Territory

# (seekers, candidates): how many proposals each seeker keeps
KEPT: dict[tuple[str, str], int] = {
    (NEED, ACTOR): 6,
    (NEED, RESOURCE): 2,
    (NEED, PROJECT): 2,
    (PROJECT, ACTOR): 6,
    (PROJECT, RESOURCE): 3,
}
IN_A_CIRCLE = 5
NO_TIME_HOLDS = timedelta(days=90)


class NothingToMatch(Exception):
    """There is no seeker or no candidate in the territory."""


@dataclass(frozen=True)
class Found:
    """The proposals of each kind, the circles, and how to read them."""

    read: Read
    matches: dict[tuple[str, str], Matches]
    circles: dict[str, Any] = field(default_factory=dict)
    learnt: dict[str, dict[str, int]] = field(default_factory=dict)


def compute(run: MatchRun) -> Found:
    """Compare every seeker of the territory with every candidate. Writes nothing.

    Raises ``NothingToMatch`` when one of the sides is empty.
    """
    read = read_territory(run.territory)
    known, refusals = _said(run.territory, read)
    matches = {
        (seekers, candidates): match(
            read.items[seekers], read.items[candidates], k=k, known=known, refusals=refusals
        )
        for (seekers, candidates), k in KEPT.items()
        if read.items[seekers] and read.items[candidates]
    }
    if not matches:
        raise NothingToMatch
    return Found(read, matches, _circles(read, matches), _learnt(refusals))


@transaction.atomic
def store(run: MatchRun, found: Found) -> None:
    """Write the snapshot; what an earlier, unfinished run left behind is replaced."""
    Match.objects.filter(run=run).delete()
    Circle.objects.filter(run=run).delete()
    rows = [
        _row(run, seekers, candidates, each, found.read)
        for (seekers, candidates), result in found.matches.items()
        for each in result.proposals
    ]
    Match.objects.bulk_create(rows, batch_size=500)
    Circle.objects.bulk_create(
        [_circle(run, key, each) for key, each in found.circles.items()], batch_size=500
    )
    first = next(iter(found.matches.values())).method
    run.method = {
        **first.to_dict(),
        "kept": {f"{one} > {other}": k for (one, other), k in KEPT.items()},
        "learnt": found.learnt,
        "steps": {f"{one} > {other}": each.explain() for (one, other), each in found.matches.items()},
    }
    run.input_digest = digest("".join(each.method.digest for each in found.matches.values()), "matches")
    run.figures = _figures(rows, found)
    run.computed_at = clock.now()
    run.save(update_fields=["method", "input_digest", "figures", "computed_at"])


def _said(territory: Territory, read: Read) -> tuple[list[tuple[str, str]], list[Refusal]]:
    """What is not to be proposed again: links that stand, and the answers people gave.

    An answer about a card that was merged since holds for the card that was kept. Who has no time is proposed
    to nobody for a while: only when it is the candidate who says so, and the pair itself stays closed.
    """
    known = list(read.linked)
    refusals: list[Refusal] = []
    merged = Actor.objects.in_territory(territory).filter(merged_into__isnull=False)
    one = {pk: into for pk, into in merged.values_list("pk", "merged_into") if into is not None}
    for name, answers in latest_answers(territory).items():
        pair = Pair.read(name)
        if pair is None:
            continue
        kind, key = pair.candidate
        left, right = _id(pair.seeker), _id((kind, one.get(key, key) if kind == ACTOR else key))
        said = [each for each in answers.values() if each.answer == Answer.DECLINED]
        if said:
            known.append((left, right))
            refusals += [Refusal(left, right, Reason(each.reason).value) for each in said if _teaches(each)]
        elif state_of(answers) in ("met", "postponed"):
            known.append((left, right))
    return known, refusals


def _teaches(answer: MatchAnswer) -> bool:
    """Whether a refusal says more than that this pair is not to be proposed."""
    if answer.reason != Reason.NO_TIME:
        return True
    return answer.side == Side.CANDIDATE and answer.at >= clock.now() - NO_TIME_HOLDS


def _learnt(refusals: Sequence[Refusal]) -> dict[str, dict[str, int]]:
    """What the answers changed in the points of each seeker, to be told in plain words."""
    usual = Weights()
    by_seeker: dict[str, list[Refusal]] = {}
    for each in refusals:
        by_seeker.setdefault(each.left, []).append(each)
    lessons = {left: lesson_of(told, usual) for left, told in sorted(by_seeker.items())}
    return {
        left: {
            "themes_more": lesson.themes_more,
            "half_distance": lesson.half_distance,
            "unlike": len(lesson.unlike),
        }
        for left, lesson in lessons.items()
        if lesson != lesson_of((), usual)
    }


def _id(node: tuple[str, int]) -> str:
    return f"{node[0]}:{node[1]:09}"


def _row(run: MatchRun, seekers: str, candidates: str, each: Proposal, read: Read) -> Match:
    seeker, candidate = int(each.left.split(":")[1]), int(each.right.split(":")[1])
    column = {ACTOR: "actor_id", RESOURCE: "resource_id", PROJECT: "other_id"}[candidates]
    return Match(
        run=run,
        need_id=seeker if seekers == NEED else None,
        project_id=seeker if seekers == PROJECT else None,
        pair=Pair((seekers, seeker), (candidates, candidate)).name,
        rank=each.rank,
        score=each.score,
        parts=[_in_words(part.to_dict(), read) for part in each.parts],
        would_change=[change.to_dict() for change in each.would_change],
        is_unusual=each.is_unusual,
        **{column: candidate},
    )


def _in_words(part: dict[str, Any], read: Read) -> dict[str, Any]:
    """Stems become words that people wrote."""
    evidence = dict(part["evidence"])
    if "words" in evidence:
        evidence["words"] = read.readable(evidence["words"])
    for side in ("brings", "receives"):
        if part["name"] == "complement":
            evidence[side] = [
                {"kind": each["kind"], "words": read.readable(each["words"])} for each in evidence[side]
            ]
    return {**part, "evidence": evidence}


def _circles(read: Read, matches: dict[tuple[str, str], Matches]) -> dict[str, Any]:
    """The best circle around each seeker that has at least two actors proposed."""
    circles = {}
    for seekers in (NEED, PROJECT):
        result = matches.get((seekers, ACTOR))
        if result is None:
            continue
        actors = {each.id: each for each in read.items[ACTOR]}
        for item in read.items[seekers]:
            proposed = result.of(item.id)
            if len(proposed) > 1:
                people = [_candidate(each, actors[each.right]) for each in proposed]
                circles[item.id] = compose(
                    people, sought=frozenset(item.seeks), missing=item.missing, most=IN_A_CIRCLE
                )
    return circles


def _candidate(proposal: Proposal, actor: Item) -> Candidate:
    return Candidate(actor.id, proposal.score, frozenset(actor.offers), actor.families)


def _circle(run: MatchRun, key: str, found: Any) -> Circle:
    kind, seeker = key.split(":")
    return Circle(
        run=run,
        need_id=int(seeker) if kind == NEED else None,
        project_id=int(seeker) if kind == PROJECT else None,
        members=[
            {"actor": int(seat.id.split(":")[1]), "adds": _adds(seat.kinds, seat.families)}
            for seat in found.seats
        ],
        uncovered=_adds(found.kinds_uncovered, found.families_uncovered),
        is_exact=found.is_exact,
    )


def _adds(kinds: Iterable[int], families: Iterable[int]) -> list[dict[str, Any]]:
    return [
        *({"what": "kind", "key": kind} for kind in kinds),
        *({"what": "family", "key": family} for family in families),
    ]


def _figures(rows: Sequence[Match], found: Found) -> dict[str, Any]:
    return {
        "proposals": len(rows),
        "unusual": sum(row.is_unusual for row in rows),
        "compared": sum(each.compared for each in found.matches.values()),
        "set_aside": sum(each.set_aside for each in found.matches.values()),
        "circles": len(found.circles),
        "sides": dict(Counter({kind: len(items) for kind, items in found.read.items.items()})),
    }
