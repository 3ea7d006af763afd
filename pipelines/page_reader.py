"""Read one page on its own: decode, extract, fingerprint. This is the work that runs in worker processes."""

from __future__ import annotations

import hashlib

from pipelines.decode import decode
from pipelines.extract import extract
from pipelines.fingerprint import fingerprint
from pipelines.items import MAX_PAGE_BYTES, Page, Reason, Rejection
from pipelines.reading import Reading

MIN_WORDS = 20  # fewer words are a caption, a notice or a slogan


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
    text = fingerprint(article.text)
    if text.word_count < MIN_WORDS:
        why = f"only {text.word_count} words of running text" if text.word_count else "no running text"
        return Reading(sha256, decoded.media_type, decoded.encoding, rejection=Rejection(Reason.NO_ARTICLE, why))
    return Reading(sha256, decoded.media_type, decoded.encoding, article, text)
