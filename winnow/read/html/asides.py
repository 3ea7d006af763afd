"""Steps that drop what interrupts an article, although it stands among its paragraphs and looks like one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from winnow.read import words
from winnow.read.html.box_names import bits_of
from winnow.read.html.judged import JudgedBlocks
from winnow.read.lines.steps import without
from winnow.read.lines.views import Bools

SHORT = 40  # words of a line that interrupts an article, at most
LINKED = 0.4  # share of link text of a line that leads to another article, where no colon follows its first words
QUOTE = bits_of("quote side")
QUOTED = 8  # words of a pull quote, at least
_MARKS = re.compile(r"^[\W_]+|[\W_]+$")
_LETTER = re.compile(r"[^\W\d_]")


def drop_interruptions(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without the lines that lead to other articles or ask for something, told by how they begin.

    Such lines are "Read also: …" and "Follow us on …", in any language.
    """
    at = np.flatnonzero(chosen & (judged.page.words <= SHORT)).tolist()
    found = [i for i in at if _interrupts(judged.blocks[i].line.text.lower(), judged.blocks[i].linked)]
    return without(chosen, found) if found else chosen


def _interrupts(text: str, linked: float) -> bool:
    """Return whether a line interrupts an article; `text` is in lower case, `linked` the share of link text in it."""
    if _beginning("appeal").match(text):
        return True
    onward = _beginning("onward").match(text)
    if onward is None:
        return False
    title = text[onward.end() :].replace("：", ":", 1)
    return linked >= LINKED or (title[:1] == ":" and len(title) > 2)


@cache
def _beginning(kind: str) -> re.Pattern[str]:
    """Return a pattern for the beginning of a line with words of a kind in any language."""
    phrases = sorted(words.of(kind), key=len, reverse=True)
    return re.compile(rf"[\W_]*(?:{'|'.join(map(re.escape, phrases))})(?![^\W\d_])\s?")


def drop_pull_quotes(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without the quotes that only repeat a sentence of another chosen line.

    In a discussion, people quote whole paragraphs of each other: these stay.
    """
    blocks, words = judged.blocks, judged.page.words
    long = chosen & (words >= QUOTED) & (words <= SHORT)
    quotes = [i for i in np.flatnonzero(long).tolist() if blocks[i].kind == "quote" or blocks[i].box.near_names & QUOTE]
    if not quotes:
        return chosen
    rest = [blocks[i].line.text for i in np.flatnonzero(without(chosen, quotes)).tolist()]
    repeated = [i for i in quotes if _repeats(_MARKS.sub("", blocks[i].line.text), rest)]
    return without(chosen, repeated) if repeated else chosen


def _repeats(said: str, texts: Sequence[str]) -> bool:
    """Return whether what is said is part of one of the texts, which says more."""
    return any(said in text and _LETTER.search(text.replace(said, "", 1)) for text in texts)
