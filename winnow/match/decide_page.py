"""Decide what becomes of a page: by its file, by its bytes, by the capture that it points to, and last by its words.

Crawls, rebuilds and the path on an engine (`winnow.cluster`) all decide here, each with an archive of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from winnow.decision import Decision, KnownFile, KnownPage, Original, Unchanged, Verdict
from winnow.items import Page, Reason, Rejection
from winnow.match.decide import Index, decide, decide_copy, decide_merged, hold_pins, said_again
from winnow.match.said import OfPage, Said, as_said, pinned
from winnow.reading import Extraction, Reading

_NOTHING = OfPage()  # of a page of which nobody has said anything


class PageIndex(Index, Protocol):
    """What the decision asks about the pages known so far, beside their texts."""

    def page_with_bytes(self, sha256: str) -> KnownPage | None:
        """Return the earliest page with these very bytes that carries an article."""

    def has_bytes(self, sha256: str, captured: str | None) -> bool:
        """Return whether a page with these bytes, captured no later than `captured` if given, carries an article."""


class Archive(Protocol):
    """What is known of the pages before the one that is decided."""

    @property
    def index(self) -> PageIndex:
        """Return the index of the pages that carry an article."""

    @property
    def said(self) -> Said:
        """Return what persons have said of pages."""

    def is_forgotten(self, sha256: str, words: str | None) -> bool:
        """Return whether a page with these bytes, or an article with the words of this digest, was forgotten."""

    def known_file(self, page: Page) -> KnownFile | None:
        """Return the newest known version of the file at the page's path."""

    def previous_page(self, page: Page) -> KnownPage | None:
        """Return the article's canonical page that was read at the page's path, if there is one."""

    def version(self, page: Page, sha256: str) -> KnownPage | None:
        """Return the page that was read at the page's path with these bytes, if it carries an article."""

    def original(self, page: Page) -> Original | None:
        """Return what a revisit points to, if that has been read."""


def decide_page(page: Page, reading: Reading, archive: Archive) -> Decision:
    """Return what becomes of a page, by what a person has said of it, by its reading and by what the archive knows.

    Raises `ValueError` where the reading has neither article nor rejection and no known page has the bytes, which is a
    bug of the reader.
    """
    known, sha256 = archive.known_file(page), reading.sha256 or ""
    if known and _is_over(known, page, sha256):
        return Unchanged(known.page_id)
    if archive.is_forgotten(sha256, reading.fingerprint.digest if reading.fingerprint else None):
        return Rejection(Reason.FORGOTTEN, "a page with these bytes or words was forgotten before")
    version = archive.version(page, sha256) if known and sha256 else None
    reading = as_said(reading, archive.said)
    if reading.rejection:  # bytes that carry an article at this path go on carrying it, though reading failed now
        return Unchanged(version.page_id) if version and not reading.article else reading.rejection
    if page.revisits:
        return _decide_revisit(page, known, archive)
    told = archive.said.get(sha256, _NOTHING)
    other = _merged(told, archive.index)
    previous = None if not known or (told.begins and not other) else archive.previous_page(page)
    if version and (version.is_canonical or not previous):  # the file has the bytes of an earlier version again
        return Unchanged(version.page_id)
    extraction = reading.extraction and replace(reading.extraction, captured=page.captured)
    same = archive.index.page_with_bytes(sha256)
    if same and not previous:
        is_first = page.captured is not None and not archive.index.has_bytes(sha256, page.captured)
        lead = extraction if is_first else said_again(page.captured, archive.index, same)
        verdict = decide_copy(None if _is_pinned(same, archive) else lead, archive.index, same)
        return replace(verdict, by_bytes=not is_first)
    if extraction is None:
        raise ValueError(f"{page.path}: neither an article nor a rejection")
    if told.begins and not other:
        verdict = Verdict(Reason.NEW, "split off by a person")
    else:
        verdict = _decide_words(extraction, archive, previous, other)
    return verdict.noted(reading.article.note if reading.article else None)


def _decide_words(page: Extraction, archive: Archive, previous: KnownPage | None, other: KnownPage | None) -> Verdict:
    """Decide by a page's words, as far as a person has not said that it carries the article of the page `other`."""
    verdict = decide(page, archive.index, previous)
    if other and (verdict.parent is None or verdict.parent.article_id != other.article_id):
        verdict = decide_merged(page, archive.index, other)
    return hold_pins(verdict, page, archive.index, partial(pinned, archive.said)) if archive.said else verdict


def _merged(told: OfPage, index: PageIndex) -> KnownPage | None:
    """Return the known page with which a page is merged; of several the one that was named last."""
    last_first = sorted(told.joins, key=lambda sha256: -told.joins[sha256])
    return next((known for sha256 in last_first if (known := index.page_with_bytes(sha256))), None)


def _is_pinned(page: KnownPage, archive: Archive) -> bool:
    """Return whether a person has pinned the canonical page of a page's article."""
    return bool(archive.said and pinned(archive.said, archive.index.extraction(page.canonical_id).sha256))


def _is_over(known: KnownFile, page: Page, sha256: str) -> bool:
    """Return whether nothing can change what became of a file; the path of a record is only its position."""
    return (known.is_forgotten and page.container is None) or (
        known.is_settled and sha256 != "" and known.sha256 == sha256
    )


def is_known(page: Page, sha256: str, has_bytes: Callable[[str, str | None], bool]) -> bool:
    """Return whether a page can be decided by its bytes alone, so that it need not be decoded and extracted.

    `has_bytes` is the method of `PageIndex`. Words are needed where the page replaces an article's canonical page that
    had other bytes, and where the page was captured before all other pages with its bytes; they never are where the
    page's path has held the same bytes last.
    """
    return page.held == sha256 or (page.replaces in (None, sha256) and has_bytes(sha256, page.captured))


def _decide_revisit(page: Page, known: KnownFile | None, archive: Archive) -> Decision:
    """Let a revisit end as the capture did to which it points."""
    assert page.revisits
    original = archive.original(page)
    if original is None:
        url, captured = page.revisits
        when = f" of {captured}" if captured else ""
        return Rejection(Reason.UNREADABLE, f"a revisit of {url}{when}, which has not been read so far")
    if known and known.is_settled and known.sha256 == original.sha256:
        return Unchanged(known.page_id)
    same = archive.index.page_with_bytes(original.sha256)
    if same is None:
        return Rejection(original.reason, f"{original.detail}, which was rejected too")
    return Verdict(Reason.SAME_BYTES, original.detail, same, same.similarity)
