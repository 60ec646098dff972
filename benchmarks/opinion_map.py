"""Maps of opinions beside red-dwarf, the runnable peer of Polis's mathematics, on the same votes in one run.

    .venv/bin/python benchmarks/opinion_map.py            # all of it, some minutes (the peer takes most)
    .venv/bin/python benchmarks/opinion_map.py --quick    # 5,000 × 300 instead of 50,000 × 1,000, no million
    .venv/bin/python benchmarks/opinion_map.py --sets     # the real sets alone

1. 50,000 × 1,000 invented votes, each side in a process of its own: processor seconds and peak memory. Each
   is given what its door asks for (three arrays; a list of records), made before the clock starts; the
   memory of that input is told apart.
2. 125,000 to 1,000,000 participants × 1,000 statements, about 50 votes each: the exponent of the cost in the
   number of votes, from unsorted votes to the map with its stability.
3. The real sets of ../shared/data/polis: agreement (adjusted Rand index) with the groups that Polis
   published, ours in both modes beside the peer's. Published groups depend on the history of each
   conversation, so that this is read, never required.
"""

import argparse
import csv
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

import numpy as np  # noqa: E402

from essor.engines.opinion_map.draw import draw_map  # noqa: E402
from essor.engines.opinion_map.stability import rand_index  # noqa: E402
from essor.engines.opinion_map.votes import votes_from_arrays  # noqa: E402
from tests.engines.opinion_map import sets  # noqa: E402

MEAN = 50
SIZES = (125_000, 250_000, 500_000, 1_000_000)
Votes = tuple[np.ndarray, np.ndarray, np.ndarray]


def invented(n: int, m: int, seed: int = 0) -> Votes:
    """Unsorted votes, log-normal in number, of four camps with opinions of their own on half the statements.

    Columns of a row are a random start and a stride prime to m, so that nobody votes twice on a statement.
    """
    rng = np.random.default_rng(seed)
    spread = 0.8
    many = np.clip(rng.lognormal(np.log(MEAN) - spread**2 / 2, spread, n).astype(np.int64), 1, m)
    camp = rng.integers(0, 4, n)
    opinion = np.where(np.arange(m) % 2, rng.random(m), rng.choice([0.1, 0.9], size=(4, m)))
    prime = np.array([each for each in range(1, m) if np.gcd(each, m) == 1])
    start, stride = rng.integers(0, m, n), prime[rng.integers(0, len(prime), n)]
    rows = np.repeat(np.arange(n, dtype=np.int32), many)
    first = np.concatenate([[0], np.cumsum(many)])[:-1]
    columns, values = np.empty(len(rows), dtype=np.int32), np.empty(len(rows), dtype=np.int8)
    for at in range(0, len(rows), 1 << 20):
        part = slice(at, at + (1 << 20))
        who = rows[part]
        place = np.arange(at, at + len(who)) - first[who]
        columns[part] = (start[who] + place * stride[who]) % m
        agrees = rng.random(len(who)) < opinion[camp[who], columns[part]]
        values[part] = np.where(rng.random(len(who)) < 0.15, 0, np.where(agrees, 1, -1))
    mixed = rng.permutation(len(rows))
    return rows[mixed], columns[mixed], values[mixed]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _now() -> float:
    """Processor seconds of this process and of its threads."""
    return time.process_time()


def ours(n: int, m: int) -> dict[str, object]:
    rows, columns, values = invented(n, m)
    given, began = _peak(), _now()
    votes = votes_from_arrays(rows, columns, values, participants=n, statements=m)
    read = _now()
    found = draw_map(votes)
    done = _now()
    return {
        "seconds": done - began,
        "drawing": done - read,
        "votes": len(votes),
        "input": given,
        "groups": [each.size for each in found.groups],
        "stability": found.stability.overall if found.stability else None,
    }


def theirs(n: int, m: int) -> dict[str, object]:
    from reddwarf.implementations.polis import run_pipeline

    rows, columns, values = (each.tolist() for each in invented(n, m))
    votes = [
        {"participant_id": who, "statement_id": what, "vote": vote, "modified": 0}
        for who, what, vote in zip(rows, columns, values, strict=True)
    ]
    del rows, columns, values
    given, began = _peak(), _now()
    found = run_pipeline(votes=votes, random_state=0)
    sizes = found.participants_df["cluster_id"].value_counts().tolist()
    return {"seconds": _now() - began, "votes": len(votes), "input": given, "groups": sizes}


def real(_n: int, _m: int) -> dict[str, object]:
    """ARI with the published groups: polis, default, the peer (from the answers kept with the tests)."""
    told = {}
    for name in sets.SETS:
        given = sets.real_set(name)
        with (sets.POLIS / name / "participants-votes.csv").open(encoding="utf-8", newline="") as stream:
            groups = {row["participant"]: row["group-id"] for row in csv.DictReader(stream)}
        published = np.array([int(groups[each] or -1) for each in given.votes.participants])
        began = _now()
        polis, default = (
            draw_map(given.votes, mode=mode, moderated=given.moderated) for mode in ("polis", "default")
        )
        again = draw_map(given.votes, moderated=given.moderated, groups=max(2, len(set(published)) - 1))
        peer = sets.peer()[f"{name}/group"].astype(int)
        labels = (polis.participants.group, default.participants.group, again.participants.group, peer)
        told[name] = [_now() - began, *(_ari(published, each) for each in labels)]
    return told


def _ari(published: np.ndarray, labels: np.ndarray) -> float:
    both = (published >= 0) & (labels >= 0)
    return rand_index(published[both], labels[both])


PARTS = {"ours": ours, "theirs": theirs, "real": real}


def measured(part: str, n: int = 0, m: int = 0) -> dict:
    """Run one part in a process of its own."""
    command = [sys.executable, __file__, "--part", part, "--participants", str(n), "--statements", str(m)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def beside_the_peer(n: int, m: int) -> None:
    one, other = measured("ours", n, m), measured("theirs", n, m)
    print(f"{n:,} × {m:,}, {one['votes']:,} votes; processor seconds, peak memory (of which input)")
    for name, each in (("Essor", one), ("red-dwarf", other)):
        print(f"  {name:10} {each['seconds']:8.2f} s {each['megabytes']:7.0f} MB ({each['input']:.0f})")
    print(f"  {other['seconds'] / one['seconds']:.0f}× less processor time (bar: 60), "
          f"1/{other['megabytes'] / one['megabytes']:.1f} of the memory (bar: 1/8)")  # fmt: skip


def growth() -> None:
    found = [measured("ours", size, 1000) for size in SIZES]
    print("Growth, 1,000 statements; from unsorted votes: reading, then the map with its stability")
    for size, each in zip(SIZES, found, strict=True):
        print(f"  {size:9,} people {each['votes']:11,} votes {each['seconds']:6.2f} s "
              f"(map {each['drawing']:.2f}) {each['megabytes']:6.0f} MB {each['groups']}")  # fmt: skip
    logs = np.log([[each["votes"], each["seconds"]] for each in found])
    print(f"  exponent of the cost in the votes: {np.polyfit(logs[:, 0], logs[:, 1], 1)[0]:.2f} (bar: 1.05)")


def real_sets() -> None:
    print("Real sets: agreement with the published groups (ARI)")
    print(f"  {'':32}  polis  default  default, their number  red-dwarf   s of three maps")
    found = measured("real")
    for name in sets.SETS:
        seconds, polis, default, same, peer = found[name]
        print(f"  {name[:32]:32} {polis:6.2f} {default:8.2f} {same:22.2f} {peer:10.2f} {seconds:17.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sets", action="store_true")
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--participants", type=int, default=0)
    parser.add_argument("--statements", type=int, default=0)
    options = parser.parse_args()
    if options.part:
        found = PARTS[options.part](options.participants, options.statements)
        print(json.dumps({**found, "megabytes": _peak()}))
        return
    if not options.sets:
        beside_the_peer(*((5_000, 300) if options.quick else (50_000, 1_000)))
    if not options.sets and not options.quick:
        growth()
    if sets.POLIS.is_dir():
        real_sets()
    else:
        print(f"The real sets are not here ({sets.POLIS}).")


if __name__ == "__main__":
    main()
