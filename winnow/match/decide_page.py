"""Decide what becomes of a page: by its file, its bytes, the capture that it points to, and at last by its words.

Crawls, rebuilds and the path on an engine all decide here; they differ only in the archive that answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from winnow.decision import Decision, KnownFile, KnownPage, Original, Unchanged, Verdict
from winnow.items import Page, Reason, Rejection
from winnow.match.decide import Index, decide, decide_copy
from winnow.reading import Reading


class PageIndex(Index, Protocol):
    """What the decision asks of the pages known so far, beyond their texts."""

    def page_with_bytes(self, sha256: str) -> KnownPage | None:
        """Return the earliest page with these very bytes that carries an article."""

    def has_bytes(self, sha256: str, captured: str | None) -> bool:
        """Return whether such a page was captured no later than this time, or at whatever time where that is None."""


class Archive(Protocol):
    """What is known of the pages before the one that is decided."""

    @property
    def index(self) -> PageIndex:
        """Return the index of the pages that carry an article."""

    def known_file(self, page: Page) -> KnownFile | None:
        """Return the newest version of what stands at the page's path."""

    def previous_page(self, page: Page) -> KnownPage | None:
        """Return the canonical page of an article that was read at the page's path."""

    def version(self, page: Page, sha256: str) -> KnownPage | None:
        """Return the page that was read at the page's path with these bytes, if it carries an article."""

    def original(self, page: Page) -> Original | None:
        """Return what a revisit points to, if that has been read."""


def decide_page(page: Page, reading: Reading, archive: Archive) -> Decision:
    """Return what becomes of a page that says this, beside what is known.

    Raises `ValueError` for a reading without an article whose bytes no page carries, which is a bug of the reader.
    """
    known, sha256 = archive.known_file(page), reading.sha256 or ""
    if known and known.is_settled and sha256 and known.sha256 == sha256:
        return Unchanged(known.page_id)
    version = archive.version(page, sha256) if known and sha256 else None
    if reading.rejection:  # bytes that carry an article at this path go on carrying it, though reading failed now
        return Unchanged(version.page_id) if version else reading.rejection
    if page.revisits:
        return _decide_revisit(page, known, archive)
    previous = archive.previous_page(page)
    if version and (version.is_canonical or not previous):  # the file is again what it once was
        return Unchanged(version.page_id)
    extraction = reading.extraction and replace(reading.extraction, captured=page.captured)
    same = archive.index.page_with_bytes(sha256)
    if same and not previous:
        is_first = page.captured and not archive.index.has_bytes(sha256, page.captured)
        return decide_copy(extraction if is_first else None, archive.index, same)
    if extraction is None:
        raise ValueError(f"{page.path}: neither an article nor a rejection")
    return decide(extraction, archive.index, previous)


def is_known(page: Page, sha256: str, has_bytes: Callable[[str, str | None], bool]) -> bool:
    """Return whether a page can be decided by its bytes alone, so that nobody need read what they say.

    `has_bytes` is that of the index. Where the page stands in place of an article's own page with other bytes, or was
    captured before all pages with its bytes, its words are compared all the same.
    """
    return page.replaces in (None, sha256) and has_bytes(sha256, page.captured)


def _decide_revisit(page: Page, known: KnownFile | None, archive: Archive) -> Decision:
    """Let a page that a crawler found unchanged end as the capture did that it points to."""
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
