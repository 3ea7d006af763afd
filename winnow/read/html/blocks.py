"""The lines of an HTML page that a model judges, each with what the boxes around it say.

A line is a block of running text: what stands between two block boundaries or line breaks, a table row, or a stretch
of preformatted text. A box is a block element; every line has the box that it stands in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from winnow.read.html.boxes import Box, cell_of, level_of
from winnow.read.html.looks import CLOSE, LINK, PRE, STRONG, BlockKind, Look, look_of
from winnow.read.html.seen import LEFT_OUT, SeenWriter
from winnow.read.lines.characters import CLOSES, ENDS
from winnow.read.lines.line import Line, clean, squeeze

LONG_HEADING = 150  # characters of a heading that is one, at most
ROW_WORDS = 120  # words; a table row with more is layout

_WORD = re.compile(r"\w")
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")


@dataclass(slots=True, eq=False)  # not frozen: thousands are made, and frozen ones take three times as long
class Block:
    """A line with what the tree says of it."""

    line: Line
    box: Box
    kind: BlockKind
    level: int  # of a heading; 0 for others
    raw: str  # of code: the text with its line breaks; "" for others
    cells: tuple[str, ...]  # of a table row: the text of each cell; () for others
    linked: float  # share of the characters that are link text
    links: int
    bold: float  # share of the characters in bold
    inline: int  # bits of the container groups of the inline elements that the line begins in
    broken: int  # line breaks before the line inside its box
    goes_on: bool  # whether one line break, and nothing else, stands between the line before and this one


def lower_headings(blocks: list[Block]) -> None:
    """Make paragraphs of the sentences in headings, if more of a page's running text is in headings than elsewhere."""
    told = [block for block in blocks if block.kind == "heading" and block.line.text.rstrip(CLOSES)[-1:] in ENDS]
    long = sum(size for block in told if (size := _size(block.line.text)) > LONG_HEADING)
    others = (_size(block.line.text) for block in blocks if block.kind != "heading" and block.linked < 1)
    if long and long > sum(size for size in others if size > LONG_HEADING):
        for block in told:
            block.kind, block.level = "paragraph", 0


def _size(text: str) -> int:
    """Return the characters of a text; a text without spaces says as much with a third of them."""
    return len(text) if 20 * text.count(" ") > len(text) else 3 * len(text)


class Image(NamedTuple):
    """An image and its place: the box that it stands in, and the number of lines that are complete before it."""

    element: etree._Element
    box: Box
    place: int


class _Text:
    """The text collected since the last boundary: its pieces in order, and counts of their characters."""

    __slots__ = (
        "bold", "box", "dressed", "filled", "is_seen", "left_out", "linked", "links", "names", "pieces", "zones",
    )  # fmt: skip

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = self.bold = self.links = self.names = 0
        self.filled = 0  # pieces that are not blank
        self.box: Box | None = None
        self.is_seen = False  # whether metadata is looked for in any piece
        self.zones = 0  # bits of zones and cues around the pieces in which metadata is looked for
        self.left_out: list[int] = []  # places in `pieces` of the others
        self.dressed: list[tuple[int, int, bool]] = []  # of preformatted text: place, number of the link, is it bold


def _parts(text: _Text) -> Iterator[tuple[str, int, int, int]]:
    """Yield the parts of a preformatted text, with the characters in links, the links and the characters in bold."""
    if not text.dressed:
        yield from ((part, 0, 0, 0) for part in _BLANK.split(clean("".join(text.pieces).replace("\r", ""))))
        return
    pieces = [clean(piece.replace("\r", "")) for piece in text.pieces]
    joined, begins = "".join(pieces), [0, *accumulate(map(len, pieces))]
    edges = [0, *(edge for blank in _BLANK.finditer(joined) for edge in blank.span()), len(joined)]
    begin_of, linked, bold = edges[::2], [0] * (len(edges) // 2), [0] * (len(edges) // 2)
    links: list[set[int]] = [set() for _ in begin_of]
    for place, link, is_bold in text.dressed:
        begin, end = begins[place], begins[place + 1]
        at = bisect_right(begin_of, begin) - 1
        while at < len(begin_of) and begin_of[at] < end:
            size = max(min(end, edges[2 * at + 1]) - max(begin, begin_of[at]), 0)
            linked[at] += size * (link > 0)
            bold[at] += size * is_bold
            if link and size and not pieces[place].isspace():
                links[at].add(link)
            at += 1
    for at, begin in enumerate(begin_of):
        yield joined[begin : edges[2 * at + 1]], linked[at], len(links[at]), bold[at]


class BlockWriter:
    """Collects the lines of a page; its methods are called for each element and text, in document order."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.images: list[Image] = []
        self.seen = SeenWriter()
        self._boxes = 0
        self._box = Box(0, look_of("", []), None, 0)
        self._text = _Text()
        self._lead = ""  # white space at the beginning of a line
        self._anchors = 0  # open links
        self._bold = 0  # open bold elements
        self._pre = 0  # open preformatted elements
        self._edge = 0  # pieces up to the last edge of a box in preformatted text
        self._breaks = 0  # line breaks since the box was entered
        self._apart = 2  # line breaks since the last line; the edge of a box is as good as two
        self._gap = 9  # blank lines before the next line
        self._names: list[int] = []  # bits of container groups, for each open inline element that has any

    def enter(self, look: Look) -> None:
        """Enter an inline element."""
        self._lead = ""
        if look.how & LINK:
            if self._text.pieces and self._text.pieces[-1] == "":
                self._text.pieces.append(" ")  # two links with nothing between them
            self._anchors += 1
            self._text.links += 1
        elif look.how & STRONG:
            self._bold += 1
        if look.names:
            self._names.append(look.names)

    def leave(self, look: Look) -> None:
        """Leave the inline element that was entered last, with this look."""
        self._lead = ""
        if look.names:
            self._names.pop()
        if look.how & LINK:
            self._anchors -= 1
            if self._text.pieces:
                self._text.pieces.append("")
        elif look.how & STRONG:
            self._bold -= 1

    def mark(self, element: etree._Element, look: Look) -> None:
        """Mark an element as one that may tell metadata."""
        self.seen.mark(element, look, self._text.pieces)

    def add_image(self, element: etree._Element) -> None:
        """Add an image at the place that the calls so far have led to."""
        self.images.append(Image(element, self._box, len(self.blocks)))

    def pass_over(self) -> None:
        """Pass over an element whose content is not read."""
        self._lead = ""

    def add(self, text: str) -> None:
        """Add a text at the place that the calls so far have led to."""
        now = self._text
        if self._pre and self._edge == len(now.pieces):
            text = text.removeprefix("\n")  # the edge of the box has ended the line
        blank = text.isspace()
        if now.box is None:
            if blank and not self._pre:
                self._lead += text
                return
            now.box = self._box
            for bits in self._names:
                now.names |= bits
            if self._lead:
                text = self._lead + text
        if not blank:
            now.filled += 1
            zones = self.seen.zones
            if zones & LEFT_OUT:
                now.left_out.append(len(now.pieces))
            else:
                now.is_seen = True
                now.zones |= zones
        now.pieces.append(text)
        if self._anchors or self._bold:
            self._dress(now, len(text))

    def _dress(self, now: _Text, size: int) -> None:
        """Note that the last piece of a text, of so many characters, is in a link or in bold."""
        if self._pre:
            now.dressed.append((len(now.pieces) - 1, now.links if self._anchors else 0, self._bold > 0))
            return
        now.linked += size * (self._anchors > 0)
        now.bold += size * (self._bold > 0)

    def break_line(self) -> None:
        """End the line where the page breaks it."""
        self._lead = ""
        if self._pre:
            self._text.pieces.append("\n")
            return
        self.finish()
        self._breaks += 1
        self._apart += 1
        if self._breaks > 1:
            self._gap = max(self._gap, 1)

    def _break_code(self) -> None:
        """End a line of preformatted text at the edge of a box, unless it has just ended: a box may hold a line."""
        pieces = self._text.pieces
        if pieces and not "".join(pieces[-2:]).endswith("\n"):
            pieces.append("\n")
            self._edge = len(pieces)

    def enter_box(self, look: Look, element: etree._Element | None = None) -> None:
        """Enter a block element."""
        self._lead = ""
        if self._pre:
            self._break_code()
        else:
            if self._text.box is not None:
                self.finish()
            if not self._gap and not look.how & CLOSE:
                self._gap = 1
        self._apart = 2
        self._boxes += 1
        self._box = Box(self._boxes, look, self._box, len(self.blocks), element)
        self._breaks = 0
        if look.how & PRE:
            self._pre += 1

    def leave_box(self, look: Look) -> None:
        """Leave the block element that was entered last, with this look."""
        self._lead = ""
        box = self._box
        if self._pre and not look.how & PRE:
            self._break_code()
        else:
            if self._text.box is not None:
                self.finish()
            if look.how & PRE:
                self._pre -= 1
            if len(self.blocks) - box.lines > 1:
                if look.tag == "tr":
                    self._join_row(box)
                elif look.tag == "li":
                    self._loosen_item(box)
            if not self._gap and not look.how & CLOSE:
                self._gap = 1
        self._breaks, self._apart = 0, 2
        self._box = box.parent or box

    def finish(self) -> None:
        """End the line: write the text added since the last one, if there is any."""
        now, box = self._text, self._text.box
        self._edge = 0
        if box is None:
            if now.pieces or now.links:
                self._text = _Text()
            return
        self._text = _Text()
        joined = "".join(now.pieces)
        text = squeeze(joined)
        is_plain = text.isprintable()
        if now.is_seen:
            if self._pre and not now.left_out:
                for part in _BLANK.split(joined):
                    self.seen.write_code(part, now.zones)
            elif is_plain and now.filled == 1:
                self.seen.add(text, now.zones)
            else:
                self.seen.write(now.pieces, now.left_out, now.zones)
        if self._pre:
            for part, linked, links, bold in _parts(now):
                now.linked, now.links, now.bold = linked, links, bold
                self._emit(now, box, squeeze(part), len(part), "code", part.strip("\n"))
            return
        kind = box.kind
        if kind == "item" and len(self.blocks) > box.lines and box.tag in ("li", "dd"):
            kind = "paragraph"
        self._emit(now, box, text if is_plain else squeeze(clean(text)), len(joined), kind)

    def _emit(self, now: _Text, box: Box, text: str, size: int, kind: BlockKind, raw: str = "") -> None:
        """Append a line, if it holds a letter or digit; `size` is its number of characters before white space goes."""
        if not text[:1].isalnum() and not _WORD.search(text):
            return
        line = Line(text, self._gap, min(2 * box.lists, 20), "-" if kind == "item" else "")
        level = level_of(box) if kind == "heading" else 0
        linked = min(now.linked / size, 1.0) if now.linked else 0.0
        bold = min(now.bold / size, 1.0) if now.bold else 0.0
        goes_on = self._apart == 1
        self.blocks.append(
            Block(line, box, kind, level, raw, (), linked, now.links, bold, now.names, self._breaks, goes_on)
        )
        self._gap, self._apart = (1, 2) if kind == "code" else (0, 0)

    def _join_row(self, row: Box) -> None:
        """Join the lines of a table row into one, if its cells hold a few words each; other rows are layout."""
        blocks = self.blocks[row.lines :]
        cells: dict[int, list[str]] = {}
        for block in blocks:
            cell = cell_of(block.box, row)
            if cell is None or block.kind in ("heading", "code", "row"):
                return
            cells.setdefault(cell.number, []).append(block.line.text)
        words = sum(text.count(" ") + 1 for texts in cells.values() for text in texts)
        if len(cells) < 2 or words > ROW_WORDS or (len(blocks) > len(cells) and words > ROW_WORDS / 2):
            return
        size = sum(len(block.line.text) for block in blocks)
        texts = tuple(" ".join(cell) for cell in cells.values())
        self.blocks[row.lines :] = [
            Block(
                line=Line(" | ".join(texts), blocks[0].line.gap, blocks[0].line.indent),
                box=row,
                kind="row",
                level=0,
                raw="",
                cells=texts,
                linked=sum(block.linked * len(block.line.text) for block in blocks) / size,
                links=sum(block.links for block in blocks),
                bold=sum(block.bold * len(block.line.text) for block in blocks) / size,
                inline=blocks[0].inline,
                broken=0,
                goes_on=False,
            )
        ]

    def _loosen_item(self, item: Box) -> None:
        """Make paragraphs of a list item's lines, if it has a heading or many blocks: it is a card or a chapter."""
        blocks = self.blocks[item.lines :]
        own = [i for i, block in enumerate(blocks) if block.box.lists == item.lists]
        if any(blocks[i].kind == "heading" for i in own) or len(own) > 3:
            for i in own:
                if blocks[i].kind == "item":
                    line = blocks[i].line._replace(bullet="")
                    self.blocks[item.lines + i] = replace(blocks[i], kind="paragraph", line=line)
