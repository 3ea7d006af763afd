"""A long page is judged piece by piece: what the model has learnt of whole pages holds for pieces of a page's size."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from winnow.read.lines.features_line import Columns
from winnow.read.lines.views import Floats, View, view

MAX_LINES = 100_000  # lines of a page that are read
WHOLE = 8_000  # words of an HTML page that is judged as one; hardly any page that the models learnt from has more
# The same of a capture: without boxes, the comments below a short article look like an article in a piece of their own.
WHOLE_CAPTURE = 15_000
PIECE = 6_000  # words of a piece, about
AROUND = 20  # lines before and behind a piece that are judged with it


class Piece(NamedTuple):
    """The lines `begin` to `end` of a page, judged among the lines `low` to `high`; ends are excluded."""

    low: int
    begin: int
    end: int
    high: int

    @property
    def judged(self) -> slice:
        """Return the lines of the page that are judged together."""
        return slice(self.low, self.high)

    @property
    def inner(self) -> slice:
        """Return which of the lines that are judged together are the piece's own."""
        return slice(self.begin - self.low, self.end - self.low)


def pieces(page: View, whole: int = WHOLE) -> list[tuple[Piece, View]]:
    """Return the pieces in which a page is judged, each with the lines that are judged; `whole` words are one piece."""
    lines, total = len(page), float(page.words.sum())
    if total <= whole:
        return [(Piece(0, 0, lines, lines), page)]
    count = round(total / PIECE)
    cuts = np.searchsorted(np.cumsum(page.words), total * np.arange(1, count) / count) + 1
    edges = [0, *np.unique(cuts[cuts < lines]).tolist(), lines]
    found = [Piece(max(a - AROUND, 0), a, b, min(b + AROUND, lines)) for a, b in pairwise(edges)]
    return [(piece, view(page.lines[piece.judged])) for piece in found]


def join(parts: Sequence[Piece], values: Sequence[Floats]) -> Floats:
    """Return a value for each line of a page from the values of the lines that were judged in each piece."""
    if len(parts) == 1:
        return values[0]
    return np.concatenate([value[part.inner] for part, value in zip(parts, values, strict=True)])


def join_columns(parts: Sequence[Piece], columns: Sequence[Columns]) -> Columns:
    """Return the columns of a page from those of its pieces."""
    if len(parts) == 1:
        return columns[0]
    return {name: join(parts, [each[name] for each in columns]) for name in columns[0]}
