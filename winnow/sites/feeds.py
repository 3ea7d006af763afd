"""The entries of a feed: RSS and Atom, which feedparser reads, and JSON Feed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from importlib import import_module
from io import BytesIO
from typing import Any, NamedTuple

from winnow.formats import begins_as_html, xml_in_utf_8
from winnow.items import StartError
from winnow.sites.links import joined
from winnow.sites.moments import stated
from winnow.text import one_line

MAX_BYTES = 8 << 20  # of a feed that are read, in up to 2 s each MiB
MAX_ENTRIES = 5_000
_FEED = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|RDF|channel)[\s>/]", re.I)
_BEGIN, _END = (re.compile(rb"<%s(?:[\w.-]+:)?(?:item|entry)[\s>]" % slash) for slash in (b"", b"/"))
_TAGS = re.compile(r"<[^<>]*>")
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_SKIPPED = re.compile(rb"<skip(hours|days)\b[^>]*>(.*?)</skip\1\s*>", re.I | re.S)
_HOUR = re.compile(rb"<hour\b[^>]*>\s*([0-9]{1,2})\s*</hour", re.I)
_DAY = re.compile(rb"<day\b[^>]*>\s*([a-z]{3})[a-z]*\s*</day", re.I)
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class NoFeed(Exception):
    """Raised for bytes that are no feed; the message says to a person what they are."""


class Entry(NamedTuple):
    """An entry of a feed: address, title or "", and the moment of publication, else of change, if the feed has one."""

    url: str
    published: datetime | None
    title: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds. `ttl` is how many seconds it asks to be left alone.

    `skip_hours` are hours of the day (UTC), `skip_days` days of the week (0 is Monday), at which it wants no visit.
    """

    entries: tuple[Entry, ...]
    ttl: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    title: str = ""


def read(content: bytes, url: str) -> Feed:
    """Return the entries of a feed, with whole addresses; `url` is the feed's own. Raises `NoFeed`.

    Raises `StartError` if the feed is none of JSON and the extra `sites` is not installed.
    """
    if len(content) > MAX_BYTES:
        raise NoFeed(f"{len(content)} bytes: more than a feed has")
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return _of_json(start, url)
    begin = xml_in_utf_8(start[:65536])
    if not _FEED.search(begin):
        raise NoFeed("HTML, not a feed" if begins_as_html(begin) else "neither RSS, Atom nor JSON Feed")
    return _of_xml(content, url)


def load_feedparser() -> Any:
    """Return the module `feedparser`. Raises `StartError` where it is not installed."""
    try:
        return import_module("feedparser")
    except ImportError:
        raise StartError("feedparser is not installed: pip install '.[sites]' in the folder of Winnow") from None


def _of_xml(content: bytes, url: str) -> Feed:
    feedparser = load_feedparser()
    # From bytes it would take a name and open that file or address.
    # Texts are not looked at: to make them safe would cost seconds for a hostile one.
    headers = {"content-location": url}
    parsed = feedparser.parse(
        BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.version and not parsed.entries:
        raise NoFeed("neither RSS, Atom nor JSON Feed")
    whole = len(parsed.entries) - 1 if _ends_within_entry(content) else MAX_ENTRIES
    entries = (_entry(entry, url) for entry in parsed.entries[: min(whole, MAX_ENTRIES)])
    skipped = {name.lower(): inner for name, inner in _SKIPPED.findall(content[: 1 << 20])}
    hours = (int(hour) % 24 for hour in _HOUR.findall(skipped.get(b"hours", b"")))
    days = (day.decode().lower() for day in _DAY.findall(skipped.get(b"days", b"")))
    return Feed(
        _distinct(entries),
        _ttl(parsed.feed),
        frozenset(hours),
        frozenset(_WEEK.index(day) for day in days if day in _WEEK),
        _plain(parsed.feed.get("title")),
    )


def _ends_within_entry(content: bytes) -> bool:
    """Return whether a feed was cut off within its last entry, whose address may be cut off as well."""
    begins, ends = (max((found.start() for found in tag.finditer(content)), default=-1) for tag in (_BEGIN, _END))
    return begins > ends


def _entry(entry: Any, base: str) -> Entry | None:
    link = entry.get("feedburner_origlink") or entry.get("link")
    place = joined(base, link) if isinstance(link, str) else None
    if place is None:
        return None
    return Entry(place, _when(entry, "published", "created", "updated"), _plain(entry.get("title")))


def _when(entry: Any, *names: str) -> datetime | None:
    """Return the first moment that an entry states. feedparser's own reading makes up what it does not understand."""
    return next(filter(None, (stated(entry.get(name)) for name in names)), None)


def _plain(text: object) -> str:
    return one_line(unescape(_TAGS.sub("", text)), 300) if isinstance(text, str) else ""


def _ttl(feed: Any) -> float | None:
    """Return the seconds that a feed asks to be left alone: `ttl` has minutes, `sy:updateFrequency` counts a period."""
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower(), 0)
    times = _number(feed.get("sy_updatefrequency")) or 1
    longest = max(_number(feed.get("ttl")) * 60, period / times)
    return longest or None


def _number(value: object) -> float:
    """Return a number that makes sense as a count; 0 for anything else."""
    text = str(value).strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0.0


def _of_json(content: bytes, url: str) -> Feed:
    try:
        feed = json.loads(content.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise NoFeed("damaged JSON") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        raise NoFeed("JSON, but no JSON Feed")
    entries = (_json_entry(item, url) for item in items[:MAX_ENTRIES] if isinstance(item, dict))
    return Feed(_distinct(entries), title=_plain(feed.get("title")))


def _json_entry(item: dict[str, Any], base: str) -> Entry | None:
    links = (item.get("url"), item.get("id"), item.get("external_url"))
    places = (joined(base if number == 0 else "", link) for number, link in enumerate(links) if isinstance(link, str))
    place = next(filter(None, places), None)
    if place is None:
        return None
    return Entry(
        place, stated(item.get("date_published")) or stated(item.get("date_modified")), _plain(item.get("title"))
    )


def _distinct(entries: Iterable[Entry | None]) -> tuple[Entry, ...]:
    return tuple({entry.url: entry for entry in entries if entry}.values())
