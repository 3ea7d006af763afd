"""Read rows as dictionaries from one consistent state of a database that a crawl may be writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

Row = dict[str, Any]
Values = Sequence[Any] | Mapping[str, Any]

TITLE_SHOWN = 300  # characters; a page may claim a title of a megabyte


def rows(db: sqlite3.Connection, sql: str, values: Values = ()) -> list[Row]:
    """Run a query and give its rows."""
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def row(db: sqlite3.Connection, sql: str, values: Values = ()) -> Row | None:
    """Run a query and give its first row."""
    return next(iter(rows(db, sql, values)), None)


def value(db: sqlite3.Connection, sql: str, values: Values = ()) -> Any:
    """Run a query that gives one value; None where it gives no row."""
    found = db.execute(sql, values).fetchone()
    return found[0] if found else None


@contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """Let several queries see the same state: whole batches of a crawl, and no batch that comes in between."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()
