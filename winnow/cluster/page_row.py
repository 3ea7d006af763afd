"""What one page says, as the columns of a row. Worker processes import this module, and so no Parquet library."""

from __future__ import annotations

from typing import Any

from winnow.archive.articles import article_row, extraction_row
from winnow.items import MAX_PAGE_BYTES, Page, Rejection
from winnow.kinds import EVERY_KIND, Kinds, of_kinds
from winnow.match.said import Said, as_said
from winnow.read.page import read_page
from winnow.text import storable

Row = dict[str, Any]
NOTHING: Said = {}  # has been said


def read_row(
    page: Page,
    max_bytes: int = MAX_PAGE_BYTES,
    kinds: Kinds = EVERY_KIND,
    with_comments: bool = False,
    said: Said = NOTHING,
) -> Row:
    """Read one page as a crawl does and return the columns of its row.

    The row of an article that a person has rejected has its words, but no digest and sketch by which they are found.
    """
    reading = as_said(of_kinds(read_page(page, max_bytes, with_comments=with_comments), kinds), said)
    row: Row = {"sha256": reading.sha256, "media_type": reading.media_type, "encoding": reading.encoding}
    row |= {"page_url": reading.url, "captured": reading.captured}
    if reading.article and reading.fingerprint:
        found = {"words_sha256": reading.fingerprint.digest, "sketch": reading.fingerprint.sketch}
        row |= article_row(reading.article, reading.fingerprint) | found | {"detail": reading.article.note}
        row |= extraction_row(reading.article, reading.overruled)
    if reading.rejection:
        row |= rejected(reading.rejection) | {"words_sha256": None, "sketch": None}
    return row


def rejected(rejection: Rejection) -> Row:
    """Return the columns that say why a page carries no article."""
    refused = storable(rejection.text) or None
    return {"reason": str(rejection.reason), "detail": rejection.detail, "refused": refused, "kind": rejection.kind}
