"""The one walk over the tree of a page, which writes the lines for the model and the lines for metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from winnow.read.html.blocks import BOX, INLINE, ZONED, Block, BlockWriter, Image
from winnow.read.html.boxes import NOTHING, look_of
from winnow.read.html.seen import TELLING, Mark, SeenLine
from winnow.read.html.tags import BOXES, DROPPED, SKIPPED, UNDRESSED
from winnow.read.lines.pieces import MAX_LINES

MAX_ELEMENTS = 2_000_000  # elements walked at most
# Bits beside `BOX`, `INLINE` and `ZONED`, which say how an element is entered; 0 is for one whose content is not read.
_UNDRESSED, _TELLING = 128, 64
_HOW = {
    **dict.fromkeys(BOXES, BOX),
    **dict.fromkeys(UNDRESSED, _UNDRESSED),
    **dict.fromkeys((*SKIPPED, "br"), 0),
}
_HOW |= {tag: _HOW.get(tag, INLINE) | _TELLING for tag in TELLING}


@dataclass(frozen=True, slots=True)
class Content:
    """What a page holds, in document order."""

    blocks: list[Block]  # the lines that a model judges, `MAX_LINES` at most
    lines: list[SeenLine]  # the lines as a reader sees them
    marks: list[Mark]  # elements that may tell a headline, a name or a day
    images: list[Image]
    statements: list[etree._Element]  # those that hold nothing to read: meta, link, title, script and base elements
    is_cut: bool = False  # whether the page has more, which was not read

    def stating(self, tag: str) -> list[etree._Element]:
        """Return the statements with this tag."""
        return [each for each in self.statements if each.tag == tag]

    @property
    def title(self) -> str:
        """Return the page's title, "" where it has none."""
        return next((each.text or "" for each in self.statements if each.tag == "title"), "")


def read_content(root: etree._Element) -> Content:
    """Return what a parsed page holds, read in one walk. The tree is not changed."""
    walk = _Walk()
    walk.run(root)
    blocks = walk.blocks
    statements = list(root.iter("meta", "link", "title", "script", "base"))
    return Content(blocks.blocks, blocks.seen.lines, blocks.seen.marks, blocks.images, statements, walk.is_cut)


class _Walk:
    def __init__(self) -> None:
        self.blocks = BlockWriter()
        self.is_cut = False

    def run(self, root: etree._Element) -> None:
        if root.tag in ("html", "body"):
            for start in [child for child in root if child.tag == "body"] or [root]:
                self._walk(start)
                self.blocks.finish()
        else:  # a fragment
            self.blocks.enter_box("html", NOTHING)
            self._walk(root)
            self.blocks.leave_box()
        del self.blocks.blocks[MAX_LINES:]

    def _walk(self, start: etree._Element) -> None:  # noqa: C901  (a call more for each element costs)
        walker = etree.iterwalk(start, events=("start", "end", "comment", "pi"))
        blocks = self.blocks
        entered: list[int] = []
        count = 0
        for event, element in walker:
            if event == "start":
                count += 1
                how = self._enter(element)
                entered.append(how)
                if not how:
                    walker.skip_subtree()
                elif text := element.text:
                    blocks.add(text)
                if len(blocks.blocks) > MAX_LINES or count > MAX_ELEMENTS:
                    self.is_cut = True
                    break
                continue
            if event == "end" and (how := entered.pop()):
                if how & ZONED:
                    blocks.seen.leave()
                if how & BOX:
                    blocks.leave_box()
                elif how & INLINE:
                    blocks.leave(how)
            if (tail := element.tail) and element is not start:
                blocks.add(tail)

    def _enter(self, element: Any) -> int:
        """Enter an element; return the bits that say how it is to be left, 0 where its content is not read."""
        tag: str = element.tag
        how = _HOW.get(tag, INLINE)
        if not how:
            self._pass(element, tag)
            return 0
        attributes = element.items()
        look = look_of(attributes) if attributes else NOTHING
        if how & BOX or "-" in tag:
            self.blocks.enter_box(tag, look, element)
            how = how & _TELLING | BOX
        elif how & INLINE:
            how |= self.blocks.enter(tag, look)
        if (how & _TELLING or look.zones or look.itemprop) and self.blocks.enter_zone(element, tag, look):
            how |= ZONED
        return how

    def _pass(self, element: etree._Element, tag: str) -> None:
        """Pass over an element whose content is not read: a line break, a `<meta>`, a script, …"""
        if tag == "br":
            self.blocks.break_line()
        elif tag == "meta":
            look = look_of(element.items())
            if look.itemprop:
                self.blocks.mark(element, tag, look)
        elif tag in ("img", "picture"):
            self.blocks.add_image(element)
        elif tag not in DROPPED:
            self.blocks.pass_over()
