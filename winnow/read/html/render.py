"""Write the chosen lines of an HTML page as text."""

from __future__ import annotations

from collections.abc import Sequence

from winnow.read.html.blocks import Block
from winnow.read.html.boxes import Box
from winnow.read.lines.line import clean


def render(blocks: Sequence[Block], chosen: Sequence[bool]) -> str:
    """Return the chosen lines as the text of an article; `chosen` has one flag a line.

    Blank lines stand between paragraphs and around headings; list items (`- …`), table rows (`| a | b |`) and the parts
    of a paragraph that line breaks divide follow each other without one. Code keeps its line breaks.
    """
    out: list[str] = []
    last: Block | None = None
    for block, yes in zip(blocks, chosen, strict=True):
        if not yes:
            continue
        if last is not None:
            out.append("\n" if _close(last, block) else "\n\n")
        out.append(_written(block))
        last = block
    return "".join(out).strip()


def _close(last: Block, block: Block) -> bool:
    """Return whether a line follows the last one without a blank line between."""
    if block.kind == "row" and last.kind == "row":
        return _table(last.box) is _table(block.box)
    if block.kind == "item" and last.kind == "item":
        return True
    if block.kind in ("code", "heading", "row") or last.kind in ("code", "heading", "row"):
        return False
    if block.box is last.box:
        return block.broken > 0 and block.line.gap == 0
    return last.kind == "item" and _inside(block.box, last.box)


def _inside(box: Box | None, outer: Box) -> bool:
    while box is not None:
        if box is outer:
            return True
        box = box.parent
    return False


def _table(box: Box | None) -> Box | None:
    """Return the nearest table around a box, or None."""
    while box is not None and box.tag != "table":
        box = box.parent
    return box


def _written(block: Block) -> str:
    if block.kind == "item":
        return "- " + block.line.text
    if block.kind == "row":
        return "| " + " | ".join(block.cells) + " |"
    if block.kind == "code":
        return clean("\n".join(row.rstrip() for row in block.raw.expandtabs(4).splitlines())).strip("\n")
    return block.line.text
