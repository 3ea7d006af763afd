"""Folders, files and containers that have moved stay the known ones, and corrections go on reaching their articles."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.samples import html_page, jsonl, mhtml, sentences
from tests import conftest
from tests.conftest import Crawl, Crawled, Read, read_folder
from tests.test_sources import correct, counted, places, write
from winnow.items import Page
from winnow.runs.one_process import run_pages
from winnow.runs.rebuild import rebuild

ARTICLES = "SELECT id, page_id, page_count, text FROM articles ORDER BY id"
ENDINGS = "SELECT id, outcome, reason, article_id, parent_id, text_sha256 FROM pages ORDER BY id"


def assert_rebuilt_as_crawled(done: Crawled) -> None:
    before = done.rows(ARTICLES), done.rows(ENDINGS)
    rebuild(done.database)
    assert (done.rows(ARTICLES), done.rows(ENDINGS)) == before


def scrapy(*args: str | Path, database: Path) -> subprocess.CompletedProcess[str]:
    return conftest.scrapy(*map(str, args), "-s", f"DATABASE={database}")


def test_folder_that_was_moved_is_the_source_that_it_was(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    write(folder, "a.html", "b.html", "sub/c.html")
    crawl(folder)
    moved = tmp_path / "elsewhere"
    folder.rename(moved)
    done = crawl(moved)
    [line, *_] = done.out.splitlines()
    assert line.endswith(f"knows what is in {moved}: it is the source pages, which was in {folder}")
    assert (done.status, counted(done)) == (0, {"unchanged": 3})
    assert places(done) == [("pages", str(moved), path) for path in ("a.html", "b.html", "sub/c.html")]
    correct(moved / "b.html")
    done = crawl(moved)
    assert "knows" not in done.out
    assert counted(done) == {"changed": 1, "unchanged": 2}
    assert [row["count(*)"] for row in done.rows("SELECT count(*) FROM articles UNION SELECT count(*) FROM roots")] == [
        1,
        3,
    ]
    assert_rebuilt_as_crawled(done)


def test_folder_that_was_moved_and_corrected_before_any_run(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    write(folder, "a.html", "b.html", "d.html", "sub/c.html")
    crawl(folder)
    folder.rename(tmp_path / "elsewhere")
    correct(tmp_path / "elsewhere/sub/c.html")
    write(tmp_path / "elsewhere", "new.html")
    done = crawl(tmp_path / "elsewhere")
    assert counted(done) == {"new": 1, "changed": 1, "unchanged": 3}
    assert {source for source, *_ in places(done)} == {"pages"}


def test_folder_that_was_copied_without_times_and_deleted(read: Read, folder: Path, tmp_path: Path) -> None:
    write(folder, "a.html", "b.html", "c.html")
    (folder / "d.jsonl").write_bytes(jsonl(*({"html": html_page(f"D {n}", sentences(n))} for n in range(3))))
    (folder / "e.mhtml").write_bytes(mhtml(html_page("E", sentences(7)), "http://a.example/e"))
    read(folder)
    moved = tmp_path / "elsewhere"
    folder.rename(moved)
    for file in moved.iterdir():
        os.utime(file, (1_000_000_000, 1_000_000_000))
    correct(moved / "b.html")
    done = read(moved)
    assert counted(done) == {"changed": 1, "unchanged": 6}
    assert {place[:2] for place in places(done)} == {("pages", str(moved))}
    assert done.rows("SELECT DISTINCT root FROM containers") == [{"root": str(moved)}]


@pytest.mark.parametrize("left", ["all", "most", "folder"])
def test_folder_whose_files_are_still_there_has_not_moved(read: Read, folder: Path, tmp_path: Path, left: str) -> None:
    write(folder, "a.html", "b.html", "c.html")
    read(folder)
    shutil.copytree(folder, tmp_path / "copy")
    for name in {"all": "", "most": "a", "folder": "abc"}[left]:
        (folder / f"{name}.html").unlink()
    done = read(tmp_path / "copy")
    moved = left == "folder"  # an empty mount point, with the disk now elsewhere
    assert {source for source, root, _ in places(done) if root == str(tmp_path / "copy")} == (
        {"pages"} if moved else {"copy"}
    )
    assert counted(done).get("unchanged", 0) == {"all": 0, "most": 1, "folder": 3}[left]
    assert len(done.rows(ARTICLES)) == 3


def test_file_that_was_renamed_in_its_folder_is_a_copy(read: Read, folder: Path) -> None:
    """A folder that is filled anew for each run has the same bytes under another name: both pages keep their rows."""
    write(folder, "a.html", "b.html")
    read(folder)
    (folder / "a.html").rename(folder / "later.html")
    done = read(folder)
    assert counted(done) == {"duplicates": 1, "unchanged": 1}
    assert [path for *_, path in places(done)] == ["a.html", "b.html", "later.html"]
    assert_rebuilt_as_crawled(done)


def test_file_moves_to_another_root_with_its_earlier_versions(read: Read, folder: Path, tmp_path: Path) -> None:
    write(folder, "a.html", "b.html")
    write(tmp_path / "other", "c.html")
    read(tmp_path / "other")
    read(folder)
    (folder / "a.html").write_text((folder / "a.html").read_text() + "<!-- saved again -->")
    assert counted(read(folder)) == {"duplicates": 1, "unchanged": 1}  # the article's page is the first version
    (folder / "a.html").rename(tmp_path / "other/z.html")
    assert counted(read(tmp_path / "other")) == {"unchanged": 2}
    correct(tmp_path / "other/z.html")
    done = read(tmp_path / "other")
    assert counted(done) == {"changed": 1, "unchanged": 1}
    assert [path for *_, path in places(done)].count("z.html") == 3
    assert_rebuilt_as_crawled(done)


def test_file_that_came_from_another_source(read: Read, folder: Path, tmp_path: Path) -> None:
    write(folder, "a.html", "b.html")
    write(tmp_path / "other", "c.html")
    for place in (folder, tmp_path / "other"):
        read(place)
    (folder / "a.html").rename(tmp_path / "other/a.html")
    done = read(tmp_path / "other")
    assert counted(done) == {"unchanged": 2}
    assert places(done)[0] == ("other", str(tmp_path / "other"), "a.html")
    correct(tmp_path / "other/a.html")
    assert counted(read(tmp_path / "other")) == {"changed": 1, "unchanged": 1}


def test_copy_of_a_file_that_is_there_is_a_duplicate(read: Read, folder: Path) -> None:
    write(folder, "a.html")
    read(folder)
    shutil.copy(folder / "a.html", folder / "b.html")
    assert counted(read(folder)) == {"unchanged": 1, "duplicates": 1}
    (folder / "a.html").rename(folder / "c.html")
    shutil.copy(folder / "b.html", folder / "d.html")
    done = read(folder)
    assert counted(done) == {"unchanged": 1, "duplicates": 2}
    assert [path for *_, path in places(done)] == ["a.html", "b.html", "c.html", "d.html"]


def test_file_with_the_bytes_of_an_earlier_version_is_no_renamed_one(read: Read, folder: Path) -> None:
    write(folder, "a.html")
    kept = (folder / "a.html").read_text()
    read(folder)
    correct(folder / "a.html")
    read(folder)
    (folder / "a.html").unlink()
    (folder / "b.html").write_text(kept)
    done = read(folder)
    assert [path for *_, path in places(done)] == ["a.html", "a.html", "b.html"]


@pytest.mark.parametrize("mount_point", ["", "pages"])
def test_file_on_a_disk_that_is_not_mounted_is_not_gone(read: Read, tmp_path: Path, mount_point: str) -> None:
    disk = tmp_path / "disk"
    write(disk / "pages", "a.html", "b.html")
    write(tmp_path / "other", "c.html", "d.html", "e.html")
    for place in (disk / "pages", tmp_path / "other"):
        read(place)
    disk.rename(tmp_path / "unmounted")
    (disk / mount_point).mkdir(parents=True)
    shutil.copy(tmp_path / "unmounted/pages/a.html", tmp_path / "other/a.html")
    assert counted(read(tmp_path / "other")) == {"unchanged": 3, "duplicates": 1}
    shutil.rmtree(disk)
    (tmp_path / "unmounted").rename(disk)
    correct(disk / "pages/a.html")
    assert counted(read(disk / "pages")) == {"changed": 1, "unchanged": 1}


def test_forgotten_file_stays_forgotten_at_both_paths(read: Read, folder: Path, tmp_path: Path) -> None:
    write(folder, "a.html", "b.html")
    database = read(folder).database
    assert scrapy("forget", "a.html", database=database).returncode == 0
    (folder / "a.html").rename(folder / "z.html")
    done = read(folder)
    assert done.pages() == {
        "a.html": ("rejected", "forgotten"),
        "b.html": ("article", "new"),
        "z.html": ("rejected", "forgotten"),
    }
    folder.rename(tmp_path / "elsewhere")
    write(tmp_path / "elsewhere", "a.html")
    assert counted(read(tmp_path / "elsewhere")) == {"unchanged": 3}


def test_pages_without_a_file_never_move(read: Read, folder: Path, tmp_path: Path) -> None:
    write(folder, "a.html")
    body = (folder / "a.html").read_bytes()
    run_pages([Page("https://example.org/a", "/srv/site", body, len(body))], tmp_path / "articles.db")
    done = read(folder)
    assert counted(done) == {"duplicates": 1}
    assert places(done) == [("site", "/srv/site", "https://example.org/a"), ("pages", str(folder), "a.html")]


def container_pages(done: Crawled) -> list[dict[str, Any]]:
    return done.rows(
        "SELECT p.path, c.path AS file FROM pages p JOIN containers c ON c.id = container_id ORDER BY p.id"
    )


@pytest.mark.parametrize("with_times", [True, False], ids=["times kept", "other times"])
def test_container_moves_with_its_pages(read: Read, folder: Path, tmp_path: Path, with_times: bool) -> None:
    write(folder, "a.html")
    for name, first in (("b.jsonl", 10), ("b2.jsonl", 20)):
        rows = [{"html": html_page(f"Record {n}", sentences(n))} for n in range(first, first + 3)]
        (folder / name).write_bytes(jsonl(*rows))
    read(folder)
    (tmp_path / "other").mkdir()
    moved = tmp_path / "other/c.jsonl"
    (folder / "b.jsonl").rename(moved)
    if not with_times:
        os.utime(moved, (1_000_000_000, 1_000_000_000))
    done = read(moved.parent)
    assert counted(done) == {"unchanged": 3}
    assert container_pages(done)[0] == {"path": "c.jsonl#1", "file": "c.jsonl"}
    with moved.open("ab") as file:
        file.write(jsonl({"html": html_page("One more", sentences(50))}))
    done = read(moved.parent)
    assert counted(done) == {"new": 1, "unchanged": 3}
    assert container_pages(done)[-1] == {"path": "c.jsonl#4", "file": "c.jsonl"}
    assert_rebuilt_as_crawled(done)


def _edit(folder: Path, number: int) -> None:
    files = sorted(folder.rglob("*.html"))
    if files:
        correct(files[number % len(files)])


def _save_again(folder: Path, number: int) -> None:
    files = sorted(folder.rglob("*.html"))
    if files:
        file = files[number % len(files)]
        file.write_text(file.read_text() + f"<!-- {number} -->")


def _rename(folder: Path, number: int) -> None:
    files = sorted(folder.rglob("*.html"))
    if files:
        files[number % len(files)].rename(folder / f"{'ahmz'[number % 4]}{number}.html")


def _copy(folder: Path, number: int) -> None:
    files = sorted(folder.rglob("*.html"))
    target = folder / f"copy-{number}.html"
    if files and files[number % len(files)] != target:
        shutil.copy(files[number % len(files)], target)


def _delete(folder: Path, number: int) -> None:
    files = sorted(folder.rglob("*.html"))
    if len(files) > 2:
        files[number % len(files)].unlink()


STEPS = st.sampled_from([_edit, _save_again, _rename, _copy, _delete])


@settings(max_examples=15)
@given(st.lists(st.lists(st.tuples(STEPS, st.integers(0, 50)), max_size=3), max_size=4), st.booleans())
def test_rebuild_after_any_moves_gives_the_same_articles(
    nights: list[list[tuple[Callable[[Path, int], None], int]]], folder_moves: bool
) -> None:
    with TemporaryDirectory() as temporary:
        folder, database = Path(temporary, "pages"), Path(temporary, "a.db")
        write(folder, "a.html", "bb.html", "ccc.html")
        read_folder(folder, database)
        for night in nights:
            for step, number in night:
                step(folder, number)
            if folder_moves:
                folder = folder.rename(Path(temporary, f"{folder.name}-"))
            done = read_folder(folder, database)
            assert done.last_run["pages"] == len(list(folder.rglob("*.html")))
            assert_rebuilt_as_crawled(done)


def test_command_that_tells_of_a_moved_folder(crawl: Crawl, folder: Path, tmp_path: Path) -> None:
    write(folder, "a.html", "b.html")
    write(tmp_path / "other", "c.html")
    crawl(tmp_path / "other")
    database = crawl(folder).database
    folder.rename(tmp_path / "new place")
    done = scrapy("moved", folder, tmp_path, database=database)
    assert "  no file of them is seen there: if that is the wrong folder, say it again" in done.stdout
    folder = tmp_path
    correct(tmp_path / "new place/a.html")
    correct(tmp_path / "new place/b.html")  # nothing is as it was, so no run could tell
    done = scrapy("moved", folder, tmp_path / "new place", database=database)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"2 pages of the source pages are in {tmp_path / 'new place'} now\n"
    assert counted(crawl(tmp_path / "new place")) == {"changed": 2}
    done = scrapy("moved", "--list", database=database)
    lines = ["other: 1 pages", f"  {tmp_path / 'other'}", "pages: 4 pages", f"  {tmp_path / 'new place'}"]
    assert done.stdout.splitlines() == lines


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("nowhere", "here", "no source was read from {old}: there is {pages}"),
        ("pages", "nowhere", "{new} is no folder: name the place"),
        ("pages", "other", "{new} is a folder of the source other already"),
        ("pages", "", "name the folder as it was and as it is now: usage is `scrapy moved OLD NEW"),
    ],
)
def test_folders_that_cannot_be_meant(read: Read, folder: Path, tmp_path: Path, old: str, new: str, why: str) -> None:
    write(folder, "a.html")
    write(tmp_path / "other", "c.html")
    read(folder)
    database = read(tmp_path / "other").database
    (tmp_path / "here").mkdir()
    given = [tmp_path / name for name in (old, new) if name]
    done = scrapy("moved", *given, database=database)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert why.format(old=given[0], new=given[-1], pages=f"{tmp_path / 'other'}, {folder}") in line
