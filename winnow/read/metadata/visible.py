"""Walk the body and note what a reader sees: lines, headings, dates and names that are marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from winnow.read.metadata.values import clean_text, word_set, words
from winnow.read.metadata.zones import (
    ASIDE,
    AUTHOR,
    COMMENTS,
    ELSEWHERE,
    FOOT,
    FORM,
    NAV,
    OUTERMOST,
    PUBLISHED,
    TAG_ZONES,
    UNSEEN,
    UPDATED,
    cue_bits,
    zone_bits,
)
from winnow.text import storable

# Nothing is looked for in these, so they are not walked, unless a h1 stands in them.
_PRUNED = NAV | COMMENTS | FORM
_BLOCK = word_set(
    """address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td th thead tr ul"""
)
# A headline may share a sidebar or a footer element of its own with the byline.
_BESIDE = ASIDE | FOOT
_HEADINGS = frozenset(("h1", "h2"))
_SPECIAL = frozenset((*TAG_ZONES, *_HEADINGS, "time", "abbr"))
_TEXTS = etree.XPath("descendant::text()[not(parent::script or parent::style)]", smart_strings=False)
_FIRST_TEXTS = etree.XPath("(.//text())[position() <= 100]")
_AUTHOR_MARKS = etree.XPath("boolean(descendant::*[contains(@class, 'author') or @rel='author' or @itemprop='author'])")
_TAG_LINKS = etree.XPath("descendant::a[contains(@rel, 'tag')]")
_MAX_LINES, _MAX_HEADINGS, _MAX_MARKS = 3_000, 100, 300
_AUTHOR_HREF = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|autori|writers?|staff|contributors?|people|byline|profiles?|journalists?"
    r"|editors?|by|team|users?)/[^/?#]+",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """One line of the page as a reader sees it, with the zones and cues of the elements around it."""

    text: str
    bits: int


@dataclass(slots=True)
class Heading:
    """A h1 or h2: its element, text, level, and the zones it stands in."""

    element: HtmlElement
    text: str
    level: int
    bits: int


@dataclass(slots=True)
class Stamp:
    """A marked date (time, itemprop, hAtom's abbr): machine value, visible text, text before it in its line, place."""

    value: str | None
    text: str
    before: str
    line: int
    bits: int
    itemprop: str


@dataclass(slots=True)
class Name:
    """A marked author: text, place, and whether the mark is formal (rel, itemprop), a link or only a class."""

    text: str
    line: int
    bits: int
    mark: str


def read_headings(tree: HtmlElement) -> list[Heading]:
    """Return the visible h1 and h2 elements in document order; zones are worked out for h1 only."""
    found: list[Heading] = []
    for element in islice(tree.iter("h1", "h2"), _MAX_HEADINGS):
        text = clean_text(inline_text(element), visible=True)
        if text:
            level = 1 if element.tag == "h1" else 2
            bits = zone_bits(element) if level == 1 else 0
            if bits is not None:
                found.append(Heading(element, text, level, bits))
    return found


class Body:
    """The lines of a page and the names and dates marked in it, in document order.

    Walks the page only as far as it is asked to: most pages need no more than the lines around the headline.
    """

    def __init__(self, tree: HtmlElement) -> None:
        start = None if tree.tag == "body" else tree.find(".//body")
        self.lines: list[Line] = []
        self.stamps: list[Stamp] = []
        self.names: list[Name] = []
        self._places: dict[HtmlElement, tuple[int, int]] = {}
        self._buffer: list[str] = []
        self._buffer_bits = 0
        self._root = tree if start is None else start
        self._steps = self._walk(self._root)
        self._text: str | None = None

    def has_line(self, index: int) -> bool:
        """Walk on until line `index` is known; tell whether there is one."""
        while index >= len(self.lines):
            if next(self._steps, None) is None:
                return index < len(self.lines)
        return True

    def text(self) -> str:
        """Return all text without walking: a quick look whether a walk is worth it."""
        if self._text is None:
            self._text = " ".join(_TEXTS(self._root))
        return self._text

    def mentions(self, phrases: Iterable[str]) -> bool:
        """Tell whether the page's text has one of `phrases` (lower case) in it, without walking."""
        text = self.text().lower()
        return any(phrase in text for phrase in phrases)

    def has_author_marks(self) -> bool:
        """Tell whether anything on the page may be marked as an author, without walking."""
        return bool(_AUTHOR_MARKS(self._root))

    def finish(self) -> None:
        """Walk the rest of the page."""
        for _ in self._steps:
            pass

    def place(self, heading: Heading) -> tuple[int, int] | None:
        """Walk on until `heading`; return its line and bits, None when it lies in a part that is not walked."""
        while heading.element not in self._places:
            if next(self._steps, None) is None:
                break
        return self._places.get(heading.element)

    def _walk(self, root: HtmlElement) -> Iterator[bool]:
        """Visit elements in document order, without recursion: nesting may be deep. Yields after each line."""
        lines, known = self.lines, 0
        open_bits = [0]
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            outer = open_bits[-1]
            if event == "start":
                tag = str(element.tag)
                if tag in UNSEEN and not (tag == "button" and _holds_article(element)):
                    walk.skip_subtree()
                    open_bits.append(outer)
                    continue
                if tag in _BLOCK and self._buffer:
                    self._flush()
                bits = 0 if tag in OUTERMOST else self._enter(element, tag, outer)
                if tag in _SPECIAL:
                    bits |= TAG_ZONES.get(tag, 0)
                    if tag in _HEADINGS:
                        self._places[element] = (len(lines), bits)
                    elif tag == "time" or (tag == "abbr" and bits & (PUBLISHED | UPDATED)):
                        self._stamp(element, bits, element.get("itemprop") or "")
                open_bits.append(bits)
                if bits & _PRUNED & ~outer and tag != "h1" and not _holds_article(element):
                    walk.skip_subtree()
                    continue
                text = element.text
            else:
                if event == "end":
                    open_bits.pop()
                    bits = open_bits[-1]
                    if element.tag in _BLOCK and self._buffer:
                        self._flush()
                    text = element.tail if element is not root else None
                else:
                    bits, text = outer, element.tail
            if text and not text.isspace():
                self._buffer_bits |= bits
                self._buffer.append(text)
            if len(lines) != known:
                known = len(lines)
                if known > _MAX_LINES:
                    return
                yield True
        self._flush()

    def _flush(self) -> None:
        if self._buffer:
            text = storable(" ".join(" ".join(self._buffer).split()))
            if len(text) > 2 or text.isalnum():
                self.lines.append(Line(text[:2000], self._buffer_bits))
            self._buffer.clear()
            self._buffer_bits = 0

    def _enter(self, element: HtmlElement, tag: str, bits: int) -> int:
        get = element.get
        own = 0
        if marked := get("class"):
            own = cue_bits(marked)
        if marked := get("id"):
            own |= cue_bits(marked)
        bits |= own
        if prop := get("itemprop"):
            self._itemprop(element, tag, prop.lower(), bits)
        elif tag == "a":
            self._link(element, bits)
        elif own & AUTHOR:
            self._name(element, bits, "class")
        return bits

    def _stamp(self, element: HtmlElement, bits: int, itemprop: str) -> None:
        if len(self.stamps) >= _MAX_MARKS:
            return
        value = element.get("datetime") or element.get("content") or element.get("title")
        text = short_text(element) or ""
        before = " ".join(" ".join(self._buffer[-8:]).split())[-80:]
        if element.get("pubdate") is not None:
            bits |= PUBLISHED
        self.stamps.append(Stamp(value, text, before, len(self.lines), bits, itemprop.lower()))

    def _link(self, element: HtmlElement, bits: int) -> None:
        if "author" in (element.get("rel") or "").lower().split():
            self._name(element, bits, "rel")
        elif _AUTHOR_HREF.search(element.get("href") or ""):
            self._name(element, bits, "link")

    def _itemprop(self, element: HtmlElement, tag: str, prop: str, bits: int) -> None:
        if "author" in prop.split():
            inner = next((child for child in islice(element.iter("*"), 50) if child.get("itemprop") == "name"), None)
            self._name(element if inner is None else inner, bits, "itemprop")
        elif prop in ("datepublished", "datecreated", "datemodified"):
            if tag == "meta":
                self.stamps.append(Stamp(element.get("content"), "", "", len(self.lines), bits, prop))
            elif tag != "time":
                self._stamp(element, bits, prop)

    def _name(self, element: HtmlElement, bits: int, mark: str) -> None:
        text = None
        if len(self.names) < _MAX_MARKS:
            text = element.get("content") or short_text(element)
        if text:
            self.names.append(Name(text, len(self.lines), bits, mark))


def _holds_article(element: HtmlElement) -> bool:
    """Tell whether the main part or a headline stands in `element`: a tag left open swallows what follows it."""
    return element.find(".//h1") is not None or element.find(".//main") is not None


def tag_links(tree: HtmlElement) -> list[str]:
    """Return the texts of links with rel=tag that are not in menus, sidebars, comments or related items."""
    bits: dict[HtmlElement, int | None] = {}
    found: list[str] = []
    for element in _TAG_LINKS(tree)[:100]:
        parent = element.getparent()
        if "tag" not in element.get("rel").split() or parent is None:
            continue
        if parent not in bits:
            bits[parent] = zone_bits(parent)
        zones = bits[parent]
        text = short_text(element) if zones is not None and not zones & (ELSEWHERE & ~FOOT) else None
        if text:
            found.append(text)
    return found


def inline_text(element: HtmlElement) -> str:
    """Return an element's text with a space only where a block or line break stands between words."""
    parts: list[str] = []
    for text in _FIRST_TEXTS(element):
        parent = text.getparent()
        if not text.is_tail and parent.tag in UNSEEN:
            continue
        if parent is not element and parent.tag in _BLOCK:
            parts.append(" ")
        parts.append(text)
    return "".join(parts)


def short_text(element: HtmlElement, limit: int = 160) -> str | None:
    """Return an element's text with spaces between its parts, None when it is empty or longer than `limit`."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        size += len(part.strip()) + 1
        if size > limit + 40:
            return None
        parts.append(part)
    return clean_text(" ".join(parts), limit + 40, visible=True)


def around(body: Body, anchor: int, zones: int, before: int = 10, after: int = 24) -> list[tuple[int, int]]:
    """Return the lines around the headline as (offset, index), nearest first; a line before it counts twice as far.

    Menus, footers, sidebars, comments, related items and forms are left out and not counted; `zones` are the bits of
    the headline itself: what is true of its own place is no reason against a line. Ends where the text has begun.
    """
    lines = body.lines
    barred = ELSEWHERE & ~zones
    near = [(0, anchor)] if body.has_line(anchor) else []
    offset = long_lines = 0
    index = anchor
    while body.has_line(index := index + 1):
        line = lines[index]
        if line.bits & barred and (line.bits & barred & ~_BESIDE or index - anchor > 4):
            continue
        offset += 1
        if line.text.count(" ") >= 40:
            long_lines += 1
        if offset > after or long_lines > 2:
            break
        near.append((offset, index))
    offset = 0
    for index in range(anchor - 1, -1, -1):
        line = lines[index]
        if line.bits & barred and (line.bits & barred & ~_BESIDE or anchor - index > 3):
            continue
        offset += 1
        if offset > before:
            break
        near.append((2 * offset, index))
    return sorted(near)


def find_line(body: Body, text: str) -> int | None:
    """Return the first line outside menus that consists of `text`, by its words, or of `text` and little more."""
    wanted = words(text)
    index = -1
    while body.has_line(index := index + 1):
        line = body.lines[index]
        if line.bits & NAV or not -12 <= len(line.text) - len(text) <= 40:
            continue
        told = words(line.text)
        if told == wanted or (len(wanted) >= 3 and told[: len(wanted)] == wanted):
            return index
    return None


def find_prose(body: Body) -> int | None:
    """Return the first line of prose outside menus and the like."""
    index = -1
    while body.has_line(index := index + 1):
        line = body.lines[index]
        if not line.bits & ELSEWHERE and line.text.count(" ") >= 20:
            return index
    return None
