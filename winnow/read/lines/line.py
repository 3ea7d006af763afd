"""Lines: the units in which a page is judged.

A text page is split into `Line` objects here, and the block elements of an HTML page are turned into the same, so that
no other module of this folder knows where a line came from. Splitting also undoes what captures do to lines: control
characters, soft hyphens, list markers, and paragraphs wrapped at a fixed width.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from winnow.read.lines.link_numbers import without_addresses, without_numbers

PROSE = 8  # words of a line of running text, at least
MAX_GAP = 9  # blank lines
MAX_INDENT = 80  # columns
# Widths at which programs wrap prose; shorter is verse or a column, longer is no fixed width any more.
MIN_WIDTH, MAX_WIDTH = 50, 100
SLACK = 4  # columns that a row of Chinese or Japanese ends before the width: no row begins with a full stop

# Not allowed in XML, or invisible: C0 and C1 controls, lone surrogates, non-characters, soft hyphen, zero-width space,
# word joiner, byte order mark. ZWJ and ZWNJ stay: scripts and emoji need them.
_JUNK = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
_BULLET = re.compile(r"(?:[•◦▪▫‣⁃●○■□▶➤➔→✓✔✅★·*–—+\-]|o(?=\s+[A-Z*])|\\-)\s+")
# A zero-width joiner joins nothing beside ASCII or at an end.
_JOINER = re.compile("\u200d(?![^\x00-\x7f\\s])|(?<![^\x00-\x7f\\s])\u200d")
_WORD = re.compile(r"\w")
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")
_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
# A pattern that begins with a set of characters is searched for several times faster than one that looks back first.
_GLUE = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ](?<=[a-zà-öø-ÿа-яё].)(?=[a-zà-öø-ÿа-яё])")


Measure = Callable[[str], int]  # of a text's width


class Line(NamedTuple):
    """One block of text: a line of a capture, or a block element of an HTML page.

    `text` has single spaces and no list marker; `gap` counts the blank lines before the line, `indent` the columns that
    it is indented by; `bullet` holds the list marker that was removed ("" for none; numbers stay in the text).
    """

    text: str
    gap: int = 0
    indent: int = 0
    bullet: str = ""


def clean(text: str) -> str:
    """Return a text without characters that are invisible or not allowed in XML; newlines and spaces stay."""
    text = _JUNK.sub("", text)
    return _JOINER.sub("", text) if "\u200d" in text else text


def squeeze(text: str) -> str:
    """Return a text with every run of white space as one space, and none at its ends."""
    if text.isprintable() and "  " not in text:  # the only printable white space is the space
        return text.strip()
    return " ".join(text.split())


def unglue(text: str) -> str:
    """Return a text with a space where a capture glued two words: `keep readingShow` becomes `keep reading Show`."""
    return _GLUE.sub(r" \g<0>", text)


def is_glue(text: str, at: int) -> bool:
    """Return whether the character at place `at` begins a word that is glued to the one before."""
    return _GLUE.match(text, at) is not None


def split_lines(text: str) -> list[Line]:
    """Return the lines of a capture that hold at least one letter or digit, with hard-wrapped paragraphs joined.

    Numbers of links and the list of their addresses, as text browsers write them, are left out.
    """
    raw, listed = without_addresses(clean(text).expandtabs(4).splitlines())
    rows = next((list(_unwrap(raw, *found)) for found in _wrappings(raw)), raw)
    lines: list[Line] = []
    gap = 0
    for row in rows:
        stripped = without_numbers(row.strip(), listed)
        if not stripped:
            gap += 1
            continue
        if not _WORD.search(stripped):
            continue
        indent = len(row) - len(row.lstrip())
        marker = _BULLET.match(stripped)
        bullet = stripped[0] if marker else ""
        content = squeeze(stripped[marker.end() :] if marker else stripped)
        lines.append(Line(content, min(gap, MAX_GAP), min(indent, MAX_INDENT), bullet))
        gap = 0
    return lines


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
    lengths = [measure(row.rstrip()) for row in rows]
    total = sum(lengths)
    if not total or sum(n for n in lengths if n <= MAX_WIDTH) < 0.98 * total:
        return 0
    inner = [(a.rstrip(), b.strip()) for a, b in pairwise(rows) if a.strip() and b.strip()]
    wide = sorted(size for a, _ in inner if (size := measure(a)) >= 0.6 * MIN_WIDTH)
    if len(wide) < 6:
        return 0
    width = wide[min(len(wide) - 1, int(0.98 * len(wide)))]
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return 0
    full = sum(measure(a) for a, b in inner if _full(a, b, width, measure))
    near = sum(size for size in wide if size >= 0.6 * width)
    return width if full >= 0.8 * near and full >= 0.4 * total else 0


def _full(row: str, following: str, width: int, measure: Measure) -> bool:
    """Return whether a row was broken because the next row's first word did not fit."""
    size = measure(row)
    if _CJK.match(following):
        return size >= width - SLACK
    first = following.split(None, 1)[0]
    return size + 1 + measure(first) > width and size >= 0.6 * width


def _unwrap(rows: Sequence[str], width: int, measure: Measure) -> Iterator[str]:
    """Yield the rows with those joined that were hard-wrapped at a width; blank rows as empty strings."""
    paragraph, last = "", ""
    for row in rows:
        stripped = row.strip()
        goes_on = (
            bool(last.strip())
            and bool(stripped)
            and not _BULLET.match(stripped)
            and _full(last.rstrip(), stripped, width, measure)
        )
        if goes_on:
            glued = paragraph.endswith("-") or (_CJK.search(paragraph[-1:]) and _CJK.match(stripped))
            paragraph += stripped if glued else " " + stripped
        else:
            if last.strip():
                yield paragraph
            if not stripped:
                yield ""
            paragraph = row.rstrip()
        last = row
    if last.strip():
        yield paragraph
