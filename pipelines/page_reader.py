"""Read one page on its own: decode, extract, fingerprint. This is the work that runs in worker processes."""

from __future__ import annotations

import hashlib

from pipelines.decode import decode
from pipelines.extract import extract
from pipelines.fingerprint import fingerprint
from pipelines.items import MAX_PAGE_BYTES, Page, Rejection
from pipelines.reading import Reading


def read_page(page: Page, max_bytes: int = MAX_PAGE_BYTES) -> Reading:
    """Decode a page, extract its article and fingerprint it."""
    if page.problem:
        return Reading(None, rejection=page.problem)
    sha256 = hashlib.sha256(page.body).hexdigest()
    decoded = decode(page, max_bytes)
    if isinstance(decoded, Rejection):
        return Reading(sha256, rejection=decoded)
    article = extract(decoded, page.url)
    if isinstance(article, Rejection):
        return Reading(sha256, decoded.media_type, decoded.encoding, rejection=article)
    return Reading(sha256, decoded.media_type, decoded.encoding, article, fingerprint(article.text))
