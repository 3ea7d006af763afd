"""When to ask again: pages by their changes, feeds by what they say and bring, hosts after a refusal."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.sites import schedule
from winnow.sites.schedule import (
    DAY,
    HOUR,
    LONGEST_ASKED,
    LONGEST_HOLD,
    back_off,
    fresh_for,
    is_gone,
    is_settled,
    next_welcome,
    page_interval,
    retry_after,
    source_interval,
)

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)  # a Saturday
ASKED = st.none() | st.floats(0, 1e9)


def test_the_examples_in_the_code() -> None:
    assert doctest.testmod(schedule).failed == 0


def test_a_page_that_never_changes_is_asked_less_and_less() -> None:
    every, visits = page_interval(None, None), 0
    while every < 90 * DAY:
        assert page_interval(every, False) == min(every * 1.5, 90 * DAY)
        every, visits = page_interval(every, False), visits + 1
    assert visits == 12
    assert page_interval(every, False) == 90 * DAY


def test_a_page_that_always_changes_is_asked_every_hour_in_the_end() -> None:
    every = page_interval(None, None)
    for _ in range(10):
        every = page_interval(every, True)
    assert every == HOUR


def test_a_visit_without_answer_changes_nothing() -> None:
    assert page_interval(5 * DAY, None) == 5 * DAY


@pytest.mark.parametrize(
    ("unchanged", "days", "settled"), [(3, 31, True), (2, 31, False), (3, 30, False), (9, None, False), (9, 400, True)]
)
def test_old_articles_that_stay_as_they_are_are_done(unchanged: int, days: int | None, settled: bool) -> None:
    published = None if days is None else NOW - timedelta(days=days)
    assert is_settled(unchanged, published, NOW) is settled


@pytest.mark.parametrize(
    ("status", "fails", "gone"),
    [(410, 1, True), (404, 1, False), (404, 3, True), (500, 9, False), (None, 9, False), (403, 9, False)],
)
def test_what_is_gone(status: int | None, fails: int, gone: bool) -> None:
    assert is_gone(status, fails) is gone


@pytest.mark.parametrize(("entries", "hours"), [(0, 24), (1, 24), (7, 24), (14, 12), (56, 3), (168, 1), (1000, 1)])
def test_a_feed_is_asked_as_often_as_it_brings_something(entries: int, hours: float) -> None:
    published = [NOW - timedelta(minutes=number % 10_000) for number in range(entries)]
    assert source_interval([*published, None, NOW - timedelta(days=8), NOW + timedelta(days=1)], NOW) == hours * HOUR


def test_what_a_feed_asks_for_lengthens_the_time_up_to_a_bound() -> None:
    busy = [NOW] * 1000
    assert source_interval(busy, NOW, asked=6 * HOUR) == 6 * HOUR
    assert source_interval(busy, NOW, asked=60) == HOUR
    assert source_interval([], NOW, asked=HOUR) == DAY
    assert source_interval(busy, NOW, headers={"Cache-Control": ["public, max-age=7200"]}) == 2 * HOUR
    assert source_interval(busy, NOW, headers={"Retry-After": ["10800"]}) == 3 * HOUR
    assert source_interval(busy, NOW, asked=1e9) == LONGEST_ASKED


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": ["max-age=600"]}, 600),
        ({"Cache-Control": ["no-cache", 'private, max-age="60"']}, 60),
        ({"Cache-Control": ["s-maxage=600"]}, None),
        ({"Cache-Control": ["max-age=600"], "Expires": ["Sat, 28 Nov 2026 14:00:00 GMT"]}, 600),
        ({"Expires": ["Sat, 28 Nov 2026 14:00:00 GMT"]}, 7200),
        ({"Expires": ["Sat, 28 Nov 2020 14:00:00 GMT"]}, None),
        ({"Expires": ["0"]}, None),
        ({"Expires": ["Sat, 28 Nov 2026 14:00:00 GMT"], "Cache-Control": ["no-store"]}, None),
        ({"Retry-After": ["60"], "Cache-Control": ["max-age=30"]}, 60),
    ],
)
def test_for_how_long_an_answer_is_current(headers: dict[str, list[str]], seconds: float | None) -> None:
    assert fresh_for(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 0),
        ("1.5", 1),
        ("Sat, 28 Nov 2026 12:02:00 GMT", 120),
        ("Saturday, 28-Nov-26 12:02:00 GMT", 120),
        ("Sat, 28 Nov 2026 13:02:00 +0100", 120),
        ("Sat, 28 Nov 2026 11:00:00 GMT", None),
        ("999999999", LONGEST_HOLD),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("1" * 5000, None),
        ("١٢", None),
        (None, None),
    ],
)
def test_how_long_a_server_wants_to_be_left_alone(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def test_a_host_that_refuses_is_left_alone_for_longer_and_longer() -> None:
    assert [back_off(times) for times in range(1, 9)] == [30, 60, 120, 240, 480, 960, 1920, 3600]


@pytest.mark.parametrize(
    ("hours", "days", "welcome"),
    [
        (set(), set(), NOW),
        ({12, 13}, set(), datetime(2026, 11, 28, 14, tzinfo=UTC)),
        (set(range(24)), set(), NOW),
        (set(), {5, 6}, datetime(2026, 11, 30, tzinfo=UTC)),
        ({0, 1}, {5, 6}, datetime(2026, 11, 30, 2, tzinfo=UTC)),
        (set(), set(range(7)), NOW),
    ],
)
def test_when_a_feed_wants_a_visit(hours: set[int], days: set[int], welcome: datetime) -> None:
    assert next_welcome(NOW, frozenset(hours), frozenset(days)) == welcome


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_header_raises(retry: str, control: str, expires: str) -> None:
    found = fresh_for({"Retry-After": [retry], "Cache-Control": [control], "Expires": [expires]}, NOW)
    assert found is None or found >= 0
    assert (
        HOUR <= source_interval([NOW], NOW, headers={"Expires": [expires], "Cache-Control": [control]}) <= LONGEST_ASKED
    )


@given(ASKED, st.none() | st.booleans())
def test_intervals_stay_within_bounds(every: float | None, changed: bool | None) -> None:
    if every is None or changed is not None:
        assert HOUR <= page_interval(every, changed) <= 90 * DAY
