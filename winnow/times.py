"""Times as they are written in the database: ISO 8601, UTC."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Such as "Wed Mar 04 2020 05:06:07 GMT+0100 (Central European Standard Time)".
_OF_JAVASCRIPT = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d{4} \d\d:\d\d:\d\d GMT[+-]\d{4})\b")

# Zones that e-mail's standard does not name and feeds do; those that are ambiguous as most feeds mean them.
_ZONES = {
    "WET": "+0000", "WEST": "+0100", "BST": "+0100", "CET": "+0100", "MEZ": "+0100", "CEST": "+0200", "MESZ": "+0200",
    "WAT": "+0100", "CAT": "+0200", "EET": "+0200", "SAST": "+0200", "EEST": "+0300", "EAT": "+0300", "MSK": "+0300",
    "TRT": "+0300", "GST": "+0400", "PKT": "+0500", "IST": "+0530", "WIB": "+0700", "HKT": "+0800", "SGT": "+0800",
    "AWST": "+0800", "JST": "+0900", "KST": "+0900", "ACST": "+0930", "AEST": "+1000", "ACDT": "+1030", "AEDT": "+1100",
    "NZST": "+1200", "NZDT": "+1300", "NST": "-0330", "NDT": "-0230", "AST": "-0400", "ADT": "-0300", "ART": "-0300",
    "BRT": "-0300", "AKST": "-0900", "AKDT": "-0800", "HST": "-1000",
}  # fmt: skip
_ZONE = re.compile(r"(?<=[0-9] )([A-Z]{3,4})(?=$| \(| [0-9]{4}$)")

_MILLISECONDS = 10**11  # from which on a number counts no seconds: in seconds, that would be the year 5138


def utc_time(nanoseconds: int) -> str | None:
    """Return nanoseconds since 1970 as ISO 8601 in UTC with microseconds; None for a time outside the calendar."""
    try:
        moment = datetime.fromtimestamp(nanoseconds // 10**9, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.replace(microsecond=nanoseconds % 10**9 // 1000).isoformat(timespec="microseconds")


def moment(value: object) -> str | None:
    """Return a time as ISO 8601 in UTC with whole seconds; None for what is no time.

    Understood are ISO 8601, fourteen digits (yyyymmddhhmmss), seconds since 1970, the dates of e-mail (RFC 5322) and
    those that JavaScript writes. A time without a zone, or in one of which nobody knows, is taken as UTC.

    >>> moment("2024-02-29T10:00:00.5+02:00"), moment("20240229100000"), moment("Thu, 29 Feb 2024 10:00:00 -0000")
    ('2024-02-29T08:00:00+00:00', '2024-02-29T10:00:00+00:00', '2024-02-29T10:00:00+00:00')
    >>> moment("Mon, 1 Jul 2024 10:00:00 CEST"), moment("Mon Jul  1 10:00:00 BST 2024")
    ('2024-07-01T08:00:00+00:00', '2024-07-01T09:00:00+00:00')
    """
    found = instant(value)
    return found.isoformat(timespec="seconds") if found else None


def instant(value: object) -> datetime | None:
    """Return a time in UTC; None for what is no time. What is understood, `moment` says."""
    with contextlib.suppress(ValueError, OverflowError, OSError, TypeError, IndexError):
        found = _parsed(value)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC)
    return None


def day(value: object) -> str | None:
    """Return the day of a time as it stands in the time's own zone (ISO 8601); None for what is no time.

    >>> day("2024-02-29T23:30:00-05:00"), day("Fri, 1 Mar 2024 00:10:00 +0900")
    ('2024-02-29', '2024-03-01')
    """
    with contextlib.suppress(ValueError, OverflowError, OSError, TypeError, IndexError):
        return _parsed(value).date().isoformat()
    return None


def _parsed(value: object) -> datetime:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000 if value >= _MILLISECONDS else value, UTC)
    if not isinstance(value, str) or len(value) > 100:
        raise ValueError
    text = value.strip()
    if len(text) == 14 and text.isascii() and text.isdigit():
        return datetime.strptime(text, "%Y%m%d%H%M%S")
    if script := _OF_JAVASCRIPT.match(text):
        text = f"{script[2]} {script[1]} {script[3]}".replace("GMT", "")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parsedate_to_datetime(_ZONE.sub(lambda zone: _ZONES.get(zone[1], zone[1]), text))


def duration(seconds: float) -> str:
    """Return seconds the way one says them.

    >>> duration(0.84), duration(75), duration(8000)
    ('0.8 s', '1 min 15 s', '2 h 13 min')
    """
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, left = divmod(round(seconds), 60)
    return f"{minutes} min {left} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
