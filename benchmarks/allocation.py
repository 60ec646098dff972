"""Sharing a budget: real Pabulib votes, beside pabutools (GPL, a peer of the benchmarks alone), same winners.

    .venv/bin/python benchmarks/allocation.py [--data ../shared/data/pabulib] [--quick]

Each vote and rule runs in a process of its own for each side. Processor time of solving alone is compared;
reading and solving together is given beside it, for ours. ``--quick`` leaves add1 out.
The peer breaks ties by the name of the project, and so do we here.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
RUNS = (
    ("Poland_Warszawa_2026.pb", "cost", "150"),
    ("Poland_Warszawa_2026.pb", "cardinality", ""),
    ("Poland_Lodz_2022.pb", "cost", "150"),
    ("Poland_Lodz_2022.pb", "phragmen", ""),
    ("France_Toulouse_2024.pb", "cost", ""),
    ("France_Toulouse_2024.pb", "greedy", ""),
    ("France_Toulouse_2024.pb", "add1", "200"),
)


def ours(path: Path, rule: str) -> dict[str, object]:
    """Read and solve by the engine."""
    from essor.engines.allocation.allocate import allocate
    from essor.engines.allocation.election import Project, election_of_kinds
    from essor.outside.pabulib import read_pb

    began = time.process_time()
    read = read_pb(path)
    projects = [Project(each.id, each.cost, each.groups) for each in read.projects]
    election = election_of_kinds(projects, read.budget, read.kinds, read.kind_of)
    parsed = time.process_time()
    asked = {
        "cost": {},
        "cardinality": {"utility": "cardinality"},
        "greedy": {"rule": "greedy"},
        "phragmen": {"rule": "phragmen"},
        "add1": {"completion": "add1"},
    }[rule]
    winners = sorted(allocate(election, ties="name", **asked).winners)
    return {"parse": parsed - began, "solve": time.process_time() - parsed, "winners": winners}


def peer(path: Path, rule: str) -> dict[str, object]:
    """Read and solve by pabutools, with ballots that are alike put together."""
    from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
    from pabutools.rules import (
        greedy_utilitarian_welfare,
        method_of_equal_shares,
        sequential_phragmen,
    )

    sys.setrecursionlimit(10_000)
    began = time.process_time()
    instance, profile = parse_pabulib(str(path))
    many = profile.as_multiprofile()
    parsed = time.process_time()
    found = {
        "cost": lambda: method_of_equal_shares(instance, many, Cost_Sat),
        "cardinality": lambda: method_of_equal_shares(instance, many, Cardinality_Sat),
        "greedy": lambda: greedy_utilitarian_welfare(instance, many, Cost_Sat),
        "phragmen": lambda: sequential_phragmen(instance, many),
        "add1": lambda: method_of_equal_shares(instance, many, Cost_Sat, voter_budget_increment=1),
    }[rule]()
    winners = sorted(each.name for each in found)
    return {"parse": parsed - began, "solve": time.process_time() - parsed, "winners": winners}


def apart(side: str, path: Path, rule: str) -> dict[str, object]:
    """One side in a process of its own; ``mb`` is its largest memory."""
    command = [sys.executable, __file__, "--side", side, "--file", str(path), "--rule", rule]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return dict(json.loads(told.splitlines()[-1]))


def main() -> int:
    """Print the table; 1 when winners differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "pabulib")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--side", choices=("ours", "peer"))
    parser.add_argument("--file", type=Path)
    parser.add_argument("--rule")
    options = parser.parse_args()
    if options.side:
        told = {"ours": ours, "peer": peer}[options.side](options.file, options.rule)
        told["mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(told))
        return 0
    differ = 0
    heads = f"{'ours s':>9}{'peer s':>10}{'ratio':>8}{'aim':>6}{'read+solve':>12}{'MB':>11}"
    print(f"{'vote':<28}{'rule':<13}{heads}")
    for name, rule, aim in RUNS:
        if options.quick and rule == "add1":
            continue
        mine, theirs = (apart(side, options.data / name, rule) for side in ("ours", "peer"))
        same = mine["winners"] == theirs["winners"]
        differ += not same
        print(
            f"{name[:-3]:<28}{rule:<13}{mine['solve']:>9.3f}{theirs['solve']:>10.2f}"
            f"{theirs['solve'] / mine['solve']:>8.0f}{aim:>6}{mine['parse'] + mine['solve']:>12.2f}"
            f"{mine['mb']:>5}/{theirs['mb']:<5}{'' if same else '  WINNERS DIFFER'}",
            flush=True,
        )
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
