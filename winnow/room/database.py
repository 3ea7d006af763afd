"""Read rows as dictionaries, from one consistent state of a database that a crawl may be writing."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

Row = dict[str, Any]
Values = Sequence[Any] | Mapping[str, Any]

STEPS = 10_000  # of SQLite between two looks at the clock, some tenths of a millisecond
TITLE_SHOWN = 300  # characters; a page may claim a title of a megabyte


def rows(db: sqlite3.Connection, sql: str, values: Values = ()) -> list[Row]:
    """Return the rows of a query."""
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def row(db: sqlite3.Connection, sql: str, values: Values = ()) -> Row | None:
    """Return the first row of a query; None if it has none."""
    return next(iter(rows(db, sql, values)), None)


def value(db: sqlite3.Connection, sql: str, values: Values = ()) -> Any:
    """Return the first value of a query's first row; None if it has no row."""
    found = db.execute(sql, values).fetchone()
    return found[0] if found else None


@contextmanager
def cpu_limit(db: sqlite3.Connection, milliseconds: float) -> Iterator[None]:
    """Interrupt what this thread asks a database after so much CPU time.

    Datasette's own limit counts the time of a clock: on a machine with much else to do, it stops what takes little.
    """
    end = time.thread_time() + milliseconds / 1000
    db.set_progress_handler(lambda: time.thread_time() > end, STEPS)
    try:
        yield
    finally:
        db.set_progress_handler(None, STEPS)


@contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """Let several queries see the same state of the database, whatever a crawl commits meanwhile."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()
