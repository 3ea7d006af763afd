"""Steps that keep the lead of an article and its standfirst, the lines of which the model is least sure.

A capture has no boxes. The model has learnt that teasers stand above an article, and doubts the article's first
paragraph; but teasers speak of something else.
"""

from __future__ import annotations

import numpy as np

from winnow.read.lines.choose import SURE, words_shared
from winnow.read.lines.cues import GROUPS
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools
from winnow.read.plain.bylines import byline
from winnow.read.plain.model import is_english
from winnow.read.words.dates import find_dates

LINE = 10  # words of a lead, at least
LIKELY = 0.1  # probability of a lead, at least
FURNITURE = [
    GROUPS.index(name)
    for name in ("appeal", "action", "more", "social", "legal", "nav", "comment", "web", "credit", "toc")
]
SAME = 0.8  # in the measure of `words_shared`: a line that shares as much with the sure lines speaks of the same
STANDFIRST = (6, 60)  # words of a standfirst
HEAD = 12  # lines between a title and its article, at most
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


def keep_standfirst(judged: Judged, chosen: Bools, title: int | None) -> Bools:
    """Return the choice with the line right below the title of an article, if it may be the standfirst.

    In English none is added: as many of these lines are captions and summaries.
    """
    at = np.flatnonzero(chosen)
    if title is None or not len(at) or not title + 1 < at[0] < title + HEAD or is_english(judged.page):
        return chosen
    if judged.probability[title + 1] < LIKELY or not _may_be_standfirst(judged, title):
        return chosen
    kept = chosen.copy()
    kept[title + 1] = True
    return kept


def _may_be_standfirst(judged: Judged, title: int) -> bool:
    """Return whether the line below a title may be the standfirst: no furniture, no picture, no byline and no day."""
    i, page, columns = title + 1, judged.page, judged.columns
    line, (low, high) = page.lines[i], STANDFIRST
    is_furniture = page.cues[FURNITURE, i].any() or columns["credit_line"][i] or columns["bars"][i] or line.bullet
    if is_furniture or not low <= page.words[i] <= high or "[" in line.text or page.lines[title].text in line.text:
        return False
    return not (columns["date_line"][i] or find_dates(line.text) or byline(line.text))
