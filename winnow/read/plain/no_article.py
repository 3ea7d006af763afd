"""Captures that hold no article: lists of teasers, search results, error texts, consent walls, notices.

The model chooses the likeliest lines of any page. What an article has and these have not is a stretch of running text;
their words only say which kind it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from winnow.items import Kind
from winnow.read.lines.characters import ENDS
from winnow.read.lines.line import PROSE
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools, Floats
from winnow.read.notices import ERROR, SEARCH, asks_consent, said
from winnow.read.plain.kind import SURE_THREAD
from winnow.read.plain.page import Evidence, TextPage

STRETCH = 40  # words in one stretch that hardly any list of teasers has
LONGER = 80  # words in one stretch that an article has of which the model is not sure
PASSAGE = 60  # words of questions, answers, verses, speech or rules that follow each other, at least
LONG_PASSAGE = 100  # such words that are an article of which the model is not sure, too
UNSURE = 0.5  # expected word-F1 below which it is not
SHORT = 25  # words of a line that says that nothing was found, at most
BRIEF = 60  # words in one stretch that an error or consent page never has
MANY = 200  # chosen words, of however many stretches, that such a page never has
WHOLE = 0.7  # share of a capture's words that is chosen where it holds nothing but a text, however short its lines
INDENT = 4  # columns that lines of such a text are indented by, at least, where no headings are marked
DAYS = 3  # lines that are days, from which on it is a list
OPENING = 30  # chosen words above the line that says so on such a page, at most
UNLIKELY = 0.2  # probability of the chosen words, below which they are no article

# Kinds that need no stretch of running text. A listing of nothing but titles is told from others by its links alone.
SHORT_LINED = (Kind.DISCUSSION, Kind.DOCUMENTATION, Kind.PRODUCT, Kind.SERVICE)

_ENDS = frozenset(f"{ENDS}॥,;:—–，、；：،؛፣፤፥፧၊៖")
_CLOSING = " \"'”’»›“„)]}」』】）"


def gather(judged: Judged, chosen: Bools) -> Evidence:
    """Count what the kinds of page differ in."""
    words, lines = judged.page.words, [line.text for line in judged.page.lines]
    prose = chosen & (words >= PROSE)
    runs = np.bincount(np.cumsum(~prose)[prose], words[prose]) if prose.any() else np.zeros(1)
    stretch = int(runs.max())
    if stretch >= BRIEF:  # more can only be an article, and searching it all takes time
        return Evidence(stretch)
    consent = np.array([asks_consent(line.lower()) for line in lines], np.bool_)
    running, above = words >= PROSE, np.cumsum(words * chosen) - words * chosen
    short = np.flatnonzero(words <= SHORT).tolist()
    return Evidence(
        stretch,
        _passage(lines, words, chosen),
        _share(judged, chosen),
        tuple(lines[i] for i in short),
        int((above[short] <= OPENING).sum()),
        int(words[running & consent].sum()),
        int(words[running & ~consent].sum()),
    )


def _share(judged: Judged, chosen: Bools) -> float:
    """Return the share of the words that was chosen, of a capture with headings of several levels, or indented lines.

    Manuals have these. A list of teasers may be chosen as a whole, too; most of its entries have days.
    """
    is_formed = any(line.level > 1 or line.indent >= INDENT for line in judged.page.lines)
    is_dated = (judged.columns["date_line"] > 0).sum() >= DAYS
    words = judged.page.words
    return float((words * chosen).sum() / words.sum()) if is_formed and not is_dated and chosen.any() else 0.0


def _passage(lines: Sequence[str], words: Floats, chosen: Bools) -> int:
    """Return the words of the longest passage: chosen lines of text with at most one line left out between two.

    A short line is text if it ends with a mark of punctuation. Of a passage most words must stand in lines that do:
    headings and teasers do not.
    """
    at = np.flatnonzero(chosen)
    ended = np.array([lines[i].rstrip(_CLOSING)[-1:] in _ENDS for i in at.tolist()], np.bool_)
    number = np.cumsum(np.append(False, np.diff(at) > 2))[: len(at)]
    text, marked = (np.bincount(number, words[at] * kept) for kept in (ended | (words[at] >= PROSE), ended))
    return int(text[2 * marked >= text].max(initial=0))


def why_no_article(page: TextPage) -> str | None:
    """Say in one line for a person why a capture holds no article; None when it holds one."""
    found = page.evidence
    error = said(ERROR, found.short[: found.opening])
    if error and page.words < MANY:
        return f"an error page: {error}"
    words = found.consent_words + found.other_words
    if found.consent_words > found.other_words and found.consent_words >= 10:
        return f"a consent page: {found.consent_words} of {words} words are about cookies"
    search = said(SEARCH, found.short) if found.stretch < STRETCH else None
    if search:
        return f"search results: {search}"
    kind, is_unsure = page.told.read_as, page.expected_f1 < UNSURE and found.passage < LONG_PASSAGE
    is_list = page.told.kind in (Kind.LISTING, Kind.COLLECTION)
    is_short_lined = page.words >= PASSAGE and (kind in SHORT_LINED or (found.share >= WHOLE and not is_list))
    if found.stretch < STRETCH and not is_short_lined and (found.passage < PASSAGE or is_unsure):
        return f"at most {found.stretch} words of running text at a stretch"
    is_unlikely = page.confidence < UNLIKELY and page.told != SURE_THREAD
    if is_unlikely or (kind is Kind.ARTICLE and found.stretch < LONGER and is_unsure):
        return "no lines that read like an article"
    return None
