"""Undo what print does to running text: pages with heads and numbers, and words cut at the ends of rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from winnow.read.lines.print_columns import one_by_one
from winnow.read.lines.wrapping import SOFT, ends_sentence

AGAIN = 0.3  # share of the pages that a running head stands on, at least
ROWS = 4  # rows of a running head and foot that stand at one edge, at most
CUT = 0.04  # share of long rows that end with a cut word where words are cut at all, at least
FEWEST = 3  # such rows, at least
LONG = 20  # characters of a long row
NUMBER = 40  # characters of a row with the number of a page, at most

_SOFT_END = re.compile(f"{SOFT}[ \t]*(?=[\r\n])")
_HYPHENS = ("-", "\u2010")
_CUT_ENDS = ("-\n", "-\r", "\u2010")
_CUT_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010]$")
_HYPHENED = re.compile(r"(?<![^\W\d_])(?=([^\W\d_]+-[^\W\d_]+))")
_REST = re.compile(r"\s*([^\W\d_]+)")
_FOOT = re.compile(
    r"(?m)^[ \t\f]*([^\s:]+://\S+)(?:[ \t]+|[ \t\r]*\n\s*)(\d{1,4})[ \t]?/[ \t]?(\d{1,4})[ \t\r]*(?=$|\f)"
)
_WORD = re.compile(r"\w")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*(?:[^\W\d_]{1,9}\.?\s)?\W*(?:#|[ivxlc]{1,7})\W*(?:(?:/|of|von|de|из|z)\s*#\W*)?")


def printed_feet(text: str) -> list[str]:
    """Return the addresses in the last rows of the pages of a text that a browser has printed; none for other texts.

    Each has the page's number and that of all (`1/3`) behind it or below it.
    """
    if "://" not in text or not ("1/" in text or "1 /" in text):
        return []
    found = [(address, int(page), int(count)) for address, page, count in _FOOT.findall(text)]
    is_counted = all((page, count) == (i, len(found)) for i, (_, page, count) in enumerate(found, 1))
    return [address for address, _, _ in found] if is_counted else []


def with_feeds(text: str) -> str:
    """Return a text that a browser has printed with form feeds behind its pages, where a program left them out."""
    is_cut = "\f" not in text and len(printed_feet(text)) > 1
    return _FOOT.sub("\\g<0>\n\f", text) if is_cut else text


def without_pages(text: str) -> tuple[str, bool]:
    """Return a text of pages as one text without running heads, numbers and columns, and whether it had columns.

    Form feeds stand between the pages.
    """
    pages = [page.splitlines() for page in text.split("\f") if page.strip()]
    for _ in range(ROWS if len(pages) > 1 else 0):
        for at in (0, -1):
            _drop_again(pages, at)
    whole: list[str] = []
    set_apart, has_columns = one_by_one(list(filter(None, pages)))
    for rows in set_apart:
        if whole and ends_sentence(whole[-1].rstrip()):
            whole.append("")
        whole += rows
    return "\n".join(whole), has_columns


def _drop_again(pages: list[list[str]], at: int) -> None:
    """Take the first or last row off the pages where it is a number, or stands on many pages, and rows without words.

    On the first page the title may stand where others have it for a head.
    """
    for page in pages:
        while page and not _WORD.search(page[at]):
            page.pop(at)
    edges = [_masked(page[at]) if page else "" for page in pages]
    counts = Counter(edges)
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        is_head = counts[edge] >= max(2, AGAIN * len(pages)) and (number or at)
        if edge and (is_head or (len(edge) <= NUMBER and _NUMBER.fullmatch(edge))):
            page.pop(at)


def _masked(row: str) -> str:
    return " ".join(_DIGITS.sub("#", row.lower()).split())


def with_soft_ends(text: str) -> str:
    """Return a text whose soft hyphens at ends of rows are hyphens, which no cleaning takes for invisible."""
    return _SOFT_END.sub(_HYPHENS[1], text) if SOFT in text else text


def may_have_cuts(text: str) -> bool:
    """Return whether a row of a text may end with a cut word: most texts are spared the search."""
    return any(map(text.__contains__, _CUT_ENDS))


def with_cuts(rows: Sequence[str]) -> Sequence[str]:
    """Return rows that end with a soft hyphen where a word was cut, if words of this text were cut at ends of rows.

    A hyphen that stands in the same word elsewhere is the word's own.
    """
    ends = [i for i, row in enumerate(rows[:-1]) if row.endswith(_HYPHENS)]
    cuts = {i: found for i in ends if (found := _cut(rows[i], rows[i + 1]))}
    is_soft = any(rows[i].endswith(_HYPHENS[1]) for i in cuts)
    if not is_soft and (
        len(cuts) < FEWEST or len(cuts) < CUT * sum(len(a) >= LONG and b.strip() != "" for a, b in pairwise(rows))
    ):
        return rows
    whole = set(_HYPHENED.findall("\n".join(rows).lower()))  # looked up, as a text may have very many cuts
    marked = list(rows)
    for i, (begin, rest) in cuts.items():
        if f"{begin}-{rest}".lower() not in whole:
            marked[i] = rows[i][:-1] + SOFT
    return marked


def _cut(row: str, following: str) -> tuple[str, str] | None:
    """Return the two parts of a word that was cut at the end of a row; None for other hyphens."""
    begin, rest = _CUT_WORD.search(row), _REST.match(following)
    is_cut = begin and rest and begin[1][-1].islower() and rest[1][0].islower()
    return (begin[1], rest[1]) if begin and rest and is_cut else None
