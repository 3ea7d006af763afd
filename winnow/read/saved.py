"""Where and when a page was saved, as the program that saved it has written into the file."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from winnow.read.copies import CACHE_HEAD, CACHED, SNAPSHOT
from winnow.read.metadata.values import original
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


def _link(attribute: bytes, value: bytes) -> re.Pattern[bytes]:
    """Return the pattern of a link that has a value among those of an attribute."""
    return _pattern(rb"""<a\b(?=[^<>]*\b%b=["']?%b\b)[^<>]*?\bhref=["']?([^\s"'<>]+)""" % (attribute, value))


def _meta(name: bytes) -> re.Pattern[bytes]:
    return _pattern(rb"""<meta\s+name=["']?%b["']?\s+content=["']([^"'<>]+)["']""" % name)


_CACHE = CACHE_HEAD.encode() + rb"(?s:.*?)"
# Those of archives and caches go first: their copies are saved by the programs below, too.
_MARKS = (
    _Mark(
        b"wbinfo.timestamp",  # pywb, ReplayWeb.page
        _pattern(rb"""wbinfo\.url = ["']([^"'<>]+)"""),
        _pattern(rb"""wbinfo\.timestamp = ["'](\d{14})"""),
    ),
    _Mark(b"bookmark", _pattern(SNAPSHOT.encode())),
    _Mark(
        CACHED.encode(),
        _pattern(_CACHE + rb"""<a\b[^<>]*?\bhref=["']?([^\s"'<>]+)"""),
        _pattern(_CACHE + rb"""(\w{3} \d{1,2}, \d{4} [\d:]{8} GMT|\d{1,2} \w{3} \d{4} [\d:]{8} GMT)"""),
    ),
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
    _Mark(b"calibre-downloaded-from", _link(b"rel", b"calibre-downloaded-from"), is_at_head=False),
    _Mark(b"p-canonical", _link(b"class", b"p-canonical"), is_at_head=False),  # Medium's export
    _Mark(b"url-value", _link(b"class", b"url-value")),  # Notion's export of a clipping, a property of the page
    _Mark(
        b"FILE ARCHIVED ON",
        _pattern(rb"""__wm\.wombat\(\s*["']([^"']+)"""),
        _pattern(rb"""__wm\.wombat\(\s*["'][^"']+["']\s*,\s*["'](\d{14})"""),
        is_at_head=False,
    ),
)
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.I)
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")  # in the strings of JavaScript


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


def _told(address: bytes, day: bytes, body: bytes) -> Saved:
    """Return what a mark tells; nothing where its address is none of the web.

    HTTrack leaves out the scheme: that of the page's links to the same site is taken. The address of a copy in an
    archive stands for that of the page itself.
    """
    url, captured = html.unescape(address.decode("utf-8", "replace")), moment(day.decode("ascii", "replace"))
    url = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), url)
    if "://" not in url and "." in url.partition("/")[0]:
        host = address.partition(b"/")[0]
        url = f"http{'s' if b'https://' + host in body else ''}://{url}"
    url, copied = original(url)
    captured = moment(copied) if copied else captured
    return Saved(url, captured) if _ADDRESS.fullmatch(url) else Saved()
