"""A vote written in JSON becomes the input of the engine; what is missing or wrong is named with its mend."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from essor.console.words import _
from essor.engines.tally.approval import ApprovalVote, Approves, count_approval
from essor.engines.tally.consent import Consent, Event, count_consent
from essor.engines.tally.judgement import Grades, JudgementVote, count_judgement
from essor.engines.tally.majority import MajorityVote, YesNo, count_majority
from essor.engines.tally.ranked import RankedVote, Ranking, count_ranked
from essor.engines.tally.result import Tally
from essor.engines.tally.rules import Quorum, TieRule
from essor.engines.tally.score import Scores, ScoreVote, count_score

_MISSING = object()


class Misread(ValueError):
    """The file is no vote; the message names the field and says what to write."""


class _Fields:
    """The fields of an object of the file, asked for by name and kind."""

    def __init__(self, said: object, where: str = "") -> None:
        if not isinstance(said, Mapping):
            raise Misread(_wrong(where or _("le fichier"), "{…}"))
        self.said, self.where = said, where

    def get(self, name: str, kind: type | tuple[type, ...], shape: str, default: Any = _MISSING) -> Any:
        path = f"{self.where}.{name}" if self.where else name
        value = self.said.get(name, default)
        if value is _MISSING:
            raise Misread(
                _("Le champ « %(field)s » manque : ajoutez-le, sous la forme %(shape)s.")
                % {"field": path, "shape": shape}
            )
        if value is not default and (not isinstance(value, kind) or (kind is int and value is True)):
            raise Misread(_wrong(path, shape))
        return value

    def text(self, name: str, default: Any = _MISSING) -> str:
        return str(self.get(name, str, '"…"', default))

    def texts(self, name: str, default: Any = _MISSING) -> tuple[str, ...]:
        values = self.get(name, list, '["…", "…"]', default)
        if not all(isinstance(each, str) for each in values):
            raise Misread(_wrong(f"{self.where}.{name}" if self.where else name, '["…", "…"]'))
        return tuple(values)

    def every(self, name: str) -> list["_Fields"]:
        values = self.get(name, list, "[{…}, {…}]")
        path = f"{self.where}.{name}" if self.where else name
        return [_Fields(each, f"{path}[{at}]") for at, each in enumerate(values)]

    def rules(self, **defaults: Any) -> dict[str, Any]:
        """Optional rules that the file gives; the engine checks their values."""
        kinds = {bool: (bool, "true"), int: (int, "5"), str: (str, '"…"')}
        return {
            name: self.get(name, *kinds[type(default)], default)
            for name, default in defaults.items()
            if name in self.said
        }


def _wrong(field: str, shape: str) -> str:
    return _("Le champ « %(field)s » n’est pas lisible : écrivez-le sous la forme %(shape)s.") % {
        "field": field,
        "shape": shape,
    }


def read_and_count(path: Path) -> Tally:
    """The file counted. Raises ``Misread``, ``OSError``, or an error of the engine."""
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except json.JSONDecodeError as problem:
        raise Misread(
            _("Le fichier n’est pas du JSON lisible, ligne %(line)d, colonne %(column)d : corrigez-le là.")
            % {"line": problem.lineno, "column": problem.colno}
        ) from problem
    except (UnicodeDecodeError, RecursionError, ValueError) as problem:
        raise Misread(_("Le fichier n’est pas du JSON lisible : enregistrez-le en UTF-8.")) from problem
    fields = _Fields(said)
    method = fields.text("method")
    if method not in METHODS:
        known = ", ".join(METHODS)
        raise Misread(
            _("Le champ « method » ne peut pas être « %(value)s » : écrivez %(known)s.")
            % {"value": method[:60], "known": known}
        )
    return METHODS[method](fields)


def _shared(fields: _Fields) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "quorum" in fields.said:
        quorum = _Fields(fields.said["quorum"], "quorum")
        share = quorum.get("share", (str, int, Decimal), '"1/2"', None)
        people = quorum.get("people", int, "12", None)
        found["quorum"] = Quorum(quorum.get("eligible", int, "40"), share, people)
    if "tie" in fields.said:
        tie = _Fields(fields.said["tie"], "tie")
        order = tie.texts("order", ())
        found["tie"] = TieRule(tie.text("rule"), tie.text("seed", ""), tie.text("commitment", ""), order)
    return found


def _head(ballot: _Fields, at: int) -> dict[str, Any]:
    return {"id": ballot.text("id", f"#{at + 1}"), "times": ballot.get("times", int, "1", 1)}


def _majority(fields: _Fields) -> Tally:
    weights = dict(fields.get("colleges", dict, '{"A": "0.5", "B": "0.5"}', {}))
    if weights:
        fields.text("convention")
    ballots = tuple(
        YesNo(
            choice=each.text("choice"),
            college=each.text("college") if weights else each.text("college", ""),
            **_head(each, at),
        )
        for at, each in enumerate(fields.every("ballots"))
    )
    rules = fields.rules(convention="", strict=True, abstentions="", empty_college="")
    if "threshold" in fields.said:
        rules["threshold"] = fields.get("threshold", (str, int, Decimal), '"2/3"')
    return count_majority(MajorityVote(ballots, weights, **rules, **_shared(fields)))


def _consent(fields: _Fields) -> Tally:
    events = tuple(
        Event(each.text("objection"), each.text("act"), each.text("by")) for each in fields.every("events")
    )
    shared = {name: value for name, value in _shared(fields).items() if name == "quorum"}
    return count_consent(Consent(fields.texts("members"), events, **fields.rules(settles=""), **shared))


def _judgement(fields: _Fields) -> Tally:
    ballots = tuple(
        Grades(grades=each.get("grades", dict, '{"A": "…"}'), **_head(each, at))
        for at, each in enumerate(fields.every("ballots"))
    )
    choices, grades = fields.texts("choices"), fields.texts("grades")
    return count_judgement(
        JudgementVote(choices, grades, ballots, **fields.rules(missing=""), **_shared(fields))
    )


def _approval(fields: _Fields) -> Tally:
    ballots = tuple(
        Approves(approves=each.texts("approves"), **_head(each, at))
        for at, each in enumerate(fields.every("ballots"))
    )
    return count_approval(ApprovalVote(fields.texts("choices"), ballots, **_shared(fields)))


def _score(fields: _Fields) -> Tally:
    ballots = tuple(
        Scores(scores=each.get("scores", dict, '{"A": 5}'), **_head(each, at))
        for at, each in enumerate(fields.every("ballots"))
    )
    rules = fields.rules(least=0, most=5, missing="")
    return count_score(ScoreVote(fields.texts("choices"), ballots, **rules, **_shared(fields)))


def _ranked(fields: _Fields) -> Tally:
    ballots = tuple(
        Ranking(rows=_rows(each), **_head(each, at)) for at, each in enumerate(fields.every("ballots"))
    )
    rules = fields.rules(strength="", unranked="")
    return count_ranked(RankedVote(fields.texts("choices"), ballots, **rules, **_shared(fields)))


def _rows(ballot: _Fields) -> tuple[tuple[str, ...], ...]:
    shape = '["A", ["B", "C"]]'
    rows = [[each] if isinstance(each, str) else each for each in ballot.get("ranking", list, shape)]
    if not all(isinstance(row, list) and all(isinstance(name, str) for name in row) for row in rows):
        raise Misread(_wrong(f"{ballot.where}.ranking", shape))
    return tuple(tuple(row) for row in rows)


METHODS: dict[str, Callable[[_Fields], Tally]] = {
    "majority": _majority,
    "consent": _consent,
    "majority_judgement": _judgement,
    "approval": _approval,
    "score": _score,
    "schulze": _ranked,
}
