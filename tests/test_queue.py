"""What the reading room has queued beside an archive: the next run takes it over, whatever state the queue is in."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Crawl, Crawled, read_folder
from tests.corrected import said, together, write
from tests.test_corrected import MERGE, SPLIT, UNTOLD
from winnow.archive.corrections import in_force
from winnow.archive.store import Store
from winnow.corrections import QUEUE, READER, Correction
from winnow.room.said import add


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Crawled:
    """Return an archive of pages that nobody has corrected."""
    write(folder)
    return read_folder(folder, tmp_path / "articles.db")


def queue(folder: Path, *corrections: Correction, archive: str = "articles.db", **more: Any) -> Path:
    """Queue corrections as the reading room does; `more` are columns that differ from what was said."""
    with closing(sqlite3.connect(folder / READER)) as db, db:
        db.execute(QUEUE)
        for each in corrections:
            row = {**each.row(), "archive": archive, **more}
            marks = ", ".join("?" * len(row))
            db.execute(f"INSERT INTO corrections ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    return folder / READER


def left(place: Path) -> list[tuple[Any, ...]]:
    """Return the paths of the pages that are still queued."""
    with closing(sqlite3.connect(place)) as db:
        return db.execute("SELECT path FROM corrections ORDER BY id").fetchall()


def known(archive: Crawled) -> Iterable[Correction]:
    """Return the corrections that the archive has."""
    with closing(Store(archive.database)) as store:
        return in_force(store.db).values()


def test_the_next_run_takes_over_what_is_queued_for_its_archive(archive: Crawled, folder: Path, tmp_path: Path) -> None:
    split, merged = said(SPLIT, "b.html", note="no copy"), said(MERGE, "a.html", "c.html")
    place = queue(tmp_path, split, merged)
    queue(tmp_path, said(SPLIT, "f.html"), archive="other.db")
    assert together(archive) == UNTOLD
    read_folder(folder, archive.database)
    assert together(archive) == {"Acdf", "B"}
    assert {*known(archive)} == {split, merged}
    assert left(place) == [("f.html",)]
    read_folder(folder, archive.database)
    assert together(archive) == {"Acdf", "B"}


def test_a_queue_follows_its_archive_when_that_is_renamed(
    archive: Crawled, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add(archive.database, [said(SPLIT, "b.html")])
    renamed = archive.database.rename(tmp_path / "new.db")
    read_folder(folder, tmp_path / "other.db")
    assert left(tmp_path / READER) == [("b.html",)]
    assert caplog.messages == [f"{tmp_path / READER}: 1 correction waits for articles.db, which is gone"]
    caplog.clear()
    assert together(read_folder(folder, renamed)) == {"Adf", "B", "C"}
    assert (left(tmp_path / READER), caplog.messages) == ([], [])


def test_the_queue_of_an_archive_is_not_that_of_its_copy(archive: Crawled, folder: Path, tmp_path: Path) -> None:
    add(archive.database, [said(SPLIT, "b.html")])
    shutil.copy(archive.database, tmp_path / "copy.db")
    assert together(read_folder(folder, tmp_path / "copy.db")) == UNTOLD
    assert together(read_folder(folder, archive.database)) == {"Adf", "B", "C"}


def test_a_queue_that_an_earlier_version_has_made_is_gone_on_with(
    archive: Crawled, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = queue(tmp_path, said(SPLIT, "b.html"))
    with closing(sqlite3.connect(place)) as db, db:
        db.execute("ALTER TABLE corrections DROP COLUMN identity")
    archive.database.rename(tmp_path / "new.db")
    read_folder(folder, tmp_path / "new.db")
    assert caplog.messages == [f"{place}: 1 correction waits for articles.db, which is gone"]
    archive.database.touch()
    add(tmp_path / "new.db", [said(SPLIT, "f.html")])
    assert together(read_folder(folder, tmp_path / "new.db")) == {"Abd", "C", "F"}
    assert left(place) == [("b.html",)]


def test_what_was_taken_over_and_not_taken_out_is_taken_over_once(
    archive: Crawled, folder: Path, tmp_path: Path
) -> None:
    for _ in range(2):  # as after a power cut between the two
        queue(tmp_path, said(SPLIT, "b.html"))
        read_folder(folder, archive.database)
    assert len([*known(archive)]) == 1


def test_a_row_that_is_no_correction_is_dropped_and_said(
    archive: Crawled, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    queue(tmp_path, said(SPLIT, "b.html"), action="stir")
    queue(tmp_path, said(SPLIT, "b.html"), note=3.5, field=b"\xff")
    place = queue(tmp_path, said(SPLIT, "b.html"))
    read_folder(folder, archive.database)
    assert together(archive) == {"Adf", "B", "C"}
    assert left(place) == []
    assert [record.getMessage().partition(": ")[2] for record in caplog.records] == [
        "row 1 of the queue is dropped: there is no correction 'stir': name one of split, merge, accept, reject, set,"
        " clear, pin",
        "row 2 of the queue is dropped: a correction needs a text as 'field'",
    ]


def test_a_queue_that_cannot_be_used_is_left_to_the_next_run(
    archive: Crawled, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winnow.runs.queue.WAIT_SECONDS", 0)
    place = queue(tmp_path, said(SPLIT, "b.html"))
    with closing(sqlite3.connect(place)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        done = read_folder(folder, archive.database)
    assert (done.last_run["status"], done.last_run["unchanged"]) == ("finished", 6)
    assert together(archive) == UNTOLD
    [record] = caplog.records
    assert "left to the next run: database is locked" in record.getMessage()
    read_folder(folder, archive.database)
    assert together(archive) == {"Adf", "B", "C"}
    assert left(place) == []


@pytest.mark.parametrize(
    "content", [b"no database at all, but a text that somebody has put there", b"SQLite format 3\0"]
)
def test_a_damaged_queue_costs_a_warning(
    archive: Crawled, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    (tmp_path / READER).write_bytes(content * 100)
    assert read_folder(folder, archive.database).last_run["status"] == "finished"
    assert len(caplog.records) == 1
    assert (tmp_path / READER).read_bytes() == content * 100


def test_a_reading_room_without_a_queue_costs_nothing(
    archive: Crawled, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(tmp_path / READER)) as db, db:
        db.execute("CREATE TABLE quotes (id INTEGER PRIMARY KEY)")
    read_folder(folder, archive.database)
    assert caplog.records == []


def test_a_crawl_says_how_many_corrections_it_has_taken_over(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    write(folder)
    place = queue(tmp_path, said(SPLIT, "b.html"), said(SPLIT, "f.html"))
    done = crawl(folder)
    assert (done.status, done.err) == (0, "")
    assert "  corrections of the reading room: 2 taken over\n" in done.out
    assert together(done) == {"Ad", "B", "C", "F"}
    assert left(place) == []
    assert "reading room" not in crawl(folder).out
