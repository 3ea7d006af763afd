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

_EMPHASIS = frozenset(("em", "i", "cite", "dfn", "var"))
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_MARKED = ("a", *_CODE, *BOLD, *_EMPHASIS)
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


class InlineReader:
    """Reads what stands inside the lines of a page; `base` is the address that its links begin from, if known."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        # With the place up to which the text has been used; None for a box in which all is plain.
        self._boxes: dict[etree._Element, tuple[Inline, int] | None] = {}

    def runs(self, text: str, box: etree._Element) -> list[Run]:
        """Return the runs of a line that stands in this box, outside of the boxes in it; lines come in their order."""
        if box not in self._boxes:
            is_marked = next(box.iterchildren(), None) is not None and next(box.iter(_MARKED), None) is not None
            self._boxes[box] = (self._read(box), 0) if is_marked else None
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
        found = Inline("", [], [])
        pieces: list[str] = []
        size = 0
        for text, look in self._pieces(box, is_deep):
            piece = "".join(text.split())
            if piece and not piece.isprintable():
                piece = clean(piece)
            if not piece:
                continue
            size += len(piece)
            pieces.append(piece)
            if found.looks and found.looks[-1] == look:
                found.ends[-1] = size
            else:
                found.ends.append(size)
                found.looks.append(look)
        return found._replace(text="".join(pieces))

    def _pieces(self, box: etree._Element, is_deep: bool) -> Iterator[tuple[str, Look]]:
        """Yield the texts in a box with their looks."""
        looks: list[Look] = [PLAIN]
        walker = etree.iterwalk(box, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                looks.pop()
                if element is not box and element.tail:
                    yield element.tail, looks[-1]
                continue
            looks.append(self._look(element, looks[-1]))
            tag = str(element.tag)
            is_box = (tag in BOXES or "-" in tag) and element is not box and not is_deep
            if is_box or tag in SKIPPED:
                walker.skip_subtree()
            elif element.text:
                yield element.text, looks[-1]

    def _look(self, element: etree._Element, around: Look) -> Look:
        """Return the look of the text in an element, from that of the text around it."""
        tag = element.tag
        if tag == "a":
            href = safe_url(element.get("href"), self._base)
            return around._replace(href=href) if href else around
        if tag in _CODE:
            return Look(around.href, is_code=True)
        if around.is_code:
            return around
        if tag in BOLD:
            return around._replace(is_strong=True)
        return around._replace(is_emphasised=True) if tag in _EMPHASIS else around


def _cut(text: str, inline: Inline, start: int) -> tuple[list[Run], int]:
    """Return the runs of a line and the place behind it, if the line stands in `inline` at or after place `start`."""
    words = text.split(" ")
    begin = inline.text.find("".join(words), start)
    if begin < 0:
        return [Run(text)], len(inline.text)  # nothing is searched for again
    passed = list(accumulate(map(len, words)))  # letters up to the end of each word
    end = begin + passed[-1]
    first = bisect_right(inline.ends, begin)
    last = bisect_right(inline.ends, end - 1)
    stops = [0, *(stop - begin for stop in inline.ends[first:last]), passed[-1]]
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
