"""Measure how much of the pages of an article stands in its canonical page, a few pages at a time.

A page that becomes the canonical page of many makes their similarities old all at once. Were they measured at once too,
a file that changes every night would pay for all its former states each time. So the article is noted in `unmeasured`,
each page that is saved pays for a few, and the end of a run for as many as the run has saved, and some more. What is
left then is left to later runs: a round goes through the pages by their ids, and where the canonical page changes
meanwhile, goes on to the last page and then from the first to where it was.
"""

from __future__ import annotations

from winnow.archive.index.sketches import SketchIndex
from winnow.archive.sqlite import Database
from winnow.match.overlap import compare

WITH_A_PAGE, AT_THE_END = 4, 100  # pages measured with each page that is saved, and in each step at the end of a run
_BEGIN = """INSERT INTO unmeasured (article_id, after) VALUES (?, 0)
    ON CONFLICT DO UPDATE SET upto = NULL, again = after"""
_JOIN = """UPDATE unmeasured SET upto = iif(upto < ?2, NULL, upto), again = iif(after < ?2, again, max(again, ?2))
    WHERE article_id = ?1"""
MAX_REMEMBERED = 10_000  # similarities of texts, of which many pages may carry the same

_NEXT = """SELECT u.article_id, u.after, ifnull(u.upto, 1e18), u.again, c.id, c.text_sha256 FROM unmeasured u
    LEFT JOIN articles a ON a.id = u.article_id LEFT JOIN pages c ON c.id = a.page_id
    ORDER BY u.after, u.article_id LIMIT 1"""
_PAGES = """SELECT id, text_sha256, similarity FROM pages
    WHERE article_id = ? AND id > ? AND id <= ? AND text_sha256 IS NOT NULL ORDER BY id LIMIT ?"""


class Measures:
    """The column `pages.similarity`, and the table of the articles whose pages it does not hold for yet."""

    def __init__(self, db: Database, index: SketchIndex) -> None:
        self._db, self._index = db, index
        self._canonical: str | None = None  # digest of the text that others were measured against
        self._found: dict[str, float] = {}  # by the digest of their text

    def begin(self, article_id: int) -> None:
        """Note that an article has another canonical page."""
        self._db.conn.execute(_BEGIN, [article_id])

    def join(self, article_id: int, page_id: int) -> None:
        """Let a page that has joined an article be measured too: it may have its similarity from one that is not."""
        self._db.conn.execute(_JOIN, [article_id, page_id])

    def go_on(self, limit: int = WITH_A_PAGE) -> bool:
        """Measure so many pages at most, and return whether there may be more."""
        found = self._db.conn.execute(_NEXT).fetchone()
        if found is None:
            return False
        article_id, after, upto, again, canonical_id, digest = found
        pages = self._db.conn.execute(_PAGES, [article_id, after, upto, limit]).fetchall() if digest else []
        if digest != self._canonical or len(self._found) > MAX_REMEMBERED:
            self._canonical, self._found = digest, {}
        for page_id, text_sha256, before in pages:
            if text_sha256 not in self._found:
                self._found[text_sha256] = self._similarity(page_id, canonical_id)
            if self._found[text_sha256] != before:
                changed = [self._found[text_sha256], page_id]
                self._db.conn.execute("UPDATE pages SET similarity = ? WHERE id = ?", changed)
        if len(pages) == limit:
            self._db.conn.execute("UPDATE unmeasured SET after = ? WHERE article_id = ?", [pages[-1][0], article_id])
        elif again and digest:
            second = "UPDATE unmeasured SET after = 0, upto = again, again = 0 WHERE article_id = ?"
            self._db.conn.execute(second, [article_id])
        else:
            self._db.conn.execute("DELETE FROM unmeasured WHERE article_id = ?", [article_id])
        return True

    def _similarity(self, page_id: int, canonical_id: int) -> float:
        one, canonical = (self._index.extraction(id_).text for id_ in (page_id, canonical_id))
        return round(compare(one, canonical).containment, 4)
