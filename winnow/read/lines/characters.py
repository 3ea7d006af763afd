"""The classes of each character of a page (letter, digit, space, closing quote, …), one bit a class."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Classes = NDArray[np.uint16]

WORD, UPPER, DIGIT, PUNCT, ALPHA, LOWER, END, COMMA, BAR, ARROW, QUOTE, COLON, SPACE, QUESTION, CLOSE, WIDE = (
    1 << bit for bit in range(16)
)
ENDS = ".!?。！？…؟।۔։።។။｡．"  # marks that end a sentence, in all scripts
CLOSES = "\"”’')]»」』"  # marks that may follow these
_CHARS = {
    END: ENDS,
    COMMA: ",，、、;；",
    BAR: "|·/•¦",
    ARROW: "›»→▸>←«<‹",
    QUOTE: '"“”„«»‘’『』「」',
    COLON: ":：",
    QUESTION: "?？؟",
    CLOSE: CLOSES,
    WIDE: "。！？｡．",
}


def codes_of(text: str) -> Codes:
    """Return the code point of each character; a lone surrogate counts as a question mark."""
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)


def classes_of(codes: Codes) -> Classes:
    """Return the class bits of each code point; characters beyond the basic plane (U+FFFF) have none."""
    return _table().take(codes, mode="clip")


@cache
def _table() -> Classes:
    """Return the class bits of every character of the basic plane, by code point."""
    table = np.zeros(0x10000, np.uint16)
    table[0x3040:0xD7B0] = table[0xF900:0xFB00] = WORD | ALPHA
    for code in (*range(0x3041), *range(0xFB00, 0xFFFE)):
        char = chr(code)
        is_mark = unicodedata.category(char)[0] == "M"  # accents and vowel signs are part of their word
        bits = WORD if char.isalnum() or char == "_" or is_mark else 0
        bits |= ALPHA if char.isalpha() or is_mark else 0
        bits |= UPPER if char.isupper() else 0
        bits |= LOWER if char.islower() else 0
        bits |= DIGIT if char.isdigit() else 0
        bits |= SPACE if char.isspace() else 0
        table[code] = bits | (PUNCT if not bits & (WORD | SPACE) else 0)
    for bit, chars in _CHARS.items():
        for char in chars:
            table[ord(char)] |= bit
    return table


def glued(classes: Classes) -> NDArray[np.bool_]:
    """Return a flag for each character: whether a capital between two small letters follows (`g` in `readingShow`).

    A capture may have glued two words there.
    """
    out = np.zeros(len(classes), np.bool_)
    out[:-2] = (classes[:-2] & LOWER > 0) & (classes[1:-1] & UPPER > 0) & (classes[2:] & LOWER > 0)
    return out


def per_line(flags: NDArray[np.bool_], first: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how many flagged characters each line has, its newline included.

    `flags` has one entry a character, `first` the place of each line's first character.
    """
    if not len(first):
        return np.zeros(0, np.float32)
    return np.add.reduceat(flags.view(np.uint8), first, dtype=np.uint32).astype(np.float32)
