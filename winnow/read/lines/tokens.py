"""Cut lines into tokens, and look up what is known of each token: its hash, its cues, its kind of word."""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from winnow.read.lines.characters import WORD, Classes, Codes, per_line
from winnow.read.lines.cues import CUES, GROUPS, STOP
from winnow.read.lines.legal_words import may_speak
from winnow.read.lines.line import Line, is_glue, unglue
from winnow.text import HAN, MARKS, THAI

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Known = NDArray[np.uint64]

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
STOP_WORD, CONTENT, CAPITAL, SHORT, LONG, MONEY, SMALL_PRINT = 1, 2, 4, 8, 16, 32, 64
_CURRENCIES = frozenset(
    ("euro", "euros", "dollar", "dollars", "pound", "pounds", "EUR", "USD", "GBP", "CHF", "zł", "руб")
)


def cut(
    lines: Sequence[Line], first: Ints, text: str, codes: Codes, classes: Classes, glue: Bools
) -> tuple[list[str], Ints]:
    """Return all tokens of a page, and how many of them each line has.

    `text` holds the lines, each with its newline, beginning at `first`; `codes`, `classes` and `glue` (what `glued`
    returns) have one entry a character. Splitting at characters that belong to no word takes a third of the time of a
    search for words.
    """
    if _has_special(codes):
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


def _has_special(codes: Codes) -> bool:
    """Return whether a character stands among some for which it is not enough to cut at others."""
    return _SPECIAL.search(codes[codes >= _FIRST_SPECIAL].tobytes().decode("utf-32-le")) is not None


class _Lexicon(dict[str, int]):
    """Numbers of the tokens met lately, with what is known of each, and the number of its lower case, by number."""

    def __init__(self) -> None:
        super().__init__()
        self.known = array("Q")
        self.lower = array("Q")

    def forget(self) -> None:
        """Forget all tokens."""
        self.clear()
        del self.known[:], self.lower[:]

    def __missing__(self, token: str) -> int:
        lower = token.lower()
        rest = _flags(token, lower) | _cues(lower) << FLAG_BITS
        without_digits = lower if lower.isalpha() else _DIGIT.sub("0", lower)
        number = self[token] = len(self)
        self.known.append(token_hash(without_digits) | rest << HASH_BITS)
        self.lower.append(number)
        if lower != token:
            self.lower[number] = self[lower]
        return number


_lexicon = _Lexicon()


def look_up(tokens: Sequence[str]) -> tuple[Known, Ints]:
    """Return what is known of each token, and a number, the same for tokens that are equal in lower case.

    The numbers are others for the next tokens that are looked up: of all tokens met, `_REMEMBERED` are remembered.
    """
    if len(_lexicon) > _REMEMBERED:
        _lexicon.forget()
    numbers = np.fromiter(map(_lexicon.__getitem__, tokens), np.int64, len(tokens))
    known, lower = (np.frombuffer(values, np.uint64) for values in (_lexicon.known, _lexicon.lower))
    return known[numbers], lower[numbers].astype(np.int64)


def hashes(known: Known) -> NDArray[np.uint32]:
    """Return the hash of each token from what `look_up` returns of it first."""
    return known.astype(np.uint32)


def token_hash(token: str) -> int:
    """Return a hash of a token (CRC-32 of its UTF-8)."""
    return zlib.crc32(token.encode("utf-8", "replace"))


def _flags(token: str, lower: str) -> int:
    """Return the flags of a token, which is given in its own and in lower case."""
    flags = SHORT if len(lower) <= 5 else 0
    if len(token) > 2 and token[0].isupper():
        flags |= CAPITAL
    if token in _CURRENCIES:
        flags |= MONEY
    if may_speak(lower):
        flags |= SMALL_PRINT
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
