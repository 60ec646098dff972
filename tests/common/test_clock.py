"""The clock can be told another moment, by the demonstration only."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

import essor
from essor.common import clock

SPRING = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)  # already the 4th in Paris


def test_inside_at_it_is_the_moment_told_and_after_it_is_now_again():
    before = clock.now()
    with clock.at(SPRING):
        assert clock.now() == SPRING
        assert clock.today().isoformat() == "2026-03-04"
    assert clock.now() >= before


def test_the_right_time_comes_back_after_a_failure_inside():
    with pytest.raises(LookupError), clock.at(SPRING):
        raise LookupError
    assert clock.now() != SPRING


def test_one_moment_inside_another_ends_with_its_block():
    later = SPRING.replace(hour=20, day=9)
    with clock.at(SPRING):
        with clock.at(later):
            assert clock.now() == later
        assert clock.now() == SPRING


def test_another_thread_keeps_the_right_time():
    seen: list[datetime] = []
    with clock.at(SPRING):
        other = Thread(target=lambda: seen.append(clock.now()))
        other.start()
        other.join()
    assert seen[0] != SPRING


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"), clock.at(datetime(2026, 3, 3)):
        pass


def test_only_the_demonstration_tells_the_clock_another_moment():
    root = Path(essor.__file__).parent
    users = {
        str(path.relative_to(root).parent)
        for path in root.rglob("*.py")
        if "clock.at(" in path.read_text(encoding="utf-8")
    }
    assert users <= {"console/demo"}
