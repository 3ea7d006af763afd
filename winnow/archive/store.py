"""Write pages, articles, texts and revisions to the database; a page and its article change in one transaction."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from winnow.archive import moved, refused, rows, texts, words
from winnow.archive.articles import Articles, article_row, ending, ending_of, extraction_row
from winnow.archive.containers import Containers
from winnow.archive.corrections import in_force
from winnow.archive.database import FAILURES, cannot_be_opened, check_place, open_database
from winnow.archive.forgotten import is_forgotten, tombstone
from winnow.archive.index.sketches import CACHE_MB, PLACE, WORDS_DIGITS, SketchIndex
from winnow.archive.lock import RunLock
from winnow.archive.measures import AT_THE_END
from winnow.archive.passed_files import PassedFiles
from winnow.archive.revisits import original_of
from winnow.archive.sources import Sources
from winnow.archive.sqlite import Database
from winnow.archive.versions import latest, newest
from winnow.decision import KnownFile, KnownPage, Original, Verdict
from winnow.items import Outcome, Page, Reason, Rejection
from winnow.kinds import EVERY_KIND, Kinds
from winnow.match.said import Said, gather
from winnow.reading import Reading

BATCH_PAGES = 100
BATCH_SECONDS = 2.0

# Rejections that the same bytes will meet again. With any other reason a page may end differently next time: such pages
# are read again in every run.
_FINAL = f"('{Reason.NO_ARTICLE}', '{Reason.NOT_TEXT}', '{Reason.FORGOTTEN}')"
_HERE = "WHERE source = ? AND path = ?"
_ONE_SHA256 = "source = ? AND path = ? AND ifnull(sha256, '') = ?"


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written for a page. `article` holds the columns of the page's article where it is new or changed."""

    reason: Reason
    detail: str
    page_id: int
    article_id: int | None = None
    article: dict[str, Any] | None = None


class Store:
    """One open database. Writes gather in a transaction that `commit` ends; reads see uncommitted writes at once.

    A store belongs to the thread that made it. `cache_mb` (megabytes) bounds the memory of the index. With
    `any_parameters` the index may have been made with other parameters than today's. A page that was rejected for its
    kind is not settled once that is among `kinds`. Raises `StartError` if the database cannot be opened, or another run
    holds its lock.
    """

    def __init__(
        self,
        path: Path,
        any_parameters: bool = False,
        cache_mb: int = CACHE_MB,
        index: Callable[[Database, int], SketchIndex] = SketchIndex,
        kinds: Kinds = EVERY_KIND,
    ) -> None:
        check_place(path)
        self._lock = RunLock(path)
        try:
            self.db = open_database(path, any_parameters)
            self.path, self._file = path, os.stat(path)
            while words.catch_up(self.db, words.ROUND):  # of a database of an earlier version; what is done stays done
                self.db.commit()
            texts.catch_up(self.db, path)
            self.index = index(self.db, cache_mb)
            self.articles = Articles(self.db, self.index)
            self.containers = Containers(self.db, kinds)
            self.passed = PassedFiles(self.db)
            self.sources = Sources(self.db)
            self.hear()
        except BaseException as error:
            self._lock.release()
            if isinstance(error, FAILURES):
                raise cannot_be_opened(path, error) from error
            raise
        self.reader: str | None = None  # what reads the pages that are saved
        self.kinds = kinds
        self._folded: dict[words.Values, list[str]] = {}  # of the articles read since the last commit
        self._batch_since = 0.0
        self._batch_pages = 0

    def hear(self) -> None:
        """Gather what persons have said of pages from the table of corrections, as it is now."""
        self.obey(gather(in_force(self.db).values()))

    def obey(self, said: Said) -> None:
        """Let what persons have said of pages go before all that follows."""
        self.said = said
        self.articles.obey(said)

    def source_of(self, root: str) -> str:
        """Return the name of the source that a root belongs to; an unknown root begins one."""
        if not self.sources.is_root(root):
            self.begin()
        return self.sources.of(root)

    def known_files(self, root: str, paths: Sequence[str]) -> dict[str, KnownFile]:
        """Return the newest known version of the file at each path of the root's source; unknown ones are left out."""
        is_wanted = "ifnull(kind, '') IN (SELECT value FROM json_each(?3))"
        is_settled = f"outcome != 'rejected' OR reason IN {_FINAL} AND NOT {is_wanted}"
        is_forgotten = f"reason = '{Reason.FORGOTTEN}'"
        query = f"""SELECT p.path, p.id, sha256, size, modified, {is_settled}, {is_forgotten}, started
            FROM json_each(?2) JOIN pages p ON p.id = {newest("?1", "value")} JOIN runs r ON r.id = last_run"""
        found = self.db.execute(query, [self.source_of(root), json.dumps(paths), json.dumps([*self.kinds])])
        return {
            path: KnownFile(page_id, sha256, size, modified, bool(settled), bool(forgotten), seen)
            for path, page_id, sha256, size, modified, settled, forgotten, seen in found
        }

    def known_file(self, page: Page) -> KnownFile | None:
        """Return the newest known version of the file at a page's path."""
        return self.known_files(page.root, [page.path]).get(page.path)

    def previous_page(self, page: Page) -> KnownPage | None:
        """Return the article's canonical page that was read from this very file, if there is one.

        It may have been read for the source of a folder above or below: earlier versions read such a file for each.
        """
        versions = latest("?1", "?2", "AND article_id IS NOT NULL")
        query = f"""SELECT c.id, a.id, c.id, 1.0, EXISTS (SELECT 1 FROM revisions WHERE article_id = a.id)
            FROM ({versions}) v JOIN pages p ON p.id = v.id JOIN articles a ON a.id = p.article_id
                JOIN pages c ON c.id = a.page_id
            WHERE {PLACE} <= ?3
                AND ((c.source, c.path) = (p.source, p.path) OR c.root || '/' || c.path = p.root || '/' || p.path)
            ORDER BY p.last_run DESC, p.id DESC LIMIT 1"""
        row = self.db.execute(query, [self.source_of(page.root), page.path, self.index.until]).fetchone()
        return KnownPage(row[0], row[1], row[2], row[3], bool(row[4])) if row else None

    def version(self, page: Page, sha256: str) -> KnownPage | None:
        """Return the page that was read at this very path with these bytes, if it carries an article."""
        query = f"""SELECT p.id, a.id, a.page_id FROM pages p JOIN articles a ON a.id = p.article_id
            WHERE {_ONE_SHA256}"""
        row = self.db.execute(query, [self.source_of(page.root), page.path, sha256]).fetchone()
        return KnownPage(*row) if row else None

    def original(self, page: Page) -> Original | None:
        """Return the page that a revisit points to, if that has been read."""
        return original_of(self.db, page, self.source_of(page.root))

    def is_forgotten(self, sha256: str, words: str | None) -> bool:
        """Return whether a page with these bytes, or an article with the words of this digest, was forgotten."""
        return is_forgotten(self.db, sha256, words)

    def follow(self, page: Page, sha256: str | None, run_id: int) -> None:
        """Let a file that has moved keep its rows, if this is what a page at an unknown path is."""
        if page.file and page.container is None and sha256:
            self.begin()
            moved.follow_file(self.db, self.source_of(page.root), page, sha256, run_id)

    def mark_unchanged(self, known: Iterable[tuple[int, str | None, str]], run_id: int, now: str) -> None:
        """Record that these pages, given as id, modification time and root, were still there in this run."""
        seen = list(known)
        self.begin()
        self.db.conn.executemany(
            "UPDATE pages SET last_run = ?, modified = ?, root = ? WHERE id = ?",
            [(run_id, modified, root, page_id) for page_id, modified, root in seen],
        )
        self.db.conn.executemany(
            "UPDATE articles SET last_seen = max(first_seen, ?) WHERE id = (SELECT article_id FROM pages WHERE id = ?)",
            [(now, page_id) for page_id, *_ in seen],
        )

    def save(self, page: Page, reading: Reading, verdict: Verdict | Rejection, run_id: int, now: str) -> Saved:
        """Write a page, its text and extraction, and what the verdict means for the article."""
        self.begin()
        self._folded |= reading.folded
        with self.db.atomic():
            saved = self._save(page, reading, verdict, run_id, now)
        self._batch_pages += 1
        return saved

    def _save(self, page: Page, reading: Reading, verdict: Verdict | Rejection, run_id: int, now: str) -> Saved:
        row = _page_row(page, reading, run_id) | {"source": self.source_of(page.root)}
        known = self.db.execute(f"SELECT is_version FROM pages {_HERE} LIMIT 1", [row["source"], page.path]).fetchone()
        if known:
            refused.forget(self.db, row["source"], page.path)
        if isinstance(verdict, Rejection):
            self._put_text(row, reading)
            row |= ending(verdict.reason, verdict.detail) | {"kind": verdict.kind}
            page_id, *_ = self._put_page(row | (tombstone() if verdict.reason is Reason.FORGOTTEN else {}), known)
            refused.keep(self.db, page_id, verdict.text)
            if reading.article:  # of a page that a person has rejected
                self.put_extraction(page_id, extraction_row(reading.article, reading.overruled))
            return Saved(verdict.reason, verdict.detail, page_id)
        if reading.article and reading.fingerprint:
            columns = article_row(reading.article, reading.fingerprint)
            if self.articles.reads_as_before(verdict, columns):
                verdict = Verdict(Reason.SAME_TEXT, "the page has changed, its article has not", verdict.parent)
        else:  # the page has the bytes of an earlier page, so that page's extraction holds here too
            columns = self.articles.former(verdict.parent.page_id) if verdict.parent and verdict.takes_over else {}
            row |= self._extracted(verdict)
        article_id = verdict.parent.article_id if verdict.parent else self.articles.begin(columns, now)
        self._put_text(row, reading, None if verdict.parent else article_id)
        page_id, first_run, former = self._put_page(row | ending_of(verdict, article_id), known)
        if reading.article and reading.fingerprint:
            self.put_extraction(page_id, extraction_row(reading.article, reading.overruled))
            self.index.add(page_id, reading.fingerprint)
        elif verdict.parent:
            self._copy_extraction(page_id, verdict.parent)
        if verdict.takes_over:
            self.articles.take_over(article_id, page_id, verdict, columns, run_id)
        is_from_now = first_run in (None, run_id)
        first_seen = page.captured or (now if is_from_now else self._start(first_run))
        self.articles.join(article_id, page_id, now, first_seen, is_new=former != article_id)
        self.articles.measures.go_on()
        told = self.articles.complete(article_id, None if verdict.takes_over else page_id)
        is_article = verdict.reason.outcome is Outcome.ARTICLE
        return Saved(verdict.reason, verdict.detail, page_id, article_id, columns | told if is_article else None)

    def settle(self, page_id: int, decision: Verdict | Rejection, now: str) -> bool:
        """Write how a waiting revisit has ended; return False if its path has had those bytes, so that its row goes."""
        self.begin()
        self._batch_pages += 1
        if isinstance(decision, Rejection):
            rows.update(self.db, "pages", page_id, ending(decision.reason, decision.detail))
            return True
        assert decision.parent
        page, extracted = rows.get(self.db, "pages", page_id), self._extracted(decision)
        key = [page["source"], page["path"], extracted["sha256"]]
        known = self.db.execute(f"SELECT id FROM pages WHERE {_ONE_SHA256} AND id != ?", [*key, page_id]).fetchone()
        with self.db.atomic():
            if known:
                self._see_in_place_of(page, known[0])
                return False
            article_id = decision.parent.article_id
            rows.update(self.db, "pages", page_id, extracted | ending_of(decision, article_id))
            self._copy_extraction(page_id, decision.parent)
            self.articles.join(article_id, page_id, now, page["captured"])
            self.articles.complete(article_id, page_id)
        return True

    def _see_in_place_of(self, gone: dict[str, Any], page_id: int) -> None:
        """Delete the row of a waiting revisit; a page has been seen instead, which had its bytes at its path before."""
        self.db.execute("DELETE FROM pages WHERE id = ?", [gone["id"]])
        self.db.execute("DELETE FROM former_articles WHERE page_id = ?", [gone["id"]])
        self.db.execute("UPDATE pages SET last_run = max(last_run, ?) WHERE id = ?", [gone["last_run"], page_id])
        self.db.execute(
            """UPDATE articles SET last_seen = max(last_seen, (SELECT started FROM runs WHERE id = ?))
                WHERE id = (SELECT article_id FROM pages WHERE id = ?)""",
            [gone["last_run"], page_id],
        )

    def measure(self) -> bool:
        """Measure some pages whose article has another canonical page by now; return whether there may be more."""
        self.begin()
        return self.articles.measures.go_on(AT_THE_END)

    def _put_text(self, row: dict[str, Any], reading: Reading, article_id: int | None = None) -> None:
        """Write the text that a page carries, if it carries one; with `article_id`, this article has it."""
        if reading.article and reading.fingerprint:
            digests = row["text_sha256"], reading.fingerprint.digest
            texts.put(self.db, *digests, reading.article.text, article_id)

    def _put_page(self, row: dict[str, Any], other: tuple[Any] | None) -> tuple[int, int | None, int | None]:
        """Insert a page, or update the row of the same path and bytes; return its id.

        `other` is the column `is_version` of any page at the path, None where there is none. An updated row keeps its
        first run, which is returned too, and then the article that the row carried so far. None stands for a new row,
        and for no article.
        """
        key = [row["source"], row["path"], row["sha256"] or ""]
        same = f"SELECT id, first_run, article_id FROM pages WHERE {_ONE_SHA256}"
        known = self.db.execute(same, key).fetchone() if other else None
        if known is None:
            return self._insert_page(row, other), None, None
        del row["first_run"]
        rows.update(self.db, "pages", known[0], row)
        return known[0], known[1], known[2]

    def _insert_page(self, row: dict[str, Any], other: tuple[Any] | None) -> int:
        """Insert a page, and note that its path has held several versions if it has."""
        page_id = rows.insert(self.db, "pages", row | {"is_version": other and 1})
        if other == (None,):
            self.db.execute(f"UPDATE pages SET is_version = 1 {_HERE}", [row["source"], row["path"]])
        return page_id

    def _start(self, run_id: int | None) -> str:
        return str(rows.get(self.db, "runs", run_id or 0, columns="started")["started"])

    def _extracted(self, verdict: Verdict) -> dict[str, Any]:
        names = ("sha256", "media_type", "encoding", "kind", "title", "text_sha256", "words", "word_count")
        known = rows.get(self.db, "pages", verdict.parent.page_id) if verdict.parent else {}
        return {name: known[name] for name in names}

    def put_extraction(self, page_id: int, row: dict[str, Any]) -> None:
        """Write what a page states, as read by this store's reader unless the row names another."""
        rows.insert(self.db, "extractions", {"reader": self.reader} | row | {"page_id": page_id}, "REPLACE")

    def put_reading(self, page_id: int, reading: Reading, **more: Any) -> dict[str, Any]:
        """Write what a page says in place of what it said, and return its row; `more` are columns of `extractions`.

        What becomes of the page is left to be decided.
        """
        article, text = reading.article, reading.fingerprint
        assert article
        assert text
        key = sha256(article.text.encode()).hexdigest()
        texts.put(self.db, key, text.digest, article.text)
        row = {
            "media_type": reading.media_type,
            "encoding": reading.encoding,
            "kind": str(article.kind),
            "title": article.title,
            "text_sha256": key,
            "words": text.digest[:WORDS_DIGITS],
            "word_count": text.word_count,
            "detail": f"read anew [{article.note}]" if article.note else "read anew",
        }
        told = {name: value for name, value in (("url", reading.url), ("captured", reading.captured)) if value}
        rows.update(self.db, "pages", page_id, row | told)
        self.put_extraction(page_id, extraction_row(article, reading.overruled) | more)
        return rows.get(self.db, "pages", page_id)

    def _copy_extraction(self, page_id: int, parent: KnownPage) -> None:
        self.put_extraction(page_id, rows.get(self.db, "extractions", parent.page_id, "page_id"))

    def begin(self) -> None:
        """Begin a transaction unless one is open."""
        if not self.db.conn.in_transaction:
            self.db.execute("BEGIN IMMEDIATE")
            self._batch_since, self._batch_pages = time.monotonic(), 0

    @property
    def batch_is_due(self) -> bool:
        """Return whether the open transaction is large or old enough to be committed."""
        if not self.db.conn.in_transaction:
            return False
        return self._batch_pages >= BATCH_PAGES or time.monotonic() - self._batch_since >= BATCH_SECONDS

    def commit(self) -> None:
        """Make everything saved so far durable and visible to readers.

        Raises `sqlite3.OperationalError`, also when the path no longer leads to the file that was opened: SQLite would
        go on writing to a file that nobody can find.
        """
        words.catch_up(self.db, known=self._folded)
        self._folded.clear()
        self.index.postings.move()
        self.db.commit()
        if not self._is_in_its_place():
            raise sqlite3.OperationalError(f"{self.path} was deleted, moved or replaced while the run was writing")

    def close(self) -> None:
        """Commit, fold the write-ahead log into the database and let the next run in."""
        try:
            self.commit()
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.db.close()
            self._lock.release()

    def _is_in_its_place(self) -> bool:
        try:
            return os.path.samestat(self._file, os.stat(self.path))
        except OSError:
            return False


def _page_row(page: Page, reading: Reading, run_id: int) -> dict[str, Any]:
    revisits, revisits_captured = page.revisits or (None, None)
    row: dict[str, Any] = {
        "path": page.path,
        "root": page.root,
        "sha256": reading.sha256,
        "size": page.size,
        "modified": page.modified,
        "url": page.url,
        "captured": page.captured,
        "revisits": revisits,
        "revisits_captured": revisits_captured,
        "payload_digest": page.payload_digest,
        "container_id": page.container,
        "media_type": reading.media_type,
        "encoding": reading.encoding,
        "kind": str(reading.article.kind) if reading.article else None,
        "title": reading.article.title if reading.article else None,
        "text_sha256": sha256(reading.article.text.encode()).hexdigest() if reading.article else None,
        "words": reading.fingerprint.digest[:WORDS_DIGITS] if reading.fingerprint else None,
        "word_count": reading.fingerprint.word_count if reading.fingerprint else None,
    }
    given = {} if page.number is None else {"id": page.number}
    return given | row | {"first_run": run_id, "last_run": run_id}
