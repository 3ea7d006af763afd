"""Undo rows for each piece of a paragraph: Beautiful Soup ends a row before and behind every link and emphasis."""

from __future__ import annotations

import re
from collections.abc import Sequence

from winnow.read.lines.wrapping import columns, ends_sentence

LONG = 30  # columns of a piece that may go on, at least
FEWEST = 3  # rows that begin as only a piece does, at least, where other rows than blank ones prevail
LOOSE, MOST = 1 / 3, 2 / 3  # share of the rows that are blank, from which on a capture may have, and has such rows
_GOES_ON = re.compile(r"\s?[,.;)\]»”’，。、；）」』](?=\s|$|[\u3000-\u9fff])")


def without_pieces(rows: Sequence[str]) -> Sequence[str]:
    """Return rows with the pieces of paragraphs joined; the same rows where nothing tells that there are some.

    A piece begins or ends with the space between words, or begins with a mark that ends a word. Where a capture has no
    blank row, or mostly such, a small letter behind an unended row says so, too.
    """
    blank = sum(not row.strip() for row in rows)
    is_loose = blank >= LOOSE * len(rows)
    is_so_surely = blank >= MOST * len(rows)
    if not (is_loose or not blank) or not (is_so_surely or sum(bool(_GOES_ON.match(row)) for row in rows) >= FEWEST):
        return rows
    joined: list[str] = []
    for row in rows:
        before = joined[-1] if joined else ""
        if row == " " and is_loose and before.strip():
            joined[-1] = f"{before.rstrip()} "
        elif row.strip() and before.strip() and _is_piece(before, row, is_loose):
            joined[-1] = _together(before, row)
        else:
            joined.append(row)
    return joined


def _is_piece(before: str, row: str, is_loose: bool) -> bool:
    """Return whether a row goes on with the paragraph of the row before it."""
    is_set_apart = is_loose and (before[-2:-1] != " " == before[-1] or row[1:2] != " " == row[0])
    if is_set_apart or _GOES_ON.match(row):
        return True
    is_going_on = row[0].islower() and columns(before) >= LONG and not ends_sentence(before.rstrip())
    return is_going_on and (columns(row) >= LONG or ends_sentence(row.rstrip()))


def _together(before: str, row: str) -> str:
    """Return two pieces as one; no space stands before a mark."""
    between = "" if _GOES_ON.match(row) else " "
    return f"{before.rstrip()}{between}{row.lstrip()}"
