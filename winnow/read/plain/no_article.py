"""Captures that hold no article: lists of teasers, search results, error texts, consent walls, notices.

The model chooses the likeliest lines of any page. What an article has and these have not is a stretch of running text;
their words only say which kind it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from winnow.read.lines.line import PROSE
from winnow.read.lines.views import Bools, Floats
from winnow.read.notices import ERROR, SEARCH, asks_consent, said
from winnow.read.plain.page import Evidence, TextPage

STRETCH = 40  # words in one stretch that hardly any list of teasers has
LONGER = 80  # words in one stretch that an article has of which the model is not sure
UNSURE = 0.5  # expected word-F1 below which it is not
BRIEF = 60  # words in one stretch that an error or consent page never has
MANY = 200  # chosen words, of however many stretches, that such a page never has
UNLIKELY = 0.2  # probability of the chosen words, below which they are no article


def gather(lines: Sequence[str], words: Floats, chosen: Bools) -> Evidence:
    """Count what the kinds of page differ in."""
    prose = chosen & (words >= PROSE)
    runs = np.bincount(np.cumsum(~prose)[prose], words[prose]) if prose.any() else np.zeros(1)
    stretch = int(runs.max())
    if stretch >= BRIEF:  # more can only be an article, and searching it all takes time
        return Evidence(stretch)
    consent = np.array([asks_consent(line.lower()) for line in lines], np.bool_)
    running = words >= PROSE
    return Evidence(
        stretch,
        tuple(line for line, count in zip(lines, words.tolist(), strict=True) if count <= 25),
        int(words[running & consent].sum()),
        int(words[running & ~consent].sum()),
    )


def why_no_article(page: TextPage) -> str | None:
    """Say in one line for a person why a capture holds no article; None when it holds one."""
    found = page.evidence
    error = said(ERROR, found.short)
    if error and page.words < MANY:
        return f"an error page: {error}"
    words = found.consent_words + found.other_words
    if found.consent_words > found.other_words and found.consent_words >= 10:
        return f"a consent page: {found.consent_words} of {words} words are about cookies"
    if found.stretch < STRETCH:
        search = said(SEARCH, found.short)
        return f"search results: {search}" if search else f"at most {found.stretch} words of running text at a stretch"
    if page.confidence < UNLIKELY or (found.stretch < LONGER and page.expected_f1 < UNSURE):
        return "no lines that read like an article"
    return None
