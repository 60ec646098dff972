"""What can go wrong with a count, said so that the caller knows where, and what to mend.

Each error carries ``where`` (the field, as a path) and ``figures`` (what a face needs to tell it in another
language); its own text is in English.
"""

from typing import Any, ClassVar

# What a field expects, in words; the key is what ``BadRule`` carries.
EXPECTED = {
    "exact": "an exact number such as 1, 0.5 or 1/3 (as text, never a rounded float)",
    "share": "an exact share above 0, 1 at most",
    "threshold": "an exact share from 0 to 1",
    "count": "a whole number, 1 at least",
    "whole": "a whole number",
    "name": "a name that is not empty",
    "names": "two different names at least",
    "all_names": "every choice, once",
    "seed": "the seed of the lot, announced before the vote",
    "commitment": "the SHA-256 of the seed, as it was announced before the vote",
    "scale": "a highest score above the lowest",
    "eligible": "no more people than may vote",
    "college": "colleges: this convention has no meaning without them",
}


class TallyError(ValueError):
    """Base of the documented exceptions of this engine."""

    text: ClassVar[str] = ""

    def __init__(self, where: str, **figures: Any) -> None:
        self.where = where
        self.figures = figures
        super().__init__(f"{where}: {self.text.format(**figures)}")


class BadRule(TallyError):
    """A rule of the vote out of its bounds; ``expected`` is a key of ``EXPECTED``.

    >>> raise BadRule("threshold", value="1.2", expected="threshold")
    Traceback (most recent call last):
    essor.engines.tally.errors.BadRule: threshold: “1.2” cannot be used: write an exact share from 0 to 1
    """

    text = "“{value}” cannot be used: write {words}"

    def __init__(self, where: str, *, value: object, expected: str) -> None:
        super().__init__(where, value=str(value)[:60], expected=expected, words=EXPECTED[expected])


class UnknownRule(TallyError):
    """A rule that is not one of those that exist."""

    text = "“{value}” is not known: write one of {known}"


class NoBallots(TallyError):
    """There is nothing to count."""

    text = "there is no ballot: give one at least"


class DuplicateBallot(TallyError):
    """Two ballots have the same id: one would be counted twice."""

    text = "the ballot “{id}” is already there: keep one of the two"


class UnknownCollege(TallyError):
    """A ballot of a college that has no weight."""

    text = "“{value}” is not a college of this vote: write one of {known}"


class UnknownChoice(TallyError):
    """A ballot for something that was not put to the vote."""

    text = "“{value}” is not a choice of this vote: write one of {known}"


class RepeatedChoice(TallyError):
    """A ballot naming the same choice twice."""

    text = "“{value}” is there twice: keep it once"


class UnknownGrade(TallyError):
    """A grade or a score that is not on the scale."""

    text = "“{value}” is not on the scale: write one of {known}"


class MissingGrade(TallyError):
    """A ballot that leaves a choice out, under a rule that asks for every one."""

    text = "“{value}” has no grade on this ballot: give one, or choose a rule for what is missing"


class BadWeights(TallyError):
    """Weights of colleges whose sum is not exactly 1.

    >>> raise BadWeights("colleges", sum="9/10")
    Traceback (most recent call last):
    essor.engines.tally.errors.BadWeights: colleges: the weights add up to 9/10: they must add up to exactly 1
    """

    text = "the weights add up to {sum}: they must add up to exactly 1"


class UnreachableQuorum(TallyError):
    """A quorum above the number of those who may vote: no vote could ever reach it."""

    text = "{needed} people are asked for and {eligible} may vote: lower the quorum"


class BadObjection(TallyError):
    """An objection raised, answered or lifted out of its order; ``reason`` says why in one word."""

    text = "the objection “{objection}” cannot be {act}: {words}"
    REASONS: ClassVar[dict[str, str]] = {
        "unknown": "it was never raised",
        "again": "it was already raised",
        "closed": "it was lifted before",
        "other": "only who raised it lifts it",
        "stranger": "who raises it is not a member of this decision",
    }

    def __init__(self, where: str, *, objection: str, act: str, reason: str) -> None:
        words = self.REASONS[reason]
        super().__init__(where, objection=objection, act=act, reason=reason, words=words)
