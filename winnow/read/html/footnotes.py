"""A step that keeps the footnotes of a text, and what stands between the text and its notes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import bits_of
from winnow.read.html.boxes import Box, nearest
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.tags import LISTS
from winnow.read.html.whole import (
    ELSEWHERE,
    FURNITURE,
    LINKED,
    POSSIBLE,
    common_box,
    is_plain,
    names_inside,
    shared_box,
)
from winnow.read.lines.views import Bools

LISTED = 0.02  # probability of a footnote in a list of some, at least
ABOVE = 4  # lines between a text and its notes that may be part of it, at most
_NAV, _META = bits_of("nav"), bits_of("meta")  # notes are named `info`, too
_MARK = re.compile(r"\[\d{1,3}\]")  # of a footnote
_ARROWS = "↩⏎⤴↵↑^"
_BACK = re.compile(r"[↩⏎⤴↵↑]\ufe0e?\s*$|^\s*[\^↑]\s")


def keep_footnotes(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the footnotes: lines with an arrow back to the text, or with a mark that stands in it.

    Of a list in which half of the lines have such an arrow, all are footnotes; so is what a link leads to that leads
    back to the text. Sentences between the text and such notes, in the box of both, are kept as well.
    """
    blocks, kept = judged.blocks, chosen.copy()
    at = np.flatnonzero(chosen).tolist()
    marks = {mark for i in at for mark in _MARK.findall(blocks[i].line.text)}
    text = "".join([block.line.text for block in blocks])
    has_arrows = any(map(text.__contains__, _ARROWS))
    lists = _lists_of_notes(blocks) if has_arrows else set()
    for i in np.flatnonzero(~chosen).tolist():
        text, is_listed = blocks[i].line.text, lists and nearest(blocks[i].box, LISTS) in lists
        own = _MARK.match(text)
        is_note = (has_arrows and leads_back(text)) or (own is not None and own[0] in marks)
        least = 0.0 if blocks[i].box.note else LISTED if is_listed else POSSIBLE if is_note else 1.0
        if judged.probability[i] >= least:
            inside = names_inside(blocks[i], common_box(blocks[i].box, blocks[at[0]].box)) if at else ELSEWHERE
            elsewhere = ELSEWHERE & ~_NAV if blocks[i].box.note else ELSEWHERE
            kept[i] = (blocks[i].linked <= LINKED or blocks[i].box.note) and not inside & elsewhere
    kept[_above_notes(judged, kept)] = True
    return kept


def _above_notes(judged: JudgedBlocks, kept: Bools) -> list[int]:
    """Return the sentences between the text and the first note to which it leads, in the box that both stand in."""
    blocks = judged.blocks
    note = next((i for i in np.flatnonzero(kept).tolist() if blocks[i].box.note), None)
    text = np.flatnonzero(kept[:note])
    if note is None or not len(text):
        return []
    notes = nearest(blocks[note].box, LISTS) or blocks[note].box
    shared = shared_box(blocks[int(text[-1])].box, notes)
    if shared is None:
        return []
    between = range(max(int(text[-1]) + 1, note - ABOVE), note)
    told = (i for i in between if is_plain(judged, i) and not blocks[i].links)
    return [i for i in told if not names_inside(blocks[i], shared) & FURNITURE & ~_META]


def leads_back(text: str) -> bool:
    """Return whether a line has an arrow back to the text."""
    return _BACK.search(text) is not None


def _lists_of_notes(blocks: Sequence[Block]) -> set[Box | None]:
    """Return the lists of which at least half of the lines have an arrow back to the text."""
    backs: defaultdict[Box | None, list[bool]] = defaultdict(list)
    for block in blocks:
        backs[nearest(block.box, LISTS)].append(leads_back(block.line.text))
    return {box for box, back in backs.items() if box is not None and 2 * sum(back) >= len(back)}
