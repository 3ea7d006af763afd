"""Read a page in a worker process, and ask the database what is known of the page's bytes and text."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from winnow.archive import words
from winnow.archive.index.lookups import has_bytes, postings_found
from winnow.items import MAX_PAGE_BYTES, Page
from winnow.kinds import EVERY_KIND, Kinds, of_kinds
from winnow.match.decide_page import is_known
from winnow.read.page import read_page
from winnow.reading import Reading


def read_known_page(
    page: Page,
    max_bytes: int = MAX_PAGE_BYTES,
    *,
    database: Path,
    kinds: Kinds = EVERY_KIND,
    with_comments: bool = False,
) -> Reading:
    """Return the reading of a page, with what the database knows of the text's sketch, and the words to search for.

    A page whose bytes the database knows with an article is not decoded, and has a reading without article. A page of
    none of the `kinds` is rejected. `with_comments` keeps the comments below an article.
    """
    known = partial(is_known, has_bytes=partial(has_bytes, database))
    reading = of_kinds(read_page(page, max_bytes, known, with_comments=with_comments), kinds)
    if reading.article is None or reading.fingerprint is None:
        refused = reading.rejection.text if reading.rejection else ""
        return replace(reading, folded={(refused,): words.folded((refused,))}) if refused else reading
    found = postings_found(database, reading.fingerprint.sketch)
    values = tuple(getattr(reading.article, name) for name in words.COLUMNS)
    return replace(reading, found=found, folded={values: words.folded(values)})
