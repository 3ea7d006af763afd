"""Read the state, the runs and the articles of an archive, also while a crawl writes to it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from winnow.archive.articles import SHAPE, lists_of
from winnow.archive.database import open_to_read
from winnow.items import WinnowError
from winnow.kinds import EVERY_KIND, Kinds

T = TypeVar("T")

CLOCKS_DIFFER = timedelta(minutes=5)  # by which a run may seem to end in the future, on a clock that is set
BATCH = 500  # articles read by one query
_LEFT_OUT = ("page_id",)  # means nothing outside the database; `path` names the page instead


@dataclass(frozen=True, slots=True)
class State:
    """How much an archive holds: numbers of rows, the size of its file in bytes, and articles by kind where known.

    `kinds` has the commonest kind first.
    """

    articles: int
    pages: int
    duplicates: int
    rejected: int
    revisions: int
    size: int
    kinds: dict[str, int]


def open_archive(path: Path) -> sqlite3.Connection:
    """Return a read-only connection, whose rows have names. Raises `StartError` for a file that is no archive."""
    db = open_to_read(path).conn
    db.row_factory = sqlite3.Row
    return db


def state(db: sqlite3.Connection, path: Path) -> State:
    """Return how much the archive in the file `path` holds."""
    by_outcome = dict(db.execute("SELECT outcome, count(*) FROM pages GROUP BY outcome").fetchall())
    one = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM revisions)"
    articles, revisions = db.execute(one).fetchone()
    pages = sum(by_outcome.values())
    ended = by_outcome.get("duplicate", 0), by_outcome.get("rejected", 0)
    return State(articles, pages, *ended, revisions, path.stat().st_size, _by_kind(db))


def _by_kind(db: sqlite3.Connection) -> dict[str, int]:
    """Return the number of articles by kind, the commonest first; an archive of an earlier version tells none."""
    if not _has(db, "articles", "kind"):
        return {}
    query = "SELECT kind, count(*) FROM articles WHERE kind IS NOT NULL GROUP BY kind ORDER BY 2 DESC, 1"
    return dict(db.execute(query).fetchall())


def _has(db: sqlite3.Connection, table: str, column: str) -> bool:
    """Return whether a table has a column, which it may not have in an archive of an earlier version."""
    return db.execute("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", [table, column]).fetchone() is not None


def archive_name(db: sqlite3.Connection) -> str:
    """Return what tells an archive from others, wherever its file is: a digest of its first run and first source."""
    first = db.execute("SELECT started, settings, versions FROM runs ORDER BY id LIMIT 1").fetchone()
    source = db.execute("SELECT root FROM pages ORDER BY id LIMIT 1").fetchone()
    if _has(db, "sources", "name"):  # a source may move
        source = db.execute("SELECT name FROM sources ORDER BY id LIMIT 1").fetchone()
    return sha256(json.dumps([*(first or ()), *(source or ())]).encode()).hexdigest()


def last_runs(db: sqlite3.Connection, limit: int) -> list[dict[str, Any]]:
    """Return the last runs, the newest first."""
    return [dict(row) for row in db.execute("SELECT * FROM runs ORDER BY id DESC LIMIT ?", [limit])]


def illness(
    db: sqlite3.Connection, max_age_hours: float, max_failed: int = 0, now: datetime | None = None
) -> str | None:
    """Return what is wrong with the schedule, in words; None while all is well.

    All is well when the last run that ended did so by itself, with at most `max_failed` pages that failed inside
    Winnow, and when the last good run ended no longer than `max_age_hours` ago. A run under way changes nothing. A run
    that ended after `now` says nothing: the clock was wrong then, or is now.
    """
    now = now or datetime.now(UTC)
    latest = (now + CLOCKS_DIFFER).isoformat(timespec="seconds")
    good = f"status = 'finished' AND failed <= {int(max_failed)} AND finished <= ?"
    last_good = db.execute(f"SELECT max(finished) FROM runs WHERE {good}", [latest]).fetchone()[0]
    last = db.execute(
        "SELECT id, status, failed, finished FROM runs WHERE status IS NOT NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if last is None:
        return "no run has ended yet"
    if last["status"] != "finished":
        return f"run {last['id']}, the last that ended, was {last['status']}"
    if last["failed"] > max_failed:
        return f"{last['failed']} pages failed inside Winnow in run {last['id']}, the last that ended"
    if last["finished"] > latest:
        return f"run {last['id']} ended at {last['finished']}, still to come: the clock was wrong then or is now"
    age = now - datetime.fromisoformat(last_good)
    if age > timedelta(hours=max_age_hours):
        return f"the last good run ended {age.total_seconds() / 3600:.1f} hours ago, at {last_good}"
    return None


def articles(db: sqlite3.Connection, since: int | None = None, kinds: Kinds = EVERY_KIND) -> Iterator[dict[str, Any]]:
    """Yield the articles by id, or those that are new or changed in run `since` or later, of some kinds or all.

    An article that was read before kinds were told is given only where every kind is wanted.

    Articles are read in small batches, so that no long read holds up a crawl: each is as it stands at its turn.
    """
    keys = _all_ids(db) if since is None else iter(_ids_since(db, since))
    captured = "p.captured" if _has(db, "pages", "captured") else "NULL"
    source = "p.source" if _has(db, "pages", "source") else "p.root AS source"
    for ids in batched(keys, BATCH):
        marks = ", ".join("?" * len(ids))
        sql = f"""SELECT a.*, e.confidence, {captured} AS captured, p.sha256, {source}, p.path
            FROM articles a LEFT JOIN pages p ON p.id = a.page_id LEFT JOIN extractions e ON e.page_id = p.id
            WHERE a.id IN ({marks}) ORDER BY a.id"""
        records = map(_record, db.execute(sql, ids).fetchall())
        yield from (record for record in records if kinds == EVERY_KIND or record["kind"] in kinds)


def run_number(db: sqlite3.Connection, name: str) -> int:
    """Return the id of a run, named by its number or as `last`. Raises `WinnowError` if there is no such run."""
    last = db.execute("SELECT max(id) FROM runs").fetchone()[0]
    number = last if name == "last" else int(name) if name.isascii() and name.isdigit() and len(name) < 19 else None
    if number is None or last is None or not 1 <= number <= last:
        raise WinnowError(f"there is no run {name}: `scrapy report` lists the last ones")
    return int(number)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`, as `itertools.batched` does from Python 3.12 on."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def _all_ids(db: sqlite3.Connection) -> Iterator[int]:
    last = 0
    while rows := db.execute("SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?", [last, BATCH]).fetchall():
        yield from (row[0] for row in rows)
        last = rows[-1][0]


def _ids_since(db: sqlite3.Connection, run: int) -> Iterable[int]:
    sql = """SELECT article_id FROM pages WHERE first_run >= ?1 AND reason IN ('new', 'changed')
        UNION SELECT article_id FROM revisions WHERE run_id >= ?1 ORDER BY 1"""
    return [row[0] for row in db.execute(sql, [run])]


def _record(row: sqlite3.Row) -> dict[str, Any]:
    record = {name: row[name] for name in row.keys() if name not in _LEFT_OUT}  # noqa: SIM118
    record = dict.fromkeys(SHAPE) | record  # an archive of an earlier version does not have them
    return record | lists_of(record)
