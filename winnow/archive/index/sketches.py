"""The index of known texts in SQLite: find pages by digest and by shared sketch hashes, and return their texts."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable
from heapq import nsmallest
from typing import Any

from winnow.archive.index.lookups import HAS_BYTES
from winnow.archive.index.postings import GENERATION, POSTINGS_CAP, PostingLists
from winnow.archive.sqlite import Database
from winnow.decision import KnownPage, note_of
from winnow.fingerprint import Fingerprint, fingerprint
from winnow.items import HTML, Kind
from winnow.match.decide import MAX_VERIFIED, MIN_SHARED_HASHES, Stated
from winnow.parts import part_in
from winnow.reading import Extraction

WORDS_DIGITS = 16  # of the digest of a page's words, in `pages.words`: the whole digest stands in `texts`
FULL_LIST = 6  # hashes with full posting lists that together count as much as one other hash
CACHE_MB = 64  # megabytes

# Where a page stands in the order in which pages are decided anew: revisits of bytes that come later stand last.
PLACE = """p.id + iif(p.revisits IS NULL OR EXISTS (SELECT 1 FROM pages o
    WHERE o.sha256 = p.sha256 AND o.revisits IS NULL AND o.id < p.id), 0, 1e15)"""

_KNOWN = """SELECT p.id, p.article_id, a.page_id, p.similarity,
        EXISTS (SELECT 1 FROM revisions WHERE article_id = a.id)
    FROM pages p JOIN articles a ON a.id = p.article_id"""
_HAVE_WORDS = f"""pages p CROSS JOIN texts t ON t.sha256 = p.text_sha256
    WHERE p.words = substr(?1, 1, {WORDS_DIGITS}) AND t.words_sha256 = ?1 AND p.article_id IS NOT NULL
        AND p.id <= ?2 AND {PLACE} <= ?2"""
# A revisit comes after all originals.
_FIRST_WITH_WORDS, _FIRST_REVISIT = (
    f"SELECT p.id FROM {_HAVE_WORDS} AND p.revisits {is_original} ORDER BY p.id LIMIT 1"
    for is_original in ("IS NULL", "IS NOT NULL")
)
_STATED = f"""SELECT count(*), max(p.captured) FROM {_HAVE_WORDS}
    AND EXISTS (SELECT 1 FROM extractions WHERE page_id = p.id AND url = ?3)"""
_WORDS = """SELECT p.id, t.words_sha256 FROM pages p JOIN texts t ON t.sha256 = p.text_sha256
    WHERE p.id IN (SELECT value FROM json_each(?))"""


class SketchIndex:
    """Implement `decide_page.PageIndex` over the tables `pages` and `texts` and the posting lists.

    Each distinct text is indexed once, under the first page that carried it. A posting list keeps its first
    `POSTINGS_CAP` pages, so the hundredth capture of an article still finds the first captures.

    `cache_mb` (megabytes) bounds the memory. A quarter is SQLite's cache of the database file: hashes are spread
    evenly, so a larger cache does not help. The rest holds fingerprints of known texts, some 20 bytes a word, since the
    same few texts are compared again and again; the latest fingerprint is kept whatever its size.

    `until` is a place in the order in which pages are decided: no page that was decided later is known. In a crawl all
    are.
    """

    def __init__(self, db: Database, cache_mb: int = CACHE_MB, generation: int = GENERATION) -> None:
        self._db, self.postings = db, PostingLists(db, generation)
        self._db.execute(f"PRAGMA cache_size = -{cache_mb * 256}")  # in KiB
        self._extractions: OrderedDict[int, Extraction] = OrderedDict()
        self._room = cache_mb * 768 * 1024  # bytes left for fingerprints
        self.until = math.inf

    def page_with_digest(self, digest: str) -> KnownPage | None:
        """Return the earliest page whose normalised text has this digest."""
        first = self._first(digest)
        return self._known("p.id = ?", first) if first else None

    def page_with_bytes(self, sha256: str) -> KnownPage | None:
        """Return the earliest page with these very bytes that carries an article."""
        return self._known("p.revisits IS NULL AND p.sha256 = ?", sha256) or self._known("p.sha256 = ?", sha256)

    def has_bytes(self, sha256: str, captured: str | None) -> bool:
        """Return whether a page with these bytes, captured no later than `captured` if given, carries an article."""
        query = f"{HAS_BYTES} AND {PLACE} <= ?3 LIMIT 1"
        return self._db.execute(query, [sha256, captured, self.until]).fetchone() is not None

    def candidates(self, sketch: list[int]) -> Iterable[tuple[KnownPage, int]]:
        """Return the pages that share most sketch hashes and the number that each shares, in order of page id.

        A hash with a full posting list counts as a sixth of a hash: two rare hashes or twelve common ones make a
        candidate. So the boilerplate of a large site causes no comparison, and the hundredth copy of an article is
        still found.
        """
        shared, weights = Counter[int](), Counter[int]()
        for listed in self.postings.find(sketch).values():
            pages = listed if self.until == math.inf else [page_id for page_id in listed if page_id <= self.until]
            shared.update(pages)
            weights.update(dict.fromkeys(pages, 1 if len(pages) >= POSTINGS_CAP else FULL_LIST))
        found = [(-weight, page_id) for page_id, weight in weights.items() if weight >= FULL_LIST * MIN_SHARED_HASHES]
        if not found:
            return []
        best = json.dumps([page_id for _, page_id in nsmallest(MAX_VERIFIED, found)])
        rows = self._db.execute(f"{_KNOWN} WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id", [best])
        return [(_known_page(row), shared[row[0]]) for row in rows]

    def extraction(self, page_id: int) -> Extraction:
        """Return what was extracted from a page, from the cache or made anew from what is stored.

        Raises `sqlite3.IntegrityError` where the page's text is missing from the database.
        """
        cached = self._extractions.get(page_id)
        if cached is None:
            cached = self._extractions[page_id] = self._read(page_id)
            self._room -= cached.text.nbytes
            while self._room < 0 and len(self._extractions) > 1:
                self._room += self._extractions.popitem(last=False)[1].text.nbytes
        self._extractions.move_to_end(page_id)
        return cached

    def stated(self, digest: str, url: str) -> Stated | None:
        """Return when earlier pages with this digest stated this address; None if there is no such page."""
        count, captured = self._db.execute(_STATED, [digest, self.until, url]).fetchone()
        return Stated(captured) if count else None

    def add(self, page_id: int, text: Fingerprint) -> None:
        """Index a page's text, unless the same text is indexed already under an earlier page."""
        self._drop(page_id)
        if self._first(text.digest) == page_id:
            self.postings.add(page_id, text.sketch)

    def remove(self, page_ids: Collection[int]) -> dict[str, int]:
        """Take pages that carry no article any more out of the index and of memory.

        Where another page has the words of one of them, the first such page is indexed instead. Return these pages by
        the digest of the words.
        """
        words = dict(self._db.execute(_WORDS, [json.dumps(list(page_ids))]).fetchall())
        sketches = {page_id: self.extraction(page_id).text.sketch for page_id in words}
        self.postings.remove(sketches)
        found: dict[str, int] = {}
        for page_id, digest in words.items():
            self._drop(page_id)
            if digest not in found and (first := self._first(digest)):
                found[digest] = first
                self.postings.add(first, sketches[page_id])
        return found

    def clear(self) -> None:
        """Take all pages out of the index and of memory."""
        for table in ("sketches", "recent_sketches"):
            self._db.execute(f"DELETE FROM {table}")
        for page_id in [*self._extractions]:
            self._drop(page_id)

    def _first(self, digest: str) -> int | None:
        for query in (_FIRST_WITH_WORDS, _FIRST_REVISIT):
            if found := self._db.execute(query, [digest, self.until]).fetchone():
                return int(found[0])
        return None

    def _drop(self, page_id: int) -> None:
        outdated = self._extractions.pop(page_id, None)
        self._room += outdated.text.nbytes if outdated else 0

    def _known(self, condition: str, value: object) -> KnownPage | None:
        query = f"{_KNOWN} WHERE {condition} AND {PLACE} <= ? ORDER BY p.id LIMIT 1"
        row = self._db.execute(query, [value, self.until]).fetchone()
        return _known_page(row) if row else None

    def _read(self, page_id: int) -> Extraction:
        query = """SELECT t.text, p.media_type, ifnull(e.confidence, 0), e.url, p.captured, p.kind, p.detail, p.sha256,
                p.title
            FROM pages p JOIN texts t ON t.sha256 = p.text_sha256 LEFT JOIN extractions e ON e.page_id = p.id
            WHERE p.id = ?"""
        row = self._db.execute(query, [page_id]).fetchone()
        if row is None or row[0] is None:
            raise sqlite3.IntegrityError(f"the text of page {page_id} has gone")
        text, media_type, confidence, url, captured, kind, detail, sha256, title = row
        is_html, known, part = media_type == HTML, Kind(kind or Kind.ARTICLE), part_in(note_of(detail or ""))
        return Extraction(fingerprint(text), is_html, confidence, url, captured, known, part, sha256, title)


def _known_page(row: tuple[Any, ...]) -> KnownPage:
    return KnownPage(row[0], row[1], row[2], row[3], bool(row[4]))
