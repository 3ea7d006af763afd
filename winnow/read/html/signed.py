"""Pages on which people talk in a wiki: each ends what he writes with his name and the moment.

    When does the ferry leave? Ida Verlane (talk) 14:02, 3 March 2021 (UTC)

Such pages have no boxes for posts: answers are items of lists within lists.
"""

from __future__ import annotations

import re

import numpy as np

from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import LINKED
from winnow.read.lines.views import Bools

LEAST = 3  # signatures of such a page, at least
HALF = 0.5  # share of the chosen words that stand from the first post to the last signature, at least
OPENING = 10  # lines of the first post, below its heading, at most
END = 70  # characters of a line in which a signature stands, at most

_CLOCK, _YEAR = r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)", r"(?<!\d)(?:19|20)\d\d(?!\d)"
# A moment in any language, whose zone stands in brackets; some wikis have a link for an answer behind it.
_SIGNATURE = re.compile(
    rf"(?:{_CLOCK}.{{3,30}}{_YEAR}|{_YEAR}.{{2,30}}{_CLOCK})"
    r"\W{1,3}[^\W\d](?: ?[^\W\d]){1,4}\)\W*[^\W\d]{0,15}\W*$"
)


def is_signed(judged: JudgedBlocks, chosen: Bools) -> bool:
    """Return whether most of what is chosen, but links, stands between signatures."""
    if not (talk := talk_of(judged)):
        return False
    words = judged.page.words * (chosen & _plain(judged))
    return bool(words[talk.start : talk.stop].sum() >= max(HALF * words.sum(), 1))


def keep_talk(judged: JudgedBlocks, chosen: Bools, talk: range) -> Bools:
    """Return the choice with all that people wrote from the first post to the last signature, and without links."""
    plain = _plain(judged)
    kept: Bools = chosen & plain
    kept[talk.start : talk.stop] = plain[talk.start : talk.stop]
    return kept


def _plain(judged: JudgedBlocks) -> Bools:
    """Return which lines are no links."""
    return np.array([block.linked <= LINKED or block.kind == "heading" for block in judged.blocks], np.bool_)


def talk_of(judged: JudgedBlocks) -> range:
    """Return the lines from the first post to the last signature, none where a page has few signatures."""
    texts = [line.text for line in judged.page.lines]
    # Most lines have no bracket at their end, where a signature is looked for at some cost.
    signed = [i for i, text in enumerate(texts) if text.rfind(")", -25) >= 0 and _signature(text)]
    signed = [i for i in signed if judged.blocks[i].linked]
    if len(signed) < LEAST:
        return range(0)
    above = range(signed[0], max(signed[0] - OPENING, 0) - 1, -1)
    heading = next((i for i in above if judged.blocks[i].kind == "heading"), signed[0])
    return range(heading, signed[-1] + 1)


def _signature(text: str) -> bool:
    """Return whether a line ends with a signature."""
    return _SIGNATURE.search(text, max(len(text) - END, 0)) is not None
