"""Leave no trace of deleted rows in a database's files: not in free space, in the full-text indexes, nor in the log."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from winnow.archive.database import explain
from winnow.archive.sqlite import Database
from winnow.items import WinnowError

_INDEXES = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' AND sql LIKE '%USING FTS5%'"


def leave_none(db: Database) -> None:
    """Let what is deleted from now on be overwritten at once where it stood."""
    db.execute("PRAGMA secure_delete = ON").fetchall()


def wipe(db: Database, path: Path) -> None:
    """Write the database of this connection anew without what was ever deleted, and empty its log.

    A full-text index keeps the words of deleted rows until all its parts are merged, and VACUUM copies them: so the
    parts are merged first. Raises `WinnowError` where that cannot be done to the end.
    """
    try:
        leave_none(db)
        for (index,) in db.execute(_INDEXES).fetchall():
            db.execute(f"INSERT INTO [{index}] ([{index}]) VALUES ('optimize')")
        db.commit()
        db.execute("VACUUM")
        is_busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        raise left(path, explain(error)) from error
    if is_busy:
        raise left(path, "another program reads it")


def left(path: Path, why: str) -> WinnowError:
    """Return the error that says in which database traces are left, and why."""
    return WinnowError(
        f"traces of what was forgotten are left in the files of {path} ({why}): run `scrapy forget --traces` once more"
    )
