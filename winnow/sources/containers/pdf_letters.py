"""The letters of a PDF's line as they are read, where its text layer has them twice or from left to right."""

from __future__ import annotations

import importlib
import re
from itertools import pairwise
from typing import Any

_TWICE = re.compile(r"(\w)\1\s?(\w)\2")
_SAME = 0.2  # share of a letter's width by which its shadow, or the stroke that makes it bold, is beside it at most
_LETTERS = "\u0590-\u05ff\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_WORD = re.compile(rf"[{_LETTERS}]{{2,}}")
_END = re.compile(rf"[.:!…،؛؟]+(?=\s*[{_LETTERS}])")
_MARKS = re.compile(r"([\u064b-\u065f\u0670]+)(\w)")  # a mark stands behind its letter


def as_read(layer: Any, begin: int, line: str) -> str:
    """Return a line of a text layer, which begins at a place of its text, in the order and the number that is read.

    A browser prints letters with a shadow twice; PDFium gives words of joined letters in the order of their places, and
    the end of a line that runs from the right at its beginning.
    """
    if _TWICE.search(line):
        return _once(layer, begin, line)
    if not _WORD.search(line):
        return line
    text = _WORD.sub(lambda word: _from_right(layer, begin, word), line)
    end = _END.match(text)
    return text[end.end() :] + end[0] if end else text


def place(layer: Any, at: int, loose: bool = False) -> tuple[float, float, float, float]:
    """Return the left, bottom, right and top of the letter at a place of a layer's text, which lacks some letters."""
    raw = importlib.import_module("pypdfium2.raw")
    index = raw.FPDFText_GetCharIndexFromTextIndex(layer, at)
    left, bottom, right, top = layer.get_charbox(max(index, 0), loose=loose)
    return left, bottom, right, top


def _once(layer: Any, begin: int, line: str) -> str:
    """Return a line without the letters that stand where the same letter stands."""
    places = [place(layer, begin + at) for at in range(len(line))]
    return line[:1] + "".join(
        letter
        for at, letter in enumerate(line[1:], 1)
        if letter != line[at - 1] or letter.isspace() or not _is_one(places[at - 1], places[at])
    )


def _is_one(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Return whether two letters begin and end at one place of a line."""
    near = _SAME * (other[2] - other[0])
    return near > 0 and abs(one[0] - other[0]) <= near and abs(one[2] - other[2]) <= near


def _from_right(layer: Any, begin: int, word: re.Match[str]) -> str:
    """Return a word, turned round where its letters stand from left to right."""
    lefts = [place(layer, begin + at)[0] for at in range(*word.span())]
    steps = sum(one < two for one, two in pairwise(lefts))  # some places are told in other measures than most
    return _MARKS.sub(r"\2\1", word[0][::-1]) if 2 * steps > len(lefts) - 1 else word[0]
