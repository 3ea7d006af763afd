"""PDF: the text layer of a print, as one page of plain text. pypdfium2 reads it, with the engine of Chromium."""

from __future__ import annotations

import contextlib
import importlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedIOBase
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from winnow.items import TEXT, Page, Reason, Rejection
from winnow.sources.containers.pdf_letters import as_read, place
from winnow.sources.containers.records import ContainerOptions, Item, Place, Record, Unreadable, too_large, whole
from winnow.sources.containers.stated import address, facts
from winnow.times import moment

_MAX_PAGES = 2000
_DATE = re.compile(r"D:(\d{14})([+-]\d\d)?'?(\d\d)?")
_DIGITS = re.compile(r"\d+")
_FOOTER = re.compile(r"(\w+://[^\s…]+)\s+\d+\s*/\s*\d+$")  # of a browser's print
_NAME = 4  # characters of the shortest name that is not in every text by chance
_DAY = re.compile(r"\d+[./-] ?\d+[./-]")  # begins a browser's header, or ends one that runs from the right
_JOINED = re.compile("\ufffe(?=[a-zß-öø-ÿа-я])")  # PDFium's sign for a hyphen at the end of a line
_ENDS = (".", "!", "?", "。", "”", "»")
_GAP = 1.25  # times the usual distance of two lines, from which on a new paragraph begins
_GROWN = 1.15  # times the height of a line, from which on the next is of another kind
_HYPHEN = re.compile(r"(?<=[^\W\d_])-$")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    bottom: float
    height: float
    column: float | None = None  # where a column of vertical writing stands, from the left


def read_pdf(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the text of a PDF as one page; a PDF that has none, as a scan, is a page that is rejected.

    Raises `Unreadable` for a file that is damaged or encrypted, and without pypdfium2.
    """
    try:
        pdfium: Any = importlib.import_module("pypdfium2")
    except ImportError:
        raise Unreadable("a PDF, which needs pypdfium2 (the extra pdf): pip install pypdfium2") from None
    raw = whole(file, options.max_bytes, "a PDF")
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise Unreadable(f"a PDF that cannot be opened: {error}") from None
    pages: list[list[_Line]] = []
    try:
        for number in range(min(len(document), _MAX_PAGES)):
            with contextlib.suppress(pdfium.PdfiumError):  # a damaged page costs no other
                pages.append(list(_from_the_right(_lines(document[number]))))
        yield _record(document.get_metadata_dict(), pages, options.max_bytes)
    finally:
        document.close()


def _record(said: dict[str, str], pages: list[list[_Line]], limit: int) -> Record:
    lines, url = _without_margins(pages)
    text = _paragraphs(lines)
    # Programs write a file's or a user's name for a title and an author; what the text says too is none of these.
    stated = facts(
        **{name.lower(): value for name in ("Title", "Author") if (value := said.get(name)) and value in text}
    )
    page = Page("1", url=url, captured=_time(said.get("CreationDate")), stated=stated)
    body = text.encode("utf-8", "replace")
    if not body.strip():
        problem = Rejection(Reason.NO_ARTICLE, "a PDF without a text layer: its pages are pictures")
        return Record(replace(page, problem=problem))
    if len(body) > limit:
        return too_large(page, limit)
    return Record(replace(page, body=body, media_type=TEXT, charset="utf-8"))


def _without_margins(pages: list[list[_Line]]) -> tuple[list[_Line], str | None]:
    """Return the lines without what browsers and word processors print above and below, and an address in that.

    Such lines are the highest or the lowest of most pages, apart from their digits; a browser's footer is told by its
    address, its header by the day.
    """
    ends = [[min(page, key=_bottom), max(page, key=_bottom)] for page in pages if page]
    shown = Counter(signs for pair in ends for signs in set(map(_signs, pair)))
    margins = {signs for signs, count in shown.items() if count > max(1, len(pages) / 2)}
    footers = [(found, pair) for pair in ends if (found := _FOOTER.match(pair[0].text))]
    margins |= {
        _signs(line) for _, (low, high) in footers for line in (low, high) if line is low or _DAY.search(line.text)
    }
    kept = [line for page in pages for line in page if _signs(line) not in margins]
    return kept, next((url for found, _ in footers if (url := address(found[1]))), None)


def _bottom(line: _Line) -> float:
    return line.bottom


def _signs(line: _Line) -> tuple[str, int]:
    """Return the text of a line without its digits, and the height at which it stands."""
    return _DIGITS.sub("", line.text), round(line.bottom)


def _time(value: object) -> str | None:
    """Return a PDF's time (ISO 32000, 7.9.4) as ISO 8601 in UTC."""
    found = _DATE.match(value) if isinstance(value, str) else None
    if not found:
        return None
    digits, hours, minutes = found.groups()
    clock = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:]}"
    return moment(f"{clock}{hours or '+00'}:{minutes or '00'}")


def _lines(page: Any) -> Iterator[_Line]:
    """Yield the lines of a page in the order of its text layer, with the place of each line's first character."""
    layer = page.get_textpage()
    begin = 0
    for line in layer.get_text_range().split("\r\n"):
        text = " ".join(_JOINED.sub("", as_read(layer, begin, line)).replace("\ufffe", "-").split())
        if text:
            at = begin + len(line) - len(line.lstrip())
            left, bottom, right, top = place(layer, at, loose=True)
            beside, _, _, below = place(layer, at + 1, loose=True)
            runs_down = len(text) > 1 and below <= (top + bottom) / 2 and beside < right
            yield _Line(text, bottom, top - bottom, left if runs_down else None)
        begin += len(line) + 2


def _from_the_right(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Yield the lines with columns of vertical writing from right to left.

    PDFium sorts those that begin at one height from left to right, as it does with the words of a line.
    """
    for _, columns in groupby(lines, lambda line: None if line.column is None else round(line.bottom)):
        yield from sorted(columns, key=lambda line: -(line.column or 0))  # other lines stay in their order


def _paragraphs(lines: list[_Line]) -> str:
    """Return the lines as paragraphs: a new one begins behind a gap, and where the letters grow or shrink."""
    usual = _usual_distance(lines)
    text = lines[0].text if lines else ""
    for one, two in pairwise(lines):
        distance = one.bottom - two.bottom
        low, high = sorted((one.height, two.height))
        is_next_page = distance <= 0 and one.text.endswith(_ENDS)
        if distance > _GAP * usual * one.height or high > _GROWN * low or is_next_page:
            text += "\n\n" + two.text
        elif _HYPHEN.search(text) and two.text[:1].islower():
            text = text[:-1] + two.text
        else:
            text += ("" if _UNSPACED.search(text) else " ") + two.text
    return text


def _usual_distance(lines: list[_Line]) -> float:
    """Return how far apart a paragraph's lines are, in heights of a line: as far as a full line is from the next."""
    full = 0.8 * max((len(line.text) for line in lines), default=0)
    pairs = [(one, one.bottom - two.bottom) for one, two in pairwise(lines) if len(one.text) >= full]
    return median([distance / one.height for one, distance in pairs if distance > 0 and one.height] or [1.0])
