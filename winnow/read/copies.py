"""Copies of pages that archives and caches show: their own furniture, and the addresses that they have rewritten.

Known are the Wayback Machine, archives that run pywb or ReplayWeb.page, archive.today, and Google's cache.
"""

from __future__ import annotations

import html
import re

from winnow.items import Metadata
from winnow.read.metadata.values import original

# In the last comment of each page of the Wayback Machine; at the head of each one that pywb or ReplayWeb.page shows.
_ARCHIVED, _REPLAYED = "FILE ARCHIVED ON", "<!-- WB Insert -->"
_TOOLBAR = ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->")
_REPLAYER = (_REPLAYED, "<!-- End WB Insert -->")
# What stands before an address that an archive has rewritten, at the beginning of an attribute or of a part of it.
_REWRITTEN = re.compile(
    r"""(?<=["'=(,\s])(?:(?:https?:)?//[^\s"'<>/]+)?(?:/[\w.~-]+)*?/\d{4,14}(?:[a-z]{2,4}_)?/(?=(?:https?:)?//|mailto:)"""
)
_HEAD = 1 << 14  # characters at the beginning, in which archive.today says what it shows
# Where archive.today names the copy, and where Google's cache begins what it has put above the page.
SNAPSHOT = r"""<link\b[^<>]*\brel=["']?bookmark\b[^<>]*?\bhref=["']?(https?://archive\.[a-z]{2,5}/\d{14}/https?://[^\s"'<>]+)"""
CACHED = "__google-cache-hdr"
CACHE_HEAD = rf"""<div\b[^<>]*?\bid=["']?\w*{CACHED}\b"""
_SNAPSHOT, _CACHE_HEAD = re.compile(SNAPSHOT), re.compile(CACHE_HEAD)
_TITLE = re.compile(r"<title\b[^<>]*>[^<]*</title>")
_CONTENT = re.compile(r"""<div\b[^<>]*?\bid=["']?CONTENT["'\s>]""")
_PLACES = re.compile(r"""<table\b[^<>]*?\bid=["']?hashtags["'\s>]""")
_THROUGH = re.compile(r"""(?<=["'=])https?://archive\.[a-z]{2,5}/o/\w+/(?=\w)""")
_DIV = re.compile(r"<(/?)div\b", re.I)
# The same in plain text, where the furniture stands above the page's own.
_ABOVE, _BELOW = 6_000, 600  # characters that the furniture has above and below, at most
_BY_WAYBACK = re.compile(r"^[^\S\n]*The Wayback Machine - (https?://web\.archive\.org/web/\S+)[^\n]*\n?", re.M)
_TOOLS = re.compile(r"\b\d[\d,]* captures?\b|\bAbout this capture\b")
_THROUGH_WAYBACK = re.compile(r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://|mailto:)")
_BY_ARCHIVE_TODAY = re.compile(
    r"\W*archive\.[a-z]{2,5}\b.{0,300}?\bwebpage capture\b.{0,1500}?report (?:bug|error) or abuse"
    r"(?:\s*Buy me a coffee)?",
    re.S,
)
_PERCENTAGES = re.compile(r"(?:\n\s*\d{1,3}%)+\s*$")
_BY_GOOGLE = re.compile(
    r"^[^\S\n]*This is Google['’]s cache of (\S+?)\.? It is a snapshot of the page as it appeared on [^\n]*\n"
    r"(?:[^\n]*(?:Text-only version|Learn more)[^\n]*\n)*(?:Tip: To quickly find your search term[^\n]*\n)?",
    re.M,
)


def as_published(page: str) -> str:
    """Return an HTML page without what an archive or a cache that shows it has added; any other page as given.

    Links lead again where they led.
    """
    if _ARCHIVED in page or _REPLAYED in page:
        for begin, end in (_TOOLBAR, _REPLAYER):
            page = _without(page, page.find(begin), end)
        page = _REWRITTEN.sub("", page)
    if CACHED in page and (head := _CACHE_HEAD.search(page)):
        page = page[: head.start()] + page[_end_of(page, head.start()) :]
    snapshot = _SNAPSHOT.search(page, 0, _HEAD)
    return _unframed(page, original(html.unescape(snapshot[1]))[0]) if snapshot else page


def split_copy(text: str) -> tuple[Metadata, str]:
    """Return what a text capture of a copy states of its page, and the text without what the archive has added.

    Any other text is returned as given.
    """
    head = text[:_ABOVE]
    if "The Wayback Machine - " in head and (found := _BY_WAYBACK.search(head)):
        above = "" if _TOOLS.search(head, 0, found.start()) else text[: found.start()]
        return Metadata(url=found[1]), _THROUGH_WAYBACK.sub("", above + text[found.end() :])
    if "s cache of " in head and (found := _BY_GOOGLE.search(head)):
        return Metadata(url=found[1]), text[: found.start()] + text[found.end() :]
    if found := _BY_ARCHIVE_TODAY.match(head):
        begin = max(found.end(), len(text) - _BELOW)
        return Metadata(), text[found.end() : begin] + _PERCENTAGES.sub("\n", text[begin:])
    return Metadata(), text


def _unframed(page: str, address: str) -> str:
    """Return what archive.today shows in its frame as a page of its own, since the frame's day is not the page's."""
    begin, title = _CONTENT.search(page), _TITLE.search(page)
    if not begin:
        return page
    shown = page[begin.start() : _end_of(page, begin.start())]
    places = _PLACES.search(shown)
    shown = _THROUGH.sub("", _without(shown, places.start() if places else -1, "</table>"))
    head = f'<head>{title[0] if title else ""}<link rel="canonical" href="{html.escape(address)}"></head>'
    return f"<!DOCTYPE html><html>{head}<body>{shown}</body></html>"


def _without(page: str, begin: int, end: str) -> str:
    """Return a page without what stands from a place on to an end behind it; as given where either is missing."""
    until = page.find(end, begin) if begin >= 0 else -1
    return page if until < 0 else page[:begin] + page[until + len(end) :]


def _end_of(page: str, begin: int) -> int:
    """Return where the `div` ends that begins at a place; the end of the page where nothing closes it."""
    depth = 0
    for tag in _DIV.finditer(page, begin):
        depth += -1 if tag[1] else 1
        if not depth:
            return page.find(">", tag.start()) + 1 or len(page)
    return len(page)
