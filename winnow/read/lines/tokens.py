"""Cut lines into tokens, and look up what is known of each token: its hash, its cues, its kind of word."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from winnow.read.lines.characters import WORD, Classes, Codes, glued, per_line
from winnow.read.lines.cues import CUES, GROUPS, STOP
from winnow.read.lines.line import Line, is_glue, unglue
from winnow.text import HAN, MARKS, THAI

Ints = NDArray[np.int64]

_DENSE = re.compile(f"[{HAN}{THAI}\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]")  # scripts whose words have few characters
_TOKEN = re.compile(f"[{HAN}]{{1,2}}|[{THAI}]{{1,4}}|(?:[^\\W{HAN}{THAI}]|[{MARKS}])+")
# Where one of these is on the page, it is not enough to cut between characters of the class `WORD` and others.
_SPECIAL = re.compile(f"[{THAI}\u3040-\ud7ff\uf900-\ufaff\U00010000-\U0001f2ff\U0001fb00-\U0010ffff]")
_FIRST_SPECIAL = 0x0E00
_DIGIT = re.compile(r"\d")
_REMEMBERED = 1 << 16  # tokens

# What is known of a token, in one number, lowest bits first: the hash of its lower case with digits as 0; flags (next
# line); the bits of its cue groups.
HASH_BITS, FLAG_BITS = 32, 8
STOP_WORD, CONTENT, CAPITAL, SHORT, LONG = 1, 2, 4, 8, 16


def cut(lines: Sequence[Line], first: Ints, text: str, codes: Codes, classes: Classes) -> tuple[list[str], Ints]:
    """Return all tokens of a page, and how many of them each line has.

    `text` holds the lines, each with its newline, beginning at `first`; `codes` and `classes` have one entry a
    character. Splitting at characters that belong to no word takes a third of the time of a search for words.
    """
    glue = glued(classes)
    if codes.max(initial=0) >= _FIRST_SPECIAL and _SPECIAL.search(text):
        flags = per_line(glue, first).tolist()
        rows = [
            _TOKEN.findall(unglue(line.text) if flag else line.text) for line, flag in zip(lines, flags, strict=True)
        ]
        return [token for row in rows for token in row], np.array([len(row) for row in rows], np.int64)
    word = classes & WORD > 0
    begins = word.copy()
    begins[1:] &= ~word[:-1]
    places = [place + 1 for place in np.flatnonzero(glue).tolist() if is_glue(text, place + 1)]
    begins[places] = True
    spaced = np.insert(np.where(word, codes, np.uint32(32)), places, np.uint32(32))
    return spaced.tobytes().decode("utf-32-le").split(), per_line(begins, first).astype(np.int64)


class _Known(dict[str, int]):
    """What is known of the tokens met lately: forgotten all at once when there are more than `_REMEMBERED`."""

    def __missing__(self, token: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        lower = token.lower()
        rest = _flags(token, lower) | _cues(lower) << FLAG_BITS
        without_digits = lower if lower.isalpha() else _DIGIT.sub("0", lower)
        known = self[token] = token_hash(without_digits) | rest << HASH_BITS
        return known


known = _Known()


def token_hash(token: str) -> int:
    """Return a hash of a token (CRC-32 of its UTF-8)."""
    return zlib.crc32(token.encode("utf-8", "replace"))


def _flags(token: str, lower: str) -> int:
    """Return the flags of a token, which is given in its own and in lower case."""
    flags = SHORT if len(lower) <= 5 else 0
    if len(token) > 2 and token[0].isupper():
        flags |= CAPITAL
    dense = ord(lower[0]) >= _FIRST_SPECIAL and _DENSE.match(lower) is not None
    if lower in STOP:
        flags |= STOP_WORD
    elif len(lower) > 3 or dense:
        flags |= CONTENT | (LONG if len(lower) > 6 or dense else 0)
    return flags


def _cues(lower: str) -> int:
    """Return the bits of the cue groups that a token in lower case belongs to."""
    bits = _cue_words()[0].get(lower, 0)
    for beginning, more in _beginnings().get(lower[:3], ()):
        if lower.startswith(beginning):
            bits |= more
    return bits


@cache
def _cue_words() -> tuple[dict[str, int], tuple[tuple[str, int], ...]]:
    """Return the bits of the cue groups: by whole word, and by beginning of words."""
    words: dict[str, int] = {}
    beginnings: dict[str, int] = {}
    for bit, name in enumerate(GROUPS):
        for word in CUES[name].words.split():
            target, key = (beginnings, word[:-1]) if word.endswith("*") else (words, word)
            target[key] = target.get(key, 0) | 1 << bit
    return words, tuple(beginnings.items())


@cache
def _beginnings() -> dict[str, list[tuple[str, int]]]:
    """Return the beginnings of words, with the bits of their cue groups, by their first three letters."""
    table: dict[str, list[tuple[str, int]]] = {}
    for beginning, bits in _cue_words()[1]:
        table.setdefault(beginning[:3], []).append((beginning, bits))
    return table
