"""Posting lists on disk, written in the order of their hashes instead of the order in which they come.

A posting is a sketch hash and the id of a page that has it. Hashes are spread evenly, so the postings of a batch belong
to thousands of places all over the large table `sketches`. If they were written there at once, SQLite would write one
page of the file for nearly every posting. So new postings are only noted, in one row of `recent_sketches` for each page
of the archive, and looked up in memory. When a generation of half a million postings has gathered, the next begins to
grow. Meanwhile each commit moves as many postings of the older generation as have come in, in order of hash: a page of
`sketches` is written once for all postings that have gathered for it, and no commit takes longer than another. This is
the log-structured merge tree of P. O'Neil et al., 1996; `recent_sketches` is its log.

Memory holds nothing that is not in the rows. So nothing need be saved when a run ends, or repaired after a run was
killed: the oldest rows that make up a generation are those being moved, and bisection tells how far that has come.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from winnow.archive.index.lookups import POSTINGS
from winnow.archive.index.recent import Numbers, RecentPostings, pairs, postings_of
from winnow.archive.sqlite import Database
from winnow.fingerprint import SKETCH_BITS
from winnow.reading import FoundPostings

POSTINGS_CAP = 64  # pages kept per hash: a hash of site boilerplate is on every page of a site and tells nothing
GENERATION = 500_000  # postings; 12,500 pages have as many

_RECENT = "SELECT id, page_id, hashes FROM recent_sketches ORDER BY id"
_PACKED = np.dtype("<i4")
_NONE = np.zeros(0, np.int64)
_NO_PAGE = np.array(-(1 << SKETCH_BITS - 1), _PACKED).tobytes()  # the hash in postings of a page that was taken out


class PostingLists:
    """The tables `sketches` and `recent_sketches`; memory holds the rows of the latter, up to two generations.

    `generation` is counted in postings, `cap` is the number of pages kept for each hash.
    """

    def __init__(self, db: Database, generation: int = GENERATION, cap: int = POSTINGS_CAP) -> None:
        self._db, self._generation, self._cap = db, generation, cap
        self._recent = RecentPostings(_NONE, _NONE)
        self._first, self._last = 0, 0  # ids of the rows of `recent_sketches` that memory holds
        self._older_last, self._to_move = 0, _NONE  # the older generation's last row, its postings not yet moved
        self._came = 0  # postings added since the last move
        self._given: tuple[Sequence[int], FoundPostings] | None = None
        self._found: tuple[Sequence[int], Mapping[int, Collection[int]]] = (), {}  # by the last look-up

    def give(self, sketch: Sequence[int], found: FoundPostings) -> None:
        """Let the next look-up of a sketch use what a worker has found, if that still holds then."""
        self._given = sketch, found

    def find(self, sketch: Sequence[int]) -> Mapping[int, Collection[int]]:
        """Return the ids of the pages that have each hash of a sketch, by hash; without hashes that no page has."""
        self._keep_up()
        if sketch != self._found[0]:
            lists = defaultdict[int, set[int]](set)  # sets, as a posting may be both on disk and in memory
            for value, page_id in self._look_up(sketch):
                lists[value].add(page_id)
            for value, page_id in self._recent.find(sketch):
                if page_id:  # else it was taken out
                    lists[value].add(page_id)
            self._found = sketch, lists
        return self._found[1]

    def add(self, page_id: int, sketch: Sequence[int]) -> None:
        """Add a page to the lists of its hashes, except full ones. After `find` of the same sketch it costs little."""
        lists = self.find(sketch)
        full = {value for value, pages in lists.items() if len(pages) >= self._cap or page_id in pages}
        hashes = [value for value in sketch if value not in full]
        if not hashes:
            return
        row = [page_id, np.array(hashes, _PACKED).tobytes()]
        added = self._db.conn.execute("INSERT INTO recent_sketches (page_id, hashes) VALUES (?, ?)", row)
        self._last = added.lastrowid or 0
        self._first = self._first or self._last
        self._recent.add(page_id, hashes)
        self._came += len(hashes)
        self._found = (), {}

    def remove(self, sketches: Mapping[int, Sequence[int]]) -> None:
        """Take pages, each given with its sketch, out of the lists of their hashes.

        Their rows of `recent_sketches` stay, with as many postings of no page, the smallest there are: where a
        generation ends is counted. One empty row more tells memory when this is rolled back. What a worker found before
        the commit may still name the pages.
        """
        listed = ((value, page_id) for page_id, sketch in sketches.items() for value in sketch)
        self._db.conn.executemany("DELETE FROM sketches WHERE hash = ? AND page_id = ?", listed)
        rows = "SELECT length(hashes), id FROM recent_sketches WHERE page_id IN (SELECT value FROM json_each(?))"
        emptied = [
            (_NO_PAGE * (size // 4), row_id) for size, row_id in self._db.execute(rows, [json.dumps([*sketches])])
        ]
        self._db.conn.executemany("UPDATE recent_sketches SET page_id = 0, hashes = ? WHERE id = ?", emptied)
        self._db.execute("INSERT INTO recent_sketches (page_id, hashes) VALUES (0, x'')")
        came, self._given = self._came, None
        self._read()
        self._came = came

    def move(self) -> None:
        """Move as many postings of the older generation as have come in since the last time."""
        while self._came:
            self._keep_up()
            moved, self._to_move = self._to_move[: self._came], self._to_move[self._came :]
            # No posting should be there yet; but without OR IGNORE, one that is there all the same would end every run.
            self._db.conn.executemany("INSERT OR IGNORE INTO sketches VALUES (?, ?)", pairs(moved))
            left, self._came = self._came - len(moved), 0
            if not len(self._to_move) and self._recent.younger_count >= self._generation:
                self._db.execute("DELETE FROM recent_sketches WHERE id <= ?", [self._older_last])
                self._read()
                self._came = left

    def _look_up(self, sketch: Sequence[int]) -> Collection[tuple[int, int]]:
        given, self._given = self._given, None
        if given and given[0] == sketch and given[1].first_row == self._first:
            return given[1].postings
        return self._db.execute(POSTINGS, [json.dumps(sketch)]).fetchall()

    def _keep_up(self) -> None:
        """Read the rows unless memory holds them: at the beginning, and after a transaction was rolled back."""
        last = self._db.conn.execute("SELECT ifnull(max(id), 0) FROM recent_sketches").fetchone()[0]
        if last != self._last:
            self._read()

    def _read(self) -> None:
        self._recent, self._to_move = RecentPostings(_NONE, _NONE), _NONE  # frees memory for what follows
        # `ends` holds, for each row, the number of postings up to its end.
        ids, page_ids, ends, packed = array("q", [0]), array("q"), array("q", [0]), bytearray()
        try:
            for row_id, page_id, hashes in self._db.execute(_RECENT):
                packed += hashes
                ids.append(row_id)
                page_ids.append(page_id)
                ends.append(len(packed) // _PACKED.itemsize)
            postings = postings_of(np.frombuffer(packed, _PACKED), np.repeat(page_ids, np.diff(ends)))
        except (TypeError, ValueError) as error:
            raise sqlite3.DatabaseError("malformed: rows of recent_sketches") from error
        older = bisect_left(ends, self._generation) if ends[-1] >= self._generation else 0
        self._first, self._last, self._older_last = ids[:2][-1], ids[-1], ids[older]
        self._recent = RecentPostings(postings[: ends[older]], postings[ends[older] :])
        self._to_move = self._not_moved(self._recent.older)
        self._came, self._found = 0, ((), {})

    def _not_moved(self, older: Numbers) -> Numbers:
        def is_left(posting: np.int64) -> bool:
            ((value, page_id),) = pairs(np.array([posting]))
            known = "SELECT 1 FROM sketches WHERE hash = ? AND page_id = ?"
            return page_id > 0 and self._db.execute(known, [value, page_id]).fetchone() is None

        return older[bisect_left(older, True, key=is_left) :]


def all_postings(db: Database | sqlite3.Connection) -> set[tuple[int, int]]:
    """Return all postings of both tables, as hash and page id."""
    recent = db.execute("SELECT hashes, page_id FROM recent_sketches WHERE page_id > 0")
    found = {(value, page_id) for hashes, page_id in recent for value in np.frombuffer(hashes, _PACKED).tolist()}
    return found | {(value, page_id) for value, page_id in db.execute("SELECT hash, page_id FROM sketches")}
