"""A step that keeps the rest of a document in Markdown of which nearly all is chosen: last notes, short sections."""

from __future__ import annotations

import numpy as np

from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools
from winnow.read.plain.doubt import furniture

SHARE = 0.8  # of the words from the first chosen line on that are chosen, at least


def keep_document(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice with what stands below its first line, if that is nearly all chosen, but for furniture.

    Headings of several levels tell a document: files of Markdown have them, and few captures of pages.
    """
    at = np.flatnonzero(chosen)
    if not len(at) or not any(line.level > 1 for line in judged.page.lines):
        return chosen
    words, first = judged.page.words, int(at[0])
    if words[chosen].sum() < SHARE * words[first:].sum():
        return chosen
    kept = chosen | ~furniture(judged)
    kept[:first] = False
    return kept
