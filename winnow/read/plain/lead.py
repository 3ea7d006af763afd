"""A step that keeps the lead of an article, the paragraph of which the model is least sure.

A capture has no boxes. The model has learnt that teasers stand above an article, and doubts the article's first
paragraph; but teasers speak of something else.
"""

from __future__ import annotations

import numpy as np

from winnow.read.lines.choose import SURE, words_shared
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools
from winnow.read.plain.model import is_english

LINE = 10  # words of a lead, at least
LIKELY = 0.1  # probability of a lead, at least
SAME = 0.8  # in the measure of `words_shared`: a line that shares as much with the sure lines speaks of the same
NEAR = 3  # lines between the lead and the next line of the article, such as a byline and a day, at most


def keep_lead(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice with the lead above its first line: sentences that share many words with the sure lines.

    In English no lead is added: most of what would be are captions and summaries.
    """
    at = np.flatnonzero(chosen)
    first = int(at[0]) if len(at) else 0
    low = max(first - 1 - NEAR, 0)
    above = slice(low, first)
    found = np.flatnonzero((judged.page.words[above] >= LINE) & (judged.columns["terminal"][above] > 0))
    lead = low + int(found[-1]) if len(found) else -1
    if lead < 0 or judged.probability[lead] < LIKELY or is_english(judged.page):
        return chosen
    kept = chosen.copy()
    kept[lead] = words_shared(judged.probability > SURE, judged.page)[lead] >= SAME
    return kept
