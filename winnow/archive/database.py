"""Open the database: check it, migrate it, and say in one clear line why it cannot be opened."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sqlite3
from pathlib import Path

from winnow.archive import schema
from winnow.archive.sqlite import Database
from winnow.fingerprint import PARAMETERS
from winnow.items import StartError

BUSY_SECONDS = 10
# Pages of 4 KB that the write-ahead log may hold before they are copied into the database. SQLite's default is 1,000. A
# batch for a large archive writes more, many of which the next batch writes again: they would be copied every time.
LOG_PAGES = 16_000
FAILURES = (sqlite3.Error, UnicodeDecodeError)  # a text column of a damaged file may hold bytes that are no text

logger = logging.getLogger(__name__)


def open_database(path: Path, any_parameters: bool = False) -> Database:
    """Open or create a Winnow database in WAL mode with its schema up to date.

    An index made with other parameters than today's is refused unless with `any_parameters`, for those who make the
    index anew. Raises `StartError` for such an index, a foreign or damaged file, and a database of a newer version.
    """
    try:
        db = Database(sqlite3.connect(path, timeout=BUSY_SECONDS))
        _check_schema(db, path)
        _enable_log(db, path)
        db.execute("PRAGMA synchronous = FULL")  # NORMAL would sync only what is copied: a power cut could take 64 MB
        db.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        db.execute("PRAGMA foreign_keys = ON")
        schema.bring_up_to_date(db)
        if not any_parameters:
            _check_parameters(db, path)
    except FAILURES as error:
        raise cannot_be_opened(path, error) from error
    return db


def open_to_read(path: Path, any_schema: bool = True) -> Database:
    """Open a Winnow database read-only, also while a run is writing. Raises `StartError`.

    A database with the schema of an earlier version is refused unless with `any_schema`.
    """
    check_there(path)
    try:
        db = Database(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=BUSY_SECONDS, uri=True))
        try:
            applied = _check_schema(db, path)
            if not applied:
                raise StartError(f"{path} is no Winnow database: name another file")
            if set(schema.migrations()) - applied and not any_schema:
                raise StartError(f"{path} was made by an older Winnow: crawl into it or `scrapy rebuild` it once")
        except BaseException:
            db.close()
            raise
    except FAILURES as error:
        raise cannot_be_opened(path, error) from error
    return db


def cannot_be_opened(path: Path, error: Exception) -> StartError:
    """Return what is raised where a database fails while it is opened."""
    return StartError(f"{path} cannot be opened: {explain(error, path)}")


def check_there(path: Path) -> None:
    """Raise `StartError` where there is no database at a path, for those who would make an empty one in its place."""
    _check_no_folder(path)
    if not path.exists():
        raise StartError(f"{path} does not exist: name a database with -s DATABASE=FILE")


def _check_no_folder(path: Path) -> None:
    if os.path.isdir(path):
        raise StartError(f"{path} is a folder: name a file, such as {path / 'articles.db'}")


def check_place(path: Path) -> None:
    """Raise `StartError` where a database cannot be written at a path; nothing is made there."""
    _check_no_folder(path)
    if not os.path.isdir(path.parent):
        raise StartError(f"{path.parent} does not exist: create the folder or name another database")
    if not os.access(path if os.path.exists(path) else path.parent, os.W_OK):
        raise StartError(f"{path} cannot be written: check the permissions or name another database")
    if os.path.exists(path) and (names := os.stat(path).st_nlink) > 1:
        raise StartError(f"{path} has {names} names (hard links), and two runs would destroy it: use a copy instead")


def explain(error: Exception, path: Path | None = None) -> str:
    """Return in words for a person what has happened to the database, and what to do.

    With `path`, a file that SQLite calls malformed is looked at once more.
    """
    text = str(error)
    if "I/O error" in text or (path and _is_malformed(error) and not _is_damaged(path)):
        return "the disk could not be read or written; the file may be sound: see to the disk, then run again"
    if "not a database" in text:
        return "it is no SQLite database; move it away or name another"
    if "readonly database" in text:
        return "SQLite needs to write beside it even to read it; run this as the user who owns it"
    if "locked" in text:
        return f"another program kept it locked for {BUSY_SECONDS} s; close that program and run again"
    if isinstance(error, sqlite3.IntegrityError):
        return f"rows were deleted that others need ({text}); run `scrapy rebuild` once, which mends what it can"
    if "malformed" in text or "Could not decode" in text or not isinstance(error, sqlite3.Error):
        return "it is damaged; restore a backup, or salvage it with `sqlite3 FILE .recover`"
    return text


def _enable_log(db: Database, path: Path) -> None:
    """Switch the write-ahead log on, at a second try where the disk fails once; warn where there is none.

    SQLite goes on without a log, and tells so only when a transaction has begun.
    """
    for _ in range(2):
        if db.journal_mode == "wal":
            return
        db.enable_wal()
        db.execute("BEGIN IMMEDIATE")
        db.conn.rollback()
    if db.journal_mode != "wal":
        logger.warning("%s: no write-ahead log could be made, so readers may wait for this run", path)


def _is_malformed(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CORRUPT


def _is_damaged(path: Path) -> bool:
    """Return whether a file is damaged: SQLite says so too where the disk fails while it reads the schema."""
    try:
        with path.open("rb") as file:
            place = 0
            while read := len(os.pread(file.fileno(), 1 << 20, place)):
                place += read
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except OSError:
        return False
    except sqlite3.Error:
        return True


def _check_schema(db: Database, path: Path) -> set[str]:
    """Return the names of the migrations that a database has had.

    Raises `StartError` for another program's database and for one that a newer Winnow has changed.
    """
    tables = set(db.table_names())
    applied = set(schema.applied(db))
    foreign = tables & {"pages", "articles", "runs", "texts"}
    if foreign and not applied:
        raise StartError(f"{path} is no Winnow database, though it has a table {min(foreign)}: name another file")
    unknown = applied - set(schema.migrations())
    if unknown:
        raise StartError(f"{path} was made by a newer Winnow ({min(unknown)}): update Winnow or name another database")
    return applied


def _check_parameters(db: Database, path: Path) -> None:
    stored = {name: json.loads(value) for name, value in db.execute("SELECT name, value FROM parameters")}
    if stored != PARAMETERS:
        other = ", ".join(sorted(name for name in stored | PARAMETERS if stored.get(name) != PARAMETERS.get(name)))
        raise StartError(
            f"{path} was indexed with other parameters ({other}): run `scrapy rebuild -s DATABASE={path}` once"
        )
