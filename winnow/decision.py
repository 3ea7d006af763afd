"""What can be decided about a page."""

from __future__ import annotations

from dataclasses import dataclass

from winnow.items import Reason, Rejection


@dataclass(frozen=True, slots=True)
class KnownPage:
    """An earlier page that carries an article. `similarity` is its own to the article's canonical page.

    `is_revised` says that its article has had another text before.
    """

    page_id: int
    article_id: int
    canonical_id: int
    similarity: float = 1.0
    is_revised: bool = False

    @property
    def is_canonical(self) -> bool:
        """Return whether the article's row is this page's extraction."""
        return self.page_id == self.canonical_id


@dataclass(frozen=True, slots=True)
class KnownFile:
    """The newest known version of a seed file. `is_settled` means that reading it again can change nothing."""

    page_id: int
    sha256: str | None
    size: int | None
    modified: str | None
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Original:
    """The page that a revisit points to. `detail` says so, as `pages.detail` of the revisit."""

    detail: str
    sha256: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """What dedupe decided: the reason, and the earlier page that was matched, None for a new article.

    `similarity` is to the canonical page. `takes_over` says that the page is to become that itself, `is_revision` that
    it does so because the article has changed, and not because the page is the better one of two.
    """

    reason: Reason
    detail: str
    parent: KnownPage | None = None
    similarity: float = 1.0
    takes_over: bool = False
    is_revision: bool = False


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page whose file is the one already known."""

    page_id: int


Decision = Verdict | Rejection | Unchanged
