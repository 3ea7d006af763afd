"""Turn a parsed page into lines, in one walk over its tree.

A line is a block of running text: what stands between two block boundaries or line breaks, a table row, or a stretch
of preformatted text. Lines remember the boxes (block elements) that they stand in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from winnow.read.html.box_names import TAG_BITS
from winnow.read.html.boxes import BOXES, NOTHING, Box, Kind, Look, cell_of, class_look, level_of, look_of
from winnow.read.lines.line import Line, clean, squeeze

MAX_LINES = 20_000  # no article is longer
MAX_ELEMENTS = 400_000  # elements walked at most
ROW_WORDS = 120  # a longer table row is layout

_SKIPPED = """
script style noscript template head svg iframe object embed applet select datalist option optgroup textarea input canvas
audio video map math meta link param source track frame frameset noframes noembed rp rt area img col colgroup wbr
basefont bgsound progress meter
"""
SKIPPED = frozenset(_SKIPPED.split())
TIGHT = frozenset(("li", "td", "th", "dd", "dt", "tr", "button", "figcaption", "summary"))  # no blank line before them
PREFORMATTED = frozenset(("pre", "listing", "plaintext", "xmp"))
BOLD = frozenset(("b", "strong"))

_WORD = re.compile(r"\w")
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(slots=True, eq=False)  # not frozen: thousands are made, and frozen ones take three times as long
class Block:
    """A line with what the tree says of it."""

    line: Line
    box: Box
    kind: Kind
    level: int  # of a heading; 0 for others
    raw: str  # code: the text with its line breaks
    cells: tuple[str, ...]  # of a table row
    linked: float  # share of the characters that are link text
    links: int
    bold: float  # share of the characters in bold
    inline: int  # container groups of the inline elements that it begins in
    broken: int  # line breaks before it inside its box


class _Text:
    """The text collected since the last boundary."""

    __slots__ = ("bold", "box", "linked", "links", "names", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = self.bold = self.links = self.names = 0
        self.box: Box | None = None


def read_blocks(root: etree._Element) -> list[Block]:
    """Give the lines of a parsed page, the first `MAX_LINES` of them. The tree is not changed."""
    walk = _Walk()
    walk.run(root)
    return walk.blocks


class _Walk:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.boxes = 0
        self.box = Box(0, "", None, NOTHING, 0)
        self.text = _Text()
        self.anchors = 0
        self.bold = 0
        self.pre = 0
        self.breaks = 0
        self.gap = 9
        self.names: list[int] = []  # of the open inline elements that have any

    def run(self, root: etree._Element) -> None:
        bodies = [child for child in root if child.tag == "body"] if root.tag == "html" else []
        for start in bodies or [root]:
            self._walk(start)
            self._flush()
        del self.blocks[MAX_LINES:]

    def _walk(self, start: etree._Element) -> None:
        walker = etree.iterwalk(start, events=("start", "end", "comment", "pi"))
        closers: list[str] = []
        count = 0
        for event, element in walker:
            if event == "start":
                count += 1
                how = self._open(element)
                if how == "skip":
                    walker.skip_subtree()
                closers.append(how)
                if len(self.blocks) > MAX_LINES or count > MAX_ELEMENTS:
                    break
                continue
            if event == "end":
                how = closers.pop()
                if how == "box":
                    self._leave()
                elif how != "skip" and how != "inline":
                    self._close(how)
            tail = element.tail
            if tail and element is not start:
                self._add(tail)

    def _open(self, element: etree._Element) -> str:
        """Enter an element and say how it is to be left."""
        tag = element.tag
        if tag in SKIPPED or not isinstance(tag, str):
            return "skip"
        look = NOTHING
        attributes = element.items()
        if attributes:
            alone = len(attributes) == 1 and attributes[0][0] == "class"
            look = class_look(attributes[0][1]) if alone else look_of(attributes)
        if tag in BOXES or "-" in tag:
            self._enter(tag, look)
            how = "box"
        elif tag == "br":
            self._break()
            return "skip"
        elif tag == "a":
            how = "a"
            if self.text.pieces and self.text.pieces[-1] == "":
                self.text.pieces.append(" ")  # two links with nothing between them
            self.anchors += 1
            self.text.links += 1
        elif tag in BOLD:
            how = "bold"
            self.bold += 1
        else:
            how = "inline"
        if how != "box":
            bits = look.names | TAG_BITS.get(tag, 0)
            if bits:
                self.names.append(bits)
                how += "+"
        text = element.text
        if text:
            self._add(text)
        return how

    def _close(self, how: str) -> None:
        if how[-1] == "+":
            self.names.pop()
            how = how[:-1]
        if how == "a":
            self.anchors -= 1
            if self.text.pieces:
                self.text.pieces.append("")
        elif how == "bold":
            self.bold -= 1

    def _enter(self, tag: str, look: Look) -> None:
        if self.pre:
            self.text.pieces.append("\n")
        else:
            if self.text.box is not None:
                self._flush()
            if tag not in TIGHT and not self.gap:
                self.gap = 1
        self.boxes += 1
        self.box = Box(self.boxes, tag, self.box, look, len(self.blocks))
        self.breaks = 0
        if tag in PREFORMATTED:
            self.pre += 1

    def _leave(self) -> None:
        box = self.box
        if self.pre and box.tag not in PREFORMATTED:
            self.text.pieces.append("\n")
        else:
            if self.text.box is not None:
                self._flush()
            if box.tag in PREFORMATTED:
                self.pre -= 1
            if box.tag == "tr":
                self._join_row(box)
            elif box.tag == "li":
                self._loosen_item(box)
            if not self.gap and box.tag not in TIGHT:
                self.gap = 1
        self.breaks = 0
        self.box = box.parent or self.box

    def _break(self) -> None:
        if self.pre:
            self.text.pieces.append("\n")
            return
        self._flush()
        self.breaks += 1
        if self.breaks > 1:
            self.gap = max(self.gap, 1)

    def _add(self, text: str) -> None:
        now = self.text
        if now.box is None:
            if text.isspace() and not self.pre:
                return
            now.box = self.box
            for bits in self.names:
                now.names |= bits
        now.pieces.append(text)
        if self.anchors:
            now.linked += len(text)
        if self.bold:
            now.bold += len(text)

    def _flush(self) -> None:
        now = self.text
        if now.box is None:
            if now.pieces or now.links:
                self.text = _Text()
            return
        self.text = _Text()
        joined = "".join(now.pieces)
        if self.pre:
            for part in _BLANK.split(clean(joined.replace("\r", ""))):
                self._emit(now, squeeze(part), len(part), "code", part.strip("\n"))
        else:
            text = squeeze(joined)
            if not text.isprintable():
                text = squeeze(clean(text))
            kind = now.box.kind
            if kind == "item" and len(self.blocks) > now.box.lines and now.box.tag in ("li", "dd"):
                kind = "paragraph"
            self._emit(now, text, len(joined), kind, "")

    def _emit(self, now: _Text, text: str, size: int, kind: Kind, raw: str) -> None:
        box = now.box
        if box is None or not _WORD.search(text):
            return
        line = Line(text, self.gap, min(2 * box.lists, 20), "-" if kind == "item" else "")
        level = level_of(box) if kind == "heading" else 0
        linked = min(now.linked / max(size, 1), 1.0) if now.linked else 0.0
        bold = min(now.bold / max(size, 1), 1.0) if now.bold else 0.0
        self.blocks.append(Block(line, box, kind, level, raw, (), linked, now.links, bold, now.names, self.breaks))
        self.gap = 1 if kind == "code" else 0

    def _join_row(self, row: Box) -> None:
        """Make one line of a table row whose cells hold a few words each; other rows are layout."""
        blocks = self.blocks[row.lines :]
        if len(blocks) < 2:
            return
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
            )
        ]

    def _loosen_item(self, item: Box) -> None:
        """A list item with a heading or many blocks is a card or a chapter, not an item of a list."""
        blocks = self.blocks[item.lines :]
        if len(blocks) < 2:
            return
        own = [i for i, block in enumerate(blocks) if block.box.lists == item.lists]
        if any(blocks[i].kind == "heading" for i in own) or len(own) > 3:
            for i in own:
                if blocks[i].kind == "item":
                    line = blocks[i].line._replace(bullet="")
                    self.blocks[item.lines + i] = replace(blocks[i], kind="paragraph", line=line)
