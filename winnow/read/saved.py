"""Where and when a page was saved, as the program that saved it has written into the file."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from winnow.times import moment

_HEAD = 1 << 14  # bytes at the beginning, in which comments about the whole page stand


@dataclass(frozen=True, slots=True)
class Saved:
    """The address at which a page was saved, and when (ISO 8601 in UTC); None for what no mark tells."""

    url: str | None = None
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a program writes: a text that nothing else writes, and the patterns of the address and the moment."""

    needle: bytes
    url: re.Pattern[bytes]
    day: re.Pattern[bytes] | None = None
    is_at_head: bool = True


def _pattern(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.I)


def _meta(name: bytes) -> re.Pattern[bytes]:
    return _pattern(rb"""<meta\s+name=["']?%b["']?\s+content=["']([^"'<>]+)["']""" % name)


_MARKS = (
    _Mark(
        b"Page saved with SingleFile",
        _pattern(rb"Page saved with SingleFile\s+url:\s*(\S+)"),
        _pattern(rb"Page saved with SingleFile\s+url:\s*\S+\s+saved date:\s*([^\n<>]+)"),
    ),
    # Chromium and Internet Explorer; the number is the length of the address.
    _Mark(b"saved from url=(", _pattern(rb"<!-- saved from url=\(\d+\)(\S+?)\s*-->")),
    _Mark(
        b"by HTTrack Website Copier",
        _pattern(rb"<!-- Mirrored from (\S+) by HTTrack"),
        _pattern(rb"<!-- Mirrored from \S+ by HTTrack [^,<>]*(?:,[^,<>]*\])?, ([^<>]+?) -->"),
    ),
    _Mark(
        b"using monolith",
        _pattern(rb"<!-- Saved from (\S+) at \S+ using monolith"),
        _pattern(rb"<!-- Saved from \S+ at (\S+) using monolith"),
    ),
    _Mark(
        b"data-scrapbook-source",
        _pattern(rb"""<html\b[^>]*\sdata-scrapbook-source=["']([^"'<>]+)"""),
        _pattern(rb"""<html\b[^>]*\sdata-scrapbook-create=["'](\d{14})"""),
    ),
    _Mark(b"savepage-url", _meta(b"savepage-url"), _meta(b"savepage-date"), is_at_head=False),
    _Mark(b"source-url", _meta(b"source-url"), _meta(b"created")),  # Evernote
    _Mark(
        b"FILE ARCHIVED ON",
        _pattern(rb"""__wm\.wombat\(\s*["']([^"']+)"""),
        _pattern(rb"""__wm\.wombat\(\s*["'][^"']+["']\s*,\s*["'](\d{14})"""),
        is_at_head=False,
    ),
)
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.I)
_COPY = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?://\S+)")
_ARCHIVED = "FILE ARCHIVED ON"  # in the last comment of each page of the Wayback Machine
_TOOLBAR = re.compile(r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->", re.S)
_REWRITTEN = re.compile(r"(?:https?:)?(?://web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://|mailto:)")


def saved(body: bytes) -> Saved:
    """Return what the first mark of a saving program in a page's bytes tells."""
    head = body[:_HEAD]
    for mark in _MARKS:
        place = head if mark.is_at_head else body
        if mark.needle in place and (found := mark.url.search(place)):
            day = mark.day.search(place) if mark.day else None
            told = _told(found[1], day[1] if day else b"", body)
            if told.url:
                return told
    return Saved()


def as_published(page: str) -> str:
    """Return a page of the Wayback Machine without its toolbar and with the addresses as they were; others as given."""
    return _REWRITTEN.sub("", _TOOLBAR.sub("", page)) if _ARCHIVED in page else page


def _told(address: bytes, day: bytes, body: bytes) -> Saved:
    """Return what a mark tells; nothing where its address is none of the web.

    HTTrack leaves out the scheme: that of the page's links to the same site is taken. The address of a copy in the
    Wayback Machine stands for that of the page itself.
    """
    url, captured = html.unescape(address.decode("utf-8", "replace")), moment(day.decode("ascii", "replace"))
    if "://" not in url and "." in url.partition("/")[0]:
        host = address.partition(b"/")[0]
        url = f"http{'s' if b'https://' + host in body else ''}://{url}"
    if copy := _COPY.match(url):
        url, captured = copy[2], moment(copy[1])
    return Saved(url, captured) if _ADDRESS.fullmatch(url) else Saved()
