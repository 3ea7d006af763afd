"""What one page says, as the columns of a row. Worker processes import this module, and so no Parquet library."""

from __future__ import annotations

from typing import Any

from winnow.archive.articles import article_row, extraction_row
from winnow.items import MAX_PAGE_BYTES, Page, Rejection
from winnow.kinds import EVERY_KIND, Kinds, of_kinds
from winnow.read.page import read_page
from winnow.text import storable

Row = dict[str, Any]


def read_row(
    page: Page, max_bytes: int = MAX_PAGE_BYTES, kinds: Kinds = EVERY_KIND, with_comments: bool = False
) -> Row:
    """Read one page as a crawl does and return the columns of its row."""
    reading = of_kinds(read_page(page, max_bytes, with_comments=with_comments), kinds)
    row: Row = {"sha256": reading.sha256, "media_type": reading.media_type, "encoding": reading.encoding}
    row |= {"page_url": reading.url, "captured": reading.captured}
    if reading.rejection:
        return row | rejected(reading.rejection)
    assert reading.article
    assert reading.fingerprint
    return row | {
        "detail": reading.article.note,
        **article_row(reading.article, reading.fingerprint),
        "words_sha256": reading.fingerprint.digest,
        "sketch": reading.fingerprint.sketch,
        **extraction_row(reading.article),
    }


def rejected(rejection: Rejection) -> Row:
    """Return the columns that say why a page carries no article."""
    refused = storable(rejection.text) or None
    return {"reason": str(rejection.reason), "detail": rejection.detail, "refused": refused, "kind": rejection.kind}
