"""The archive as it was when a page was first decided, as far as `decide_page` asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from winnow.archive import rows
from winnow.archive.index.sketches import PLACE, SketchIndex
from winnow.archive.store import Store
from winnow.decision import KnownFile, KnownPage, Original
from winnow.items import Page, Reason
from winnow.reading import Extraction

_SPEAKING = "SELECT page_id FROM temp.beside WHERE source = ? AND path = ? AND place <= ?"
# The article of a page outside, where something has become of the page since: its turn has come, or come again.
_LATER = f"""SELECT p.article_id FROM pages p WHERE p.id = ?1 AND p.article_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM temp.before WHERE id = p.id)
    AND ({PLACE} > ?2 OR EXISTS (SELECT 1 FROM pages q WHERE (q.source, q.path) = (p.source, p.path)
        AND q.id > max(p.id, ?2 - 0.5) AND q.last_run < p.last_run))"""


class Past:
    """The pages before the one that is decided: those set back as far as they were decided again, the others as then.

    What another article was then cannot be told where its canonical page came later. Such articles are noted in
    `changed`, as they have to be set back too.
    """

    def __init__(self, store: Store) -> None:
        self._store, self.index, self.version = store, _Index(store.index, self._look), store.version
        self.said = store.said
        self.changed: set[int] = set()

    def known_file(self, page: Page) -> KnownFile | None:
        """Return the newest known version of the file at the page's path, as not settled: it may be the page itself."""
        known = self._store.known_file(page)
        return known and replace(known, is_settled=False, is_forgotten=False)

    def is_forgotten(self, _sha256: str, _words: str | None) -> bool:
        """Return False: what was forgotten is not there to be decided."""
        return False

    def previous_page(self, page: Page) -> KnownPage | None:
        """Return the article's canonical page that was read at this very path, if there was one."""
        place = [self._store.source_of(page.root), page.path, self._store.index.until]
        for (page_id,) in self._store.db.execute(_SPEAKING, place).fetchall():
            self._look(page_id)
        return self._store.previous_page(page)

    def original(self, page: Page) -> Original:
        """Return the page that a revisit pointed to when first decided; the revisit's row has held its bytes since."""
        assert page.number
        row = rows.get(self._store.db, "pages", page.number)
        return Original(row["detail"], row["sha256"], Reason(row["reason"]))

    def _look(self, page_id: int) -> None:
        found = self._store.db.execute(_LATER, [page_id, self._store.index.until]).fetchone()
        self.changed.update(found or ())


class _Index:
    """An index that looks at every page whose text is asked for."""

    def __init__(self, index: SketchIndex, look: Callable[[int], None]) -> None:
        self._index, self._look = index, look
        self.page_with_digest, self.page_with_bytes = index.page_with_digest, index.page_with_bytes
        self.has_bytes, self.candidates, self.stated = index.has_bytes, index.candidates, index.stated

    def extraction(self, page_id: int) -> Extraction:
        """Return what was extracted from a page."""
        self._look(page_id)
        return self._index.extraction(page_id)
