"""Links, emphasis and code inside the lines of an HTML page, read again from the tree where a line was chosen.

The walk over a page (walk.py) only counts them: most lines of a page are never chosen. A line's text is final here.
What the tree holds is laid beside it without white space, which the tree has in other places; where it reads otherwise,
the line stays plain.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from lxml import etree

from winnow.read.html.tags import BOLD, BOXES, SKIPPED
from winnow.read.lines.line import clean
from winnow.read.markdown import PLAIN, Look, Run, safe_url
from winnow.read.redirects import led_to

_EMPHASIS = frozenset(("em", "i", "cite", "dfn", "var"))
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_MARKED = frozenset(("a", *_CODE, *BOLD, *_EMPHASIS))
_WIDEST = 50  # columns of a cell


def base_of(statements: Iterable[etree._Element], url: str | None) -> str | None:
    """Return the address that the links of a page at the address `url` begin from, None where it is not known."""
    element = next((each for each in statements if each.tag == "base"), None)
    base = safe_url(element.get("href"), url) if element is not None else None
    return next((each for each in (base, url) if each and each.startswith(("https://", "http://"))), None)


class Inline(NamedTuple):
    """The text of a box without white space, and the looks of its stretches."""

    text: str
    ends: list[int]  # of the stretches, as places in the text
    looks: list[Look]


_NOTHING = Inline("", [], [])


class InlineReader:
    """Reads what stands inside the lines of a page; `base` is the address that its links begin from, if known."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        # With the place up to which the text has been used; None for a box in which all is plain.
        self._boxes: dict[etree._Element, tuple[Inline, int] | None] = {}

    def runs(self, text: str, box: etree._Element) -> list[Run]:
        """Return the runs of a line that stands in this box, outside of the boxes in it; lines come in their order."""
        if box not in self._boxes:
            inline = self._read(box) if len(box) else _NOTHING
            self._boxes[box] = (inline, 0) if any(look is not PLAIN for look in inline.looks) else None
        known = self._boxes[box]
        if known is None:
            return [Run(text)]
        runs, end = _cut(text, *known)
        self._boxes[box] = known[0], end
        return runs

    def cells(self, texts: tuple[str, ...], row: etree._Element) -> list[list[Run]]:
        """Return the runs of the cells of a row, in their columns; `texts` are those of the cells that hold any."""
        found: list[list[Run]] = []
        left = list(reversed(texts))
        for cell in row.iterchildren("td", "th"):
            inline = self._read(cell, is_deep=True)
            if left and inline.text == "".join(left[-1].split()):
                found.append(_cut(left.pop(), inline, 0)[0])
            else:
                found.append([])
            found += [[]] * (min(int(width), _WIDEST) - 1 if (width := cell.get("colspan", "")).isdecimal() else 0)
        return [[Run(text)] for text in texts] if left else found

    def _read(self, box: etree._Element, is_deep: bool = False) -> Inline:
        """Return what stands in a box; in the boxes inside it only if `is_deep`."""
        pieces: list[str] = []
        ends: list[int] = []
        looks: list[Look] = []
        size = 0
        for text, look in self._pieces(box, is_deep):
            piece = "".join(text.split())
            if not piece.isprintable():
                piece = clean(piece)
            if not piece:
                continue
            size += len(piece)
            pieces.append(piece)
            if looks and looks[-1] == look:
                ends[-1] = size
            else:
                ends.append(size)
                looks.append(look)
        return Inline("".join(pieces), ends, looks)

    def _pieces(self, box: etree._Element, is_deep: bool) -> Iterator[tuple[str, Look]]:
        """Yield the texts in a box with their looks."""
        look = self._look(box, PLAIN)
        if box.text:
            yield box.text, look
        children = box.iterchildren("*")
        outer: list[tuple[etree._Element, Iterator[etree._Element], Look]] = []
        while True:
            for child in children:
                tag = str(child.tag)
                is_read = tag not in SKIPPED and (is_deep or not (tag in BOXES or "-" in tag))
                inside = self._look(child, look) if is_read else look
                if is_read and child.text:
                    yield child.text, inside
                if is_read and len(child):
                    outer.append((child, children, look))
                    children, look = child.iterchildren("*"), inside
                    break
                if child.tail:
                    yield child.tail, look
            else:
                if not outer:
                    return
                child, children, look = outer.pop()
                if child.tail:
                    yield child.tail, look

    def _look(self, element: etree._Element, around: Look) -> Look:
        """Return the look of the text in an element, from that of the text around it."""
        tag = element.tag
        if tag not in _MARKED:
            return around
        href, is_strong, is_emphasised, is_code = around
        if tag == "a":
            url = safe_url(led_to(element.get("href") or ""), self._base)
            return Look(url, is_strong, is_emphasised, is_code) if url else around
        if tag in _CODE:
            return Look(href, is_code=True)
        if is_code:
            return around
        return Look(href, is_strong or tag in BOLD, is_emphasised or tag in _EMPHASIS)


def _cut(text: str, inline: Inline, start: int) -> tuple[list[Run], int]:
    """Return the runs of a line and the place behind it, if the line stands in `inline` at or after place `start`."""
    letters = text.replace(" ", "")
    begin = inline.text.find(letters, start)
    if begin < 0:
        return [Run(text)], len(inline.text)  # nothing is searched for again
    end = begin + len(letters)
    first = bisect_right(inline.ends, begin)
    last = bisect_right(inline.ends, end - 1)
    if first == last:
        return [Run(text, inline.looks[first])], end
    passed = list(accumulate(map(len, text.split(" "))))  # letters up to the end of each word
    stops = [0, *(stop - begin for stop in inline.ends[first:last]), len(letters)]
    runs: list[Run] = []
    place = 0
    for (a, b), look in zip(pairwise(stops), inline.looks[first : last + 1], strict=True):
        left = a + bisect_right(passed, a)
        right = b + bisect_right(passed, b - 1)
        if left > place:
            href = runs[-1].look.href if runs else None
            runs.append(Run(text[place:left], Look(href) if href and href == look.href else PLAIN))
        runs.append(Run(text[left:right], look))
        place = right
    return runs, end
