"""Leave out what consent platforms, cookie notices, terms of credit and a page's widgets say around an article."""

from __future__ import annotations

import re

import numpy as np

from winnow.read.lines.legal_words import LOG, NOTICE, PLATFORM, TERMS, hints_among
from winnow.read.lines.steps import Judged, without
from winnow.read.lines.views import Bools

SURE = 0.85  # probability from which a line that speaks of consent or credit shows that the article is about it
BETWEEN = 3  # lines between two such lines, which go with them
RIGHTS = 25  # words of a line that says whose a page is, at most
FINE_PRINT = 10  # words of a line of terms of credit, at least; a shorter one is a fact
SAYS = 3  # such lines close together, one at least in a platform's own words, from which the platform speaks

_RIGHTS = re.compile(
    r"\W*(?:©|\(c\)|copyright\b).{0,60}\b(?:19|20)\d\d\b|\W*(?:[\w.-]{1,12} ){0,4}(?:19|20)\d\d ?©", re.I
)


def drop_rights(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without the short lines that say whose a page is: a sign of copyright and a year."""
    at = np.flatnonzero(chosen & (judged.page.words <= RIGHTS)).tolist()
    return without(chosen, [i for i in at if is_rights(judged.page.lines[i].text)])


def is_rights(text: str) -> bool:
    """Return whether a line begins with a sign of copyright and a year, or with a licence and these."""
    return _RIGHTS.match(text) is not None


def drop_legal(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without texts of consent platforms, cookie notices, terms of credit and logs of widgets.

    An article about such things has lines that the model is sure of; where one of these speaks of them, all stay, but
    for passages in which a platform speaks. Lines of a log go in any case: no author writes them into a text.
    """
    platform, said, logged = _spoken(judged, chosen)
    chosen, spoken = chosen & ~logged, platform | said
    if not spoken.any():
        return chosen
    is_near = np.convolve(spoken, np.ones(2 * BETWEEN + 3))[BETWEEN + 1 : len(chosen) + BETWEEN + 1] > 0
    platform, said, _ = _spoken(judged, chosen | is_near)
    spoken = platform | said
    at = np.flatnonzero(spoken)
    passages = np.split(at, np.flatnonzero(np.diff(at) > BETWEEN + 1) + 1)
    is_subject = bool((spoken & (judged.probability > SURE)).any())
    dropped = np.zeros_like(chosen)
    for lines in passages:
        if not is_subject or (len(lines) >= SAYS and platform[lines].any()):
            between = np.arange(lines[0], lines[-1] + 1)
            dropped[lines] = True
            dropped[between] |= judged.probability[between] <= SURE
    return chosen & ~dropped


def _spoken(judged: Judged, lines: Bools) -> tuple[Bools, Bools, Bools]:
    """Return which of some lines are in a platform's words, which speak of consent or credit, which are a log's."""
    at, words = np.flatnonzero(lines & judged.page.small_print).tolist(), judged.page.hints
    texts = {i: judged.page.lines[i].text.lower() for i in at}
    platform, said, logged = (np.zeros_like(lines) for _ in range(3))
    platform[_matched(PLATFORM, hints_among(words, "PLATFORM"), texts)] = True
    said[_matched(TERMS, hints_among(words, "TERMS"), texts)] = True
    said &= judged.page.words >= FINE_PRINT
    said[_matched(NOTICE, hints_among(words, "NOTICE"), texts)] = True
    logged[_matched(LOG, hints_among(words, "LOG"), texts)] = True
    return platform & ~logged, said & ~platform & ~logged, logged


def _matched(pattern: re.Pattern[str], hints: list[str], texts: dict[int, str]) -> list[int]:
    """Return the numbers of the texts that a pattern matches; without one of the hints it matches none."""
    return [i for i, text in texts.items() if any(map(text.__contains__, hints)) and pattern.search(text)]
