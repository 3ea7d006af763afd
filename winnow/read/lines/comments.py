"""Comment threads: what readers wrote below an article, told by their moments, names or numbers.

A comment is prose like the article's, on its very subject. What it has and an article has not is its rhythm: name and
moment, text, name and moment, text. A log of events has moments too, but headlines instead of names; so most moments
must be signed, a word of comments or replies must stand nearby, and an article above. Captures that keep only "main
content" often lose the moments. Then the names are left, if they stand in a list ("3. Ida Verlane says") or such a word
stands nearby; or not even those, but a numbered list in which the numbers of what was lost are missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from winnow.read.lines.cues import GROUPS
from winnow.read.lines.features_line import Columns
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools, Ints, View

APART = 15  # lines from one comment's moment to the next
LEAST = 3  # moments that make a thread
ARTICLE = 100  # words of the article above
AGO = 8  # words of a line that says how long ago a comment was written
SIGNATURE = 5  # words of a line with a name, right before the moment
DIGITS = 5  # of a day with a time of day; a time of day alone is also what timetables are made of
MARK, NEARBY = 8, 10  # words of a line that speaks of comments, lines that it may stand above the first moment
FIRST_LINE = 8  # words of a numbered comment's first line; a ranking's are shorter
LACKING = 2  # places at which a list must lack numbers

# How lines that name the writer of a comment end: "Ida Verlane says:".
_VERBS = """
says said writes wrote replied commented sagt sagte schreibt schrieb meint dit écrit dice dijo escribió scrive diz disse
escreveu zegt schreef pisze napisał napisała mówi пишет написал написала говорит
"""
SAYS = frozenset(_VERBS.split())
_NUMBER = re.compile(r"(\d{1,4})[.)] ")
_CLOCK = re.compile(r"(?<![\d:.])\d{1,2}[:.h]\d\d(?![\d:]|\.\d)")
_AGO = re.compile(
    r"\b(?:\d+|an?) ?[a-z]{1,7}\.? ago\b|\b(?:vor|il y a|hace|há) \d+ |\d \w+ (?:temu|назад|fa|geleden|sedan)\b"
    r"|\d ?(?:小时|分钟|天|个月|年)前",
    re.IGNORECASE,
)


def drop_comments(judged: Judged, chosen: Bools) -> Bools:
    """Leave out the comment threads below what was chosen as article."""
    page, columns = judged.page, judged.columns
    above = np.concatenate([[0.0], np.cumsum(page.words * chosen)])
    below = (above[:-1] >= ARTICLE) & (above[:-1] < above[-1])
    if not below.any():
        return chosen
    left = chosen.copy()
    for begin, end in (*_dated(page, columns, below), *_signed(page, columns, below), *_numbered(page, below)):
        left[begin:end] = False
    return left


def _runs(lines: Ints) -> list[Ints]:
    """Split lines where more than `APART` lie between two of them, and give the parts that can make a thread."""
    return [run for run in np.split(lines, np.flatnonzero(np.diff(lines) > APART) + 1) if len(run) >= LEAST]


def _dated(page: View, columns: Columns, below: Bools) -> Iterator[tuple[int, int]]:
    """Find threads by the moments of their comments, most of them signed."""
    candidates = _may_say_moment(page, columns)
    if not _moments(page, columns, candidates[below[candidates]]).size:
        return  # as on most pages: nothing chosen could be part of a thread
    speaks = page.cues[GROUPS.index("comment")] > 0
    about = speaks & (page.words <= MARK)
    signed = speaks | np.append(False, ((page.words <= SIGNATURE) & (columns["terminal"] == 0))[:-1])
    for run in _runs(_moments(page, columns, candidates)):
        begin, end = run[0], run[-1] + APART
        if below[begin] and signed[run].mean() > 0.5 and about[max(begin - NEARBY, 0) : end].any():
            yield begin, end


def _signed(page: View, columns: Columns, below: Bools) -> Iterator[tuple[int, int]]:
    """Find threads by the names of those who wrote them."""
    lines = page.lines
    short = np.flatnonzero(below & (page.words <= MARK) & (columns["commas"] == 0)).tolist()
    names = np.array([i for i in short if lines[i].text.rstrip(" :").rpartition(" ")[2] in SAYS], np.int64)
    about = (page.cues[GROUPS.index("comment")] > 0) & (page.words <= MARK)
    about[names] = False
    for run in _runs(names):
        begin, end = run[0], run[-1] + APART
        is_listed = np.mean([bool(lines[i].bullet or _NUMBER.match(lines[i].text)) for i in run]) > 0.5
        if is_listed or about[max(begin - NEARBY, 0) : end].any():
            yield begin, end


def _numbered(page: View, below: Bools) -> Iterator[tuple[int, int]]:
    """Find indented lists of running text that lack some of their numbers; they end where the indent does."""
    lines, words = page.lines, page.words
    items = [
        (i, lines[i].indent, int(number[1]))
        for i in np.flatnonzero(below).tolist()
        if lines[i].indent and (number := _NUMBER.match(lines[i].text))
    ]
    breaks = [k for k, (a, b) in enumerate(pairwise(items), 1) if b[0] - a[0] > APART or b[1] != a[1] or b[2] <= a[2]]
    for first, past in pairwise([0, *breaks, len(items)]):
        run = items[first:past]
        lacking = sum(b[2] - a[2] > 1 for a, b in pairwise(run))
        if lacking >= LACKING and np.mean([words[i] >= FIRST_LINE for i, *_ in run]) > 0.5:
            (begin, indent, _), last = run[0], run[-1][0]
            yield begin, next((i for i in range(last, len(page)) if lines[i].indent < indent), len(page))


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
