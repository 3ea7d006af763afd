"""What was found out about one page on its own, as it comes back from a worker process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from winnow.files import load
from winnow.fingerprint import Fingerprint
from winnow.items import HTML, Article, Page, Rejection


@dataclass(frozen=True, slots=True)
class FoundPostings:
    """The postings of a sketch in `sketches`, as hash and page, and the first row of `recent_sketches` at that time.

    While that row is the first, every posting that has come to `sketches` since is in `recent_sketches` too.
    """

    first_row: int
    postings: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What dedupe needs to know of what was extracted from a page.

    `confidence` says from 0 to 1 how sure the model was of what it chose. `captured` is when the page was captured,
    ISO 8601 in UTC, if that is known.
    """

    text: Fingerprint
    is_html: bool = False
    confidence: float = 0.0
    url: str | None = None
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page says: an article and its fingerprint, a rejection, or nothing where its bytes are known already.

    `sha256` is None for a page never read. `size` and `modified` are of its file at the moment of reading, `found` is
    what the database knew of the article's sketch then.
    """

    sha256: str | None
    media_type: str | None = None
    encoding: str | None = None
    article: Article | None = None
    fingerprint: Fingerprint | None = None
    rejection: Rejection | None = None
    size: int | None = None
    modified: str | None = None
    found: FoundPostings | None = None

    @property
    def extraction(self) -> Extraction | None:
        """Return what dedupe needs to know, None where nothing was extracted."""
        if self.article is None or self.fingerprint is None:
            return None
        return Extraction(self.fingerprint, self.media_type == HTML, self.article.confidence, self.article.url)

    def as_read(self, page: Page) -> Page:
        """Return the page with its file's size and time as they were at the moment of reading."""
        if page.file is None or self.size is None:  # the latter where it could not be read
            return page
        return replace(page, size=self.size, modified=self.modified)


def unread(page: Page, rejection: Rejection, max_bytes: int) -> Reading:
    """Return what is left to say of a page that its reader could not cope with: which bytes it has."""
    page = load(page, max_bytes)
    if page.problem:
        return Reading(None, rejection=page.problem)
    sha256 = hashlib.sha256(page.body).hexdigest()
    return Reading(sha256, rejection=rejection, size=page.size, modified=page.modified)
