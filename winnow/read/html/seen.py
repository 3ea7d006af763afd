"""The lines of a page in which metadata is looked for, with their zones, and the elements that may tell metadata.

Names, days and headlines are looked for in these lines. They end where the lines end that a model judges (blocks.py),
but are searched and never shown, and so differ from the others in three ways:
- a space stands between all pieces of a line, as in `<span>By</span><a>Ada Lund</a>`, where a style sheet sets it;
- menus, comments, forms and buttons are left out, unless a headline stands in them;
- a table row is not joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from winnow.read.html.box_names import AUTHOR, COMMENTS, FORM, NAV, TAG_ZONES
from winnow.read.html.boxes import Look
from winnow.read.lines.line import squeeze
from winnow.text import storable

MAX_LINES, MAX_LENGTH = 3_000, 2_000  # lines, characters of a line
BEFORE = 24  # pieces of text before a mark that are kept
# Inside of these two no zone holds: their own classes say what the whole page has or looks like (`both-sidebars`), and
# where main seems to stand in a menu or a button, an earlier tag was left open.
_OUTERMOST = frozenset(("main", "body"))
_MARKED = frozenset(("a", "time", "abbr", "h1", "h2"))
_UNREAD = NAV | COMMENTS | FORM  # zones in which nothing is looked for, unless a headline stands in them
LEFT_OUT = 1 << 20  # a bit beside those of the zones: nothing is looked for here
# `SeenWriter.enter` must know of elements with these tags, and of those whose names or item property say something.
TELLING = _MARKED | _OUTERMOST | TAG_ZONES.keys() | {"button"}


@dataclass(slots=True)
class SeenLine:
    """One line of the page as a reader sees it, with the zones and cues of the elements around it."""

    text: str
    bits: int


class Mark(NamedTuple):
    """An element that may tell a headline, a name or a day, and its place."""

    element: etree._Element
    tag: str
    line: int | None  # number of the line in which it begins; None where its lines are left out
    around: int  # bits of the zones and cues of the elements around it
    own: int  # bits of the zones and cues of its own names
    itemprop: str  # in lower case
    before: Sequence[str]  # the last pieces of text before it in its line, kept only where it may tell a day


class SeenWriter:
    """Collects lines and marks; keeps the zones of the place that the walk over the page has come to."""

    def __init__(self) -> None:
        self.lines: list[SeenLine] = []
        self.marks: list[Mark] = []
        self.zones = 0  # bits of the zones and cues of all elements around
        self._outer: list[int] = []  # the zones outside of each element that has zones of its own

    def enter(self, element: etree._Element, tag: str, look: Look, pieces: Sequence[str]) -> bool:
        """Mark an element if it may tell metadata; return whether `leave` is to be called at its end.

        `pieces` are the pieces of text before the element in its line.
        """
        around = self.zones
        if around & LEFT_OUT:
            if tag == "h2":
                self.mark(element, tag, look, pieces)
            return False
        is_telling = tag in _MARKED or look.itemprop or look.zones & AUTHOR
        if is_telling and tag not in _OUTERMOST and tag != "button":
            self.mark(element, tag, look, pieces)
        inside = _inside(element, tag, around, look.zones)
        if inside == around:
            return False
        self._outer.append(around)
        self.zones = inside
        return True

    def leave(self) -> None:
        """Leave the element with zones of its own that was entered last."""
        self.zones = self._outer.pop()

    def mark(self, element: etree._Element, tag: str, look: Look, pieces: Sequence[str]) -> None:
        """Add a mark for an element; `pieces` are the pieces of text before it in its line."""
        around = self.zones
        is_read = not around & LEFT_OUT and len(self.lines) <= MAX_LINES
        before = pieces[-BEFORE:] if look.itemprop or tag in ("time", "abbr") else ()
        line = len(self.lines) if is_read else None
        self.marks.append(Mark(element, tag, line, around & ~LEFT_OUT, look.zones, look.itemprop, before))

    def write(self, pieces: Sequence[str], left_out: Sequence[int], bits: int) -> None:
        """Add a line made of all pieces but those at the places `left_out`; `bits` are its zones and cues."""
        if left_out:
            others = frozenset(left_out)
            pieces = [piece for at, piece in enumerate(pieces) if at not in others]
        text = squeeze(" ".join(pieces) if len(pieces) > 1 else pieces[0])
        if not text.isprintable():
            text = storable(text)
        if (len(text) > 2 or text.isalnum()) and len(self.lines) <= MAX_LINES:
            self.lines.append(SeenLine(text[:MAX_LENGTH], bits))


def _inside(element: etree._Element, tag: str, around: int, own: int) -> int:
    """Return the bits of the zones and cues inside an element, from those around it and those of its own names."""
    if tag in _OUTERMOST:
        return 0
    zones = around | own | TAG_ZONES.get(tag, 0)
    is_barred = tag == "button" or (zones & _UNREAD & ~around and tag != "h1")
    return zones | LEFT_OUT if is_barred and not _holds_article(element) else zones


def _holds_article(element: etree._Element) -> bool:
    """Return whether the main part or a headline stands in an element: a tag left open swallows what follows it."""
    return next(element.iterdescendants("h1", "main"), None) is not None
