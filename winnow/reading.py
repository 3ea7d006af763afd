"""What was found out about one page on its own, as a worker process returns it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from winnow.files import load
from winnow.fingerprint import Fingerprint
from winnow.items import HTML, Article, Kind, Page, Rejection
from winnow.parts import Part, part_in


@dataclass(frozen=True, slots=True)
class FoundPostings:
    """What a worker found of a sketch in the table `sketches`: `postings`, each a hash and the id of a page.

    `first_row` is the id of the first row of `recent_sketches` at that time. As long as that row is the first, every
    posting that has come to `sketches` since is in `recent_sketches` too.
    """

    first_row: int
    postings: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What dedupe needs to know of what was extracted from a page.

    `confidence` (0 to 1) is how sure the model was of the lines that it chose. `captured` is the time of the capture,
    ISO 8601 in UTC; None if unknown. `part` says which part of an article the page holds, where it is one of several.
    `sha256` is that of the page's bytes.
    """

    text: Fingerprint
    is_html: bool = False
    confidence: float = 0.0
    url: str | None = None
    captured: str | None = None
    kind: Kind = Kind.ARTICLE
    part: Part | None = None
    sha256: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page says: an article and its fingerprint, a rejection, or nothing where its bytes are known already.

    It has both where a person has rejected the article. `overruled` is what Winnow had found of a page that a person
    has accepted or rejected, as the column `extractions.overruled` has it.

    `sha256` is that of the bytes, None for a page that was not read. `size` (bytes) and `modified` (ISO 8601, UTC) are
    those of the page's file at the moment of reading, `found` is what the database held of the article's sketch then.
    `folded` is what the index of folded words is to hold of the article, by the columns that it was folded from; empty
    where that is left to whoever writes. `url` and `captured` (ISO 8601, UTC) are the address and time of the capture.
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
    folded: dict[tuple[str | None, ...], list[str]] = field(default_factory=dict)
    url: str | None = None
    captured: str | None = None
    overruled: str | None = None

    @property
    def extraction(self) -> Extraction | None:
        """Return what dedupe needs to know of the article, None where nothing was extracted."""
        if self.article is None or self.fingerprint is None:
            return None
        article = self.article
        return Extraction(
            self.fingerprint,
            self.media_type == HTML,
            article.confidence,
            article.url,
            kind=article.kind,
            part=part_in(article.note),
            sha256=self.sha256,
            title=article.title,
        )

    def as_read(self, page: Page) -> Page:
        """Return the page with its file's size and time as they were at the moment of reading, and with its capture."""
        page = replace(page, url=page.url or self.url, captured=page.captured or self.captured)
        if page.file is None or self.size is None:  # there is no size where the file could not be read
            return page
        anew = page.anew and (self.size, self.modified) == (page.size, page.modified)
        return replace(page, size=self.size, modified=self.modified, anew=anew)


def unread(page: Page, rejection: Rejection, max_bytes: int) -> Reading:
    """Return the reading of a page on which the reader failed: the rejection, and the digest of the page's bytes.

    Where the bytes cannot be loaded either, the reading has that problem in place of the rejection.
    """
    page = load(page, max_bytes)
    if page.problem:
        return Reading(None, rejection=page.problem)
    sha256 = hashlib.sha256(page.body).hexdigest()
    return Reading(sha256, rejection=rejection, size=page.size, modified=page.modified)
