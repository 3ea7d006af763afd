"""What stands beside a table, or beside a quotation in a figure: its caption and its notes, and who said it."""

from __future__ import annotations

from collections.abc import Sequence

from winnow.read.html.blocks import Block
from winnow.read.html.boxes import Box, nearest
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import (
    CAPTION,
    FURNITURE,
    HOLE,
    NEAR,
    SPEAKER,
    asks,
    groups_of,
    is_caption,
    is_in,
    names_inside,
)
from winnow.read.lines.views import Bools

BESIDE = 60  # words of a line of a caption, at most


def keep_captions(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with what stands beside a table in a box that holds little else: its caption and its notes.

    Beside a quotation in a figure stands who said it.
    """
    blocks, kept = judged.blocks, chosen.copy()
    for group, lines in (*groups_of(blocks).values(), *_quotations(blocks).values()):
        if group.tag in ("table", "blockquote") and chosen[lines].any():
            beside = _beside(blocks, group, range(lines[0], lines[-1] + 1))
            kept[beside] |= all(_may_be_caption(judged, chosen, i) for i in beside)
    return kept


def _may_be_caption(judged: JudgedBlocks, chosen: Bools, line: int) -> bool:
    """Return whether a line asks nothing and is not too long; one that is chosen must be a heading or a caption."""
    block = judged.blocks[line]
    is_other = chosen[line] and block.kind != "heading" and not is_caption(block)
    return not is_other and judged.page.words[line] <= BESIDE and not asks(judged, line)


def _quotations(blocks: Sequence[Block]) -> dict[int, tuple[Box, list[int]]]:
    """Return the block quotations that figures hold by number, each with its lines' numbers."""
    quotes: dict[int, tuple[Box, list[int]]] = {}
    for i, block in enumerate(blocks):
        if block.kind == "quote":
            quote = nearest(block.box, ("blockquote",))
            if quote is not None and nearest(quote, ("figure",)) is not None:
                quotes.setdefault(quote.number, (quote, []))[1].append(i)
    return quotes


def _beside(blocks: Sequence[Block], group: Box, rows: range) -> list[int]:
    """Return the lines beside a table in the innermost box around it that has any; none where they are no caption's."""
    box: Box | None = group.parent
    for _ in range(NEAR):
        if box is None or box.element is None:
            break
        end = next((i for i in range(rows.stop, len(blocks)) if not is_in(blocks[i].box, box)), len(blocks))
        beside = [*range(box.lines, rows.start), *range(rows.stop, end)]
        if beside:
            others = FURNITURE & ~CAPTION & ~(SPEAKER if group.tag == "blockquote" else 0)
            names = [names_inside(blocks[i], box, also_inline=False) & others or blocks[i].links for i in beside]
            return beside if len(beside) <= HOLE and not any(names) and box.element.find(".//img") is None else []
        box = box.parent
    return []
