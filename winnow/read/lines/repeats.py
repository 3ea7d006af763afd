"""What a page says twice: passages that are shown again, and tables of contents."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise

import numpy as np

from winnow.read.lines.line import PROSE
from winnow.read.lines.steps import Judged, without
from winnow.read.lines.views import Bools, Ints, View

PASSAGE = 20  # words of a passage that is kept once, at least; refrains and captions are shorter
PASSAGES = 3  # passages that follow each other a second time in a copy of the article, at least
ENTRY = 15  # words of an entry in a table of contents, at most
ENTRIES = 3  # entries of a table of contents, at least


def drop_copies(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without the passages that other chosen lines further up have word by word.

    Where many passages follow each other again, the short lines between them go too: a page may hold its article once
    more for print. Refrains stay.
    """
    at = np.flatnonzero(chosen).tolist()
    seen: set[bytes] = set()
    copies: list[int] = []
    for come_again, lines in groupby(at, lambda line: _come_again(judged.page, line, seen)):
        run = list(lines)
        passages = [line for line in run if judged.page.words[line] >= PASSAGE]
        if come_again:
            copies += run if len(passages) >= PASSAGES else passages
    return without(chosen, copies) if copies else chosen


def _come_again(page: View, line: int, seen: set[bytes]) -> bool:
    """Return whether a line's words have been seen, and add them to those that have."""
    words = _words(page, line)
    is_known = words in seen
    seen.add(words)
    return is_known


def drop_contents(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without tables of contents.

    A table of contents is a run of short lines, each of which comes once more further down as a heading: in the same
    order, above running text of its own.
    """
    at = np.flatnonzero(chosen)
    headings = _headings_to_come(at, judged.page)
    # A run ends before a line that does not come again, or whose heading does not follow that of the line before.
    ends = [k for k, (a, b) in enumerate(pairwise(headings), 1) if not b or b <= a + 1 or not a]
    for first, past in pairwise([0, *ends, len(at)]):
        if past - first >= ENTRIES and headings[first] >= past:
            chosen = without(chosen, at[first:past])
    return chosen


def _headings_to_come(at: Ints, page: View) -> list[int]:
    """Return for each line of `at` the place in `at` where it comes once more as a heading; 0 where it does not."""
    is_prose = page.words[at] >= PROSE
    heads = np.append(is_prose[1:], False) | np.append(is_prose[2:], [False, False])[: len(at)]
    short = np.flatnonzero(page.words[at] <= ENTRY).tolist()
    words = {k: _words(page, int(at[k])) for k in short}
    often = Counter(words.values())
    last = {words[k]: k for k in short}
    found = [0] * len(at)
    for k in short:
        second = last[words[k]]
        if second > k and often[words[k]] == 2 and heads[second]:
            found[k] = second
    return found


def _words(page: View, line: int) -> bytes:
    """Return a line's words as bytes, equal for lines with the same words."""
    return page.token[page.start[line] : page.start[line + 1]].tobytes()
