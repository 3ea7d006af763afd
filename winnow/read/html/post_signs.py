"""What tells a post of a thread: lines with the name of somebody, and lines with a moment.

Classes, links to profiles and item properties tell them, times of HTML, and moments in full behind "five years ago".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter

import numpy as np
from lxml import etree

from winnow.read.html.boxes import Box
from winnow.read.html.judged import JudgedBlocks
from winnow.read.lines.comments import AGE
from winnow.read.lines.cues import GROUPS
from winnow.read.lines.views import Bools, Ints

LEAST = 2  # moments that classes tell, more than; else they are told by words
NAME = 4  # words of a name, at most
MOST = 0.6  # share of the moments that have a time of day, at least; share of the posts of one person, at most
DIGITS = 0.2  # share of a short line's characters that are digits, from which it may name a day
SHORT = 12  # words of a line with a name or a moment, at most; a heading, which may repeat the title, has twice as many

_NAMED = re.compile(
    r"author|user-?name|nick-?name|display-?name|message-name|poster(?:$|[-_ ])|sender|creator|byline"
    r"|(?:^|[-_ ])(?:user|name|nick|member)(?:$| )",
    re.I,
)
_PROFILE = re.compile(
    r"/(?:u|users?|members?|profiles?|people)[/=]|/@\w|[?&]u(?:ser(?:id)?)?=(?:\d|(?!http)[\w.%+-]+$)|showuser"
    r"|action=profile"
    r"|(?:member|profile)\.php|(?:^|/)(?:user|member|profile)\?"
)
_DATED = re.compile(
    r"(?:^|[-_ ])(?:date|datetime|timestamp|posted|time|relativetime|published)(?:$|[-_ ])"
    r"|date(?:Published|Created)",
    re.I,
)
_YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)(?!\d)"
# A day in any form: `find_dates` leaves out those that could be two, such as `12-09-2024`, of which boards are full.
_DAY = re.compile(
    rf"(?<![\d.:/-])(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:{_YEAR}|\d\d(?![\d.:/-]))"
    r"|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
    rf"|\d{{1,2}}\.? [^\W\d_]{{3,9}}\.?,? {_YEAR}|[^\W\d_]{{3,9}}\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR})"
)
_CLOCK = re.compile(r"(?<![\d:.])\d{1,2}:\d\d(?!\d)")
_LABEL = re.compile(r"[:：]")  # `Posts: 98`
# A moment in full, which a browser shows where the pointer rests on "five years ago".
_STAMP = re.compile(r"(?=.*(?<!\d)\d{1,2}:\d\d)(?=.*(?<!\d)(?:19|20)\d\d(?!\d)).{10,60}")
_find_titles = etree.XPath("/descendant::*/@title", smart_strings=False)

Spans = dict[Box, list[int]]  # of each box the first line, and the line past the end


def signs_of(judged: JudgedBlocks, spans: Spans) -> tuple[Bools, Bools, Bools]:
    """Return which short lines hold a name, which a moment, and which the name that is stated as the author's."""
    short = (judged.page.words <= _most_words(judged)) & (judged.columns["terminal"] == 0)
    names, moments, authors = (np.zeros(len(short), np.bool_) for _ in range(3))
    places = {box.element: box for box in spans if box.element is not None}
    for element in next(iter(places)).iter(etree.Element) if places else ():
        is_name, is_moment = _told(element.get("class"), element.get("itemprop"), element.get("rel"))
        is_name = is_name or (element.tag == "a" and bool(_PROFILE.search(element.get("href") or "")))
        is_moment = is_moment or element.tag == "time" or _STAMP.fullmatch(element.get("title") or "") is not None
        if (is_name or is_moment) and (line := _line_of(element, places, spans, judged)) is not None:
            names[line] |= is_name and short[line]
            moments[line] |= is_moment and short[line]
            authors[line] |= "author" in (element.get("itemprop"), element.get("rel"))
    if moments.sum() <= LEAST:  # of the page, or of a change
        moments |= short & _told_in_words(judged)
    if names.sum() <= LEAST:
        names |= short & _repeated(judged, moments)
    return names, moments, authors


def _repeated(judged: JudgedBlocks, moments: Bools) -> Bools:
    """Return which lines hold a name as those who talk do: it comes more than once, others do too, none in every post.

    Moments of talks have a time of day, other lists with words that come again have days.
    """
    lines, found = judged.page.lines, np.zeros_like(moments)
    clocks = sum(_CLOCK.search(lines[i].text) is not None for i in np.flatnonzero(moments).tolist())
    if clocks < max(LEAST, MOST * moments.sum()):
        return found
    may_be = np.flatnonzero(~moments & (judged.page.words <= NAME) & (judged.columns["digits"] <= MOST)).tolist()
    texts = {
        i: lines[i].text for i in may_be if judged.blocks[i].kind != "heading" and not _LABEL.search(lines[i].text)
    }
    times = Counter(texts.values())
    again = {(_look(judged, i), text) for i, text in texts.items() if 1 < times[text] <= MOST * clocks}
    look, most = max(Counter(look for look, _ in again).items(), key=itemgetter(1), default=(None, 0))
    found[[i for i in texts if most >= LEAST and _look(judged, i) == look]] = True
    return found


def _look(judged: JudgedBlocks, line: int) -> tuple[str, str | None]:
    """Return the tag and the classes of the box in which a line stands."""
    box = judged.blocks[line].box
    return box.tag, None if box.element is None else box.element.get("class")


def _most_words(judged: JudgedBlocks) -> Ints:
    """Return how many words each line may have that holds a name or a moment: those above replies repeat the title."""
    return np.array([2 * SHORT if block.kind == "heading" else SHORT for block in judged.blocks])


def stamped(judged: JudgedBlocks) -> int:
    """Return how many elements have a moment in full as their title."""
    tree = next((block.box.element.getroottree() for block in judged.blocks if block.box.element is not None), None)
    titles: list[str] = [] if tree is None else _find_titles(tree)
    return sum(_STAMP.fullmatch(title) is not None for title in titles)


def _told_in_words(judged: JudgedBlocks) -> Bools:
    """Return which lines name a day; where none does, which say how long ago something was."""
    for days in (judged.columns["date_line"] > 0, dated(judged)):
        if days.sum() >= LEAST:
            return days
    return aged(judged)


def dated(judged: JudgedBlocks) -> Bools:
    """Return which short lines name a day, also one with a month that is a word of another kind, such as May."""
    days: Bools = judged.columns["date_line"] > 0
    short = ~days & (judged.page.words <= _most_words(judged)) & (judged.columns["digits"] >= DIGITS)
    for i in np.flatnonzero(short).tolist():
        days[i] = _DAY.search(judged.page.lines[i].text) is not None
    return days


def aged(judged: JudgedBlocks) -> Bools:
    """Return which lines say how long ago something was."""
    page = judged.page  # a line that says so has a figure, or says "an hour ago"
    ages: Bools = (page.words <= SHORT) & ((judged.columns["digits"] > 0) | (page.cues[GROUPS.index("time")] > 0))
    for i in np.flatnonzero(ages).tolist():
        ages[i] = AGE.search(page.lines[i].text) is not None
    return ages


@lru_cache(1 << 12)
def _told(*names: str | None) -> tuple[bool, bool]:
    """Return whether attributes of an element say that it holds a name, and a moment."""
    told = list(filter(None, names))
    return any(map(_NAMED.search, told)), any(map(_DATED.search, told))


def _line_of(
    element: etree._Element, places: Mapping[etree._Element, Box], spans: Spans, judged: JudgedBlocks
) -> int | None:
    """Return the number of the first line in an element, None where it has no text."""
    if element in places:
        return spans[places[element]][0]
    text = " ".join("".join(element.itertext()).split())
    box = next((places[outer] for outer in element.iterancestors() if outer in places), None)
    if not text or box is None:
        return None
    return next((i for i in range(*spans[box]) if text in judged.blocks[i].line.text), None)
