"""Steps for captures in doubt, and for manuals: what stands within the text is kept without the model's consent.

In captures in doubt, what goes on below it is kept, too.

The model of other languages has learnt from news. Of pages that are unlike news it knows some paragraphs, and takes the
lists, tables and paragraphs between them for furniture. On news pages, of which it is sure, it is mostly right.
"""

from __future__ import annotations

import numpy as np

from winnow.read.lines.characters import CLOSES, ENDS
from winnow.read.lines.choose import SHARED, words_shared
from winnow.read.lines.cues import GROUPS
from winnow.read.lines.line import PROSE
from winnow.read.lines.steps import Judged, without
from winnow.read.lines.views import Bools

ABOVE, BELOW = 30, 8  # chosen words above and below lines that stand within the text, at least
LINES = 15  # of them that follow each other, at most
FURNITURE = 0.2  # share of furniture among them, at most
AWAY = 20  # lines from one sentence below the text to the next, at most
FLOOR = 0.03  # probability of such a sentence, at least
TEASER = 20  # words of a sentence below a headline that is no teaser, at least
SAID = 2  # words of what a picture shows, at least; a file of settings has `[network]`
STATING = 0.02  # share of lines in a list of other articles that state something, at most
TEXT = 60  # words of a text that a list of other articles stands below, at least
LIKELY = 0.5  # probability from which on a line tells what the text is about
_STATES = tuple(set(ENDS) - set("?!？！؟…"))  # headlines ask, and exclaim, but do not state
_ALWAYS, _SHORT = (
    [GROUPS.index(name) for name in names.split()]
    for names in ("action comment social toc legal appeal time web", "nav author more site request")
)


def keep_between(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice with the lines that stand between two of its lines, if hardly any of them is furniture."""
    return _filled(judged, chosen, furniture(judged), BELOW)


def keep_code(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice with the lines that stand between two of its lines, as code and tables of a manual do.

    Rows of code come twice, and have words such as `title` or `index`; options are named `--print`.
    """
    options = np.array([line.text.startswith("-") for line in judged.page.lines], np.bool_)
    surely: Bools = judged.page.cues[_ALWAYS].any(0) & (judged.page.words < PROSE) & ~options
    return _filled(judged, chosen, surely, ABOVE)


def _filled(judged: Judged, chosen: Bools, is_furniture: Bools, below: int) -> Bools:
    at = np.flatnonzero(chosen)
    if len(at) < 2:
        return chosen
    kept = chosen.copy()
    above = np.cumsum(judged.page.words * chosen)
    is_gap = (np.diff(at) > 1) & (np.diff(at) <= LINES + 1) & (above[at[:-1]] >= ABOVE)
    is_gap &= above[-1] - above[at[:-1]] >= below
    for gap in np.flatnonzero(is_gap).tolist():
        between = slice(at[gap] + 1, at[gap + 1])
        if is_furniture[between].mean() <= FURNITURE:
            kept[between] = ~is_furniture[between]
    return kept


def keep_below(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice with the sentences that go on below its last line, and what stands between them.

    They speak of the same as the surest lines, and no furniture stands between.
    """
    at = np.flatnonzero(chosen)
    if not len(at) or judged.page.words[at].sum() < ABOVE:
        return chosen
    last, first = int(at[-1]), int(at[-1]) + 1
    ends = np.flatnonzero(furniture(judged)[first:]).tolist()
    sentences = np.flatnonzero(_sentences(judged)[first:][: ends[0] if ends else None]) + first
    for sentence in sentences.tolist():
        if sentence - last > AWAY:
            break
        last = sentence
    kept = chosen.copy()
    kept[first : last + 1] = True
    return kept


def drop_tail(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice without a list of other articles below its last likely sentence, from the first furniture on.

    The list is longer than the text, and hardly a line of it states something; the list of a recipe has no furniture.
    """
    at, lines = np.flatnonzero(chosen & (judged.page.words >= PROSE)).tolist(), judged.page.lines
    sentences = [i for i in at if lines[i].text.rstrip(CLOSES).endswith(_STATES)]
    last = max((i for i in sentences if judged.probability[i] > LIKELY), default=len(lines))
    found = np.flatnonzero(furniture(judged) & chosen).tolist()
    first = next((i for i in found if i > last), len(lines))
    words = judged.page.words * chosen
    is_list = sum(i > first for i in sentences) <= STATING * chosen[first:].sum()
    if not is_list or not TEXT <= words[:first].sum() < words[first:].sum():
        return chosen
    return without(chosen, np.arange(first, len(lines)))


def _sentences(judged: Judged) -> Bools:
    """Return which lines may be sentences of the text: about the same as the likely lines, and no teasers.

    A teaser is a short sentence right below a headline.
    """
    is_sentence = (judged.page.words >= PROSE) & (judged.columns["terminal"] > 0) & (judged.probability >= FLOOR)
    if not is_sentence.any():
        return is_sentence
    columns, words = judged.columns, judged.page.words
    is_headline = (words < PROSE) & (columns["terminal"] == 0) & (columns["digits"] == 0)
    is_sentence &= ~(np.append(False, is_headline[:-1]) & (words < TEASER))
    return is_sentence & ~(words_shared(judged.probability > LIKELY, judged.page) < SHARED)


def furniture(judged: Judged) -> Bools:
    """Return which lines have words of furniture, come a second time, or say what a picture shows: `[The pier]`.

    Words such as "back" or "from" are words of furniture in short lines that furniture stands beside.
    """
    page = judged.page
    pictures = np.array([line.text.startswith("[") for line in page.lines], np.bool_) & (page.words >= SAID)
    surely: Bools = page.cues[_ALWAYS].any(0) | (judged.columns["repeats_before"] > 0) | pictures
    found: Bools = surely | (page.cues[_SHORT].any(0) & (page.words < PROSE))
    beside = np.append(found[1:], False) | np.append(False, found[:-1])
    either: Bools = surely | (found & beside)
    return either
