"""Label the lines of an HTML page: by its full text, or weakly by passages that must and must not be in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from lab.training.data import label
from lab.training.html_sets import Row
from lab.training.likeness import units
from winnow.read.html.blocks import Block
from winnow.read.lines.views import Ints

ENCLOSED = 0.5  # what the label of a paragraph between two that must be kept is worth
APART = 0.15  # and that of a line above or below all that must be kept, in a box of another kind
PROSE, LINKED = 8, 0.5  # words of a paragraph at least, share of link text at most

Labels = tuple[NDArray[np.int8], tuple[float, ...]]  # of each line: whether it is article, and what that is worth


def labelled(blocks: Sequence[Block], row: Row) -> Labels:
    """Return the label of each line and what it is worth; no worths where all labels are certain."""
    texts = [block.line.text for block in blocks]
    if row["main_content"]:
        return label(texts, row["main_content"]), ()
    words = np.array([len(units(text)) for text in texts], np.int64)
    labels, trust = np.zeros(len(blocks), np.int8), np.zeros(len(blocks))
    places = Places(texts)
    for snippet in row["without"]:
        for run in places.of(snippet):
            trust[run] = 1.0
    unwanted = trust == 1.0
    for snippet in row["with"]:
        # What must be kept often stands in a description or a teaser too: its longest lines are the article's.
        runs = [np.arange(len(blocks))[lines] for lines in places.of(snippet)]
        lines = max(runs, key=lambda run: words[run].sum(), default=np.zeros(0, np.int64))
        labels[lines], trust[lines] = 1, 1.0
    kept = np.flatnonzero(labels).tolist()
    for i in _elsewhere(blocks, kept):
        trust[i] = trust[i] or APART
    for first, last in pairwise(kept):
        for i in _enclosed(blocks, words, unwanted, first, last):
            labels[i], trust[i] = 1, ENCLOSED
    return labels, tuple(trust.tolist())


def _elsewhere(blocks: Sequence[Block], kept: Sequence[int]) -> Iterator[int]:
    """Find the lines above and below all that must be kept, in boxes unlike those that hold it."""
    parents = {id(blocks[i].box.parent) for i in kept}
    signatures = {blocks[i].box.signature for i in kept}
    for i in (*range(kept[0]), *range(kept[-1] + 1, len(blocks))) if kept else ():
        if id(blocks[i].box.parent) not in parents and blocks[i].box.signature not in signatures:
            yield i


def _enclosed(
    blocks: Sequence[Block], words: Ints, unwanted: NDArray[np.bool_], first: int, last: int
) -> Iterator[int]:
    """Find the paragraphs between two lines in the same box, if nothing unwanted is there."""
    if blocks[first].box.parent is blocks[last].box.parent and not unwanted[first:last].any():
        for i in range(first + 1, last):
            own = blocks[i]
            if own.box.parent is blocks[first].box.parent and words[i] >= PROSE and own.linked < LINKED:
                yield i


class Places:
    """The lines in which a passage stands, whatever line breaks it spans."""

    def __init__(self, texts: Sequence[str]) -> None:
        flat = [_flat(text) for text in texts]
        self._text = " ".join(flat)
        self._starts = list(accumulate((len(text) + 1 for text in flat), initial=0))

    def of(self, passage: str) -> Iterator[slice]:
        """Find the runs of lines that hold a passage."""
        wanted = _flat(passage)
        at = self._text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            yield slice(bisect_right(self._starts, at) - 1, bisect_right(self._starts, end - 1))
            at = self._text.find(wanted, end)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
