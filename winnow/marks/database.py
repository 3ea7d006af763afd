"""The database beside the archive that holds the marks, with numbered migrations of its own.

It is that of the queued corrections. Marks name articles by their content, so they hold for every archive in the
folder, also for one that was made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from winnow.corrections import reader_of
from winnow.items import StartError

BUSY_SECONDS = 5
# Each is applied once, in this order; none is ever changed or removed.
MIGRATIONS = {
    1: """
        CREATE TABLE marked (
            id INTEGER PRIMARY KEY,
            source TEXT,
            path TEXT,
            url TEXT,
            title TEXT,
            starred TEXT,
            read TEXT,
            moment TEXT NOT NULL
        );
        CREATE INDEX marked_path ON marked (path, source);
        CREATE INDEX marked_url ON marked (url) WHERE url IS NOT NULL;
        CREATE TABLE known (
            marked_id INTEGER NOT NULL REFERENCES marked(id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (marked_id, place)
        ) WITHOUT ROWID;
        CREATE INDEX known_digest ON known (digest);
        CREATE TABLE tags (
            id INTEGER PRIMARY KEY,
            marked_id INTEGER NOT NULL REFERENCES marked(id) ON DELETE CASCADE,
            tag TEXT NOT NULL,
            moment TEXT NOT NULL,
            UNIQUE (marked_id, tag)
        );
        CREATE INDEX tags_tag ON tags (tag);
        CREATE TABLE notes (
            id INTEGER PRIMARY KEY,
            marked_id INTEGER NOT NULL REFERENCES marked(id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            moment TEXT NOT NULL
        );
        CREATE INDEX notes_marked_id ON notes (marked_id);
        CREATE TABLE highlights (
            id INTEGER PRIMARY KEY,
            marked_id INTEGER NOT NULL REFERENCES marked(id) ON DELETE CASCADE,
            quote TEXT NOT NULL,
            prefix TEXT NOT NULL,
            suffix TEXT NOT NULL,
            note TEXT,
            sha256 TEXT NOT NULL,
            moment TEXT NOT NULL
        );
        CREATE INDEX highlights_marked_id ON highlights (marked_id);
        CREATE TABLE searches (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            query TEXT NOT NULL UNIQUE,
            looked TEXT NOT NULL,
            moment TEXT NOT NULL
        );
        CREATE TABLE changes (
            id INTEGER PRIMARY KEY,
            marked_id INTEGER REFERENCES marked(id) ON DELETE CASCADE,
            words TEXT NOT NULL,
            before TEXT NOT NULL,
            moment TEXT NOT NULL
        );
    """,
}


def now() -> str:
    """Return the moment of a mark: ISO 8601 in UTC, with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@contextmanager
def writing(archive: Path) -> Iterator[sqlite3.Connection]:
    """Give the database of the marks beside an archive, made and migrated if need be, in one transaction.

    What is deleted is overwritten where it stood. Raises `StartError` for a database of a newer version, and
    `sqlite3.DatabaseError` for one that cannot be written.
    """
    place = reader_of(archive)
    with closing(sqlite3.connect(place, BUSY_SECONDS, isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete = ON").fetchall()
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("BEGIN IMMEDIATE")
        try:
            _migrate(db, place)
            yield db
        except BaseException:
            db.rollback()
            raise
        db.commit()


@contextmanager
def reading(archive: Path) -> Iterator[sqlite3.Connection | None]:
    """Give the database of the marks to read from; None where nothing was marked yet, or it cannot be read."""
    db = _opened(reader_of(archive))
    try:
        yield db
    finally:
        if db is not None:
            db.close()


def _opened(place: Path) -> sqlite3.Connection | None:
    db = None
    try:
        db = sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", BUSY_SECONDS, uri=True)
        if applied(db) == len(MIGRATIONS):
            return db
    except sqlite3.DatabaseError:
        pass
    if db is not None:
        db.close()
    return None


def applied(db: sqlite3.Connection) -> int:
    """Return how many migrations a database has, 0 for one that has never held marks."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = '_marks_migrations'").fetchone():
        return 0
    return int(db.execute("SELECT ifnull(max(number), 0) FROM _marks_migrations").fetchone()[0])


def _migrate(db: sqlite3.Connection, place: Path) -> None:
    done = applied(db)
    if done > len(MIGRATIONS):
        raise StartError(f"{place} was written by a newer Winnow: bring this one up to date")
    if done == 0:
        db.execute("CREATE TABLE _marks_migrations (number INTEGER PRIMARY KEY, applied TEXT NOT NULL)")
    for number in range(done + 1, len(MIGRATIONS) + 1):
        for statement in MIGRATIONS[number].split(";"):
            db.execute(statement)
        db.execute("INSERT INTO _marks_migrations VALUES (?, ?)", [number, now()])
