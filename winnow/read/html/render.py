"""Write the chosen lines of an HTML page as text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from winnow.read.html.blocks import Block
from winnow.read.html.boxes import Box, nearest
from winnow.read.lines.line import clean

TABLE = ("table",)


def render(blocks: Sequence[Block], chosen: Sequence[bool]) -> str:
    """Return the chosen lines as the text of an article; `chosen` has one flag a line.

    Blank lines stand between paragraphs and around headings; list items (`- …`), table rows (`| a | b |`) and the parts
    of a paragraph that line breaks divide follow each other without one. Code keeps its line breaks.
    """
    groups = paragraphs(blocks, chosen)
    return "\n\n".join("\n".join(_written(block) for block in group) for group in groups).strip()


def paragraphs(blocks: Sequence[Block], chosen: Sequence[bool]) -> list[list[Block]]:
    """Return the chosen lines in groups; blank lines stand between the groups, none in them."""
    groups: list[list[Block]] = []
    last: Block | None = None
    for block in compress(blocks, chosen):
        if last is not None and _close(last, block):
            groups[-1].append(block)
        else:
            groups.append([block])
        last = block
    return groups


def _close(last: Block, block: Block) -> bool:
    """Return whether a line follows the last one without a blank line between."""
    if block.kind == "row" and last.kind == "row":
        return nearest(last.box, TABLE) is nearest(block.box, TABLE)
    if block.kind == "item" and last.kind == "item":
        return True
    if block.kind in ("code", "heading", "row") or last.kind in ("code", "heading", "row"):
        return False
    if block.box is last.box:
        return block.goes_on
    return last.kind == "item" and _inside(block.box, last.box)


def _inside(box: Box | None, outer: Box) -> bool:
    while box is not None:
        if box is outer:
            return True
        box = box.parent
    return False


def _written(block: Block) -> str:
    if block.kind == "item":
        return "- " + block.line.text
    if block.kind == "row":
        return "| " + " | ".join(block.cells) + " |"
    if block.kind == "code":
        return code_of(block)
    return block.line.text


def code_of(block: Block) -> str:
    """Return a stretch of code with its line breaks."""
    return clean("\n".join(row.rstrip() for row in block.raw.expandtabs(4).splitlines())).strip("\n")
