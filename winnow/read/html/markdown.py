"""Write the chosen lines of an HTML page as Markdown, whose words are those of the text (render.py)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress

from lxml import etree

from winnow.read import markdown
from winnow.read.html.blocks import Block
from winnow.read.html.boxes import Box, nearest
from winnow.read.html.images import images_of
from winnow.read.html.inline import InlineReader
from winnow.read.html.render import TABLE, code_of, paragraphs
from winnow.read.html.walk import Content
from winnow.read.markdown import Run

DEEPEST = 8  # lists and quotes inside one another; readers of Markdown know no more than twenty
_ITEMS = frozenset(("li", "dt", "dd"))
_LANGUAGE = re.compile(r"(?:^|[\s-])(?:lang(?:uage)?-|highlight-(?:source-)?|brush:\s*)([A-Za-z][\w+#.-]{0,20})")
_NO_LANGUAGE = frozenset(("none", "default", "plaintext", "text", "notranslate"))


def write_markdown(content: Content, chosen: Sequence[bool], skipped: int = 0, base: str | None = None) -> str:
    """Return the chosen lines of a page as CommonMark, with the tables of GFM; `chosen` has one flag a line.

    `skipped` is the number of paragraphs of the text that are left out at its beginning. `base` is the address that the
    page's links begin from, if known.
    """
    head = sum(map(len, paragraphs(content.blocks, chosen)[:skipped])) if skipped else 0
    places = list(compress(range(len(chosen)), chosen))[head:]
    if not places:
        return ""
    images = images_of(content.images, content.blocks, chosen, base)
    blocks = [content.blocks[place] for place in places]
    writer = _Writer(InlineReader(base), _list_items(blocks))
    for unit in _units(zip(places, blocks, strict=True), images):
        writer.write(unit)
    return "\n".join(writer.rows)


@dataclass(slots=True)
class _Unit:
    """What is written together: a paragraph with its line breaks, a table, a block of code, an image."""

    box: Box
    blocks: list[Block]
    image: str = ""


def _units(lines: Iterable[tuple[int, Block]], images: Iterator[tuple[int, Box, str]]) -> Iterator[_Unit]:
    """Yield what is to be written of lines and images, each with their places, in order."""
    image = next(images, None)
    unit: _Unit | None = None
    for place, block in lines:
        is_new = unit is None or not _goes_on(unit.blocks[-1], block)
        if unit is not None and (is_new or (image is not None and image[0] <= place)):
            yield unit
            unit = None
        while image is not None and image[0] <= place:
            yield _Unit(image[1], [], image[2])
            image = next(images, None)
        if unit is None:
            unit = _Unit(block.box, [block])
        else:
            unit.blocks.append(block)
    if unit is not None:
        yield unit


def _goes_on(last: Block, block: Block) -> bool:
    """Return whether a line is written together with the last one."""
    if block.kind == "row" or last.kind == "row":
        return block.kind == last.kind and nearest(block.box, TABLE) is nearest(last.box, TABLE)
    if block.box is not last.box or "heading" in (block.kind, last.kind):
        return False
    if block.kind == "code" or last.kind == "code":
        return block.kind == last.kind
    return block.goes_on


def _list_items(blocks: Iterable[Block]) -> set[Box]:
    """Return the boxes that are items of lists: those whose first line is one. Other ones are cards and chapters."""
    seen: set[Box] = set()
    items: set[Box] = set()
    for block in blocks:
        box = nearest(block.box, _ITEMS)
        if block.kind == "item" and (box or block.box) not in seen:
            items.add(box or block.box)
        if box is not None:
            seen.add(box)
    return items


@dataclass(slots=True)
class _Writer:
    """Writes units below one another, with the marks of the lists and quotes that they stand in."""

    inline: InlineReader
    items: set[Box]
    rows: list[str] = field(default_factory=list)
    # What is known of each box.
    _paths: dict[Box, tuple[Box, ...]] = field(default_factory=dict)
    _markers: dict[Box, str] = field(default_factory=dict)  # of each list: `-`, `*`, `.` or `)`
    _numbers: dict[Box, dict[object, int]] = field(default_factory=dict)  # of the items of each list
    _counted: dict[Box, int] = field(default_factory=dict)  # the number of each list's last item
    _widths: dict[Box, int] = field(default_factory=dict)  # of an item's marker, in characters
    _last: tuple[Box, ...] = ()  # where the last unit stands
    _last_is_item: bool = False

    def write(self, unit: _Unit) -> None:
        """Write a unit."""
        path = self._path(unit.box)
        if not path and not self._last:  # most paragraphs
            self.rows += ["", *self._written(unit)] if self.rows else self._written(unit)
            return
        shared = 0
        while shared < min(len(path), len(self._last)) and path[shared] is self._last[shared]:
            shared += 1
        is_item = bool(unit.blocks) and unit.blocks[0].kind == "item"
        first = "".join(map(self._continued, path[:shared]))
        if self.rows and not self._is_tight(path, shared, is_item):
            self.rows.append(first.rstrip())
        for depth in range(shared, len(path)):
            first += self._begun(path, depth)
        rest = "".join(map(self._continued, path))
        rows = self._written(unit)
        self.rows.append(first + rows[0])
        self.rows += [rest + row if row else rest.rstrip() for row in rows[1:]]
        self._last, self._last_is_item = path, is_item

    def _is_tight(self, path: tuple[Box, ...], shared: int, is_item: bool) -> bool:
        """Return whether an item follows an item without a blank line: no number may begin a list in a paragraph."""
        if not (is_item and self._last_is_item and shared < len(path)):
            return False
        return shared < len(self._last) or not _is_numbered(path[shared])

    def _path(self, box: Box) -> tuple[Box, ...]:
        """Return the quotes and list items around a box, from the outermost."""
        inner: list[Box] = []
        known: tuple[Box, ...] | None = None
        at: Box | None = box
        while at is not None and known is None:
            known = self._paths.get(at)
            if known is None:
                inner.append(at)
                at = at.parent
        path = known or ()
        for each in reversed(inner):
            if (each.tag == "blockquote" or each in self.items) and len(path) < DEEPEST:
                path = (*path, each)
            self._paths[each] = path
        return path

    def _continued(self, box: Box) -> str:
        """Return what stands before the further lines inside a quote or list item."""
        return "> " if box not in self.items else " " * self._widths[box]

    def _begun(self, path: tuple[Box, ...], depth: int) -> str:
        """Return what stands before the first line of a quote or list item."""
        item = path[depth]
        if item not in self.items:
            return "> "
        around = item.parent or item
        numbered = _is_numbered(item)
        if around not in self._markers:
            default, other = ".)" if numbered else "-*"
            before = self._last[depth] if self._last[:depth] == path[:depth] and depth < len(self._last) else None
            last = self._markers.get(before.parent or before) if before else None
            self._markers[around] = other if last == default else default
        number = self._number(item, around) if numbered else ""
        marker = f"{number}{self._markers[around]} "
        self._widths[item] = len(marker)
        return marker

    def _number(self, item: Box, around: Box) -> int:
        """Return the number of an item in its list; where it is not the next one, the other mark begins a list anew."""
        if around not in self._numbers:
            self._numbers[around] = _numbers(around.element)
        following = self._counted.get(around, 0) + 1
        number = min(max(self._numbers[around].get(item.element, following), 0), 999_999_999)
        if around in self._counted and number != following:
            self._markers[around] = ")" if self._markers[around] == "." else "."
        self._counted[around] = number
        return number

    def _written(self, unit: _Unit) -> list[str]:
        """Return the rows of a unit."""
        if unit.image:
            return [unit.image]
        kind = unit.blocks[0].kind
        if kind == "code":
            return _code(unit.blocks)
        if kind == "row":
            return self._table(unit.blocks)
        lines = [self._runs(block) for block in unit.blocks]
        if kind == "heading":
            return [markdown.heading(unit.blocks[0].level or 2, map(_in_heading, lines[0]))]
        rows = [markdown.line(runs) for runs in lines]
        return [row + "\\" for row in rows[:-1]] + rows[-1:]

    def _runs(self, block: Block) -> list[Run]:
        element = block.box.element
        return [Run(block.line.text)] if element is None else self.inline.runs(block.line.text, element)

    def _table(self, blocks: Sequence[Block]) -> list[str]:
        rows = []
        for block in blocks:
            row = block.box.element
            cells = [[Run(text)] for text in block.cells] if row is None else self.inline.cells(block.cells, row)
            rows.append([markdown.line(map(_in_cell, runs)) for runs in cells])
        columns = max(map(len, rows))
        head = rows.pop(0) if _is_head(blocks[0].box) else []
        head = head + [""] * (columns - len(head))
        return [f"| {' | '.join(row)} |" for row in (head, ["---"] * columns, *rows)]


def _in_heading(run: Run) -> Run:
    """Return a run as it is to stand in a heading, all of which is strong."""
    return run._replace(look=run.look._replace(is_strong=False)) if run.look.is_strong else run


def _in_cell(run: Run) -> Run:
    """Return a run as it is to stand in the cell of a table, where a bar needs an escape even in code."""
    return run._replace(text=run.text.replace("|", "\\|")) if run.look.is_code else run


def _is_head(row: Box) -> bool:
    """Return whether a row is the head of its table: it stands in `thead`, or all its cells are headings."""
    if row.parent is not None and row.parent.tag == "thead":
        return True
    return row.element is not None and len(row.element) > 0 and all(cell.tag == "th" for cell in row.element)


def _is_numbered(item: Box) -> bool:
    return item.parent is not None and item.parent.tag == "ol" and item.tag == "li"


def _numbers(element: etree._Element | None) -> dict[object, int]:
    """Return the numbers of a list's items, as a browser shows them."""
    numbers: dict[object, int] = {}
    if element is None:
        return numbers
    items = list(element.iterchildren("li"))
    is_reversed = element.get("reversed") is not None
    number = _integer(element.get("start"), len(items) if is_reversed else 1)
    for item in items:
        numbers[item] = number = _integer(item.get("value"), number)
        number += -1 if is_reversed else 1
    return numbers


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def _code(blocks: Sequence[Block]) -> list[str]:
    """Return a block of code between fences."""
    code = "\n\n".join(map(code_of, blocks))
    fence = markdown.fence_of(code)
    return [fence + _language(blocks[0].box), *code.split("\n"), fence]


def _language(box: Box) -> str:
    """Return the language that the classes of a block of code state, "" where they state none."""
    element = box.element
    if element is None:
        return ""
    outer = [each for each in (element.getparent(),) if each is not None]
    outer += [each for parent in outer[:1] if (each := parent.getparent()) is not None]
    for each in (element, *element.iterchildren("code"), *outer):
        found = _LANGUAGE.search(each.get("class") or "")
        name = found[1] if found else each.get("data-lang") or each.get("data-language") or ""
        if re.fullmatch(r"[A-Za-z][\w+#.-]{0,20}", name) and name.lower() not in _NO_LANGUAGE:
            return name.lower()
    return ""
