"""A run that could not see its source is not well: disks that fail or are not mounted, folders that refuse."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import winnow.files
from lab.samples import html_page, jsonl, sentences
from tests.conftest import Crawl, Crawled, Read
from winnow.archive.database import open_to_read
from winnow.runs.watch import Watch, missed
from winnow.sources import folder as listing
from winnow.tell.state import illness, open_archive


def write(folder: Path, *names: str) -> None:
    """Write a page with a text of its own under each name."""
    for name in names:
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(html_page(f"Story {name}", sentences(len(name) * 100 + ord(name[0]))))


def refuse(patch: pytest.MonkeyPatch, module: Any, function: str, *endings: str) -> None:
    """Let a function of the system fail with an I/O error for paths with these endings."""
    real = getattr(module.os, function)

    def fail(path: Any, *args: Any, **kwargs: Any) -> Any:
        if str(path).endswith(endings):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path, *args, **kwargs)

    patch.setattr(module.os, function, fail)


def said(done: Crawled) -> str | None:
    """Return what a monitor hears."""
    db = open_archive(done.database)
    try:
        return illness(db, 26)
    finally:
        db.close()


def test_source_that_is_empty_all_at_once_is_not_well(crawl: Crawl, folder: Path) -> None:
    write(folder, "a.html", "sub/b.html")
    assert crawl(folder).status == 0
    shutil.rmtree(folder)
    folder.mkdir()
    for _ in range(2):  # it goes on being said, until the pages are back or are meant to be gone
        done = crawl(folder)
        assert done.status == 3
        [line] = done.err.splitlines()
        assert line.startswith(f"winnow: {folder} had 2 pages at its last good run and has 0 now")
        assert "was stopped" in (said(done) or "")
    assert crawl(folder, "-s", "MAX_VANISHED=1").status == 0
    done = crawl(folder)
    assert (done.status, said(done)) == (0, None)


def test_source_that_never_had_a_page_is_not_well_beside_others(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    """So is a mount point that is empty when it is first read, and a misspelt folder that happens to be there."""
    (tmp_path / "mount").mkdir()
    assert crawl(tmp_path / "mount").status == 0  # nothing is known yet
    write(folder, "a.html")
    assert crawl(folder).status == 0
    (tmp_path / "other").mkdir()
    done = crawl(tmp_path / "other")
    assert done.status == 3
    assert f"winnow: {tmp_path}/other has no page, and the database has pages from elsewhere: is a disk" in done.err
    assert crawl(tmp_path / "other", "-s", "MAX_VANISHED=1").status == 0
    done = crawl(tmp_path / "other")
    assert (done.status, said(done)) == (0, None)


@pytest.mark.parametrize(("left", "status"), [(5, "finished"), (4, "stopped"), (0, "stopped")])
def test_source_may_lose_half_of_its_pages(read: Read, folder: Path, left: int, status: str) -> None:
    names = [f"{number}.html" for number in range(10)]
    write(folder, *names)
    read(folder)
    for name in names[left:]:
        (folder / name).unlink()
    assert read(folder).last_run["status"] == status


def test_what_an_earlier_version_took_for_pages_is_not_missed(read: Read, folder: Path) -> None:
    write(folder, "a.html")
    parts = [f"a_files/{number}.png" for number in range(9)]
    write(folder, *parts)
    done = read(folder)
    with closing(sqlite3.connect(done.database)) as db, db:  # as an earlier version would have written it
        db.execute("UPDATE runs SET pages = 10, rejected = 9, skipped = '{}'")
    assert read(folder).last_run["status"] == "finished"
    (folder / "a.html").unlink()
    assert read(folder).last_run["status"] == "stopped"


def test_pages_may_be_replaced_by_others(read: Read, folder: Path) -> None:
    write(folder, "a.html", "b.html")
    read(folder)
    (folder / "a.html").unlink()
    (folder / "b.html").unlink()
    write(folder, "c.html", "d.html")
    assert read(folder).last_run["status"] == "finished"


def test_records_are_pages_of_the_source(read: Read, folder: Path) -> None:
    write(folder, "a.html")
    (folder / "b.jsonl").write_bytes(jsonl(*({"html": html_page(f"B {n}", sentences(n))} for n in range(4))))
    read(folder)
    assert read(folder).last_run["status"] == "finished"
    (folder / "b.jsonl").unlink()
    assert read(folder).last_run["status"] == "stopped"


def test_sources_are_told_apart(read: Read, folder: Path) -> None:
    write(folder, "a.html", "b.html", "sub/c.html")
    read(folder)
    assert read(folder / "a.html").last_run["status"] == "finished"  # one file of many
    assert read(folder / "sub").last_run["status"] == "finished"
    for name in ("a.html", "b.html", "sub/c.html"):
        (folder / name).unlink()
    assert read(folder / "sub").last_run["status"] == "stopped"


def test_every_file_that_cannot_be_read(read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a.html", "b.html")
    refuse(monkeypatch, winnow.files, "open", ".html")
    done = read(folder)
    assert {reason for _, reason in done.pages().values()} == {"unreadable"}
    assert done.last_run["status"] == "stopped"
    assert said(done)
    monkeypatch.undo()
    assert read(folder).last_run["status"] == "finished"


@pytest.mark.parametrize("name", ["sub/b.html", "sub/b.jsonl"])
def test_folder_in_which_no_file_can_be_read(
    read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write(folder, "a.html", "sub/b.html")
    (folder / "sub/b.jsonl").write_bytes(jsonl({"html": html_page("Record", sentences(7))}))
    refuse(monkeypatch, winnow.files, "open", name)
    assert read(folder).last_run["status"] == "finished"  # the folder's other file is read
    for file in (folder / "sub").iterdir():
        if not str(file).endswith(name):
            file.unlink()
    assert read(folder).last_run["status"] == "stopped"


def test_damaged_file_is_no_failing_disk(read: Read, folder: Path) -> None:
    (folder / "a.html.gz").write_bytes(b"\x1f\x8b\x08\x00damaged")
    done = read(folder)
    assert done.pages()["a.html.gz"] == ("rejected", "unreadable")
    assert done.last_run["status"] == "finished"


@pytest.mark.parametrize(("function", "ending"), [("scandir", "/sub/"), ("lstat", "/b.html")])
def test_folder_that_cannot_be_looked_into(
    read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch, function: str, ending: str
) -> None:
    write(folder, "a.html", "sub/b.html")
    refuse(monkeypatch, listing, function, ending)
    done = read(folder)
    assert (done.last_run["status"], done.last_run["pages"]) == ("stopped", 1)
    monkeypatch.undo()
    assert read(folder).last_run["status"] == "finished"


def test_links_that_lead_nowhere_and_the_file_system_s_own_folder_are_well(read: Read, folder: Path) -> None:
    write(folder, "a.html", "lost+found/b.html")
    (folder / "dangling.html").symlink_to("missing.html")
    done = read(folder)
    assert (done.last_run["status"], set(done.pages())) == ("finished", {"a.html"})


def test_what_was_missed_is_said_in_one_line(read: Read, folder: Path) -> None:
    write(folder, "a.html")
    db = open_to_read(read(folder).database)
    watch = Watch("/srv/pages", unseen=3, first="two\nlines: the folder cannot be listed: Input/output error")
    line = missed(db, 1, watch, 1)
    db.close()
    assert line
    assert line.startswith("not all of /srv/pages was seen (two lines: the folder cannot be listed: Input/output error")
    assert ", and 2 more)" in line


@pytest.mark.parametrize("given", ["half", "-0.1", "1.5"])
def test_share_that_means_nothing(crawl: Crawl, folder: Path, given: str) -> None:
    done = crawl(folder, "-s", f"MAX_VANISHED={given}")
    assert (done.status, done.out) == (1, "")
    assert f"MAX_VANISHED={given} cannot be used: give a share from 0 to 1" in done.err
