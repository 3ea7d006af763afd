"""Undo the numbering of rows: `cat -n`, listings, transcripts and drafts of laws count rows, or every fifth of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from winnow.read.lines.wrapping import unwrapped

FEWEST = 8  # numbered rows; and of every fifth or tenth row
FEWEST_OF_STEPS = 3
MOST = 0.95  # share of the rows, or of the numbers, that must be so
STEPS = (5, 10)
MARGIN = 2  # columns that rows without a number are indented by, at least, where only some have one

_NUMBER = re.compile(r"\s*(\d{1,6})(?:[:|] ?|\s|$)")


def without_row_numbers(rows: Sequence[str]) -> Sequence[str]:
    """Return rows without their numbers; the same rows where they are not counted, or hold no wrapped prose."""
    found = {i: mark for i, row in enumerate(rows) if (mark := _NUMBER.match(row))}
    if len(found) < FEWEST_OF_STEPS:
        return rows
    numbers = {i: int(mark[1]) for i, mark in found.items()}
    if not (_are_counted(rows, numbers) or _are_stepped(rows, numbers)):
        return rows
    bare = [" " * mark.end() + row[mark.end() :] if (mark := found.get(i)) else row for i, row in enumerate(rows)]
    return bare if unwrapped(bare) is not bare else rows


def _are_counted(rows: Sequence[str], numbers: dict[int, int]) -> bool:
    """Return whether nearly all rows are numbered one after the other, from 1 again on each page."""
    filled = sum(bool(row.strip()) for row in rows)
    in_turn = sum(b in (a + 1, 1) for a, b in pairwise(numbers.values()))
    return len(numbers) >= max(FEWEST, MOST * filled) and in_turn >= MOST * (len(numbers) - 1)


def _are_stepped(rows: Sequence[str], numbers: dict[int, int]) -> bool:
    """Return whether every fifth or tenth row is numbered, and the others are set in as far."""
    values = list(numbers.values())
    step = values[0]
    if step not in STEPS or values != list(range(step, step * (len(values) + 1), step)):
        return False
    others = (row for i, row in enumerate(rows) if i not in numbers and row.strip())
    is_set_in = all(len(row) - len(row.lstrip()) >= MARGIN for row in others)
    return is_set_in and all(b - a >= step for a, b in pairwise(numbers))
