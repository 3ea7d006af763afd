"""Decide all duplicates anew from what the database holds, after the rules, the parameters or the code have changed.

No seed file is read, unless what another version has read is to be read anew (`winnow.runs.reread`). The pages that
carry an article go through the same decision as in a crawl, in the order in which they were first read, each as if only
the pages before it were known. Rejected pages stay as they are, and pages of other kinds than are wanted join them.
Articles keep their ids as far as their pages stay together, and their Markdown where they keep their text: that of
other texts is not stored.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from winnow.archive import refused, rows
from winnow.archive.articles import article_of, article_row, ending, ending_of
from winnow.archive.store import Store
from winnow.decision import KnownFile, Original, Verdict, note_of
from winnow.fingerprint import PARAMETERS, Fingerprint
from winnow.items import Page, Reason, Rejection, StartError
from winnow.kinds import EVERY_KIND, Kinds, of_kinds
from winnow.match.decide_page import decide_page
from winnow.reading import Reading
from winnow.runs.options import RunOptions
from winnow.runs.reread import Reread, read_anew

_SET_BACK = (
    "CREATE TEMP TABLE before AS SELECT id, reason, article_id FROM pages WHERE article_id IS NOT NULL",
    "CREATE UNIQUE INDEX temp.before_id ON before (id)",
    # A file that was changed back has the bytes of an earlier version: that page is decided again after the later ones.
    """CREATE TEMP TABLE waiting AS
    SELECT id, id + iif(revisits IS NULL, 0, 1e15) AS place, first_run AS run FROM pages WHERE article_id IS NOT NULL
    UNION ALL
    SELECT p.id, max(q.id) + 0.5, max(q.last_run) + 1 FROM pages p JOIN pages q USING (source, path)
    WHERE p.article_id IS NOT NULL AND q.id > p.id AND q.last_run < p.last_run GROUP BY p.id""",
    """CREATE TEMP TABLE shown AS SELECT p.text_sha256, max(a.markdown) AS markdown
    FROM articles a JOIN pages p ON p.id = a.page_id WHERE a.markdown IS NOT NULL GROUP BY p.text_sha256""",
    "CREATE UNIQUE INDEX temp.shown_text ON shown (text_sha256)",
    "DELETE FROM sketches",
    "DELETE FROM recent_sketches",
    "DELETE FROM revisions",
    "DELETE FROM parameters",
    "UPDATE pages SET outcome = 'rejected', article_id = NULL, parent_id = NULL WHERE article_id IS NOT NULL",
)
_CLEAN_UP = (
    "DELETE FROM articles WHERE id NOT IN (SELECT article_id FROM pages WHERE article_id IS NOT NULL)",
    """UPDATE articles SET first_seen = seen.first, last_seen = seen.last, page_count = seen.pages
    FROM (SELECT p.article_id, min(ifnull(p.captured, f.started)) AS first, count(*) AS pages,
            max(max(l.started), min(ifnull(p.captured, f.started))) AS last
        FROM pages p JOIN runs f ON f.id = p.first_run JOIN runs l ON l.id = p.last_run GROUP BY p.article_id) AS seen
    WHERE seen.article_id = articles.id
        AND (first_seen, last_seen, page_count) IS NOT (seen.first, seen.last, seen.pages)""",
)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild changed: `moved` counts pages with another article now, `endings` pages with another reason."""

    pages: int
    articles: int
    articles_before: int
    moved: int
    endings: Counter[tuple[str, str]]  # reason before and after, where they differ
    stale: int = 0  # pages that another version had read
    read_anew: int = 0  # those of them whose files were still there


def rebuild(
    path: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
    kinds: Kinds = EVERY_KIND,
    stale: RunOptions | None = None,
) -> Rebuilt:
    """Decide all duplicates of a database anew, in one transaction.

    `progress` is called with the number of pages decided so far and the number of all. A page known to be of none of
    the `kinds` is rejected. With `stale`, pages that another version has read are read anew first, with these options,
    as far as their files are still there. Raises `StartError` if the database does not exist, cannot be opened or is in
    use.
    """
    if not path.exists():
        raise StartError(f"{path} does not exist: name a database with -s DATABASE=FILE")
    store = Store(path, any_parameters=True)
    try:
        with store.db.atomic():
            replay = _Replay(store, kinds)
            if stale:
                replay.reread = read_anew(store, stale)
            total = replay.count("waiting")
            for done, (page_id, run_id) in enumerate(replay.waiting(), 1):
                replay.decide(page_id, run_id)
                progress(done, total)
            return replay.finish()
    finally:
        store.close()


class _Past:
    """The archive as it was when a page was first decided, as far as `decide_page` asks."""

    def __init__(self, store: Store) -> None:
        self._store, self.index, self.said = store, store.index, store.said
        self.previous_page, self.version = store.previous_page, store.version

    def known_file(self, page: Page) -> KnownFile | None:
        """Return the newest known version of the file at the page's path, as not settled: it may be the page itself."""
        known = self._store.known_file(page)
        return known and replace(known, is_settled=False)

    def original(self, page: Page) -> Original:
        """Return the page that a revisit pointed to when first decided; the revisit's row has held its bytes since."""
        assert page.number
        row = rows.get(self._store.db, "pages", page.number)
        return Original(row["detail"], row["sha256"], Reason(row["reason"]))


class _Replay:
    """The pages of a database, which are decided again one by one.

    A page that waits for its turn has no article, so the decision on an earlier page cannot find it.
    """

    def __init__(self, store: Store, kinds: Kinds) -> None:
        self._store, self._db, self._index, self._past = store, store.db, store.index, _Past(store)
        self._kinds, self.reread = kinds, Reread()
        self._used: set[int] = set()
        self._articles_before = self.count("articles")
        for statement in _SET_BACK:
            self._db.execute(statement)
        parameters = ({"name": name, "value": json.dumps(value)} for name, value in PARAMETERS.items())
        self._db.table("parameters").insert_all(parameters)

    def count(self, table: str) -> int:
        """Count the rows of a table."""
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def waiting(self) -> Iterator[tuple[int, int]]:
        """Yield the ids of the pages in order, each with the id of the run that read the page."""
        yield from self._db.execute("SELECT id, run FROM waiting ORDER BY place")

    def decide(self, page_id: int, run_id: int) -> None:
        """Decide on one page and write the outcome."""
        row, text = rows.get(self._db, "pages", page_id), self._index.extraction(page_id).text
        self._count_words(row, text)
        reading = of_kinds(self._reading(row, text), self._kinds if row["kind"] else EVERY_KIND)
        if rejection := self.reread.rejected.get(page_id) or reading.rejection:
            self._reject(row, rejection)
            return
        decision = decide_page(self._page(row), reading, self._past)
        assert not isinstance(decision, Rejection)
        if isinstance(decision, Verdict):  # else the file has the bytes of an earlier version again, decided already
            self._write(row, reading, text, decision, run_id)

    def finish(self) -> Rebuilt:
        """Delete articles that no page carries any more, and return what has changed."""
        for statement in _CLEAN_UP:
            self._db.execute(statement)
        differ = "SELECT count(*) FROM before b JOIN pages p USING (id) WHERE"
        moved = self._db.execute(f"{differ} b.article_id != p.article_id").fetchone()[0]
        changed = self._db.execute(
            "SELECT b.reason, p.reason, count(*) FROM before b JOIN pages p USING (id)"
            " WHERE b.reason != p.reason GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
        )
        endings = Counter({(before, after): count for before, after, count in changed})
        counts = self.count("before"), self.count("articles"), self._articles_before
        return Rebuilt(*counts, moved, endings, self.reread.stale, self.reread.read)

    def _count_words(self, row: dict[str, Any], text: Fingerprint) -> None:
        """Write the word count and the digest of the words anew: what counts as a word may have changed."""
        self._db.execute("UPDATE pages SET word_count = ? WHERE id = ?", [text.word_count, row["id"]])
        self._db.execute("UPDATE texts SET words_sha256 = ? WHERE sha256 = ?", [text.digest, row["text_sha256"]])

    def _page(self, row: dict[str, Any]) -> Page:
        # A page that was a revisit is decided as one if a page with its bytes is known; all such pages come before it.
        is_revisit = row["revisits"] and self._index.page_with_bytes(row["sha256"])
        revisits = (row["revisits"], row["revisits_captured"]) if is_revisit else None
        return Page(row["path"], row["root"], captured=row["captured"], revisits=revisits, number=row["id"])

    def _reading(self, row: dict[str, Any], text: Fingerprint) -> Reading:
        """Return what the page said when it was read, from the rows that keep it."""
        stated = rows.get(self._db, "extractions", row["id"], "page_id")
        content = rows.get(self._db, "texts", row["text_sha256"], "sha256")["text"]
        shown = self._db.execute("SELECT markdown FROM temp.shown WHERE text_sha256 = ?", [row["text_sha256"]])
        [markdown] = shown.fetchone() or [None]
        kept = {"title": row["title"], "text": content, "kind": row["kind"], "markdown": markdown}
        article = article_of(stated | kept)
        article = replace(article, note=note_of(row["detail"]))
        return Reading(row["sha256"], row["media_type"], row["encoding"], article, text)

    def _write(self, row: dict[str, Any], reading: Reading, text: Fingerprint, verdict: Verdict, run_id: int) -> None:
        assert reading.article
        page_id, articles = row["id"], self._store.articles
        columns = article_row(reading.article, text) | {"kind": row["kind"]}  # null where it was never told
        if articles.reads_as_before(verdict, columns):
            verdict = Verdict(Reason.SAME_TEXT, "the page has changed, its article has not", verdict.parent)
        article_id = verdict.parent.article_id if verdict.parent else self._begin(row, columns)
        rows.update(self._db, "pages", page_id, ending_of(verdict, article_id))
        if verdict.reason is not Reason.SAME_BYTES:
            self._index.add(page_id, text)
            self._index.postings.move()
        if verdict.takes_over:
            articles.take_over(article_id, page_id, verdict, columns, run_id)

    def _reject(self, row: dict[str, Any], rejection: Rejection) -> None:
        """Leave of a page what a crawl writes of a rejected one."""
        nothing = dict.fromkeys(("title", "text_sha256", "word_count"))
        rows.update(self._db, "pages", row["id"], ending(rejection.reason, rejection.detail) | nothing)
        self._db.execute("DELETE FROM extractions WHERE page_id = ?", [row["id"]])
        left = "NOT EXISTS (SELECT 1 FROM pages WHERE text_sha256 = texts.sha256)"
        self._db.execute(f"DELETE FROM texts WHERE sha256 = ? AND {left}", [row["text_sha256"]])
        refused.keep(self._db, row["id"], rejection.text)

    def _begin(self, row: dict[str, Any], columns: dict[str, Any]) -> int:
        """Begin an article and return its id: that of the article that the page carried before, unless it is taken."""
        now, wanted = self._db.execute(
            "SELECT r.started, b.article_id FROM before b JOIN runs r ON r.id = ? WHERE b.id = ?",
            [row["first_run"], row["id"]],
        ).fetchone()
        article_id = self._store.articles.begin(columns, now) if wanted in self._used else int(wanted)
        self._used.add(article_id)
        self._store.articles.write(article_id, {**columns, "page_id": row["id"]})
        return article_id
