"""Comment threads: what readers wrote below an article, recognised by moments, names or numbers.

A comment is prose like the article's, on the same subject. Only a thread has the rhythm name and moment, text, name and
moment, text. A moment is a day with a time of day, or how long ago something was. A log of events has moments too, but
headlines instead of names. A thread is therefore told in one of four ways:
- by moments: most of them are signed with a name, and a word such as "comments" or "replies" stands nearby;
- by names, where a capture has lost the moments: the names stand in a list ("3. Ida Verlane says"), or such a word
  stands nearby;
- by both at the beginning of a comment's own line (`Ida Verlane (3 hours ago): …`), right below such a word;
- by numbers, where a capture has lost the names too: a numbered list in which some numbers are missing.
Always, an article stands above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from winnow.read.lines.cues import GROUPS
from winnow.read.lines.features_line import Columns
from winnow.read.lines.line import PROSE
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools, Floats, Ints, View

APART = 15  # lines from one comment's moment (or name, or number) to the next, at most
LEAST = 3  # moments (or names) that make a thread, at least
ARTICLE = 100  # words of the article above, at least
AGO = 8  # words of a line that says how long ago a comment was written, at most
SIGNATURE = 5  # words of a line with a name right before the moment, at most
DIGITS = 5  # digits of a day with a time of day, at least; timetables are full of times of day alone
MARK = 8  # words of a line that speaks of comments, at most
NEARBY = 10  # lines that such a line may stand above the first moment, at most
FIRST_LINE = 8  # words of a numbered comment's first line, at least; items of a ranking are shorter
SIGNED = 70  # characters at the beginning of a comment in which its writer and its moment stand
WRITER = 5  # words before that moment, at most
RIGHT_BELOW = 2  # lines below a line that speaks of comments in which the first of these begins
LACKING = 2  # places at which a list must lack numbers, at least

# How lines that name the writer of a comment end: "Ida Verlane says:".
_VERBS = """
says said writes wrote replied commented sagt sagte schreibt schrieb meint dit écrit dice dijo escribió scrive diz disse
escreveu zegt schreef pisze napisał napisała mówi пишет написал написала говорит
"""
SAYS = frozenset(_VERBS.split())
_NUMBER = re.compile(r"(\d{1,4})[.)] ")
_DAY_APART = re.compile(r"[(|·–—]\s*(?=(?:\D*\d){5}).{0,30}?\b\d{1,2}[:.h]\d\d")
CLOCK = re.compile(r"(?<![\d:.])\d{1,2}[:.h]\d\d(?![\d:]|\.\d)")
AGE = re.compile(
    r"\b(?:\d+|an?) ?[a-z]{1,7}\.? ago\b"
    r"|\b(?:vor (?:etwa |mehr als |fast )?|il y a (?:environ |plus de )?|hace (?:unos |más de )?|há (?:cerca de )?)\d+ "
    r"|\d \w+ (?:temu|назад|fa|geleden|sedan)\b|\d ?(?:小时|分钟|天|个月|年)前",
    re.IGNORECASE,
)


def drop_comments(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without the comment threads below the article."""
    left = chosen.copy()
    for begin, end in _threads(judged, _above(judged, chosen), chosen):
        left[begin:end] = False
    return left


def keep_comments(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice with the running text of the comment threads below the article."""
    kept = chosen.copy()
    above = _above(judged, chosen)
    for begin, end in _threads(judged, above, np.ones_like(chosen)):
        kept[begin:end] |= judged.page.words[begin:end] >= PROSE
    return kept


def _above(judged: Judged, chosen: Bools) -> Floats:
    """Return the number of chosen words above each line."""
    return np.append(0.0, np.cumsum(judged.page.words * chosen))[: len(chosen)]


def _threads(judged: Judged, above: Floats, wanted: Bools) -> Iterator[tuple[int, int]]:
    """Yield the threads below an article (first line, line past the end) that can hold one of the wanted lines."""
    page, columns = judged.page, judged.columns
    last = int(np.flatnonzero(wanted)[-1]) if wanted.any() else -1
    below: Bools = (above >= ARTICLE) & (np.arange(len(above)) <= last)
    if below.any():
        yield from (*_dated(page, columns, below), *_signed(page, columns, below), *_numbered(page, below))
        yield from _begun(page, below)


def _runs(lines: Ints) -> list[Ints]:
    """Return the runs of line numbers that can make a thread: steps of `APART` at most, `LEAST` numbers or more."""
    return [run for run in np.split(lines, np.flatnonzero(np.diff(lines) > APART) + 1) if len(run) >= LEAST]


def _dated(page: View, columns: Columns, below: Bools) -> Iterator[tuple[int, int]]:
    """Yield threads (first line, line past the end) recognised by their comments' moments, most of them signed."""
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
    """Yield threads (first line, line past the end) recognised by the names of those who wrote the comments."""
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


def _begun(page: View, below: Bools) -> Iterator[tuple[int, int]]:
    """Yield threads (first line, line past the end) of which each comment begins with its writer and its moment."""
    about, lines = below & (page.cues[GROUPS.index("comment")] > 0) & (page.words <= MARK), page.lines
    for head in np.flatnonzero(about).tolist():
        near = range(head + 1, min(head + 1 + APART * APART, len(page)))
        if not any(_begins_signed(lines[i].text) for i in near[:RIGHT_BELOW]):
            continue  # as below most of these lines: the rest need not be looked at
        begun = np.array([i for i in near if _begins_signed(lines[i].text)], np.int64)
        for run in _runs(begun)[:1]:
            if run[0] - head <= RIGHT_BELOW:
                yield run[0], run[-1] + int(np.diff(run).min())


def _begins_signed(text: str) -> bool:
    """Tell whether a line begins with a few words and a moment: `Ida Verlane (3 hours ago): …`.

    A day, which has words itself, must stand in brackets or behind a bar.
    """
    begin = text[:SIGNED]
    moment = AGE.search(begin) or _DAY_APART.search(begin)
    return moment is not None and 0 < len(text[: moment.start()].split()) <= WRITER and text[:1].isalnum()


def _numbered(page: View, below: Bools) -> Iterator[tuple[int, int]]:
    """Yield indented lists of running text in which numbers are missing, as (first line, line past the end).

    A list ends where its indent ends.
    """
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


def moments(page: View, columns: Columns, fewest: int) -> Ints:
    """Return the numbers of the lines that name a day and a time of day, or say how long ago something was.

    Where fewer lines than `fewest` may do so, none is looked at.
    """
    candidates = _may_say_moment(page, columns)
    return _moments(page, columns, candidates) if len(candidates) >= fewest else candidates[:0]


def _may_say_moment(page: View, columns: Columns) -> Ints:
    """Return the numbers of the lines with a date, and of the short lines with a digit or a word of time."""
    ago = (page.words <= AGO) & ((columns["digits"] > 0) | (page.cues[GROUPS.index("time")] > 0))
    return np.flatnonzero(ago | (columns["date_line"] > 0))


def _moments(page: View, columns: Columns, candidates: Ints) -> Ints:
    """Return which of the candidates name a day and a time of day, or say how long ago something was."""
    dated = columns["date_line"] > 0
    return np.array([i for i in candidates.tolist() if _is_moment(page.lines[i].text, bool(dated[i]))], np.int64)


def _is_moment(text: str, dated: bool) -> bool:
    is_clock = dated and sum(map(str.isdigit, text)) >= DIGITS and CLOCK.search(text)
    return bool(is_clock or AGE.search(text))
