"""`make test`: every check and every test, one named step after the other, stopped at the first that fails."""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest", "-q"]
# One worker per core. The files stay whole, since some build a territory once for all their tests; the pages of
# the browser are one long file that is shared out.
WORKERS = ["-n", str(min(os.cpu_count() or 1, 8))]
BY_FILE = [*WORKERS, "--dist", "loadfile"]
OUTCOME = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed|deselected|warnings?)")
SUMMARY = re.compile(r"\b(passed|failed|error|skipped|no tests ran)\b.* in [\d.]+s")


@dataclass(frozen=True)
class Step:
    """One named step: what is run, and whether it is a test run whose result is counted."""

    name: str
    command: Sequence[str]
    counted: bool = False
    group: str = "tests"
    environment: tuple[tuple[str, str], ...] = ()


STEPS = (
    Step("lint", [str(BIN / "ruff"), "check", "."], group="checks"),
    Step("format", [str(BIN / "ruff"), "format", "--check", "."], group="checks"),
    Step("types", [str(BIN / "mypy"), "essor"], group="checks"),
    Step("contracts", [str(BIN / "lint-imports"), "--no-logo"], group="checks"),
    Step(
        "migrations",
        [
            PYTHON,
            "manage.py",
            "makemigrations",
            "--check",
            "--dry-run",
            "--settings=essor.config.settings.test",
        ],
        group="checks",
    ),
    Step("catalogue", [PYTHON, "-m", "essor.console.messages", "check"], group="checks"),
    Step("house rules", [*PYTEST, "tests/house"], counted=True),
    Step(
        "tests on SQLite",
        [*PYTEST, *BY_FILE, "-m", "not browser", "--ignore=tests/house", "--ignore=tests/browser"],
        counted=True,
    ),
    Step(
        "tests on PostgreSQL",
        [PYTHON, "-m", "tests.run_postgres", "-q", "-m", "not browser", "--only-database"]
        + [*BY_FILE, "--ignore=tests/house", "--ignore=tests/browser"],
        counted=True,
    ),
    # In a file, because the server and the tests are several threads: in memory they would share a connection.
    Step(
        "browser",
        [*PYTEST, *WORKERS, "-m", "browser", "tests/browser"],
        counted=True,
        environment=(
            ("TEST_SQLITE_NAME", str(Path(tempfile.gettempdir()) / f"essor-browser-{os.getpid()}.sqlite3")),
        ),
    ),
)


def run(step: Step, totals: Counter[str]) -> int:
    """Run one step with its output in full; add what pytest says it did to the totals."""
    print(f"\n━━ {step.name} ━━", flush=True)
    began = time.monotonic()
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **dict(step.environment)}
    summary = ""
    with subprocess.Popen(
        list(step.command),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if step.counted and SUMMARY.search(line):
                summary = line
    code = process.returncode
    for number, outcome in OUTCOME.findall(summary):
        totals[outcome.rstrip("s") if outcome.startswith("error") else outcome] += int(number)
    print(
        f"   {step.name}: {'ok' if code == 0 else 'FAILED'} in {time.monotonic() - began:.1f} s", flush=True
    )
    return code


def last_line(totals: Counter[str], seconds: float) -> str:
    """One line in the words of pytest, for people and for machines."""
    words = ("failed", "passed", "skipped", "xfailed", "error")
    counts = [f"{totals[word]} {word}" for word in words if totals[word]]
    return f"{', '.join(counts) or 'no tests run'} in {seconds:.2f}s"


def chosen(options: argparse.Namespace) -> list[Step]:
    """The steps asked for."""
    return [step for step in STEPS if not options.only or step.group == options.only]


def main(arguments: list[str]) -> int:
    """Run the steps asked; stop at the first failure and name it, or go on and name them all."""
    parser = argparse.ArgumentParser("tests.run_all", description=__doc__)
    parser.add_argument("--only", choices=["checks", "tests"], help="only this group of steps")
    parser.add_argument("--keep-going", action="store_true", help="run the other steps after a failure too")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    totals: Counter[str] = Counter()
    failed: list[Step] = []
    for step in chosen(options):
        if run(step, totals):
            failed.append(step)
            if not options.keep_going:
                break
    print()
    for step in failed:
        print(f"The step “{step.name}” failed. Run it alone with:\n  {' '.join(step.command)}")
    if not failed:
        print("All checks pass." if options.only == "checks" else "Everything passes.")
    print(last_line(totals, time.monotonic() - began))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
