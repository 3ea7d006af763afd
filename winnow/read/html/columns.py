"""The lines of a box that holds one text: they belong together, whatever the model says of single lines."""

from __future__ import annotations

from collections.abc import Container

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import bits_of
from winnow.read.html.boxes import Box
from winnow.read.html.features import outer
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import LINKED, TOOLS, common_box, is_numbering, is_running
from winnow.read.lines.line import PROSE
from winnow.read.lines.views import Bools

COLUMN = 3000  # words of running text right in one box that make a column, at least
PLAIN = 0.8  # share of a column's words that is running text, at least
TAKEN = 0.2  # share of a column's words that is chosen, at least
WHOLE = 0.9  # share of the chosen words that a manual's box holds, at least
POSSIBLE = 0.2  # probability of a line of a manual, at least
SENTENCE = 0.05  # the same for a plain sentence that stands beside others which are chosen
_OTHER = bits_of("comment consent footer nav related")
# Boxes in manuals are named after what their sections are about (`replies`, `forms`, `related`), so few names count.
_BESIDE = bits_of("nav footer side consent")


def keep_columns(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with every column of running text whole of which a part is chosen.

    Models doubt long texts, of which they have seen few: a book's chapters are not all about the words of its title.
    """
    page, linked = judged.page, judged.columns["linked"]
    running = (page.words >= PROSE) & (linked < 0.3)
    if (page.words * running).sum() < COLUMN:
        return chosen
    boxes = [outer(block.box) for block in judged.blocks]
    _, number = np.unique([box.number for box in boxes], return_inverse=True)
    whole, prose, taken = (np.bincount(number, page.words * flag)[number] for flag in (True, running, chosen))
    own = np.array([not box.all_names & _OTHER for box in boxes], np.bool_)
    column = own & (prose >= COLUMN) & (prose >= PLAIN * whole) & (taken >= TAKEN * whole)
    added: Bools = chosen | column & (linked <= 0.5)
    return added


def keep_manual(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with all that may belong to a page of a manual: code, signatures, tables, notes and references.

    Such a page has one box, the innermost that holds nearly all chosen words, and little in it is about anything else:
    nothing between two likely lines, but links and the numbers of rows of code. All code belongs to the page, and so
    do plain sentences of other sections below the same top heading.
    """
    box = _box_of_most(judged, chosen)
    kept = chosen.copy()
    if box is not None:
        at = np.flatnonzero(chosen).tolist()
        page = _with_headline(judged, at[0], box)
        around = {page, *(judged.blocks[i].box.parent for i in at)}
        inside = [i for i in np.flatnonzero(~chosen).tolist() if _may_belong(judged.blocks[i], page)]
        own = [i for i in inside if _is_in(judged.blocks[i], box)]
        kept[[i for i in own if judged.probability[i] >= POSSIBLE or _is_code(judged.blocks[i])]] = True
        first, last = np.flatnonzero(kept)[[0, -1]].tolist()
        kept[[i for i in own if first < i < last and not is_numbering(judged.blocks[i])]] = True
        kept[[i for i in inside if _goes_on(judged, i, around)]] = True
    return kept


def _may_belong(block: Block, page: Box) -> bool:
    return block.linked <= LINKED and _is_in(block, page)


def _is_code(block: Block) -> bool:
    """Return whether a line is code, not the numbers of the rows of code beside it."""
    return block.kind == "code" and not is_numbering(block)


def _goes_on(judged: JudgedBlocks, line: int, around: Container[Box | None]) -> bool:
    """Return whether a line is a plain paragraph in one of some boxes, or in a box in one, as a note is."""
    parent = judged.blocks[line].box.parent
    is_beside = parent in around or (parent is not None and parent.parent in around)
    columns, is_likely = judged.columns, judged.probability[line] >= SENTENCE
    is_text = is_running(judged.blocks[line]) and columns["terminal"][line] and not columns["cue_appeal"][line]
    return bool(is_beside and is_likely and is_text and not columns["cue_legal"][line])


def _box_of_most(judged: JudgedBlocks, chosen: Bools) -> Box | None:
    """Return the innermost box that holds nearly all chosen words, None where none is chosen."""
    held: dict[Box, float] = {}
    for i in np.flatnonzero(chosen).tolist():
        box: Box | None = judged.blocks[i].box
        while box is not None:
            held[box] = held.get(box, 0.0) + float(judged.page.words[i])
            box = box.parent
    least = WHOLE * float((judged.page.words * chosen).sum())
    return max((box for box, words in held.items() if words >= least), key=lambda box: box.depth, default=None)


def _with_headline(judged: JudgedBlocks, first: int, box: Box) -> Box:
    """Return the innermost box that holds a box and the top heading above its first line, where there is one."""
    above = (block for block in reversed(judged.blocks[:first]) if block.level == 1)
    head = next((block for block in above if not block.box.all_names & _BESIDE), None)
    return box if head is None else common_box(box, head.box) or box


def _is_in(block: Block, outer_box: Box) -> bool:
    """Return whether a line stands in a box, and in no furniture inside of it."""
    names = block.inline
    box: Box | None = block.box
    while box is not None and box is not outer_box:
        names |= box.names
        box = box.parent
    return box is outer_box and not names & (_BESIDE & ~TOOLS if block.kind == "code" else _BESIDE)
