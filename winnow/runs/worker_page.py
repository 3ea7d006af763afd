"""What a worker process does with a page: read it, and ask the database what is known of its bytes and its text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from winnow.archive.index.lookups import has_bytes, postings_found
from winnow.items import MAX_PAGE_BYTES, Page
from winnow.read.page import read_page
from winnow.reading import Reading


def read_known_page(page: Page, max_bytes: int = MAX_PAGE_BYTES, *, database: Path) -> Reading:
    """Read a page beside a database.

    Bytes whose article the database knows are not decoded, and it is asked which pages share the text's hashes.
    """

    def is_known(page: Page, sha256: str) -> bool:
        return page.replaces in (None, sha256) and has_bytes(database, sha256, page.captured)

    reading = read_page(page, max_bytes, is_known)
    if reading.fingerprint is None:
        return reading
    return replace(reading, found=postings_found(database, reading.fingerprint.sketch))
