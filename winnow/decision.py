"""What can be decided about a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from winnow.items import Reason, Rejection


@dataclass(frozen=True, slots=True)
class KnownPage:
    """An earlier page that carries an article.

    `similarity` (0 to 1) compares the page with the article's canonical page. `is_revised` says that the article had
    another text before.
    """

    page_id: int
    article_id: int
    canonical_id: int
    similarity: float = 1.0
    is_revised: bool = False

    @property
    def is_canonical(self) -> bool:
        """Return whether the article's row holds what was extracted from this page."""
        return self.page_id == self.canonical_id


@dataclass(frozen=True, slots=True)
class KnownFile:
    """The newest known version of a seed file; `size` is in bytes, `modified` ISO 8601 in UTC.

    `is_settled` means that reading the same bytes again can change nothing, `is_forgotten` that a person has had the
    page forgotten. `seen` is when the run began that saw the file last.
    """

    page_id: int
    sha256: str | None
    size: int | None
    modified: str | None
    is_settled: bool
    is_forgotten: bool
    seen: str


@dataclass(frozen=True, slots=True)
class Original:
    """The page that a revisit points to. `detail` is the text for `pages.detail` of the revisit."""

    detail: str
    sha256: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """What dedupe decided: the reason, and the earlier page that was matched (`parent`; None for a new article).

    `similarity` (0 to 1) compares the page with the article's canonical page. `takes_over` says that the page becomes
    the canonical page, `is_revision` that it does so because the article has changed, not because the page is better.
    `by_bytes` says that the bytes decided, which are those of the parent: the words need not have been read.
    """

    reason: Reason
    detail: str
    parent: KnownPage | None = None
    similarity: float = 1.0
    takes_over: bool = False
    is_revision: bool = False
    by_bytes: bool = False

    def noted(self, note: str | None) -> Verdict:
        """Return the verdict with a note on the page's text at the end of its detail, where there is one."""
        return replace(self, detail=f"{self.detail} [{note}]") if note else self


_NOTE = re.compile(r" \[([^\[\]]*)\]$")


def note_of(detail: str) -> str | None:
    """Return the note at the end of a detail, None where there is none."""
    found = _NOTE.search(detail)
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page whose bytes are known at its path already, as the page with this id."""

    page_id: int


Decision = Verdict | Rejection | Unchanged
