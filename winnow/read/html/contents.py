"""Sections that a page's contents list: parts of one text, whatever the model says of their single lines.

A page that lists its own sections, each by a link to its heading, says where its text begins and how far it goes. Where
a part of such sections is chosen, the rest is of the same text: the paragraphs, lists, tables and quotations that stand
in boxes like those of the chosen paragraphs. What has been set between them stands in boxes of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import bits_of
from winnow.read.html.boxes import Box, links_in
from winnow.read.html.features import outer
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import HELD, LINKED, asks, common_box, is_caption, is_in, names_inside
from winnow.read.lines.line import PROSE
from winnow.read.lines.views import Bools

LISTED = 3  # headings that the contents list, at least
ENTRY = 0.9  # share of link text in an entry of the contents, at least
TAKEN = 0.2  # share of the words of the listed sections that is chosen, at least
LEAST = 0.03  # probability of a line in a listed section, at least
_BESIDE = bits_of("nav footer side related share comment promo appeal consent form toc")


def keep_listed(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the whole sections that the page's contents list, where a part of them is chosen."""
    blocks, words = judged.blocks, judged.page.words
    listed = _listed(blocks)
    if len(listed) < LISTED:
        return chosen
    box: Box | None = blocks[listed[0]].box
    for i in listed[1:]:
        box = common_box(box, blocks[i].box)
    if box is None:
        return chosen
    inside = np.zeros_like(chosen)
    inside[listed[0] : _end(blocks, listed[-1], box)] = True
    taken = inside & chosen
    if words[taken].sum() < TAKEN * words[inside].sum():
        return chosen
    flows = {_flow(blocks[i].box).signature for i in np.flatnonzero(taken & (words >= PROSE)).tolist()}
    kept = chosen.copy()
    for i in np.flatnonzero(inside & ~chosen & (judged.probability >= LEAST)).tolist():
        is_of_flow = _flow(blocks[i].box).signature in flows and not names_inside(blocks[i], box) & _BESIDE
        kept[i] = i in listed or (is_of_flow and _is_text(judged, i))
    return kept


def _listed(blocks: Sequence[Block]) -> list[int]:
    """Return the headings that say what a line of links further up says, which leads to a place on the page."""
    heads = {_words(block): i for i, block in enumerate(blocks) if block.kind == "heading" and block.linked <= LINKED}
    entries = [(i, block) for i, block in enumerate(blocks) if block.linked >= ENTRY] if len(heads) >= LISTED else []
    found = ((heads.get(_words(entry), 0), i, entry) for i, entry in entries)
    return sorted({head for head, i, entry in found if head > i and leads_within(entry)})


def _words(block: Block) -> str:
    """Return the text of a line without the number before it and the mark of a link behind it."""
    return block.line.text.lstrip("0123456789.) ").rstrip(" #¶").casefold()


def leads_within(entry: Block) -> bool:
    """Return whether a line leads to a place on a page."""
    return any("#" in link.get("href", "") for link in links_in(entry.box))


def _end(blocks: Sequence[Block], last: int, box: Box) -> int:
    """Return the line past the last listed section: the next heading, or the first line outside of the box."""
    rest = range(last + 1, len(blocks))
    return next((i for i in rest if blocks[i].kind == "heading" or not is_in(blocks[i].box, box)), len(blocks))


def _flow(box: Box) -> Box:
    """Return the box in which a line's paragraph, or the outermost list, table or quotation around it, stands."""
    found, around = outer(box), box
    while around.parent is not None:
        if around.tag in HELD:
            found = around.parent
        around = around.parent
    return found


def _is_text(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line may be text: no caption, no links but in a table, and nothing that asks its reader."""
    block = judged.blocks[line]
    return (block.kind == "row" or block.linked <= LINKED) and not is_caption(block) and not asks(judged, line)
