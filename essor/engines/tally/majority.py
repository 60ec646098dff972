"""Yes or no: simple and qualified majorities, one person one vote or weighted by college.

With y, n and a the people for, against and abstaining, the share in favour is ``y / (y + n)``, or
``y / (y + n + a)`` where abstentions count. By colleges of weights w (their sum is exactly 1):
``proportional`` is the sum of w × (share in favour inside the college); ``bloc`` gives the whole of w to the
side that has more than half of the college. It is adopted when the share is above the threshold (``strict``),
or reaches it. Equal halves under a strict threshold of one half are a tie, which the tie rule settles.

Hypotheses: people are counted, never estimated; a college without a yes or a no has no share: its weight is
lost (nobody has it), re-spread over the others, or the count is to be reviewed by people (the default).
Source of the two conventions: the statutes of French cooperatives of collective interest (SCIC).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from essor.engines.tally.errors import BadRule, BadWeights, UnknownCollege
from essor.engines.tally.exact import Exact, chosen, names, one_of, share
from essor.engines.tally.result import Elsewhere, Method, Step, Tally, digest
from essor.engines.tally.rules import STATUS_QUO, Quorum, TieRule, attendance, checked_ballots

CHOICES = ("yes", "no", "abstain")
ABSTENTIONS = ("ignored", "counted")
CONVENTIONS = ("proportional", "bloc")
EMPTY = ("review", "lost", "respread")
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class YesNo:
    """A ballot: yes, no or abstain; ``times`` people who voted just so (a show of hands)."""

    id: str
    choice: str
    college: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class MajorityVote:
    """A proposal put to the vote. Without ``colleges``, one person has one vote."""

    ballots: tuple[YesNo, ...]
    colleges: Mapping[str, Exact] = field(default_factory=dict)
    convention: str = ""
    threshold: Exact = HALF
    strict: bool = True
    abstentions: str = "ignored"
    empty_college: str = "review"
    quorum: Quorum | None = None
    tie: TieRule = STATUS_QUO


@dataclass(frozen=True, slots=True)
class _Counted:
    """Shares for and against, and whether people must settle a college that did not vote."""

    yes: Fraction | None
    no: Fraction | None
    steps: tuple[Step, ...]
    review: bool = False


def count_majority(vote: MajorityVote) -> Tally:
    """The decision, exactly, and what the conventions not chosen would have given.

    Raises ``NoBallots``, ``DuplicateBallot``, ``UnknownChoice``, ``UnknownCollege``, ``BadWeights``,
    ``UnreachableQuorum``, ``UnknownRule`` or ``BadRule``.

    >>> said = [("A", "yes", 4), ("A", "no", 6), ("B", "yes", 9), ("B", "no", 1), ("C", "yes", 5)]
    >>> ballots = tuple(YesNo(str(at), choice, name, n) for at, (name, choice, n) in enumerate(said))
    >>> weights = {"A": "0.5", "B": "0.3", "C": "0.2"}
    >>> found = count_majority(MajorityVote(ballots, weights, "proportional"))
    >>> str(found.share_yes), found.outcome
    ('67/100', 'adopted')
    >>> found = count_majority(MajorityVote(ballots, weights, "bloc"))
    >>> str(found.share_yes), found.outcome
    ('1/2', 'rejected')
    """
    weights = _checked(vote)
    people = checked_ballots(vote.ballots)
    enough, needed = attendance(vote.quorum, people)
    counts = _counts(vote)
    steps = [Step("people", {"people": people})]
    if needed is not None:
        steps.append(Step("quorum", {"needed": needed, "people": people, "reached": enough}))
    counted = _shares(vote, weights, counts)
    outcome, ending = _outcome(vote, counted) if enough else ("no_quorum", ())
    end = Step("result", {"outcome": outcome, "winner": None})
    return Tally(
        outcome=outcome,
        method=Method("majority", _parameters(vote, weights), digest(vote)),
        people=people,
        steps=(*steps, *counted.steps, *ending, end),
        share_yes=counted.yes,
        elsewhere=_elsewhere(vote, weights, counts) if enough else (),
    )


def _checked(vote: MajorityVote) -> dict[str, Fraction]:
    one_of(vote.abstentions, ABSTENTIONS, "abstentions")
    one_of(vote.empty_college, EMPTY, "empty_college")
    share(vote.threshold, "threshold", from_zero=True)
    vote.tie.checked(("yes", "no"))
    if not vote.colleges:
        if vote.convention:
            raise BadRule("convention", value=vote.convention, expected="college")
        return {}
    one_of(vote.convention, CONVENTIONS, "convention")
    names(tuple(vote.colleges), "colleges", least=1)
    weights = {name: share(value, f"colleges.{name}") for name, value in vote.colleges.items()}
    if sum(weights.values()) != 1:
        raise BadWeights("colleges", sum=str(sum(weights.values())))
    return weights


def _counts(vote: MajorityVote) -> dict[str, Counter[str]]:
    """Yes, no and abstain, by college (one nameless college when there is none)."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in vote.colleges or ("",)}
    for at, each in enumerate(vote.ballots):
        choice = chosen(each.choice, CHOICES, f"ballots[{at}].choice")
        if each.college not in counts:
            known = ", ".join(vote.colleges) or "—"
            raise UnknownCollege(f"ballots[{at}].college", value=each.college, known=known)
        counts[each.college][choice] += each.times
    return counts


def _part(count: Counter[str], choice: str, abstentions: str) -> Fraction | None:
    spoken = count["yes"] + count["no"] + (count["abstain"] if abstentions == "counted" else 0)
    return Fraction(count[choice], spoken) if spoken else None


def _figures(count: Counter[str]) -> dict[str, int]:
    return {choice: count[choice] for choice in CHOICES}


def _shares(
    vote: MajorityVote, weights: Mapping[str, Fraction], counts: Mapping[str, Counter[str]]
) -> _Counted:
    if not weights:
        (count,) = counts.values()
        yes, no = _part(count, "yes", vote.abstentions), _part(count, "no", vote.abstentions)
        return _Counted(yes, no, (Step("votes", {**_figures(count), "share": yes}),))
    steps, for_, against, silent = [], Fraction(0), Fraction(0), Fraction(0)
    for name, weight in weights.items():
        yes, no = (_part(counts[name], side, vote.abstentions) for side in ("yes", "no"))
        if yes is None or no is None:
            silent += weight
            told = {"college": name, "weight": weight, "rule": vote.empty_college}
            steps.append(Step("college_silent", told))
            continue
        if vote.convention == "bloc":
            yes = Fraction(yes > HALF)
            no = 1 - yes
        for_, against = for_ + weight * yes, against + weight * no
        told = {
            "college": name,
            "weight": weight,
            **_figures(counts[name]),
            "share": yes,
            "gives": weight * yes,
        }
        steps.append(Step(f"college_{vote.convention}", told))
    if silent == 1:
        return _Counted(None, None, tuple(steps))
    if silent and vote.empty_college == "respread":
        for_, against = for_ / (1 - silent), against / (1 - silent)
    review = bool(silent) and vote.empty_college == "review"
    if review:
        return _Counted(None, None, tuple(steps), review=True)
    return _Counted(for_, against, (*steps, Step("sum", {"share": for_})))


def _outcome(vote: MajorityVote, counted: _Counted) -> tuple[str, tuple[Step, ...]]:
    threshold = share(vote.threshold, "threshold", from_zero=True)
    if counted.review:
        return "to_review", (Step("review", {}),)
    if counted.yes is None:
        return "rejected", (Step("nobody_spoke", {}),)
    told = {"share": counted.yes, "threshold": threshold, "strict": vote.strict}
    passes = counted.yes > threshold if vote.strict else counted.yes >= threshold
    step = Step("threshold", {**told, "passes": passes})
    if passes or not (vote.strict and counted.yes == counted.no == threshold):
        return ("adopted" if passes else "rejected"), (step,)
    winner = vote.tie.between(("yes", "no"))
    tie = Step(
        "tie", {"between": ("yes", "no"), "rule": vote.tie.rule, "seed": vote.tie.seed, "winner": winner}
    )
    return ("adopted" if winner == "yes" else "rejected"), (step, tie)


def _elsewhere(
    vote: MajorityVote, weights: Mapping[str, Fraction], counts: Mapping[str, Counter[str]]
) -> tuple[Elsewhere, ...]:
    others = [("abstentions", value) for value in ABSTENTIONS if value != vote.abstentions]
    if weights:
        others += [("convention", value) for value in CONVENTIONS if value != vote.convention]
        if any(not count["yes"] + count["no"] for count in counts.values()):
            others += [("empty_college", value) for value in EMPTY[1:] if value != vote.empty_college]
    found = []
    for parameter, value in others:
        other = replace(vote, **{parameter: value})  # type: ignore[arg-type]
        counted = _shares(other, weights, counts)
        outcome, _ = _outcome(other, counted)
        found.append(Elsewhere(parameter, value, outcome, share_yes=counted.yes))
    if weights:
        everybody = sum(counts.values(), Counter[str]())
        counted = _shares(vote, {}, {"": everybody})
        outcome, _ = _outcome(vote, counted)
        found.append(Elsewhere("colleges", "one_person_one_vote", outcome, share_yes=counted.yes))
    return tuple(found)


def _parameters(vote: MajorityVote, weights: Mapping[str, Fraction]) -> dict[str, object]:
    return {
        "colleges": dict(weights),
        "convention": vote.convention,
        "threshold": share(vote.threshold, "threshold", from_zero=True),
        "strict": vote.strict,
        "abstentions": vote.abstentions,
        "empty_college": vote.empty_college,
        "quorum": vote.quorum,
        "tie": vote.tie,
    }
