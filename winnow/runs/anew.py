"""Decide pages anew from what the database holds, each as if only the pages before it were known.

The pages go through the same decision as in a crawl, in the order in which they were first read; all other pages keep
their outcome. Articles keep their ids as far as their pages stay together, and their Markdown where they keep their
text: that of other texts is not stored.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from winnow.archive import refused, rows, texts
from winnow.archive.articles import article_of, article_row, ending, ending_of
from winnow.archive.index.sketches import PLACE, WORDS_DIGITS
from winnow.archive.store import Store
from winnow.decision import Verdict, note_of
from winnow.fingerprint import Fingerprint
from winnow.items import Outcome, Page, Reason, Rejection
from winnow.kinds import EVERY_KIND, Kinds, of_kinds
from winnow.match.decide_page import decide_page
from winnow.match.said import as_said, before_said
from winnow.reading import Reading
from winnow.runs.past import Past
from winnow.runs.reread import Reread
from winnow.runs.revisits import settle

# What a page at the same path carries depends on what stood there before.
_GIVEN = """text_sha256 IS NOT NULL AND id IN (SELECT value FROM json_each(?1) UNION ALL
    SELECT id FROM pages WHERE article_id IN (SELECT value FROM json_each(?2) UNION ALL
        SELECT q.article_id FROM pages p JOIN pages q USING (source, path)
        WHERE p.id IN (SELECT value FROM json_each(?1))))"""
_ALL = "text_sha256 IS NOT NULL AND ?1 IS NULL AND ?2 IS NULL"
_SET_BACK = (
    "CREATE UNIQUE INDEX temp.before_id ON before (id)",
    "CREATE TEMP TABLE touched (id INTEGER PRIMARY KEY)",
    "INSERT INTO touched SELECT DISTINCT article_id FROM before WHERE article_id IS NOT NULL",
    # A file that was changed back has the bytes of an earlier version: that page is decided again after the later ones.
    f"""CREATE TEMP TABLE waiting AS
    SELECT p.id, {PLACE} AS place, p.first_run AS run FROM before JOIN pages p USING (id)
    UNION ALL
    SELECT p.id, max(q.id) + 0.5, max(q.last_run) + 1
    FROM (SELECT id, last_run > min(last_run) OVER later AS is_back FROM pages
            WHERE is_version = 1 AND (source, path) IN (SELECT source, path FROM before JOIN pages USING (id))
            WINDOW later AS (PARTITION BY source, path ORDER BY id DESC ROWS UNBOUNDED PRECEDING))
        JOIN before USING (id) JOIN pages p USING (id) JOIN pages q USING (source, path)
    WHERE is_back AND q.id > p.id AND q.last_run < p.last_run GROUP BY p.id""",
    # The pages that speak for articles of other pages at the same paths.
    f"""CREATE TEMP TABLE beside AS SELECT source, path, a.page_id, min({PLACE}) AS place
    FROM (SELECT DISTINCT source, path FROM before JOIN pages USING (id)) JOIN pages p USING (source, path)
        JOIN articles a ON a.id = p.article_id
    WHERE p.id NOT IN (SELECT id FROM before) GROUP BY source, path, a.page_id""",
    "CREATE INDEX temp.beside_path ON beside (source, path)",
    """CREATE TEMP TABLE shown AS SELECT p.text_sha256, max(a.markdown) AS markdown
    FROM touched CROSS JOIN articles a USING (id) JOIN pages p ON p.id = a.page_id WHERE a.markdown IS NOT NULL
    GROUP BY p.text_sha256""",
    "CREATE UNIQUE INDEX temp.shown_text ON shown (text_sha256)",
    "DELETE FROM revisions WHERE article_id IN (SELECT id FROM temp.touched)",
    """UPDATE pages SET outcome = 'rejected', article_id = NULL, parent_id = NULL
    WHERE id IN (SELECT id FROM temp.before)""",
)
SHOWN = """SELECT max(markdown) FROM (SELECT markdown FROM temp.shown WHERE text_sha256 = ?1
    UNION ALL SELECT a.markdown FROM pages p CROSS JOIN articles a ON a.id = p.article_id AND a.page_id = p.id
    WHERE p.text_sha256 = ?1)"""
_IS_GONE = "NOT EXISTS (SELECT 1 FROM pages WHERE article_id = {})"
_CLEAN_UP = (
    f"""INSERT OR REPLACE INTO former_articles SELECT id, article_id FROM temp.before
        WHERE article_id IS NOT NULL AND {_IS_GONE.format("before.article_id")}""",
    f"DELETE FROM articles WHERE id IN (SELECT id FROM temp.touched) AND {_IS_GONE.format('articles.id')}",
    """UPDATE articles SET first_seen = seen.first, last_seen = seen.last, page_count = seen.pages
    FROM (SELECT p.article_id, min(ifnull(p.captured, f.started)) AS first, count(*) AS pages,
            max(max(l.started), min(ifnull(p.captured, f.started))) AS last
        FROM temp.touched t JOIN pages p ON p.article_id = t.id
            JOIN runs f ON f.id = p.first_run JOIN runs l ON l.id = p.last_run GROUP BY p.article_id) AS seen
    WHERE seen.article_id = articles.id
        AND (first_seen, last_seen, page_count) IS NOT (seen.first, seen.last, seen.pages)""",
)
_TABLES = ("before", "touched", "waiting", "beside", "shown")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What deciding anew changed: `moved` counts pages with another article now, `endings` those with another reason.

    The articles are those that the pages carry.
    """

    pages: int
    articles: int
    articles_before: int
    moved: int
    endings: Counter[tuple[str, str]]  # reason before and after, where they differ
    stale: int = 0  # pages that another version had read
    read_anew: int = 0  # those of them whose files were still there
    lost: int = 0  # pages of which so much has been deleted that the next run has to read them again


def decide_anew(store: Store, page_ids: Collection[int], kinds: Kinds = EVERY_KIND) -> Rebuilt:
    """Decide these pages anew, and all pages of the articles that they belong to, in the caller's transaction.

    So are the articles of other versions at their paths, those that one of the pages joins now, and those that were
    others when one of the pages was read. A page that carries no article is decided where its text is known. A page
    known to be of none of the `kinds` is rejected.
    """
    articles: set[int] = set()
    while True:
        try:
            with store.db.atomic():
                replay = Replay(store, kinds)
                replay.set_back(page_ids, articles)
                return replay.run()
        except _TooFewError as error:
            articles |= error.articles


def settle_anew(store: Store, kinds: Kinds = EVERY_KIND) -> Counter[tuple[str, str]]:
    """Settle revisits outside a run and decide them anew in their order, in the caller's transaction.

    Return how many ended with another reason, by the reason before and after.
    """
    [now] = store.db.execute("SELECT max(started) FROM runs").fetchone()
    settled = [(waiting, reason) for waiting, reason in settle(store, now) if reason]
    carried = [waiting.page_id for waiting, reason in settled if reason.outcome is not Outcome.REJECTED]
    if carried:
        decide_anew(store, carried, kinds)
    return Counter((str(waiting.reason), str(reason)) for waiting, reason in settled)


class _TooFewError(Exception):
    """Raised when other articles, those in `articles`, would have to be decided anew as well."""

    def __init__(self, articles: set[int]) -> None:
        super().__init__()
        self.articles = articles


class Replay:
    """Pages of a database that are set back and decided again one by one.

    A page that waits for its turn has no article, so the decision on an earlier page cannot find it.
    """

    def __init__(self, store: Store, kinds: Kinds = EVERY_KIND) -> None:
        self._store, self._db, self._index, self._past = store, store.db, store.index, Past(store)
        self._kinds, self.reread = kinds, Reread()
        self._used: set[int] = set()
        self._instead: dict[str, int] = {}  # pages outside, indexed while an earlier page with the same words waits

    def set_back(self, page_ids: Collection[int] | None, articles: Collection[int] = ()) -> None:
        """Set pages back, and all pages of their articles and of other articles; without `page_ids` all there are."""
        given = [None, None] if page_ids is None else [json.dumps([*page_ids]), json.dumps([*articles])]
        which = _ALL if page_ids is None else _GIVEN
        self._db.execute(f"CREATE TEMP TABLE before AS SELECT id, reason, article_id FROM pages WHERE {which}", given)
        for statement in _SET_BACK:
            self._db.execute(statement)
        if page_ids is None:
            self._index.clear()
        else:
            self._instead = self._index.remove([row[0] for row in self._db.execute("SELECT id FROM temp.before")])

    def run(self, progress: Callable[[int, int], None] = lambda done, total: None) -> Rebuilt:
        """Decide on the pages in order, and return what has changed.

        `progress` is called with the number of pages decided so far and the number of all.
        """
        total = self._count("waiting")
        try:
            for done, (page_id, place, run_id) in enumerate(self._waiting(), 1):
                self._index.until = place
                self._decide(page_id, run_id)
                progress(done, total)
        finally:
            self._index.until = math.inf
        if self._past.changed:
            raise _TooFewError(self._past.changed)
        return self._finish()

    def _count(self, what: str, of: str = "*") -> int:
        return int(self._db.execute(f"SELECT count({of}) FROM {what}").fetchone()[0])

    def _waiting(self) -> Iterator[tuple[int, float, int]]:
        yield from self._db.execute("SELECT id, place, run FROM temp.waiting ORDER BY place, run")

    def _decide(self, page_id: int, run_id: int) -> None:
        """Decide on one page and write the outcome."""
        row, text = rows.get(self._db, "pages", page_id), self._index.extraction(page_id).text
        self._count_words(row, text)
        reading = self._told(row, self._reading(row, text))
        if reading.rejection:
            self._reject(row, reading, reading.rejection)
            return
        decision = decide_page(self._page(row), reading, self._past)
        assert not isinstance(decision, Rejection)
        if isinstance(decision, Verdict):  # else the file has the bytes of an earlier version again, decided already
            self._write(row, reading, decision, run_id)

    def _finish(self) -> Rebuilt:
        """Delete articles that no page carries any more, and return what has changed."""
        after = "temp.before b JOIN pages p USING (id)"
        carried = f"SELECT p.article_id FROM {after} WHERE p.article_id IS NOT NULL"
        self._db.execute(f"INSERT OR IGNORE INTO temp.touched {carried}")
        for statement in _CLEAN_UP:
            self._db.execute(statement)
        texts.give(self._db, [article_id for (article_id,) in self._db.execute("SELECT id FROM temp.touched")])
        while self._store.measure():
            pass
        moved = self._count(f"{after} WHERE b.article_id != p.article_id")
        differ = f"SELECT b.reason, p.reason, count(*) FROM {after} WHERE b.reason != p.reason"
        changed = self._db.execute(f"{differ} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2")
        endings = Counter({(before, now): count for before, now, count in changed})
        articles = self._count(after, "DISTINCT p.article_id"), self._count("temp.before", "DISTINCT article_id")
        done = Rebuilt(self._count("temp.before"), *articles, moved, endings, self.reread.stale, self.reread.read)
        for table in _TABLES:
            self._db.execute(f"DROP TABLE temp.{table}")
        return done

    def _count_words(self, row: dict[str, Any], text: Fingerprint) -> None:
        """Write the word count and the digest of the words anew: what counts as a word may have changed."""
        counted = {"word_count": text.word_count, "words": text.digest[:WORDS_DIGITS]}
        rows.update(self._db, "pages", row["id"], counted)
        self._db.execute("UPDATE known_texts SET words_sha256 = ? WHERE sha256 = ?", [text.digest, row["text_sha256"]])

    def _page(self, row: dict[str, Any]) -> Page:
        # A page that was a revisit is decided as one if a page with its bytes is known; all such pages come before it.
        is_revisit = row["revisits"] and self._index.page_with_bytes(row["sha256"])
        revisits = (row["revisits"], row["revisits_captured"]) if is_revisit else None
        return Page(row["path"], row["root"], captured=row["captured"], revisits=revisits, number=row["id"])

    def _reading(self, row: dict[str, Any], text: Fingerprint) -> Reading:
        """Return what the page said when it was read, from the rows that keep it."""
        stated = rows.get(self._db, "extractions", row["id"], "page_id")
        content = rows.get(self._db, "texts", row["text_sha256"], "sha256")["text"]
        [markdown] = self._db.execute(SHOWN, [row["text_sha256"]]).fetchone()
        kept = {"title": row["title"], "text": content, "kind": row["kind"], "markdown": markdown}
        article = replace(article_of(stated | kept), note=note_of(row["detail"]))
        overruled = stated["overruled"]
        return Reading(row["sha256"], row["media_type"], row["encoding"], article, text, overruled=overruled)

    def _told(self, row: dict[str, Any], kept: Reading) -> Reading:
        """Return a reading by today's settings and corrections, and write it where a person has overruled Winnow."""
        again = self.reread.rejected.get(row["id"])
        found = replace(kept, article=None, rejection=again, overruled=None) if again else before_said(kept)
        is_of_known_kind = row["kind"] or kept.overruled
        reading = as_said(of_kinds(found, self._kinds if is_of_known_kind else EVERY_KIND), self._store.said)
        if reading.article and (kept.overruled or reading.overruled):
            reader = {} if again else {"reader": rows.get(self._db, "extractions", row["id"], "page_id")["reader"]}
            before = row["text_sha256"]
            row |= self._store.put_reading(row["id"], reading, **reader)
            texts.drop(self._db, before)
        return reading

    def _write(self, row: dict[str, Any], reading: Reading, verdict: Verdict, run_id: int) -> None:
        assert reading.article
        assert reading.fingerprint
        page_id, articles, text = row["id"], self._store.articles, reading.fingerprint
        refused.drop(self._db, page_id)
        if verdict.parent and not self._is_set_back(verdict.parent.page_id):
            self._past.changed.add(verdict.parent.article_id)
        columns = article_row(reading.article, text) | {"kind": row["kind"]}  # null where it was never told
        if articles.reads_as_before(verdict, columns):
            verdict = Verdict(Reason.SAME_TEXT, "the page has changed, its article has not", verdict.parent)
        article_id = verdict.parent.article_id if verdict.parent else self._begin(row, columns)
        rows.update(self._db, "pages", page_id, ending_of(verdict, article_id))
        if verdict.reason is not Reason.SAME_BYTES:
            self._add(page_id, text)
        if verdict.takes_over:
            articles.take_over(article_id, page_id, verdict, columns, run_id)
        articles.complete(article_id, None if verdict.takes_over else page_id)

    def _is_set_back(self, page_id: int) -> bool:
        return self._db.execute("SELECT 1 FROM temp.before WHERE id = ?", [page_id]).fetchone() is not None

    def _add(self, page_id: int, text: Fingerprint) -> None:
        """Index a page, in place of a later one with the same words."""
        if self._instead.get(text.digest, 0) > page_id:
            self._index.postings.remove({self._instead.pop(text.digest): text.sketch})
        self._index.add(page_id, text)
        self._index.postings.move()

    def _reject(self, row: dict[str, Any], reading: Reading, rejection: Rejection) -> None:
        """Leave of a page what a crawl writes of a rejected one: of one that a person has rejected all that it says."""
        ended = ending(rejection.reason, rejection.detail) | {"kind": rejection.kind}
        refused.drop(self._db, row["id"])
        refused.keep(self._db, row["id"], rejection.text)
        if reading.article:
            rows.update(self._db, "pages", row["id"], ended)
            return
        nothing = dict.fromkeys(("title", "text_sha256", "words", "word_count"))
        rows.update(self._db, "pages", row["id"], ended | nothing)
        self._db.execute("DELETE FROM extractions WHERE page_id = ?", [row["id"]])
        texts.drop(self._db, row["text_sha256"])

    def _begin(self, row: dict[str, Any], columns: dict[str, Any]) -> int:
        """Begin an article and return its id: that of the article that the page carried last, unless it is taken."""
        now = rows.get(self._db, "runs", row["first_run"])["started"]
        wanted = rows.get(self._db, "temp.before", row["id"])["article_id"]
        article_id = wanted
        if wanted is None or wanted in self._used:
            article_id = self._store.articles.begin(columns | self._former(row["id"]), now)
            self._db.execute("INSERT OR IGNORE INTO temp.touched VALUES (?)", [article_id])
        self._used.add(article_id)
        self._store.articles.write(article_id, {**columns, "page_id": row["id"]})
        return int(article_id)

    def _former(self, page_id: int) -> dict[str, int]:
        """Return the id of the article that a page carried before that was gone, if it is still free."""
        found = self._db.execute("SELECT article_id FROM former_articles WHERE page_id = ?", [page_id]).fetchone()
        if found is None:
            return {}
        self._db.execute("DELETE FROM former_articles WHERE page_id = ?", [page_id])
        is_taken = self._db.execute("SELECT 1 FROM articles WHERE id = ?", found).fetchone()
        return {} if is_taken else {"id": found[0]}
