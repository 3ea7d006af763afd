"""Find the page that a revisit points to, and the revisits whose page has been read only after them."""

from __future__ import annotations

from dataclasses import dataclass

from winnow.archive.sqlite import Database
from winnow.decision import Original
from winnow.items import Page, Reason

# A revisit that states no time of its original says that nothing has changed since the last capture before the revisit.
_IS_ORIGINAL = """o.url = {url} AND o.sha256 IS NOT NULL AND o.captured IS NOT NULL
    AND iif({time} IS NULL, o.captured <= ifnull({own_time}, '9'), o.captured = {time})"""
_ORIGINAL = f"""SELECT o.id, o.sha256, o.reason FROM pages o
    WHERE {_IS_ORIGINAL.format(url="?1", time="?2", own_time="?3")} AND (o.source, o.path) IS NOT (?4, ?5)
    ORDER BY o.captured DESC, o.id LIMIT 1"""
# A page with the same digest is as good as the original, whatever the page's address and time.
_HAS_PAYLOAD = "o.payload_digest = {digest} AND o.sha256 IS NOT NULL AND o.revisits IS NULL"
_SAME_PAYLOAD = f"""SELECT o.id, o.sha256, o.reason FROM pages o
    WHERE {_HAS_PAYLOAD.format(digest="?1")} AND (o.source, o.path) IS NOT (?2, ?3) ORDER BY o.id LIMIT 1"""
# What is known of the original is news for a revisit that waits, and for one that has never had the bytes of an
# original only that this carries an article now.
_IS_NEWS = """(r.reason = 'unreadable'
    OR EXISTS (SELECT 1 FROM pages c WHERE c.sha256 = o.sha256 AND c.article_id IS NOT NULL))"""
_WAITING = f"""SELECT r.id, r.first_run, r.reason, r.root, r.path, r.captured, r.payload_digest, r.revisits,
        r.revisits_captured
    FROM pages r INDEXED BY pages_waiting
    WHERE r.id > ? AND r.revisits IS NOT NULL AND r.outcome = 'rejected'
        AND (r.reason = 'unreadable' OR r.sha256 IS NULL) AND (
        EXISTS (SELECT 1 FROM pages o WHERE {_IS_NEWS}
            AND {_IS_ORIGINAL.format(url="r.revisits", time="r.revisits_captured", own_time="r.captured")})
        OR EXISTS (SELECT 1 FROM pages o WHERE {_IS_NEWS} AND {_HAS_PAYLOAD.format(digest="r.payload_digest")}))
    ORDER BY r.id LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A revisit that may end otherwise now, as a page that is decided; `reason` says how it has ended so far."""

    page_id: int
    first_run: int
    reason: Reason
    page: Page


def original_of(db: Database, page: Page, source: str) -> Original | None:
    """Return the capture that a revisit in a source points to, or one with the same content; None for one not read."""
    assert page.revisits
    found = db.execute(_ORIGINAL, [*page.revisits, page.captured, source, page.path]).fetchone()
    if found is None and page.payload_digest:
        found = db.execute(_SAME_PAYLOAD, [page.payload_digest, source, page.path]).fetchone()
    return Original(f"a revisit of page {found[0]}", found[1], Reason(found[2])) if found else None


def waiting_after(db: Database, last: int) -> Waiting | None:
    """Return the next rejected revisit, by id after `last`, of whose original there is news."""
    row = db.execute(_WAITING, [last]).fetchone()
    if row is None:
        return None
    page_id, first_run, reason, root, path, captured, digest, *revisits = row
    page = Page(path, root, captured=captured, revisits=tuple(revisits), payload_digest=digest)
    return Waiting(page_id, first_run, Reason(reason), page)
