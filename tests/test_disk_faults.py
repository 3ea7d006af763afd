"""Disks that fail, and databases under two names: what is said, and that nothing sound is called damaged."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lab.samples import html_page, sentences
from tests.conftest import Crawl
from winnow.archive.database import explain, open_database, open_to_read
from winnow.archive.sqlite import Database
from winnow.archive.store import Store
from winnow.items import StartError


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "articles.db"
    Store(path).close()
    return path


def damage(path: Path) -> None:
    """Overwrite the tables behind the first page."""
    body = path.read_bytes()
    path.write_bytes(body[:4096] + b"\xff" * (len(body) - 4096))


def malformed(path: Path) -> sqlite3.DatabaseError:
    """Return the error that SQLite raises for a damaged file."""
    damage(path)
    db = sqlite3.connect(path)
    with pytest.raises(sqlite3.DatabaseError, match="malformed") as found:
        db.execute("SELECT count(*) FROM pages").fetchone()
    db.close()
    return found.value


@pytest.mark.parametrize("opened", [Store, open_to_read])
def test_damaged_file_is_called_damaged(opened: type, database: Path) -> None:
    damage(database)
    with pytest.raises(StartError, match="it is damaged; restore a backup"):
        opened(database)


@pytest.mark.parametrize("opened", [Store, open_to_read])
def test_file_that_the_disk_does_not_give_is_not_called_damaged(
    opened: type, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: int) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    damage(database)  # as which SQLite takes a schema that it could not read
    monkeypatch.setattr("winnow.archive.database.os.pread", fail)
    with pytest.raises(StartError, match="the disk could not be read or written; the file may be sound"):
        opened(database)


def test_file_that_is_sound_at_the_second_look_is_not_called_damaged(database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    Store(other).close()
    assert "the disk could not be read" in explain(malformed(other), database)
    assert "it is damaged" in explain(malformed(other), other)
    assert "it is damaged" in explain(malformed(other))


def test_error_of_the_disk_is_said_as_such() -> None:
    assert "the disk could not be read or written" in explain(sqlite3.OperationalError("disk I/O error"))


@pytest.mark.parametrize(("fails", "said"), [(1, False), (2, True)])
def test_missing_write_ahead_log_is_tried_again_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fails: int, said: bool
) -> None:
    tries = iter(range(fails))
    real = Database.enable_wal

    def enable(db: Database) -> None:  # SQLite does nothing at a failure, and says nothing
        if next(tries, None) is None:
            real(db)

    monkeypatch.setattr(Database, "enable_wal", enable)
    store = Store(tmp_path / "a.db")
    assert (store.db.journal_mode == "wal") is not said
    store.close()
    line = f"{tmp_path / 'a.db'}: no write-ahead log could be made, so readers may wait for this run"
    assert caplog.messages == ([line] if said else [])


def test_what_is_committed_is_on_the_disk(database: Path) -> None:
    """`lab.torture.power` shows what a power cut takes with less than this."""
    [(synchronous,)] = open_database(database).execute("PRAGMA synchronous")
    assert synchronous == 2  # FULL: the log is synced at each commit


def test_database_with_two_names_is_refused_and_left_alone(database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    os.link(database, other)
    before = database.read_bytes()
    for name in (database, other):
        with pytest.raises(StartError, match=r"has 2 names \(hard links\)"):
            Store(name)
    assert database.read_bytes() == before
    other.unlink()
    Store(database).close()


@pytest.mark.parametrize("table", ["articles", "corrections", "pages", "parameters", "roots", "runs"])
def test_crawl_into_a_database_with_a_damaged_table_ends_with_one_line(
    table: str, crawl: Crawl, tmp_path: Path
) -> None:
    folder, database = tmp_path / "pages", tmp_path / "articles.db"
    folder.mkdir()
    (folder / "a.html").write_text(html_page("A page", sentences(1)))
    assert crawl(folder).status == 0
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [size], [root] = (
            db.execute(sql).fetchone()
            for sql in ("PRAGMA page_size", f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'")
        )
    with database.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    (folder / "b.html").write_text(html_page("Another page", sentences(2)))
    done = crawl(folder)
    assert done.status in (1, 3), done
    assert "it is damaged; restore a backup" in done.err
    assert "Traceback" not in done.err
