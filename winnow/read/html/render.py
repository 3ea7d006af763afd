"""Write the chosen lines as text: paragraphs apart by a blank line; items, rows and code as they stood."""

from __future__ import annotations

from collections.abc import Sequence

from winnow.read.html.blocks import Block
from winnow.read.html.boxes import Box
from winnow.read.lines.line import clean


def render(blocks: Sequence[Block], chosen: Sequence[bool]) -> str:
    """Render the chosen lines.

    Blank lines stand between paragraphs and around headings; list items (`- …`), table rows (`| a | b |`) and the parts
    of a paragraph that line breaks divide follow each other without one.
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
    """Say whether a line goes on right below the last one."""
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
