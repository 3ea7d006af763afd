"""The addresses that a sitemap lists, told by its bytes: XML, an index, a feed or plain lines, gzipped or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from lxml import etree

from winnow.formats import begins_as_html, xml_in_utf_8
from winnow.sites.links import joined
from winnow.sites.moments import stated
from winnow.sites.unpacking import MAX_UNPACKED, Unpacking
from winnow.sources.containers.elements import Elements

MAX_ADDRESSES = 50_000  # in one sitemap, as the protocol has it
_MAX_ELEMENT = 1 << 20  # bytes
_LOOKED_AT = 64 << 10
_PART = 256 << 10  # bytes that are parsed at once
_NAMES = b"url|sitemap|item|entry"
_ENTRIES = frozenset(_NAMES.decode().split("|"))
_CHANGED = ("lastmod", "updated", "publication_date", "pubDate", "published", "date")  # the first that is there counts
_TOLD = frozenset(("loc", "link", *_CHANGED)) - {"publication_date"}
_LINE = re.compile(r"https?://\S+", re.I)
_TOO_MANY = f"more than {MAX_ADDRESSES} addresses: the rest is left out"


class Entry(NamedTuple):
    """A page that a sitemap lists. `lastmod` is the moment at which it last changed, or else appeared, if that is said.

    A day without a time is its first moment in UTC; a month or a year is no moment.
    """

    url: str
    lastmod: datetime | None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists: other sitemaps, and pages. `problem` says what was wrong or left out, if anything."""

    children: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    problem: str | None = None


def read(content: bytes, url: str) -> Sitemap:
    """Return what a sitemap lists, with whole addresses; `url` is its own address, to which the others may be relative.

    What is whole in a damaged one is kept.
    """
    file = Unpacking(content)
    start = xml_in_utf_8(file.peek(_LOOKED_AT)).removeprefix(b"\xef\xbb\xbf").lstrip()
    if begins_as_html(start):
        return Sitemap(problem="HTML, not a sitemap")
    if not start.startswith(b"<"):
        return _of_lines(file)
    listed = _Listed(url)
    try:
        _parse(file, listed)
    except etree.XMLSyntaxError:  # a bare ampersand, an early end: what is whole is found piece by piece
        file, listed = Unpacking(content), _Listed(url)
        _parse_in_pieces(file, listed)
    return listed.sitemap(file.problem)


def _parse(file: Unpacking, listed: _Listed) -> None:
    """Read XML without making a tree of it. Raises `XMLSyntaxError`."""
    options: Any = {"target": listed, "resolve_entities": False, "no_network": True}
    parser: Any = etree.XMLParser(**options)
    while not listed.is_full and (part := file.read(_PART)):
        parser.feed(part)
    if not listed.is_full:
        parser.close()


def _parse_in_pieces(file: Unpacking, listed: _Listed) -> None:
    for cut in Elements(file, _NAMES, _MAX_ELEMENT):
        if cut.element is None:
            listed.pass_over("it ends within an entry" if cut.is_cut else "an entry cannot be read")
        else:
            for event, element in etree.iterwalk(cut.element, events=("start", "end")):
                if event == "start":
                    listed.start(element.tag, element.attrib)
                    listed.data(element.text or "")
                else:
                    listed.end(element.tag)
        if listed.is_full:
            break


class _Listed:
    """What the elements of a sitemap list; a parser calls its methods."""

    def __init__(self, url: str) -> None:
        self._url, self._children, self._entries = url, dict[str, None](), dict[str, datetime | None]()
        self._count = 0  # of entries, also of those that list nothing: a hostile file may have millions
        self._path: list[str] = []  # the names of the elements that are open, from an entry on
        self._told: dict[str, str] = {}
        self._name, self._text = "", list[str]()  # of the open element that tells something
        self.problem: str | None = None

    @property
    def is_full(self) -> bool:
        """Return whether no more addresses are taken."""
        return self._count > MAX_ADDRESSES

    def pass_over(self, problem: str) -> None:
        """Note an entry that is not whole."""
        self._count += 1
        self.problem = problem

    def start(self, tag: Any, attributes: Any) -> None:
        """Note the beginning of an element. What tells something stands right in an entry, news in one of their own."""
        name = _local(tag)
        if not self._path:
            if name in _ENTRIES:
                self._path, self._told = [name], {}
            return
        self._name, self._text = "", []
        if (len(self._path) == 1 and name in _TOLD) or (name == "publication_date" and self._path[1:] == ["news"]):
            self._name = name
            if name == "link" and attributes.get("href") and attributes.get("rel", "alternate") == "alternate":
                self._told.setdefault("link", attributes["href"])
        self._path.append(name)

    def data(self, text: str) -> None:
        """Note text, which may come in several pieces."""
        if self._name:
            self._text.append(text)

    def end(self, tag: Any) -> None:
        """Note the end of an element: an entry that is whole is listed."""
        if not self._path:
            return
        if self._name:
            if text := "".join(self._text).strip():
                self._told.setdefault(self._name, text)
            self._name = ""
        name = self._path.pop()
        if not self._path:
            self._list(name)

    def close(self) -> None:
        """Parsers ask for it at the end."""

    def _list(self, entry: str) -> None:
        self._count += 1
        link = self._told.get("loc") or self._told.get("link")
        place = joined(self._url, link) if link else None
        if place is None or self.is_full:
            return
        if entry == "sitemap":
            self._children.setdefault(place)
        else:
            found = (stated(self._told[name]) for name in _CHANGED if name in self._told)
            self._entries[place] = next(filter(None, found), None)

    def sitemap(self, problem: str) -> Sitemap:
        """Return all that was listed. One that lists itself has no such child."""
        told = problem or self.problem or (_TOO_MANY if self.is_full else None)
        children = tuple(child for child in self._children if child != self._url)[:MAX_ADDRESSES]
        entries = tuple(Entry(*entry) for entry in self._entries.items())[: MAX_ADDRESSES - len(children)]
        return Sitemap(children, entries, told or (None if entries or children else "no address in it"))


def _local(tag: Any) -> str:
    """Return a name without its namespace or prefix; "" for what is no element."""
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _of_lines(file: Unpacking) -> Sitemap:
    lines = (line.strip() for line in file.read(MAX_UNPACKED).decode("utf-8-sig", "replace").splitlines())
    entries = tuple(Entry(line, None) for line in dict.fromkeys(lines) if _LINE.fullmatch(line))
    if not entries:
        return Sitemap(problem=file.problem or "neither XML nor lines of addresses")
    problem = file.problem or (_TOO_MANY if len(entries) > MAX_ADDRESSES else None)
    return Sitemap(entries=entries[:MAX_ADDRESSES], problem=problem)
