"""Show what became of every line of a page, in a hundred columns and safe for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from winnow.items import Article, Rejection
from winnow.text import one_line

if TYPE_CHECKING:  # the module imports what reads HTML
    from winnow.read.account import LineAccount, PageAccount

WIDTH = 100  # columns of a terminal
_LEAD = 41  # columns before a line's text


def page_lines(page: PageAccount) -> Iterator[str]:
    """Yield a row for each line, then the number of lines by reason, what the page states, and the verdict."""
    if page.lines:
        yield f"{'line':>5} {'first':>5} {'then':>5} + {'why':20s} text"
        for number, line in enumerate(page.lines, 1):
            yield f"{number:5d} {_lead(line)} {fit(line.text, WIDTH - _LEAD)}".rstrip()
        yield ""
        for (why, step), count in Counter((line.why, line.step) for line in page.lines).most_common():
            yield f"{count:5d} {why}" + (f" ({step})" if step else "")
        yield ""
    yield from _verdict(page)


def fit(text: str, width: int) -> str:
    """Return as much of a text as fits into `width` columns, without characters that could steer a terminal."""
    shown = "".join(filter(str.isprintable, " ".join(text.split())))
    if sum(map(_columns, shown)) <= width:
        return shown
    left = width - 1

    def has_room(char: str) -> bool:
        nonlocal left
        left -= _columns(char)
        return left >= 0

    return "".join(takewhile(has_room, shown)) + "…"


def _columns(char: str) -> int:
    return 0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1


def _lead(line: LineAccount) -> str:
    second = "" if line.second is None else f"{line.second:.2f}"
    return f"{line.first:5.2f} {second:>5} {'+' if line.is_kept else '-'} {line.why:20s}"


def _verdict(page: PageAccount) -> Iterator[str]:
    reading = page.reading
    kind = " ".join(filter(None, (reading.media_type, reading.encoding)))
    if kind:
        yield f"read as   {fit(kind, WIDTH - 10)}"
    if reading.article and reading.fingerprint:
        yield from _stated(reading.article)
        yield f"verdict   an article of {reading.fingerprint.word_count} words"
    elif reading.rejection:
        yield f"verdict   {_rejected(reading.rejection)}"


def _stated(article: Article) -> Iterator[str]:
    for name in ("title", "author", "date"):
        yield f"{name:9s} {fit(getattr(article, name) or '(none found)', WIDTH - 10)}"


def _rejected(rejection: Rejection) -> str:
    return f"{rejection.reason}: {fit(one_line(rejection.detail), WIDTH - 12 - len(rejection.reason))}"
