"""The winners of real votes are those of pabutools 1.2 with its tie rule, and those that two towns announced."""

import csv
import json
from pathlib import Path

import pytest

from essor.engines.allocation.allocate import allocate
from essor.engines.allocation.election import Election, Project, election_of_kinds
from essor.outside.pabulib import read_pb

HERE = Path(__file__).parent
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "pabulib"
WINNERS = json.loads((HERE / "peer_winners.json").read_text(encoding="utf-8"))
RULES = {
    "mes_cost": {},
    "mes_card": {"utility": "cardinality"},
    "greedy": {"rule": "greedy"},
    "phragmen": {"rule": "phragmen"},
}
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the real votes are not beside the project")


def _election(name: str) -> Election:
    read = read_pb(SHARED / name)
    projects = [Project(each.id, each.cost, each.groups) for each in read.projects]
    return election_of_kinds(projects, read.budget, read.kinds, read.kind_of)


@pytest.mark.parametrize("name", sorted(WINNERS))
def test_a_real_vote_elects_the_same_projects(name):
    election = _election(name)
    for rule, expected in WINNERS[name].items():
        assert sorted(allocate(election, ties="name", **RULES[rule]).winners) == expected, rule


@pytest.mark.parametrize("name", ["Poland_Swiecie_2023.pb", "Netherlands_Assen_2024.pb"])
def test_the_official_winners_are_found_again(name):
    lines = (SHARED / name).read_text(encoding="utf-8-sig").splitlines()
    start, end = lines.index("PROJECTS") + 1, lines.index("VOTES")
    rows = csv.DictReader(lines[start:end], delimiter=";")
    official = sorted(row["project_id"] for row in rows if row["selected"] == "1")
    assert official
    assert sorted(allocate(_election(name), completion="add1").winners) == official


def test_payments_make_the_cost_and_the_budget_holds():
    election = _election("Poland_Swiecie_2023.pb")
    found = allocate(election)
    assert (
        sum(election.costs[at] for at, each in enumerate(election.projects) if each.id in found.winners)
        <= election.money
    )
    assert len(found.rounds) == len(found.winners)
