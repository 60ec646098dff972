"""An analyst counts a decision from the command line."""

import json

import pytest

from essor.console.tally import tally

VOTE = {
    "method": "majority",
    "convention": "proportional",
    "colleges": {"A": "0.5", "B": "0.3", "C": "0.2"},
    "ballots": [
        {"college": name, "choice": choice}
        for name, choices in {"A": "yyyynnnnnn", "B": "yyyyyyyyyn", "C": "yyyyy"}.items()
        for choice in ({"y": "yes", "n": "no"}[each] for each in choices)
    ],
}


def written(folder, said):
    path = folder / "vote.json"
    path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("convention", "share", "adopted"), [("proportional", 0.67, True), ("bloc", 0.5, False)]
)
def test_a_vote_by_colleges_becomes_json(tmp_path, convention, share, adopted):
    out = tmp_path / "out.json"
    assert tally([written(tmp_path, VOTE | {"convention": convention}), "--json", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (found["share_yes"], found["adopted"]) == (share, adopted)
    assert found["steps"]


@pytest.mark.parametrize(
    "said",
    [
        {"method": "consent", "members": ["ana"], "events": []},
        {
            "method": "majority_judgement",
            "choices": ["A", "B"],
            "grades": ["bien", "mal"],
            "ballots": [{"grades": {"A": "bien", "B": "mal"}}],
        },
        {"method": "approval", "choices": ["A", "B"], "ballots": [{"approves": ["A"]}]},
        {"method": "score", "choices": ["A", "B"], "ballots": [{"scores": {"A": 5}}]},
        {"method": "schulze", "choices": ["A", "B"], "ballots": [{"ranking": ["A", ["B"]]}]},
        VOTE,
    ],
)
def test_each_method_has_a_report_to_read(tmp_path, capsys, said):
    assert tally([written(tmp_path, said)]) == 0
    assert "Étapes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("{", "JSON"),
        ("[]", "{…}"),
        ({}, "method"),
        ({"method": "dictature"}, "method"),
        ({"method": "majority"}, "ballots"),
        (VOTE | {"ballots": [{"choice": "yes"}]}, "ballots[0].college"),
        (VOTE | {"colleges": {"A": "0.5"}}, "colleges"),
        (VOTE | {"ballots": [{"college": "D", "choice": "yes"}]}, "ballots[0].college"),
        ({name: VOTE[name] for name in ("method", "colleges", "ballots")}, "convention"),
    ],
)
def test_a_broken_vote_is_refused_in_one_line_that_names_the_field(tmp_path, capsys, said, field):
    assert tally([written(tmp_path, said)]) == 2
    told = capsys.readouterr().err
    assert field in told
    assert len(told.strip().splitlines()) == 1
