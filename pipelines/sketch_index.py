"""The index of known texts in SQLite: find pages by digest and by shared sketch hashes, and give their texts."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable

from sqlite_utils import Database

from pipelines.decode import HTML
from pipelines.dedupe import Extraction, KnownPage
from pipelines.fingerprint import Fingerprint, fingerprint

POSTINGS_CAP = 64  # pages kept per hash: site boilerplate is on every page of a site and tells nothing
CACHED_TEXTS = 256  # fingerprints kept in memory, about 20 bytes a word each

_KNOWN = """SELECT p.id, p.article_id, a.page_id, p.similarity,
        EXISTS (SELECT 1 FROM revisions WHERE article_id = a.id)
    FROM pages p JOIN articles a ON a.id = p.article_id"""
_FIRST_WITH_WORDS = """SELECT min(p.id) FROM texts t JOIN pages p ON p.text_sha256 = t.sha256
    WHERE t.words_sha256 = ? AND p.article_id IS NOT NULL"""


class SketchIndex:
    """Implement `dedupe.Index` over the tables `pages`, `texts` and `sketches`.

    Each distinct text is indexed once, under the first page that carried it. A posting list keeps its first
    `POSTINGS_CAP` pages, so the hundredth capture of an article still finds the first ones.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._extractions: OrderedDict[int, Extraction] = OrderedDict()

    def page_with_digest(self, digest: str) -> KnownPage | None:
        """Give the earliest page whose normalised text has this digest."""
        first = self._db.execute(_FIRST_WITH_WORDS, [digest]).fetchone()[0]
        return self._known("p.id = ?", first) if first else None

    def page_with_bytes(self, sha256: str) -> KnownPage | None:
        """Give the earliest page with these very bytes that carries an article."""
        return self._known("p.sha256 = ?", sha256)

    def candidates(self, sketch: list[int]) -> Iterable[tuple[KnownPage, int]]:
        """Give the pages that share sketch hashes and how many each shares, in order of page id."""
        shared: Counter[int] = Counter()
        for value in sketch:
            rows = self._db.execute("SELECT page_id FROM sketches WHERE hash = ? LIMIT ?", [value, POSTINGS_CAP])
            shared.update(row[0] for row in rows)
        for page_id in sorted(page_id for page_id, count in shared.items() if count > 1):
            known = self._known("p.id = ?", page_id)
            if known:
                yield known, shared[page_id]

    def extraction(self, page_id: int) -> Extraction:
        """Give what was extracted from a page, made anew from what is stored or cached."""
        cached = self._extractions.get(page_id)
        if cached is None:
            cached = self._extractions[page_id] = self._read(page_id)
            if len(self._extractions) > CACHED_TEXTS:
                self._extractions.popitem(last=False)
        self._extractions.move_to_end(page_id)
        return cached

    def add(self, page_id: int, text: Fingerprint) -> None:
        """Index a page's text, unless the same text is indexed already under an earlier page."""
        self._extractions.pop(page_id, None)
        first = self._db.execute(_FIRST_WITH_WORDS, [text.digest]).fetchone()[0]
        if first != page_id:
            return
        self._db.conn.executemany(
            "INSERT OR IGNORE INTO sketches SELECT ?1, ?2"
            " WHERE (SELECT count(*) FROM (SELECT 1 FROM sketches WHERE hash = ?1 LIMIT ?3)) < ?3",
            [(value, page_id, POSTINGS_CAP) for value in text.sketch],
        )

    def _known(self, condition: str, value: object) -> KnownPage | None:
        row = self._db.execute(f"{_KNOWN} WHERE {condition} ORDER BY p.id LIMIT 1", [value]).fetchone()
        return KnownPage(row[0], row[1], row[2], row[3], bool(row[4])) if row else None

    def _read(self, page_id: int) -> Extraction:
        query = """SELECT t.text, p.media_type, ifnull(e.confidence, 0), e.url
            FROM pages p JOIN texts t ON t.sha256 = p.text_sha256 LEFT JOIN extractions e ON e.page_id = p.id
            WHERE p.id = ?"""
        text, media_type, confidence, url = self._db.execute(query, [page_id]).fetchone()
        return Extraction(fingerprint(text), media_type == HTML, confidence, url)
