"""What was found out about one page on its own, as it comes back from a worker process."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.dedupe import Extraction
from pipelines.fingerprint import Fingerprint
from pipelines.items import HTML, Article, Rejection
from pipelines.known import Found


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
    found: Found | None = None

    @property
    def extraction(self) -> Extraction | None:
        """Give what dedupe needs to know, None where nothing was extracted."""
        if self.article is None or self.fingerprint is None:
            return None
        return Extraction(self.fingerprint, self.media_type == HTML, self.article.confidence, self.article.url)
