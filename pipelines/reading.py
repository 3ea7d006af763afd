"""What was found out about one page on its own, as it comes back from a worker process."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.fingerprint import Fingerprint
from pipelines.items import Article, Rejection


@dataclass(frozen=True, slots=True)
class Reading:
    """What one page says: an article and its fingerprint, or a rejection. `sha256` is None for a page never read."""

    sha256: str | None
    media_type: str | None = None
    encoding: str | None = None
    article: Article | None = None
    fingerprint: Fingerprint | None = None
    rejection: Rejection | None = None
