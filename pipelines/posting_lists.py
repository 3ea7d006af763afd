"""Posting lists on disk: the recent postings apart, and moved to the others in the order of their hashes.

Hashes are spread evenly, so the postings of a batch belong to thousands of places all over a large table. Written there
at once, each makes SQLite write a page of the file for a single posting, and the larger the archive the more pages. So
they gather in a table that is small. When that is full, each commit moves as many as have come in, from where the last
one stopped, so that every page of the large table that is written receives all postings that have come for it: the
rolling merge of P. O'Neil et al., "The log-structured merge-tree", 1996. No commit takes longer than the others, and
both tables change with the pages in one transaction.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipelines.fingerprint import SKETCH_BITS
from pipelines.sqlite import Database

POSTINGS_CAP = 64  # pages kept per hash: site boilerplate is on every page of a site and tells nothing
RECENT = 100_000  # postings kept apart: those of 2,500 pages
MOVED = 10_000  # postings moved at once, at most

_POSTINGS = """
    SELECT hash, page_id FROM json_each(?1) JOIN sketches ON hash = value
    UNION ALL SELECT hash, page_id FROM json_each(?1) JOIN recent_sketches ON hash = value
"""
_FIRST, _LAST = -(1 << SKETCH_BITS - 1), (1 << SKETCH_BITS - 1) - 1


class PostingLists:
    """The tables `recent_sketches` and `sketches`; a posting is in one of them."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._next = _FIRST  # the hash from which on postings are moved next
        self._found: tuple[Sequence[int], Mapping[int, Sequence[int]]] = (), {}  # by the last look-up

    def find(self, sketch: Sequence[int]) -> Mapping[int, Sequence[int]]:
        """Give the pages that have each hash of a sketch; no list for a hash that none has."""
        if sketch != self._found[0]:
            lists = defaultdict(list)
            for value, page_id in self._db.execute(_POSTINGS, [json.dumps(sketch)]):
                lists[value].append(page_id)
            self._found = sketch, lists
        return self._found[1]

    def add(self, page_id: int, sketch: Sequence[int]) -> None:
        """Add a page to the lists of its hashes, unless they are full. Costs little after `find` of the same sketch."""
        lists = self.find(sketch)
        full = {value for value, pages in lists.items() if len(pages) >= POSTINGS_CAP or page_id in pages}
        rows = [(value, page_id) for value in sketch if value not in full]
        self._db.conn.executemany("INSERT INTO recent_sketches VALUES (?, ?)", rows)
        self._found = (), {}

    def merge(self, keep: int = RECENT) -> bool:
        """Move the recent postings beyond so many, `MOVED` of them at most; tell whether there were any."""
        excess = self._db.execute("SELECT count(*) FROM recent_sketches").fetchone()[0] - keep
        if excess <= 0:
            return False
        following = "SELECT hash FROM recent_sketches WHERE hash >= ? ORDER BY hash LIMIT 1 OFFSET ?"
        row = self._db.execute(following, [self._next, min(excess, MOVED) - 1]).fetchone()
        last = row[0] if row else _LAST
        moved = "FROM recent_sketches WHERE hash BETWEEN ? AND ?"
        # None is there; but without OR IGNORE, SQLite would keep a copy of each page that it writes, to take all back.
        self._db.execute(f"INSERT OR IGNORE INTO sketches SELECT hash, page_id {moved}", [self._next, last])
        self._db.execute(f"DELETE {moved}", [self._next, last])
        self._next = last + 1 if last < _LAST else _FIRST
        return True
