"""What can be decided about a page, and the decision on one that only points to an earlier capture."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.dedupe import Verdict
from pipelines.items import Page, Reason, Rejection
from pipelines.store import KnownFile, Store


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page whose file is the one already known."""

    page_id: int


Decision = Verdict | Rejection | Unchanged


def decide_revisit(page: Page, known: KnownFile | None, store: Store) -> Decision:
    """Give a page that a crawler found unchanged the end of the capture that it points to.

    `known` is what was known at the page's own path.
    """
    assert page.revisits
    url, captured = page.revisits
    query = """SELECT id, sha256, reason FROM pages WHERE url = ? AND sha256 IS NOT NULL
        AND captured IS NOT NULL AND iif(?2 IS NULL, captured <= ifnull(?3, '9'), captured = ?2)
        ORDER BY captured DESC, id LIMIT 1"""
    original = store.db.execute(query, [url, captured, page.captured]).fetchone()
    if original is None:
        when = f" of {captured}" if captured else ""
        return Rejection(Reason.UNREADABLE, f"a revisit of {url}{when}, which was not read")
    page_id, sha256, reason = original
    if known and known.is_settled and known.sha256 == sha256:
        return Unchanged(known.page_id)
    same = store.index.page_with_bytes(sha256)
    if same is None:
        return Rejection(Reason(reason), f"a revisit of page {page_id}, which was rejected too")
    return Verdict(Reason.SAME_BYTES, f"a revisit of page {page_id}", same, same.similarity)
