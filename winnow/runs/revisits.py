"""Revisits: records with which a crawler says that a page was what it had been. They end as their original did.

One that comes before its original waits as `unreadable`. At the end of a run all that wait are looked at again, so it
does not matter in which order captures come, or in which containers.
"""

from __future__ import annotations

from collections.abc import Iterator

from winnow.archive.store import KnownFile, Store
from winnow.decision import Decision, Unchanged, Verdict
from winnow.items import Page, Reason, Rejection

# Without a time, the last capture before the revisit is what it says to be unchanged since.
_IS_ORIGINAL = """o.url = {url} AND o.sha256 IS NOT NULL AND o.captured IS NOT NULL
    AND iif({time} IS NULL, o.captured <= ifnull({own_time}, '9'), o.captured = {time})"""
_ORIGINAL = f"""SELECT o.id, o.sha256, o.reason FROM pages o
    WHERE {_IS_ORIGINAL.format(url="?1", time="?2", own_time="?3")} AND (o.root, o.path) IS NOT (?4, ?5)
    ORDER BY o.captured DESC, o.id LIMIT 1"""
# What has the same digest is as good as the original, whatever its address and time.
_HAS_PAYLOAD = "o.payload_digest = {digest} AND o.sha256 IS NOT NULL AND o.revisits IS NULL"
_SAME_PAYLOAD = f"""SELECT o.id, o.sha256, o.reason FROM pages o
    WHERE {_HAS_PAYLOAD.format(digest="?1")} AND (o.root, o.path) IS NOT (?2, ?3) ORDER BY o.id LIMIT 1"""
_WAITING = f"""SELECT r.id, r.first_run, r.root, r.path, r.captured, r.payload_digest, r.revisits, r.revisits_captured
    FROM pages r INDEXED BY pages_waiting
    WHERE r.id > ? AND r.revisits IS NOT NULL AND r.reason = 'unreadable' AND (
        EXISTS (SELECT 1 FROM pages o
            WHERE {_IS_ORIGINAL.format(url="r.revisits", time="r.revisits_captured", own_time="r.captured")})
        OR EXISTS (SELECT 1 FROM pages o WHERE {_HAS_PAYLOAD.format(digest="r.payload_digest")}))
    ORDER BY r.id LIMIT 1"""


def decide_revisit(page: Page, known: KnownFile | None, store: Store) -> Decision:
    """Give a page that a crawler found unchanged the end of the capture that it points to.

    `known` is what was known at the page's own path.
    """
    assert page.revisits
    url, captured = page.revisits
    values = [url, captured, page.captured, page.root, page.path]
    original = store.db.execute(_ORIGINAL, values).fetchone()
    if original is None and page.payload_digest:
        values = [page.payload_digest, page.root, page.path]
        original = store.db.execute(_SAME_PAYLOAD, values).fetchone()
    if original is None:
        when = f" of {captured}" if captured else ""
        return Rejection(Reason.UNREADABLE, f"a revisit of {url}{when}, which has not been read so far")
    page_id, sha256, reason = original
    if known and known.is_settled and known.sha256 == sha256:
        return Unchanged(known.page_id)
    same = store.index.page_with_bytes(sha256)
    if same is None:
        return Rejection(Reason(reason), f"a revisit of page {page_id}, which was rejected too")
    return Verdict(Reason.SAME_BYTES, f"a revisit of page {page_id}", same, same.similarity)


def settle(store: Store, now: str) -> Iterator[tuple[int, Reason]]:
    """Let revisits whose original is known by now end as it did; give the first run of each and how it ends.

    One may be the original of another, so they are gone through until none is left that can end.
    """
    is_over = False
    while not is_over:
        is_over, last = True, 0
        while row := store.db.execute(_WAITING, [last]).fetchone():
            last, first_run, root, path, captured, digest, *revisits = row
            page = Page(path, root, captured=captured, revisits=tuple(revisits), payload_digest=digest)
            decision = decide_revisit(page, None, store)
            assert not isinstance(decision, Unchanged)
            if decision.reason is not Reason.UNREADABLE and store.settle(last, decision, now):
                is_over = False
                yield first_run, decision.reason
