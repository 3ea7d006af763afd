"""What a worker process does with a page: read it, and ask the database what is known of its bytes and its text."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from winnow.archive.index.lookups import has_bytes, postings_found
from winnow.items import MAX_PAGE_BYTES, Page
from winnow.match.decide_page import is_known
from winnow.read.page import read_page
from winnow.reading import Reading


def read_known_page(page: Page, max_bytes: int = MAX_PAGE_BYTES, *, database: Path) -> Reading:
    """Read a page beside a database.

    Bytes whose article the database knows are not decoded, and it is asked which pages share the text's hashes.
    """
    reading = read_page(page, max_bytes, partial(is_known, has_bytes=partial(has_bytes, database)))
    if reading.fingerprint is None:
        return reading
    return replace(reading, found=postings_found(database, reading.fingerprint.sketch))
