"""A step that keeps the footnotes of a capture: lines with a mark that stands in the text, or an arrow back to it."""

from __future__ import annotations

import re

import numpy as np

from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools
from winnow.read.plain.model import is_english

LEAST = 0.03  # probability of a footnote that has no arrow, at least
WORDS = 3  # words of one beside its mark, more than
_BACK = re.compile(r"[↩⏎⤴↵]\ufe0e?(?:\s?\d)?$")  # `↩2`: the second place that a note belongs to
_MARK = re.compile(r"\[\s?(\d{1,3})\s?\]")  # `[ 1 ]`, as inscriptis writes links


def keep_footnotes(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice with the footnotes below its first line.

    They begin with a mark (`[1]`) that stands in a chosen line above, or end with an arrow, as those of Markdown do.
    In English the model knows them from lists of sources.
    """
    if not chosen.any() or is_english(judged.page):
        return chosen
    texts, at = [line.text for line in judged.page.lines], np.flatnonzero(chosen).tolist()
    may_be = np.flatnonzero(~chosen & (judged.page.words > WORDS)).tolist()
    below = [i for i in may_be if i > at[0]]
    marked = [(i, mark[1]) for i in below if judged.probability[i] >= LEAST and (mark := _MARK.match(texts[i]))]
    marks = {mark[1]: i for i in reversed(at) if marked for mark in _MARK.finditer(texts[i], 1)}
    kept = chosen.copy()
    kept[[i for i, mark in marked if marks.get(mark, i) < i]] = True
    kept[[i for i in below if _BACK.search(texts[i])]] = True
    return kept
