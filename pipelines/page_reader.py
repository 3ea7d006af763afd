"""Read one page on its own: load, decode, extract, fingerprint. This is the work that runs in worker processes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from pipelines.decode import decode
from pipelines.extract import extract
from pipelines.files import load
from pipelines.fingerprint import fingerprint
from pipelines.items import MAX_PAGE_BYTES, Page, Reason, Rejection
from pipelines.known import has_bytes, postings_found
from pipelines.reading import Reading

MIN_WORDS = 20  # fewer words are a caption, a notice or a slogan


def read_page(page: Page, max_bytes: int = MAX_PAGE_BYTES, database: Path | None = None) -> Reading:
    """Load a page where need be, decode it, extract its article and fingerprint it.

    With a `database`, bytes whose article that knows are not decoded, and it is asked who shares the text's hashes.
    """
    page = load(page, max_bytes)
    if page.problem or page.revisits:
        return Reading(None, rejection=page.problem)
    sha256 = hashlib.sha256(page.body).hexdigest()
    if database and page.replaces in (None, sha256) and has_bytes(database, sha256, page.captured):
        reading = Reading(sha256)
    else:
        reading = _read(page, sha256, max_bytes)
    if database and reading.fingerprint:
        reading = replace(reading, found=postings_found(database, reading.fingerprint.sketch))
    return replace(reading, size=page.size, modified=page.modified)


def _read(page: Page, sha256: str, max_bytes: int) -> Reading:
    decoded = decode(page, max_bytes)
    if isinstance(decoded, Rejection):
        return Reading(sha256, rejection=decoded)
    article = extract(decoded, page.url)
    if isinstance(article, Rejection):
        return Reading(sha256, decoded.media_type, decoded.encoding, rejection=article)
    text = fingerprint(article.text)
    if text.word_count < MIN_WORDS:
        why = f"only {text.word_count} words of running text" if text.word_count else "no running text"
        return Reading(sha256, decoded.media_type, decoded.encoding, rejection=Rejection(Reason.NO_ARTICLE, why))
    return Reading(sha256, decoded.media_type, decoded.encoding, article, text)
