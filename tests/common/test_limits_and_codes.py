import pytest
from django.core.cache import cache
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from essor.common.codes import ALPHABET, digest, new_code, read_code
from essor.common.limits import allowed
from essor.common.text import nfc, tidy


def test_the_limit_lets_so_many_through_and_no_more():
    assert [allowed("porte", times=3, seconds=60) for _ in range(5)] == [True, True, True, False, False]
    assert allowed("autre-porte", times=3, seconds=60)


def test_a_place_where_many_share_a_line_can_widen_the_limits(settings):
    settings.RATE_LIMIT_SCALE = 2
    assert [allowed("salle", times=1, seconds=60) for _ in range(3)] == [True, True, False]


@given(st.sampled_from([4, 8, 12, 16]))
def test_a_code_reads_back_whatever_the_case_and_the_dashes(length):
    code = new_code(length)
    assert read_code(code) == code
    assert read_code(code.lower().replace("-", "  ")) == code
    assert set(code) <= set(ALPHABET) | {"-"}


@pytest.mark.parametrize(
    ("typed", "read"), [("oilu", "011V"), ("K7QF M2XD", "K7QF-M2XD"), ("", ""), ("é?!", "")]
)
def test_look_alikes_are_forgiven(typed, read):
    assert read_code(typed) == read


def test_a_digest_of_one_purpose_is_of_no_use_for_another():
    assert digest("secret", "receipt") != digest("secret", "guest")


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    once = tidy(text)
    assert tidy(once) == once
    assert nfc(once) == once


@pytest.fixture
def shared_cache(db, settings):
    """The cache of the real site: a table, which all web processes share."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "limits_for_tests",
        }
    }
    call_command("createcachetable", "limits_for_tests")


def test_a_window_of_an_hour_lasts_an_hour_in_the_cache_of_the_real_site(shared_cache, at):
    clock = at("2026-03-03T19:00:00+01:00")
    assert [allowed("heure", times=2, seconds=3600) for _ in range(3)] == [True, True, False]
    clock.shift(1800)
    assert not allowed("heure", times=2, seconds=3600)
    clock.shift(1801)
    assert [allowed("heure", times=2, seconds=3600) for _ in range(3)] == [True, True, False]


def test_two_requests_that_read_the_same_count_do_not_both_pass(shared_cache, monkeypatch):
    assert allowed("course", times=2, seconds=60)
    read_before = cache.get("window:course")
    assert read_before is not None
    assert allowed("course", times=2, seconds=60)
    cache.set("window:course", read_before, 60)
    assert not allowed("course", times=2, seconds=60)
