"""Undo what programs do to rows of prose: they wrap it at a width, put blank rows between, or quote it in a reply."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

# Widths at which programs wrap prose. Shorter rows may be verse, and longer ones paragraphs of their own, unless most
# of them go on within a sentence.
USUAL = (50, 100)
WIDTHS = (USUAL, (24, 49), (101, 250))
LEAST, MANY = 3, 6  # rows that were wrapped, at least; and from which on they are proof enough
FLOW = 0.5  # share of the rows that go on which begin with a small letter, at least, where a width is not usual
FLOW_OF_FEW = 0.8  # the same where few rows were wrapped
CLOSE = 0.2  # share of the rows of a text with blank rows between that have none, such as those of a menu, at most
QUOTED = 0.6  # share of the rows of a quoted text that have the mark of a quotation, at least
SLACK = 4  # columns that a row of Chinese or Japanese ends before the width: no row begins with a full stop

BULLET = re.compile(r"(?:[•◦▪▫‣⁃●○■□▶➤➔→✓✔✅★·*–—+\-]|o(?=\s+[A-Z*])|\\-)\s+")
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")
_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
_QUOTING = re.compile(r" ?(?:>\s?)+")

Measure = Callable[[str], int]  # of a text's width


def unwrapped(rows: Sequence[str]) -> Sequence[str]:
    """Return rows with hard-wrapped paragraphs joined, and without marks of quotation; blank rows as empty strings."""
    rows = _without_quoting(rows)
    layouts = (rows, _single_spaced(rows))
    return next((list(_unwrap(each, *wrapping)) for each in layouts for wrapping in _wrappings(each)), rows)


def _without_quoting(rows: Sequence[str]) -> Sequence[str]:
    """Return the rows of a text that is quoted, as in a reply or a forwarded mail, without the marks of quotation."""
    quoted = sum(map(bool, map(_QUOTING.match, rows)))
    if not quoted or quoted < QUOTED * sum(map(bool, map(str.strip, rows))):
        return rows
    return [row[mark.end() :] if (mark := _QUOTING.match(row)) else row for row in rows]


def _single_spaced(rows: Sequence[str]) -> Sequence[str]:
    """Return rows of which nearly all are followed by a blank one, with one blank row fewer between them; else none."""
    blank = [not row.strip() for row in rows]
    if sum(not (a or b) for a, b in pairwise(blank)) > CLOSE * blank.count(False):
        return ()
    return [row for row, is_blank, before in zip(rows, blank, (True, *blank), strict=False) if not is_blank or before]


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for a character of Chinese, Japanese or Korean."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _wrappings(rows: Sequence[str]) -> Iterator[tuple[int, Measure]]:
    """Yield the widths at which rows were hard-wrapped, and in what they are measured: columns, or else characters."""
    for measure in (columns, len) if any(map(_WIDE.search, rows)) else (len,):
        width = wrap_width(rows, measure)
        if width:
            yield width, measure


def wrap_width(rows: Sequence[str], measure: Measure = len) -> int:
    """Return the width at which the rows were hard-wrapped, 0 where they were not.

    Wrapped prose stands nearly all in rows of similar length, and the first word of each next row would not have fitted
    into the one before.
    """
    sizes = [measure(row.rstrip()) for row in rows]
    pairs = [(a.rstrip(), b.strip()) for a, b in pairwise(rows) if a.strip() and b.strip()]
    if len(pairs) < LEAST:
        return 0
    return next((width for least, most in WIDTHS if (width := _width(sizes, pairs, least, most, measure))), 0)


def _width(sizes: Sequence[int], pairs: Sequence[tuple[str, str]], least: int, most: int, measure: Measure) -> int:
    """Return the width of rows, given by their sizes and in pairs, if it is one from `least` to `most`; else 0."""
    total = sum(sizes)
    if sum(size for size in sizes if size <= most) < 0.98 * total:
        return 0
    wide = sorted(size for a, _ in pairs if (size := measure(a)) >= 0.6 * least)
    if len(wide) < LEAST:
        return 0
    width = wide[min(len(wide) - 1, int(0.98 * len(wide)))]
    if not least <= width <= most:
        return 0
    full = [(a, b) for a, b in pairs if _full(a, b, width, measure)]
    size = sum(measure(a) for a, _ in full)
    if size < 0.8 * sum(size for size in wide if size >= 0.6 * width) or size < 0.4 * total:
        return 0
    least_flow = FLOW_OF_FEW if len(wide) < MANY else 0.0 if (least, most) == USUAL else FLOW
    return width if flow([b for _, b in full]) >= least_flow else 0


def flow(rows: Sequence[str]) -> float:
    """Return the share of rows that go on within a sentence, as far as their script has small letters.

    Rows that all begin with a time or a number go on with nothing.
    """
    small, capital = (sum(is_so(row[:1]) for row in rows) for is_so in (str.islower, str.isupper))
    return small / (small + capital) if capital else float(any(row[:1].isalpha() for row in rows))


def _full(row: str, following: str, width: int, measure: Measure) -> bool:
    """Return whether a row was broken because the next row's first word did not fit."""
    size = measure(row)
    if _CJK.match(following):
        return size >= width - SLACK
    first = following.split(None, 1)[0]
    return size + 1 + measure(first) > width and size >= 0.6 * width


def joined(text: str, row: str) -> str:
    """Return a text with the row that goes on with it: no space stands in Chinese and Japanese, or behind a hyphen."""
    glued = text.endswith("-") or (_CJK.search(text[-1:]) and _CJK.match(row))
    return text + row if glued else f"{text} {row}"


def _unwrap(rows: Sequence[str], width: int, measure: Measure) -> Iterator[str]:
    """Yield the rows with those joined that were hard-wrapped at a width; blank rows as empty strings."""
    paragraph, last = "", ""
    for row in rows:
        stripped = row.strip()
        goes_on = (
            bool(last.strip())
            and bool(stripped)
            and not BULLET.match(stripped)
            and _full(last.rstrip(), stripped, width, measure)
        )
        if goes_on:
            paragraph = joined(paragraph, stripped)
        else:
            if last.strip():
                yield paragraph
            if not stripped:
                yield ""
            paragraph = row.rstrip()
        last = row
    if last.strip():
        yield paragraph
