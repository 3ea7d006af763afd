"""The last sentence of a capture: a model that has learnt what follows articles doubts it most."""

from __future__ import annotations

import numpy as np

from winnow.read.lines.cues import GROUPS
from winnow.read.lines.line import PROSE
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools
from winnow.read.plain.model import is_english

LEAST = 0.15  # probability of such a sentence
TEXT = 60  # words of the text above it, at least
_ASKS = ("appeal", "action", "more", "social", "legal", "comment", "credit", "author")
_OTHERS = [GROUPS.index(name) for name in _ASKS]


def keep_last_sentence(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice with the sentence right below it added, if it is the only one of the page that was left out.

    Teasers, appeals and notices seldom come alone. What comes a second time, as the title does in a list of articles,
    does not count. In English the model knows more of what asks the reader for something.
    """
    at, page = np.flatnonzero(chosen), judged.page
    if not len(at) or page.words[at].sum() < TEXT or is_english(page):
        return chosen
    is_sentence = (page.words >= PROSE) & (judged.columns["terminal"] > 0) & (judged.columns["repeats"] == 0)
    left, after = np.flatnonzero(is_sentence & ~chosen), int(at[-1]) + 1
    is_last = left[left > at[0]].tolist() == [after] and judged.probability[after] >= LEAST
    kept = chosen.copy()
    if is_last and not page.cues[_OTHERS, after].any():
        kept[after] = True
    return kept
