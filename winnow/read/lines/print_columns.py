"""Undo the columns of print: text that programs set side by side, as `pdftotext -layout` does, is read one by one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from winnow.read.lines.wrapping import CELLS, ends_sentence, flow, has_cells

FEWEST = 8  # rows with text in both columns, at least
SHARE = 0.4  # of all rows of a page, at least
WORDS = 3  # of a row of a column, in the mean, at least: cells of tables have fewer
GOING_ON = 0.5  # share of a column's rows that begin with a small letter, and of those that end no sentence, at least

_SECOND = re.compile(r"\S {2,}(?=\S)")


def may_have_columns(text: str) -> bool:
    """Return whether enough rows of a text have wide spaces in them: most texts are spared the search."""
    return text.count(CELLS) >= FEWEST and sum(map(has_cells, text.splitlines())) >= FEWEST


def one_by_one(pages: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return the rows of each page with its second column below the first; pages without columns as given."""
    usual = _second([row for page in pages for row in page])
    return [_apart(page, begin) if (begin := _second(page) or usual) else page for page in pages]


def _second(rows: Sequence[str]) -> int:
    """Return the place in rows of prose at which a second column begins, 0 where they have none."""
    least = max(FEWEST, SHARE * sum(map(bool, map(str.strip, rows))))
    wide = list(filter(has_cells, rows))
    if len(wide) < least:
        return 0
    begins = Counter(found[0].end() for row in wide if len(found := list(_SECOND.finditer(row))) == 1)
    begin, count = begins.most_common(1)[0] if begins else (0, 0)
    if count < least:
        return 0
    both = [(row[:begin], row[begin:]) for row in rows if _is_apart(row, begin) and row[:begin].strip()]
    columns = ([each.strip() for each in column if each.strip()] for column in zip(*both, strict=True))
    return begin if all(map(_is_prose, columns)) else 0


def _apart(rows: Sequence[str], begin: int) -> list[str]:
    """Return the rows of a page with the column that begins at a place below the other one.

    A row that goes across both columns divides what is above it from what is below it.
    """
    out: list[str] = []
    left: list[str] = []
    right: list[str] = []
    for row in rows:
        if _is_apart(row, begin) or len(row) < begin:
            left.append(row[:begin].rstrip())
            right.append(row[begin:])
        else:
            out += [*_below(left, right), row]
            left, right = [], []
    return out + _below(left, right)


def _is_apart(row: str, begin: int) -> bool:
    """Return whether nothing of a row stands right before the place where the second column begins, but more behind."""
    return len(row) > begin and row[begin - 2 : begin] == "  "


def _is_prose(rows: Sequence[str]) -> bool:
    words = sum(len(row.split()) for row in rows)
    unended = sum(not ends_sentence(row) for row in rows)
    return words >= WORDS * len(rows) and flow(rows) >= GOING_ON and unended >= GOING_ON * len(rows)


def _below(left: list[str], right: list[str]) -> list[str]:
    """Return the rows of two columns, without blank ones where the first ends within a sentence."""
    while left and not left[-1].strip():
        left = left[:-1]
    while right and not right[0].strip():
        right = right[1:]
    between = [""] if left and ends_sentence(left[-1].rstrip()) else []
    return [*left, *between, *right]
