"""The one walk over the tree of a page, which writes the lines for the model and the lines for metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from winnow.read.html.blocks import Block, BlockWriter, Image, lower_headings
from winnow.read.html.looks import BOX, INLINE, MARKED, ZONED, Look, look_of
from winnow.read.html.seen import Mark, SeenLine
from winnow.read.html.tags import DROPPED, SKIPPED
from winnow.read.lines.pieces import MAX_LINES

MAX_ELEMENTS = 2_000_000  # elements walked at most
_PASSED = SKIPPED | {"br"}  # tags of elements whose content is not read


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
            fragment = look_of("html", [])
            self.blocks.enter_box(fragment)
            self._walk(root)
            self.blocks.leave_box(fragment)
        del self.blocks.blocks[MAX_LINES:]
        lower_headings(self.blocks.blocks)

    def _walk(self, start: etree._Element) -> None:  # noqa: C901, PLR0912  (a call more for each element costs)
        walker: Any = etree.iterwalk(start, events=("start", "end", "comment", "pi"))
        blocks, seen, lines = self.blocks, self.blocks.seen, self.blocks.blocks
        entered: list[Look | None] = []  # None for an element whose content is not read
        count = 0
        for event, element in walker:
            if event == "start":
                count += 1
                tag = element.tag
                if tag in _PASSED:
                    self._pass(element, tag)
                    entered.append(None)
                    walker.skip_subtree()
                else:
                    look = look_of(tag, element.items())
                    entered.append(look)
                    how = look.how
                    if how & BOX:
                        blocks.enter_box(look, element)
                    elif how & INLINE:
                        blocks.enter(look)
                    if how & MARKED:
                        blocks.mark(element, look)
                    if how & ZONED:
                        seen.enter(element, look)
                    if text := element.text:
                        blocks.add(text)
                if len(lines) > MAX_LINES or count > MAX_ELEMENTS:
                    self.is_cut = True
                    break
                continue
            if event == "end" and (left := entered.pop()):
                how = left.how
                if how & ZONED:
                    seen.leave()
                if how & BOX:
                    blocks.leave_box(left)
                elif how & INLINE:
                    blocks.leave(left)
            if (tail := element.tail) and element is not start:
                blocks.add(tail)

    def _pass(self, element: etree._Element, tag: str) -> None:
        """Pass over an element whose content is not read: a line break, a `<meta>`, a script, …"""
        if tag == "br":
            self.blocks.break_line()
        elif tag == "meta":
            look = look_of(tag, element.items())
            if look.itemprop:
                self.blocks.mark(element, look)
        elif tag in ("img", "picture"):
            self.blocks.add_image(element)
        elif tag not in DROPPED:
            self.blocks.pass_over()
