"""Steps that keep the end of an article: the paragraphs, the list and the table that follow its last sure line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, takewhile

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import bits_of
from winnow.read.html.boxes import Box, nearest
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import (
    DATA,
    FURNITURE,
    HOLE,
    LINKED,
    NEAR,
    POSSIBLE,
    WHOLE,
    Hole,
    asks,
    fits,
    is_in,
    is_paragraph,
    is_plain,
    names_inside,
    shared_box,
)
from winnow.read.lines.legal import is_rights
from winnow.read.lines.views import Bools

END = 0.3  # probability from which a line after the last chosen one may be kept
CONTACT = 0.12  # mean probability of the lines that say whom to ask, at least
PARTS = frozenset(("blockquote", "details"))  # boxes of a text that paragraphs stand in
LEADING = 6  # words of a sentence that leads to an address, at least
MOST_LINES, MOST_WORDS = 10, 12  # lines of an address, and words of each, at most
_APART = FURNITURE & ~bits_of("author form meta")  # an `address` is named as an author's is, `contact` as a form
_REACHED = re.compile(  # by mail or telephone
    r"[\w.+-]@[\w-]{1,60}\.\w|\(at\)"
    r"|(?<![\w/.=])(?:(?:\+\d|\(?0\d)[\d ()/.-]{5,20}\d|\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4})"
)
LIKELY = 0.5  # probability of the last chosen line below which a plain paragraph ends the article, at least


def keep_last_list(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the lists and tables that follow its last line in the same box.

    A table, and a list below a heading of that box, may stand in boxes of their own; a list that follows another list
    has a heading.
    """
    kept = chosen
    for _ in range(HOLE):
        longer = _with_next_list(judged, kept)
        if longer is kept:
            break
        kept = longer
    return kept


def _with_next_list(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the list or the table that follows its last line; the same choice where none does."""
    blocks, at = judged.blocks, np.flatnonzero(chosen)
    if not len(at) or int(at[-1]) + 1 == len(blocks):
        return chosen
    last = int(at[-1])
    own = _part_of(blocks[last])
    first = last + 1 + _is_new_heading(judged, last + 1, own)
    around, group = own.parent, nearest(blocks[first].box, WHOLE)
    if group is None or around is None or not is_in(group, around) or group.depth - around.depth > NEAR:
        return chosen
    is_headed = first > last + 1 or blocks[last].kind == "heading"
    if group.tag not in DATA and not is_headed and (group.parent is not around or own.tag in WHOLE):
        return chosen
    lines = list(takewhile(lambda i: is_in(blocks[i].box, group), range(first, len(blocks))))
    hole = Hole(last, last, around, float(judged.probability[lines].mean()))
    if not all(fits(judged, i, hole) for i in lines):
        return chosen
    kept = chosen.copy()
    kept[last + 1 : lines[-1] + 1] = True
    return kept


def _part_of(block: Block) -> Box:
    """Return the part of the text that a line is of: a list, a table, a quote, what unfolds, or the line's own box."""
    whole = nearest(block.box, WHOLE) if block.kind in ("row", "item") else None
    return whole or nearest(block.box, PARTS) or block.box


def _is_new_heading(judged: JudgedBlocks, line: int, above: Box) -> bool:
    """Return whether a line that follows the last chosen one is the heading of more, in the same box."""
    blocks = judged.blocks
    is_heading = line + 1 < len(blocks) and blocks[line].kind == "heading" and not blocks[line].links
    return is_heading and bool(judged.probability[line] >= END) and blocks[line].box.parent is above.parent


def keep_the_end(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the line after the last chosen one added, if both have one tag in one box.

    A model that has learnt what follows articles doubts their last paragraphs most. A line less likely than `END` is
    not added, nor one of another tag that no heading heads. Plain paragraphs in other boxes near by are added, each
    with the heading above it, as long as they go on.
    """
    blocks, longer = judged.blocks, chosen.copy()
    at = int(np.flatnonzero(chosen)[-1]) if chosen.any() else len(blocks)
    if at + 1 < len(blocks) and judged.probability[at + 1] >= END and not is_rights(blocks[at + 1].line.text):
        last, after = blocks[at].box, blocks[at + 1].box
        longer[at + 1] |= (after.parent is last.parent and after.tag == last.tag) or is_headed(judged, at + 1)
    while at + 1 < len(blocks):
        line = at + 1 + (blocks[at + 1].kind == "heading")
        if not goes_on(judged, at, line):
            break
        longer[at + 1 : line + 1] = True
        at = line
    return longer


def is_headed(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line makes a sentence and stands right below a heading, near by and in no furniture."""
    above, block = judged.blocks[line - 1], judged.blocks[line]
    shared = shared_box(above.box, block.box)
    is_near = above.kind == "heading" and shared is not None and not names_inside(block, shared) & FURNITURE
    return is_near and not above.links and not block.links and is_plain(judged, line)


def keep_contact(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the address that a sentence leads to, at the end: short lines with a mail or a telephone.

    The sentence ends with a colon; it is the last chosen line, or stands among these lines.
    """
    blocks, at = judged.blocks, np.flatnonzero(chosen)
    if not len(at):
        return chosen
    last, kept = int(at[-1]), chosen.copy()
    below = islice(range(last + 1, len(blocks)), MOST_LINES)
    lines = list(takewhile(lambda i: _is_of_address(judged, last, i), below))
    leads = [i for i in (last, *lines) if judged.columns["ends_colon"][i] and judged.page.words[i] >= LEADING]
    is_told = leads and any(_REACHED.search(blocks[i].line.text) for i in lines if i > leads[0])
    kept[lines] |= bool(is_told and judged.probability[lines].mean() >= CONTACT)
    return kept


def _is_of_address(judged: JudgedBlocks, last: int, line: int) -> bool:
    """Return whether a line may be one of an address below the last line: short, of no other part of the page."""
    block = judged.blocks[line]
    shared = shared_box(judged.blocks[last].box, block.box)
    is_near = shared is not None and not names_inside(block, shared) & _APART
    is_mail = block.linked <= LINKED or _REACHED.search(block.line.text) is not None
    is_short = judged.page.words[line] <= MOST_WORDS and not asks(judged, line)
    return is_near and is_mail and is_short and not is_rights(block.line.text)


def _first_of_part(blocks: Sequence[Block], line: int) -> int:
    """Return the first line of the list, table or other part that a line ends: its short lines are doubted as one."""
    part = _part_of(blocks[line])
    return line if part is blocks[line].box else part.lines


def goes_on(judged: JudgedBlocks, above: int, line: int) -> bool:
    """Return whether a line is a plain paragraph that goes on what the lines up to the last chosen one above say."""
    blocks = judged.blocks
    if line >= len(blocks) or not is_paragraph(judged, line) or is_rights(blocks[line].line.text):
        return False
    shared = shared_box(blocks[above].box, blocks[line].box)
    is_near = shared is not None and not names_inside(blocks[line], shared) & FURNITURE
    near = judged.probability[max(_first_of_part(blocks, above) + 1 - HOLE, 0) : above + 1]
    return is_near and bool(near.max() >= LIKELY and judged.probability[line] >= POSSIBLE)
