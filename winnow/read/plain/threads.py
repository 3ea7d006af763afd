"""Threads of short posts in a capture: moments at short distances, a name beside each, and what is said between.

The model of captures in other languages than English has learnt news, in which such lines are furniture. A list of
articles has moments, too: a thread has numbers that count its posts, or a button such as “reply” with each.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from winnow.read.lines.comments import moments
from winnow.read.lines.features_line import Columns
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools, Ints, View
from winnow.read.plain.model import is_english
from winnow.read.words import of as words_of

FEWEST = 5  # posts of a thread, at least
APART = 12  # lines from the moment of a post to the next, at most
ABOVE = 100  # words above the first post, at most
SHARE = 0.6  # of the words of a capture that stand in the posts, at least
SAID = 0.6  # of the posts that have a line with a mark at its end: lists of topics have none
OFTEN = 0.6  # share of the posts with a line that says the same, from which on it is a button
BUTTON = 3  # words of a button, at most
_NUMBER = re.compile(r"(?:\W*(?:nr|no)?\W*)(\d{1,5})\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thread:
    """Where the posts of a capture begin and end (the first line and the one past the last), and their buttons."""

    begin: int
    end: int
    buttons: frozenset[str]

    def keep_posts(self, judged: Judged, chosen: Bools) -> Bools:
        """Return the choice with all lines of the posts but their buttons."""
        kept = chosen.copy()
        for i in range(self.begin, self.end):
            kept[i] = judged.page.lines[i].text not in self.buttons
        return kept


def thread_in(page: View, columns: Columns, is_likely: bool) -> Thread | None:
    """Return the thread that a capture holds; None where it holds anything else.

    English threads are left to the model, which has learnt them. `is_likely` says that the capture has been told as a
    thread, which then needs neither numbers nor buttons.
    """
    if is_english(page):
        return None
    found = moments(page, columns, FEWEST)
    run = max(np.split(found, np.flatnonzero(np.diff(found) > APART) + 1), key=len)
    if len(run) < FEWEST:
        return None
    buttons = _buttons(page, run)
    begin, end = _ends(page, columns, run, buttons)
    words = page.words
    if words[:begin].sum() > ABOVE or words[begin:end].sum() < SHARE * words.sum():
        return None
    ended = np.add.reduceat(columns["terminal"][begin:end] > 0, np.maximum(run - begin, 0), dtype=np.int64) > 0
    if ended.mean() < SAID:
        return None
    has_reply = any(text.lower() in words_of("reply") for text in buttons)
    is_one = is_likely or has_reply or _are_numbered(page, begin, end, len(run))
    return Thread(begin, end, buttons) if is_one else None


def _buttons(page: View, run: Ints) -> frozenset[str]:
    """Return what the short lines say that stand with most posts."""
    posts = slice(int(run[0]), int(run[-1]) + APART)
    said = Counter(
        line.text for line, words in zip(page.lines[posts], page.words[posts], strict=True) if words <= BUTTON
    )
    return frozenset(text for text, count in said.items() if count >= OFTEN * len(run))


def _ends(page: View, columns: Columns, run: Ints, buttons: frozenset[str]) -> tuple[int, int]:
    """Return where the posts begin and end: what is said stands below the moments, or above them."""
    step, first, last = int(np.median(np.diff(run))), int(run[0]), int(run[-1])
    inner = run[1:-1]
    if np.median(page.words[inner - 1]) > np.median(page.words[inner + 1]):
        return max(first - step + 1, 0), last + 1
    below = range(last + 1, min(last + step, len(page)))
    is_last = (i for i in reversed(below) if page.lines[i].text in buttons or columns["terminal"][i])
    named = first > 0 and page.words[first - 1] <= BUTTON
    return first - int(named), next(is_last, last) + 1


def _are_numbered(page: View, begin: int, end: int, posts: int) -> bool:
    """Return whether most posts have a number in a line of its own that is the last one and one more."""
    found = [int(number[1]) for line in page.lines[max(begin - 2, 0) : end] if (number := _NUMBER.fullmatch(line.text))]
    counted = sum(b == a + 1 for a, b in pairwise(found))
    return counted + 1 >= max(FEWEST, OFTEN * posts)
