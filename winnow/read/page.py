"""Read one page by itself: load, decode, extract, fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from winnow.files import load
from winnow.fingerprint import fingerprint
from winnow.items import MAX_PAGE_BYTES, Page, Reason, Rejection
from winnow.read.decode import decode
from winnow.read.extract import extract
from winnow.read.lines.steps import Trace
from winnow.read.saved import saved
from winnow.reading import Reading
from winnow.told_beside import NOTHING, FolderFiles, Told, told_beside

MIN_WORDS = 20  # fewer words are a caption, a notice or a slogan


def read_page(
    page: Page,
    max_bytes: int = MAX_PAGE_BYTES,
    is_known: Callable[[Page, str], bool] = lambda page, sha256: False,
    trace: Trace | None = None,
    with_comments: bool = False,
) -> Reading:
    """Return the reading of a page: its article with a fingerprint, or why there is none.

    The page is loaded where need be. `is_known` is called with the page and the SHA-256 of its bytes; bytes that are
    known are not decoded. `max_bytes` bounds the page, packed and unpacked. A trace is filled with what became of each
    line. `with_comments` keeps the comments below an article.
    """
    page = load(page, max_bytes)
    if page.problem or page.revisits:
        return Reading(None, rejection=page.problem)
    mark = saved(page.body)
    url, captured = _told_beside(page)
    if (page.url or mark.url or url) != url:  # what is told of another address is told of another capture
        url = captured = None
    page = replace(page, url=page.url or mark.url or url, captured=page.captured or mark.captured or captured)
    sha256 = hashlib.sha256(page.body).hexdigest()
    reading = Reading(sha256) if is_known(page, sha256) else _read(page, sha256, max_bytes, trace, with_comments)
    return replace(reading, size=page.size, modified=page.modified, url=page.url, captured=page.captured)


def _told_beside(page: Page) -> Told:
    """Return what other files tell of a page; whoever has handed over its bytes without a file has looked already."""
    files = FolderFiles.around(page) if page.beside is None else None
    return told_beside(page.path, page.body, files) if files else page.beside or NOTHING


def _read(page: Page, sha256: str, max_bytes: int, trace: Trace | None, with_comments: bool) -> Reading:
    decoded = decode(page, max_bytes)
    if isinstance(decoded, Rejection):
        return Reading(sha256, rejection=decoded)
    article = extract(decoded, page.url, trace, with_comments, page.stated)
    if isinstance(article, Rejection):
        return Reading(sha256, decoded.media_type, decoded.encoding, rejection=article)
    text = fingerprint(article.text)
    if text.word_count < MIN_WORDS:
        why = f"only {text.word_count} words of running text" if text.word_count else "no running text"
        refused = Rejection(Reason.NO_ARTICLE, why, article.text)
        return Reading(sha256, decoded.media_type, decoded.encoding, rejection=refused)
    return Reading(sha256, decoded.media_type, decoded.encoding, article, text)
