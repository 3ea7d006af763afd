"""The lines of a page in which metadata is looked for, with their zones, and the elements that may tell metadata.

Names, days and headlines are looked for in these lines. They end where the lines end that a model judges (blocks.py),
but are searched and never shown, and so differ from the others in three ways:
- a space stands between all pieces of a line, as in `<span>By</span><a>Ada Lund</a>`, where a style sheet sets it;
- menus, comments, forms and buttons are left out, unless a headline stands in them;
- a table row is not joined, and the rows of a mail's head in preformatted text are not either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from winnow.read.html.box_names import COMMENTS, FORM, NAV
from winnow.read.html.looks import DATED, Look
from winnow.read.html.tags import OUTERMOST
from winnow.read.lines.line import squeeze
from winnow.text import storable

MAX_LINES, MAX_LENGTH = 3_000, 2_000  # lines, characters of a line
BEFORE = 24  # pieces of text before a mark that are kept
_UNREAD = NAV | COMMENTS | FORM  # zones in which nothing is looked for, unless a headline stands in them
_LABELLED = re.compile(r"^[ \t]*[^\W\d_][\w-]{1,20} ?: ", re.M)  # rows of a head: `Subject: …`
LEFT_OUT = 1 << 20  # a bit beside those of the zones: nothing is looked for here
_EVERYWHERE = frozenset(("h2", "meta", "time"))  # tags of elements that are marked also where nothing is looked for


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
        self._outer: list[int] = []  # the zones outside of each element that was entered

    def enter(self, element: etree._Element, look: Look) -> None:
        """Enter an element in which other zones may hold."""
        around = self.zones
        self._outer.append(around)
        if not around & LEFT_OUT:
            self.zones = _inside(element, look, around)

    def leave(self) -> None:
        """Leave the element that was entered last."""
        self.zones = self._outer.pop()

    def mark(self, element: etree._Element, look: Look, pieces: Sequence[str]) -> None:
        """Add a mark for an element that may tell metadata; `pieces` are the pieces of text before it in its line."""
        around = self.zones
        is_read = not around & LEFT_OUT
        if not is_read and look.tag not in _EVERYWHERE:
            return
        line = len(self.lines) if is_read and len(self.lines) <= MAX_LINES else None
        before = pieces[-BEFORE:] if look.how & DATED else ()
        self.marks.append(Mark(element, look.tag, line, around & ~LEFT_OUT, look.own, look.itemprop, before))

    def write(self, pieces: Sequence[str], left_out: Sequence[int], bits: int) -> None:
        """Add a line made of all pieces but those at the places `left_out`; `bits` are its zones and cues."""
        if left_out:
            others = frozenset(left_out)
            pieces = [piece for at, piece in enumerate(pieces) if at not in others]
        text = squeeze(" ".join(pieces))
        self.add(text if text.isprintable() else storable(text), bits)

    def write_code(self, part: str, bits: int) -> None:
        """Add a part of a preformatted text, which blank lines divide: each row of a head such as a mail's."""
        rows = part.splitlines()
        for text in rows if 2 * len(_LABELLED.findall(part)) > len(rows) > 1 else [part]:
            self.write([text], (), bits)

    def add(self, text: str, bits: int) -> None:
        """Add a line with a text that is squeezed and storable; `bits` are its zones and cues."""
        if (len(text) > 2 or text.isalnum()) and len(self.lines) <= MAX_LINES:
            self.lines.append(SeenLine(text[:MAX_LENGTH], bits))


def _inside(element: etree._Element, look: Look, around: int) -> int:
    """Return the bits of the zones and cues inside an element, from those around it and its own."""
    if look.tag in OUTERMOST:  # where main seems to stand in a menu or a button, an earlier tag was left open
        return 0
    zones = around | look.zones
    is_barred = look.tag == "button" or (zones & _UNREAD & ~around and look.tag != "h1")
    return zones | LEFT_OUT if is_barred and not _holds_article(element) else zones


def _holds_article(element: etree._Element) -> bool:
    """Return whether the main part or a headline stands in an element: a tag left open swallows what follows it."""
    return next(element.iterdescendants("h1", "main"), None) is not None
