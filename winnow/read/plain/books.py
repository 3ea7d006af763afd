"""Books of Project Gutenberg as plain text: what the file says about the book, and the book without its terms."""

from __future__ import annotations

import re

from winnow.items import Metadata

HEAD = 20_000  # characters at the beginning of a file in which the book begins, at most

_NAME = "PROJECT GUTENBERG"
_EDGE = rf"^[ \t]*\*\*\*[ \t]*%s OF (?:TH(?:E|IS) )?{_NAME} EBOOK\b[^*]{{0,1000}}\*\*\*[ \t\r]*$"
_START, _END = (re.compile(_EDGE % word, re.M | re.I) for word in ("START", "END"))
_FIELD = re.compile(r"^(Title|Author):[ \t]+(\S.*(?:\n[ \t]+\S.*)*)", re.M)


def split_book(text: str) -> tuple[Metadata, str] | None:
    """Return what a file of Project Gutenberg says about its book, and the book's text; None for other files.

    The day on which the file was released is not that of the book.
    """
    if _NAME not in text[:HEAD].upper() or not (start := _START.search(text, 0, HEAD)):
        return None
    end = _END.search(text, start.end())
    said = [
        (name, " ".join(row.split()))
        for name, rows in _FIELD.findall(text[: start.start()])
        for row in rows.splitlines()
    ]
    title = " ".join(row for name, row in said if name == "Title")
    authors = "; ".join(row for name, row in said if name == "Author")  # one in each row
    stated = Metadata(title=title or None, author=authors or None)
    return stated, text[start.end() : end.start() if end else None].strip("\r\n")
