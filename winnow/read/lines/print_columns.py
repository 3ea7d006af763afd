"""Undo the columns of print: text that programs set side by side, as `pdftotext -layout` does, is read one by one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from winnow.read.lines.wrapping import CELLS, columns, ends_sentence, flow, has_cells

FEWEST = 8  # rows with wide spaces, and rows of a column, at least
AT_ONE = 4  # of them that begin at one place, at least: items of lists are set in
APART = 12  # characters between the beginnings of two columns, at least
SHARE = 0.2  # of all rows of a page that a column behind the first has, at least
ACROSS = 0.35  # rows that go across the place where a column begins, for each row of the column, at most
WORDS = 3  # of a row of a column, in the mean, at least: cells of tables have fewer
WORD = 6  # columns that count as a word where words are not divided
JUSTIFIED = 3  # wide spaces in a row that has no others, at least, where they set it to the width of its column
GOING_ON = 0.15  # share of a column's rows that begin with a small letter, times that of those that end no sentence

_NARROW = re.compile(r"(?<=\S) (?=\S)")
_BEGIN = re.compile(r"(?:^|(?<=\S)) {2,}(?=\S)")


def may_have_columns(text: str) -> bool:
    """Return whether enough rows of a text have wide spaces in them: most texts are spared the search."""
    return text.count(CELLS) >= FEWEST and sum(map(has_cells, text.splitlines())) >= FEWEST


def one_by_one(pages: Sequence[Sequence[str]]) -> tuple[list[Sequence[str]], bool]:
    """Return the rows of each page with its columns one below the other, and whether there are any."""
    usual = _begins([row for page in pages for row in page])
    begins = [_begins(page) or usual for page in pages]
    return [_apart(page, at) if at else page for page, at in zip(pages, begins, strict=True)], any(begins)


def _begins(rows: Sequence[str]) -> list[int]:
    """Return the places in rows of prose at which columns behind the first begin; none where they have no columns."""
    counts = Counter(found.end() for row in rows for found in _BEGIN.finditer(row))
    least = max(FEWEST, SHARE * sum(map(bool, map(str.strip, rows))))
    begins: list[int] = []
    for place in sorted(place for place, count in counts.items() if count >= AT_ONE):
        gaps = [row[place - 2 : place] for row in rows if len(row) > place]
        behind = gaps.count("  ")
        across = len(gaps) - behind
        if place - (begins[-1] if begins else 0) >= APART and behind >= least and across <= ACROSS * behind:
            begins.append(place)
    if not begins:
        return []
    parts = [list(_cut(row, begins)) for row in rows if not any(_crosses(row, each) for each in begins)]
    return begins if all(map(_is_prose, zip(*parts, strict=True))) else []


def _crosses(row: str, begin: int) -> bool:
    """Return whether a row goes on across the place where a column begins."""
    return len(row) > begin and row[begin - 2 : begin] != "  "


def _cut(row: str, begins: Sequence[int]) -> Iterator[str]:
    """Yield the text of each column in a row."""
    for begin, end in pairwise((0, *begins, len(row) + begins[-1])):
        text = row[begin:end].strip()
        is_justified = text.count("  ") >= JUSTIFIED and not _NARROW.search(text)
        yield " ".join(text.split()) if is_justified else text


def _apart(rows: Sequence[str], begins: Sequence[int]) -> list[str]:
    """Return the rows of a page with each column below the one before.

    A row that goes across the columns divides what is above it from what is below it.
    """
    out: list[str] = []
    beside: list[list[str]] = []
    for row in rows:
        if any(_crosses(row, begin) for begin in begins):
            out += [*_below(beside), row]
            beside = []
        else:
            beside.append(list(_cut(row, begins)))
    return out + _below(beside)


def _is_prose(column: Sequence[str]) -> bool:
    rows = [row for row in column if row]
    words = sum(max(len(row.split()), columns(row) // WORD) for row in rows)
    unended = sum(not ends_sentence(row) for row in rows)
    is_long = len(rows) >= FEWEST and words >= WORDS * len(rows)
    return is_long and flow(rows) * unended >= GOING_ON * len(rows)


def _below(beside: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows of columns one below the other, without blank ones where a column ends within a sentence."""
    out: list[str] = []
    for column in zip(*beside, strict=True):
        rows = list(_spaced(column))
        out += [""] if out and rows and ends_sentence(out[-1]) else []
        out += rows
    return out


def _spaced(column: Sequence[str]) -> Iterator[str]:
    """Yield the rows of a column, with a blank one where more of them stand between two than usual.

    Where the rows of columns do not stand at the same height, each has a blank one beside the other's.
    """
    at = [i for i, row in enumerate(column) if row]
    gaps = [b - a for a, b in pairwise(at)]
    usual = Counter(gaps).most_common(1)[0][0] if gaps else 1
    for i, gap in zip(at, (0, *gaps), strict=False):
        if gap > usual:
            yield ""
        yield column[i]
