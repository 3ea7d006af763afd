"""Read rows as dictionaries, from one consistent state of a database that a crawl may be writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

Row = dict[str, Any]
Values = Sequence[Any] | Mapping[str, Any]

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
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """Let several queries see the same state of the database, whatever a crawl commits meanwhile."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()
