"""When to ask again: pages by their changes, feeds by what they say and bring, hosts after a refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from winnow.times import instant

HOUR, DAY = 3600.0, 86_400.0
FIRST = DAY  # seconds until a page is asked for the second time
SHORTEST, LONGEST = HOUR, 90 * DAY  # for pages
SHORTEST_SOURCE, LONGEST_SOURCE = HOUR, DAY  # for feeds and sitemaps, by how many entries they bring
LONGEST_ASKED = 7 * DAY  # of what a feed may ask for
FIRST_BACK_OFF, LONGEST_BACK_OFF = 30.0, HOUR
LONGEST_HOLD = 7 * DAY  # of what a server may ask for by Retry-After
TRIES = 3  # answers "not found" in a row that make a page gone, and unchanged visits that settle an old article
OLD = 30 * DAY
_SECONDS = re.compile(r"\s*([0-9]{1,9})(?:\.[0-9]*)?\s*")
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?([0-9]{1,9})", re.I)


def page_interval(every: float | None, changed: bool | None) -> float:
    """Return the seconds until a page is asked again, by those before its last visit and whether it had changed then.

    None of `every` is a page that was fetched for the first time, None of `changed` a visit that brought no answer.

    >>> page_interval(None, None) / HOUR, page_interval(DAY, False) / HOUR, page_interval(DAY, True) / HOUR
    (24.0, 36.0, 12.0)
    """
    if every is None:
        return FIRST
    if changed is None:
        return every
    return min(max(every / 2 if changed else every * 1.5, SHORTEST), LONGEST)


def is_settled(unchanged: int, published: datetime | None, now: datetime) -> bool:
    """Return whether an article need not be asked again: it is old and was unchanged several times in a row."""
    return published is not None and unchanged >= TRIES and (now - published).total_seconds() > OLD


def is_gone(status: int | None, fails: int) -> bool:
    """Return whether a page is gone for good; `fails` counts its answers "not found" in a row, this one included."""
    return status == 410 or (status == 404 and fails >= TRIES)


def source_interval(
    published: Sequence[datetime | None],
    now: datetime,
    asked: float | None = None,
    headers: Mapping[str, Sequence[str]] | None = None,
) -> float:
    """Return the seconds until a feed or sitemap is asked again, by how many entries a week it brings.

    `published` are the times of its entries, `asked` the seconds for which it asks to be left alone (its ttl),
    `headers` those of its answer: Cache-Control, Expires and Retry-After lengthen the time, up to `LONGEST_ASKED`.
    After Miniflux's polling by entry frequency.
    """
    week = sum(1 for each in published if each and timedelta() <= now - each <= timedelta(days=7))
    own = LONGEST_SOURCE if not week else min(max(7 * DAY / week, SHORTEST_SOURCE), LONGEST_SOURCE)
    wished = max(filter(None, (asked, fresh_for(headers or {}, now))), default=0.0)
    return max(own, min(wished, LONGEST_ASKED))


def fresh_for(headers: Mapping[str, Sequence[str]], now: datetime) -> float | None:
    """Return for how many seconds an answer says that it is the current one; None if it does not say so."""
    lower = {name.lower(): values for name, values in headers.items()}
    retry = next((retry_after(value, now) for value in lower.get("retry-after", ())), None)
    control = ",".join(lower.get("cache-control", ()))
    ages = [float(age) for age in _MAX_AGE.findall(control)]
    if not ages and not re.search(r"no-(?:cache|store)", control, re.I):
        ages = [left for value in lower.get("expires", ()) if (left := _until(value, now)) is not None]
    return max(filter(None, [retry, *ages]), default=None)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds for which a server asks to be left alone (RFC 9110, 10.2.3); None for no sensible value.

    >>> retry_after("120", datetime(2026, 11, 28, tzinfo=UTC)), retry_after("soon", datetime(2026, 11, 28, tzinfo=UTC))
    (120.0, None)
    """
    if value is None:
        return None
    number = _SECONDS.fullmatch(value)
    seconds = float(number[1]) if number else _until(value, now)
    return None if seconds is None or seconds < 0 else min(seconds, LONGEST_HOLD)


def _until(value: str, now: datetime) -> float | None:
    """Return the seconds until an HTTP date; None for one that is past, or none."""
    date = instant(value)
    left = (date - now).total_seconds() if date else -1.0
    return left if left >= 0 else None


def back_off(refusals: int) -> float:
    """Return for how many seconds a host is left alone that has refused so many times in a row and names no time.

    >>> [back_off(times) for times in (1, 2, 3, 100)]
    [30.0, 60.0, 120.0, 3600.0]
    """
    return min(FIRST_BACK_OFF * 2.0 ** min(max(refusals - 1, 0), 20), LONGEST_BACK_OFF)


def next_welcome(due: datetime, skip_hours: frozenset[int], skip_days: frozenset[int]) -> datetime:
    """Return the first moment from `due` on at which a feed wants a visit; `due` itself if it wants none at all."""
    due = due.astimezone(UTC)
    moment = due
    for _ in range(7 * 24 + 1):
        if moment.hour not in skip_hours and moment.weekday() not in skip_days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due
