"""Part rows that hold a whole page: a capture whose line ends were lost when its white space was made one.

Programs that collect texts do that (`" ".join(text.split())`). Rows are parted at the ends of sentences, and where
furniture shows between these (`flattened_cuts.py`); a reader of lines then tells which of the parts are the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from winnow.read import words as vocabulary
from winnow.read.lines.characters import CLOSES
from winnow.read.lines.flattened_cuts import Cut, cuts_in
from winnow.read.lines.wrapping import columns
from winnow.text import HAN

LONG = 900  # columns of a row that may hold a page, at least
SHARE = 0.9  # of a capture's columns that stand in such rows, at least
ROWS = 5  # of a capture whose line ends were lost, at most: others have long paragraphs
OWN = 0.25  # share of different parts of a row, at least: what repeats itself throughout has no furniture
MOST = 1_000_000  # characters of a row that is a page, at most
WORDS = 40  # of two sentences that are one part, at most
GLUED = 12  # letters of two words that are glued, at least: `JavaScript` is one word

_CLOSES = f"[{re.escape(CLOSES)}]*"
# A sentence that the next one is glued to: `said.The`, or any in Chinese and Japanese.
_ENDED = re.compile(rf"([.!?…](?<=[^\W\d_A-Z]{{2}}.){_CLOSES})(?=[A-ZÀ-ÖØ-ÞА-ЯЁ„“«][^\W\d_])|([。！？]{_CLOSES})(?=\S)")
_UNSPACED = re.compile(rf"([。！？]{_CLOSES}) (?=[{HAN}「『（“])")
_SMALL, _CAPITAL = "a-zà-öø-ÿа-яё", "A-ZÀ-ÖØ-ÞА-ЯЁ"
_GLUE = re.compile(rf"(?<=[{_SMALL}])(?=[{_CAPITAL}][{_SMALL}])")


def is_flat(texts: Sequence[str]) -> bool:
    """Return whether a capture has few rows, and nearly all of it stands in very long ones."""
    if len(texts) > ROWS:
        return False
    sizes = list(map(columns, texts))
    return sum(size for size in sizes if size >= LONG) >= SHARE * sum(sizes) > 0


def parted(row: str) -> list[tuple[str, int]]:
    """Return the parts of a row, each with the `Cut` above it; 0 above the first."""
    if len(row) > MOST:
        return [(row, 0)]
    words = list(_words(row))
    cuts = cuts_in([word for word, _ in words])
    edges = [0, *sorted(cuts), len(words)]
    texts = ["".join(space + word for word, space in words[a:b]).strip() for a, b in pairwise(edges)]
    if len(set(texts)) < OWN * len(texts):
        return [(row, 0)]
    return list(_together(texts, [0, *(cuts[at] for at in edges[1:-1])]))


def joined(parts: Iterable[str]) -> str:
    """Return parts of a row as one text; no space stands between sentences of Chinese and Japanese."""
    return _UNSPACED.sub(r"\1", " ".join(parts))


def _words(row: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a row with the space before each, none where it was glued to the one before."""
    for word in _ENDED.sub(r"\1\2 ", row).split():
        glued = _GLUE.split(word) if len(word) >= GLUED and "/" not in word else [word]
        yield from ((part, "" if i else " ") for i, part in enumerate(glued))


def _together(texts: Sequence[str], cuts: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield texts, each with the cut above it; two short sentences that follow each other are one."""
    rests, at = [*cuts[1:], Cut.ENDED], 0
    while at < len(texts):
        last = at + int(_is_sentence(texts, rests, at) and _is_sentence(texts, rests, at + 1))
        pair = joined(texts[at : last + 1])
        if len(pair.split()) > WORDS:
            last, pair = at, texts[at]
        yield pair, cuts[at]
        at = last + 1


def _is_sentence(texts: Sequence[str], rests: Sequence[int], at: int) -> bool:
    """Return whether a text is a sentence, and no appeal or what leads to another article."""
    is_one = at < len(texts) and rests[at] == Cut.ENDED
    return is_one and not any(vocabulary.said(kind, texts[at]) for kind in ("appeal", "onward"))
