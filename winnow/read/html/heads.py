"""Steps that keep the headings, questions and terms of what is kept, and the answers to questions that are."""

from __future__ import annotations

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import TAG_BITS
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import FURNITURE, LONG, names_inside, shared_box
from winnow.read.lines.views import Bools

HEADING = 0.1  # probability of a heading above a chosen line, at least
QUESTION = 0.02  # the same for a question
HEADS = frozenset(("summary", "dt"))  # tags of questions and terms, beside the headings
BUTTON = TAG_BITS["button"]
_ASKS = ("?", "？", "؟", ";")  # how a question ends; the last one is Greek


def keep_headings(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the headings, questions and terms whose content is chosen.

    Those above the first chosen line are kept only where they look like one that is kept further down.
    """
    blocks, kept = judged.blocks, chosen.copy()
    found = [i for i in range(len(blocks) - 1) if is_head(blocks[i])]
    first = int(np.append(chosen, True).argmax())
    for i in reversed(found):
        if kept[i + 1] and not kept[i] and heads(judged, i):
            kept[i] = i > first or any(kept[j] and blocks[j].box.signature == blocks[i].box.signature for j in found)
    return kept


def is_head(block: Block) -> bool:
    """Return whether a line may head what follows; a button does so where it asks a question."""
    asks = block.box.tag == "button" and block.line.text.endswith(_ASKS)
    return asks or block.kind == "heading" or block.box.tag in HEADS


def heads(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line may be the heading of the line that follows it."""
    block, following = judged.blocks[line : line + 2]
    shared = shared_box(block.box, following.box)
    least = QUESTION if block.line.text.endswith(_ASKS) else HEADING
    if shared is None or judged.probability[line] < least or judged.page.words[line] > LONG:
        return False
    names = names_inside(block, shared) & ~(BUTTON if block.box.tag == "button" else 0)
    return not (names | names_inside(following, shared)) & FURNITURE
