"""Moments as sites state them: right, or none."""

from __future__ import annotations

from datetime import UTC, datetime

from winnow.times import instant

# Outside of these years a moment is an empty field of some program, or a slip.
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def stated(value: object) -> datetime | None:
    """Return a moment in UTC, that of a day its first; None for a month, a year, or what is no moment of the web."""
    moment = instant(value)
    return moment if moment and _FIRST <= moment < _LAST else None
