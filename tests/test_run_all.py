"""The command behind `make test`."""

import sys
from collections import Counter

from tests.run_all import STEPS, Step, last_line, main, run


def test_what_pytest_says_is_added_up_over_the_steps(capsys):
    totals: Counter[str] = Counter()
    for line in ("3 passed, 1 skipped in 0.50s", "1 failed, 4 passed, 2 deselected in 1.20s"):
        assert run(Step("pretend", [sys.executable, "-c", f"print({line!r})"], counted=True), totals) == 0
    assert last_line(totals, 2.5) == "1 failed, 7 passed, 1 skipped in 2.50s"


def test_the_first_failing_step_stops_the_others_and_is_named(monkeypatch, capsys):
    steps = (
        Step("good", [sys.executable, "-c", "pass"]),
        Step("bad", [sys.executable, "-c", "raise SystemExit(3)"]),
        Step("never", [sys.executable, "-c", "print('reached')"]),
    )
    monkeypatch.setattr("tests.run_all.STEPS", steps)
    assert main([]) == 1
    shown = capsys.readouterr().out
    assert "The step “bad” failed" in shown
    assert "reached" not in shown


def test_every_step_has_its_own_name():
    assert len({step.name for step in STEPS}) == len(STEPS)
