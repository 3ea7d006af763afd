"""Bring the tables that a cluster has written into a database, from which the next crawl goes on.

All rows are written in one transaction, under the ids that they have in the tables. The database must hold no pages:
two archives become one only by comparing their pages.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from winnow.archive import corrections
from winnow.archive.forgotten import come_back
from winnow.archive.index.postings import POSTINGS_CAP
from winnow.archive.index.sketches import WORDS_DIGITS
from winnow.archive.sqlite import Database
from winnow.archive.store import Store
from winnow.corrections import Correction
from winnow.fingerprint import PARAMETERS
from winnow.items import Reason, StartError
from winnow.runs.corrections import apply
from winnow.runs.counts import Counts
from winnow.runs.forget import erase, wipe
from winnow.runs.run import Run

BATCH = 5_000  # rows
# Tables that an earlier Winnow made do not have them.
_NAME_WORDS = f"""UPDATE pages
    SET words = (SELECT substr(words_sha256, 1, {WORDS_DIGITS}) FROM texts WHERE sha256 = text_sha256)
    WHERE words IS NULL AND text_sha256 IS NOT NULL"""
_FILL_SKETCHES = f"""
    INSERT INTO sketches SELECT hash, page_id FROM (
        SELECT hash, page_id, row_number() OVER (PARTITION BY hash ORDER BY page_id) AS place FROM loaded_sketches
    ) WHERE place <= {POSTINGS_CAP} ORDER BY hash, page_id
"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles are loaded: all, those of one site (`hostname`), those dated since a day (`yyyy-mm-dd`)."""

    site: str | None = None
    since: str | None = None

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is left out; rejected pages are loaded only then."""
        return self.site is None and self.since is None


def load(
    folder: str | Path,
    database: Path,
    selection: Selection = Selection(),
    progress: Callable[[str, int], None] = lambda table, rows: None,
) -> Counts:
    """Load the tables of a folder, or of a URI of an object store, into a database; return the counts of the run.

    Pages that the database knows as forgotten (`winnow.runs.forget.take_over`) are forgotten at once.

    `progress` is called with a table and its rows written so far. Raises `StartError` if the folder holds no finished
    tables, the database holds pages already, or pyarrow is not installed.
    """
    tables = _Tables(str(folder))
    store = Store(database)
    if store.db.execute("SELECT EXISTS (SELECT 1 FROM pages)").fetchone()[0]:
        store.close()
        raise StartError(f"{database} holds pages already: load into a new database, named with -s DATABASE=FILE")
    with Run(store, {"FROM": str(folder), "SITE": selection.site, "SINCE": selection.since}) as run, store.db.atomic():
        store.db.execute("PRAGMA defer_foreign_keys = ON")  # an article names its page, a page its article
        before = corrections.in_force(store.db)
        run.counts.reasons = _Load(store.db, tables, selection, run, progress).write()
        run.skipped.update(tables.skipped)
        store.hear()
        if before:  # of which the job has not known, or known as they were
            apply(store, before.values())
        done = erase(store, come_back(store.db), f"load {folder}")
        if done.pages:
            reasons = store.db.execute("SELECT reason, count(*) FROM pages GROUP BY reason")
            run.counts.reasons = Counter({Reason(reason): count for reason, count in reasons})
        run.counts.seen = run.counts.ended
    if done.pages:
        wipe(database)
    return run.counts


class _Tables:
    """The Parquet files of a job that has ended; `skipped` counts what the job has passed over, by reason."""

    def __init__(self, folder: str) -> None:
        try:
            # Not at the top: `scrapy load` must be able to say that the extra is missing.
            self._dataset = import_module("pyarrow.dataset")
            places = import_module("winnow.cluster.places")
        except ImportError:
            raise StartError("Parquet needs pyarrow (the extra parquet): pip install pyarrow") from None
        self._system, self._folder = places.resolved(folder)
        self._there = set(places.names_in(folder))
        about, job = (places.below(folder, name) for name in ("tables.json", "job.json"))
        told = json.loads(places.read_text(about)) if places.exists(about) else {}
        self.skipped: dict[str, int] = told.get("skipped", {})
        if "endings" not in told:
            raise StartError(f"{folder} holds no finished job: run `python -m winnow.cluster` to its end first")
        if json.loads(places.read_text(job))["parameters"] != PARAMETERS:
            raise StartError(f"{folder} was made with other parameters: run `python -m winnow.cluster` again")

    def rows(self, table: str, selection: Selection | None = None) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of a table in batches; with a selection, only the articles that belong to it."""
        field, wanted = self._dataset.field, None
        if selection and selection.site:
            wanted = field("hostname") == selection.site
        if selection and selection.since:
            later = field("date") >= selection.since
            wanted = later if wanted is None else wanted & later
        place = f"{self._folder}/{table}"
        if table not in self._there:  # the tables were made by an earlier Winnow
            return
        found = self._dataset.dataset(place, format="parquet", filesystem=self._system)
        for batch in found.to_batches(filter=wanted, batch_size=BATCH):
            yield batch.to_pylist()


class _Load:
    """One load: articles, containers, pages, and then the rows that belong to the pages."""

    def __init__(
        self, db: Database, tables: _Tables, selection: Selection, run: Run, progress: Callable[[str, int], None]
    ) -> None:
        self._db, self._tables, self._selection, self._run, self._progress = db, tables, selection, run, progress
        self._articles: dict[int, int] = {}  # with their canonical pages
        self._pages: set[int] = set()
        self._texts: dict[str, int | None] = {}  # with the articles that have them
        self._reasons: Counter[Reason] = Counter()

    def write(self) -> Counter[Reason]:
        """Write all tables and return the number of pages by reason."""
        self._fill("articles", self._article)
        self._fill("containers", self._container)
        self._fill("pages", self._page)
        self._fill("texts", self._text, "known_texts")
        self._db.execute(_NAME_WORDS)
        self._fill("extractions", lambda row: row if row["page_id"] in self._pages else None)
        self._fill("revisions", self._revision)
        self._fill("refused_texts", lambda row: row if self._selection.is_whole else None)
        for batch in self._tables.rows("corrections"):
            corrections.add(self._db, map(Correction.from_row, batch))
        self._fill_sketches()
        return self._reasons

    def _fill(
        self, table: str, chosen: Callable[[dict[str, Any]], dict[str, Any] | None], into: str | None = None
    ) -> None:
        written = 0
        for batch in self._tables.rows(table, self._selection if table == "articles" else None):
            rows = [row for given in batch if (row := chosen(given)) is not None]
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                insert = f"INSERT INTO {into or table} ({', '.join(rows[0])}) VALUES ({marks})"
                self._db.conn.executemany(insert, [list(row.values()) for row in rows])
            written += len(rows)
            self._progress(table, written)

    def _article(self, row: dict[str, Any]) -> dict[str, Any]:
        self._articles[row["id"]] = row["page_id"]
        first_seen = min(row["first_seen"] or self._run.started, self._run.started)  # the earliest capture, if known
        return row | {"first_seen": first_seen, "last_seen": self._run.started}

    def _container(self, row: dict[str, Any]) -> dict[str, Any]:
        if not self._selection.is_whole:  # unknown, so that the next crawl reads the pages left out here
            row["size"] = None
        return row | {"last_run": self._run.id, "source": self._source(row)}

    def _page(self, row: dict[str, Any]) -> dict[str, Any] | None:
        if not self._selection.is_whole and row["article_id"] not in self._articles:
            return None
        self._reasons[Reason(row["reason"])] += 1
        if row["text_sha256"] is not None:
            self._pages.add(row["id"])
            if self._articles.get(row["article_id"]) == row["id"]:
                self._texts[row["text_sha256"]] = row["article_id"]
            self._texts.setdefault(row["text_sha256"])
        return row | {"first_run": self._run.id, "last_run": self._run.id, "source": self._source(row)}

    def _text(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """Return a text without its words where an article has them."""
        if row["sha256"] not in self._texts:
            return None
        article_id = self._texts[row["sha256"]]
        return row | {"text": row["text"] if article_id is None else "", "article_id": article_id}

    def _source(self, row: dict[str, Any]) -> str:
        """Return the source of a page or container; tables of an earlier Winnow name none."""
        return self._run.store.sources.of(row["root"], row.get("source"))

    def _revision(self, row: dict[str, Any]) -> dict[str, Any] | None:
        return row | {"run_id": self._run.id} if row["article_id"] in self._articles else None

    def _fill_sketches(self) -> None:
        """Index the distinct texts, each under its first page; sorted, since the index is a table of its own order."""
        self._db.execute("CREATE TEMP TABLE loaded_sketches (hash INTEGER, page_id INTEGER)")
        for batch in self._tables.rows("sketches"):
            pairs = [
                (value, row["page_id"]) for row in batch if row["page_id"] in self._pages for value in row["hashes"]
            ]
            self._db.conn.executemany("INSERT INTO loaded_sketches VALUES (?, ?)", pairs)
        self._db.execute(_FILL_SKETCHES)
        self._db.execute("DROP TABLE loaded_sketches")
