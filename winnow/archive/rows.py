"""Insert, update and get single rows by plain SQL, for what is done for every page.

sqlite-utils asks the database for its schema at each such call, which takes ten times as long as the call itself. Names
of tables and columns go into the SQL as they are: they must come from the code, never from a page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from winnow.archive.sqlite import Database


def insert(db: Database, table: str, row: Mapping[str, Any], otherwise: str = "ABORT") -> int:
    """Insert a row and return its integer key; `otherwise` says what a conflict does: ABORT, IGNORE or REPLACE."""
    marks = ", ".join("?" * len(row))
    sql = f"INSERT OR {otherwise} INTO {table} ({', '.join(row)}) VALUES ({marks})"
    key = db.execute(sql, list(row.values())).lastrowid
    assert key is not None
    return key


def update(db: Database, table: str, key: int, row: Mapping[str, Any]) -> None:
    """Update columns of the row with this `id`."""
    changes = ", ".join(f"{name} = ?" for name in row)
    db.execute(f"UPDATE {table} SET {changes} WHERE id = ?", [*row.values(), key])


def get(db: Database, table: str, key: int | str, key_name: str = "id", columns: str = "*") -> dict[str, Any]:
    """Return the row with this key, or some columns of it. Raises `sqlite3.IntegrityError` if there is none."""
    found = db.execute(f"SELECT {columns} FROM {table} WHERE {key_name} = ?", [key])
    row = found.fetchone()
    if row is None:
        raise sqlite3.IntegrityError(f"{table} has no row {key}")
    return dict(zip((column[0] for column in found.description), row, strict=True))
