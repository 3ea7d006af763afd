"""Comment threads: what readers wrote below an article, told by the moments at which they wrote it.

A comment is prose like the article's, on its very subject. What it has and an article has not is its rhythm: name and
moment, text, name and moment, text. A log of events has moments too, but headlines instead of names; so most moments
must be signed, a word of comments or replies must stand nearby, and an article above.
"""

from __future__ import annotations

import re

import numpy as np

from .cues import GROUPS
from .features_line import Columns
from .views import Bools, Ints, View

APART = 15  # lines from one comment's moment to the next
LEAST = 3  # moments that make a thread
ARTICLE = 100  # words of the article above
AGO = 8  # words of a line that says how long ago a comment was written
SIGNATURE = 5  # words of a line with a name, right before the moment
DIGITS = 5  # of a day with a time of day; a time of day alone is also what timetables are made of
MARK, NEARBY = 8, 10  # words of a line that speaks of comments, lines that it may stand above the first moment

_CLOCK = re.compile(r"(?<![\d:.])\d{1,2}[:.h]\d\d(?![\d:]|\.\d)")
_AGO = re.compile(
    r"\b(?:\d+|an?) ?[a-z]{1,7}\.? ago\b|\b(?:vor|il y a|hace|há) \d+ |\d \w+ (?:temu|назад|fa|geleden|sedan)\b"
    r"|\d ?(?:小时|分钟|天|个月|年)前",
    re.IGNORECASE,
)


def comment_threads(page: View, columns: Columns, chosen: Bools) -> Bools:
    """Find the lines of comment threads below what was chosen as article."""
    found = np.zeros(len(page), np.bool_)
    above = np.concatenate([[0.0], np.cumsum(page.words * chosen)])
    candidates = _may_say_moment(page, columns)
    here = candidates[(above[candidates] >= ARTICLE) & (above[candidates] < above[-1])]
    if not _moments(page, columns, here).size:  # as on most pages: nothing chosen could be part of a thread
        return found
    moments = _moments(page, columns, candidates)
    speaks = page.cues[GROUPS.index("comment")] > 0
    about = speaks & (page.words <= MARK)
    signed = speaks | np.append(False, ((page.words <= SIGNATURE) & (columns["terminal"] == 0))[:-1])
    for run in np.split(moments, np.flatnonzero(np.diff(moments) > APART) + 1):
        begin, end = run[0], run[-1] + APART
        if len(run) >= LEAST and above[begin] >= ARTICLE and signed[run].mean() > 0.5:
            found[begin:end] |= about[max(begin - NEARBY, 0) : end].any()
    return found


def _may_say_moment(page: View, columns: Columns) -> Ints:
    """Find the lines with a date, and the short ones with a number or a word of time."""
    ago = (page.words <= AGO) & ((columns["digits"] > 0) | (page.cues[GROUPS.index("time")] > 0))
    return np.flatnonzero(ago | (columns["date_line"] > 0))


def _moments(page: View, columns: Columns, candidates: Ints) -> Ints:
    """Keep the lines with a day and a time of day, or with how long ago something was."""
    dated = columns["date_line"] > 0
    return np.array([i for i in candidates.tolist() if _is_moment(page.lines[i].text, bool(dated[i]))], np.int64)


def _is_moment(text: str, dated: bool) -> bool:
    is_clock = dated and sum(map(str.isdigit, text)) >= DIGITS and _CLOCK.search(text)
    return bool(is_clock or _AGO.search(text))
