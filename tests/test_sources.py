"""Which source a file belongs to: folders and their subfolders, several paths in one run, names."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import html_page, sentences
from tests.conftest import Crawl, Crawled, Read
from winnow.archive.schema import begin
from winnow.archive.sources import Sources
from winnow.archive.sqlite import Database
from winnow.files import escape_path
from winnow.items import StartError
from winnow.sources.folder import Folder, SeedFile, resolve_roots

PLACES = "SELECT source, root, path FROM pages ORDER BY id"


def write(folder: Path, *names: str) -> None:
    """Write a page with a text of its own under each name."""
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html_page(f"Story {name}", sentences(len(name) * 100 + ord(name[0]))))


def correct(file: Path) -> None:
    """Change one sentence of a page."""
    text = file.read_text()
    file.write_text(text.replace("</p>", " The figure was wrong, the council said on Friday evening.</p>", 1))


def places(done: Crawled) -> list[tuple[str, ...]]:
    """Return source, root and path of every page."""
    return [tuple(row.values()) for row in done.rows(PLACES)]


def counted(done: Crawled) -> dict[str, int]:
    """Return what the last run counted, but for zeros."""
    names = ("new", "changed", "unchanged", "duplicates", "rejected")
    return {name: done.last_run[name] for name in names if done.last_run[name]}


def test_subfolder_of_a_known_folder_holds_the_same_pages(read: Read, folder: Path) -> None:
    write(folder, "a.html", "sub/b.html", "sub/deep/c.html", "sub.html")
    read(folder)
    correct(folder / "sub/b.html")
    done = read(folder / "sub")
    assert counted(done) == {"changed": 1, "unchanged": 1}
    assert {path for _, _, path in places(done)} == {"a.html", "sub/b.html", "sub/deep/c.html", "sub.html"}
    assert {place[:2] for place in places(done)} == {("pages", str(folder))}
    assert counted(read(folder / "sub/b.html")) == {"unchanged": 1}
    assert counted(read(folder)) == {"unchanged": 4}


def test_folder_above_a_known_one_leaves_that_its_pages(read: Read, folder: Path) -> None:
    write(folder, "a.html", "sub/b.html", "sub/deep/c.html")
    read(folder / "sub/deep")
    correct(folder / "sub/deep/c.html")
    done = read(folder)
    assert counted(done) == {"new": 2, "changed": 1}
    deep, whole = ("deep", str(folder / "sub/deep"), "c.html"), ("pages", str(folder))
    assert places(done) == [deep, (*whole, "a.html"), (*whole, "sub/b.html"), deep]
    assert counted(read(folder / "sub")) == {"unchanged": 2}


def test_correction_of_a_file_that_an_earlier_version_counted_twice(read: Read, folder: Path) -> None:
    write(folder, "a.html", "sub/b.html")
    done = read(folder)
    columns = [row["name"] for row in done.rows("SELECT name FROM pragma_table_info('pages')")]
    other = {"id": "3", "source": "'sub'", "root": "root || '/sub'", "path": "'b.html'", "parent_id": "2"}
    other |= {"outcome": "'duplicate'", "reason": "'same bytes'"}
    chosen = ", ".join(other.get(name, name) for name in columns)
    with closing(sqlite3.connect(done.database)) as db, db:  # the folder and its subfolder were read in turn
        db.execute("INSERT INTO sources (name) VALUES ('sub')")
        db.execute("INSERT INTO roots VALUES (?, 'sub')", [str(folder / "sub")])
        db.execute(f"INSERT INTO pages SELECT {chosen} FROM pages WHERE path = 'sub/b.html'")
    correct(folder / "sub/b.html")
    done = read(folder)
    assert counted(done) == {"changed": 1, "unchanged": 1}
    assert "Friday evening" in done.rows("SELECT text FROM articles WHERE id = 2")[0]["text"]


def test_folders_of_one_name_are_sources_of_their_own(read: Read, tmp_path: Path) -> None:
    for name in ("x/pages", "y/pages"):
        write(tmp_path / name, f"{name[0]}.html")
        done = read(tmp_path / name)
    assert [source for source, *_ in places(done)] == ["pages", "pages-2"]


NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]) | st.sampled_from(["\\", "x", " ", "#", "."]),
    min_size=1,
    max_size=3,
).filter(lambda name: name not in (".", ".."))
DATABASE = Database(sqlite3.connect(":memory:"))
begin(DATABASE)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


@given(st.lists(PATHS, min_size=1, max_size=6), st.lists(PATHS, max_size=5), PATHS)
def test_file_belongs_to_the_deepest_root_that_it_lies_in(files: list[str], roots: list[str], read: str) -> None:
    DATABASE.execute("DELETE FROM roots")
    sources = Sources(DATABASE)
    for each in roots:
        sources.of(escape_path(os.fsencode(f"/{each}")))
    here = escape_path(os.fsencode(f"/{read}"))
    above = sources.above(here)
    assert above == max((root for root in sources.roots if f"{here}/".startswith(f"{root}/")), key=len, default=None)
    folder = Folder(Path(f"/{read}"), None, above or here, sources.below(here))
    for file in files:
        path = escape_path(os.fsencode(file))
        found = folder.placed(SeedFile(path, "", 0, None))
        known = [above or here, *sources.roots]
        assert found.root == max((root for root in known if f"{here}/{path}".startswith(f"{root}/")), key=len)
        assert f"{found.root}/{found.path}" == f"{here}/{path}"


def test_paths_are_read_one_after_the_other(crawl: Crawl, tmp_path: Path) -> None:
    for name in ("b", "a", "d, e", "c"):
        write(tmp_path / name, f"{name}.html")
    crawl(tmp_path / "c")
    done = crawl(f"{tmp_path}/b,{tmp_path / 'a'}", "-a", f"path={tmp_path / 'd, e'}", "-a", f"path={tmp_path / 'c'}")
    assert done.status == 0, done.err
    assert [path for *_, path in places(done)] == ["c.html", "b.html", "a.html", "d, e.html"]
    assert [source for source, *_ in places(done)] == ["c", "b", "a", "d, e"]
    assert counted(done) == {"new": 3, "unchanged": 1}
    assert [line.count(" has read nothing from ") for line in done.out.splitlines()[:4]] == [1, 1, 1, 0]
    write(tmp_path / "a", "more.html")
    shutil.rmtree(tmp_path / "b")
    (tmp_path / "b").mkdir()
    done = crawl(f"{tmp_path}/b,{tmp_path / 'a'}")  # each source is watched, whatever the others hold
    assert done.status == 3
    assert f"{tmp_path / 'b'} had 1 pages at its last good run and has 0 now" in done.err
    shutil.rmtree(tmp_path / "d, e")
    (tmp_path / "d, e").mkdir()
    assert f"{tmp_path / 'd, e'} had 1 pages" in crawl(tmp_path / "d, e").err


@pytest.mark.parametrize("given", ["a,a/b", "a/b,a", "a,a", "a,a/b/one.html"])
def test_path_that_lies_in_another_is_refused(tmp_path: Path, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a/b", "one.html")
    write(tmp_path / "a-b", "two.html")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StartError, match=r"lies in .*/a, which is read as well: name one of the two"):
        resolve_roots(given)
    assert len(resolve_roots("a,a-b")) == 2


def test_missing_one_of_several_paths_is_named(crawl: Crawl, tmp_path: Path) -> None:
    write(tmp_path / "a", "one.html")
    done = crawl(f"{tmp_path / 'a'},{tmp_path / 'b'}")
    assert (done.status, done.database.exists()) == (1, False)
    assert f"cannot read {tmp_path / 'b'}: No such file or directory" in done.err


def test_source_with_a_name_and_two_folders(crawl: Crawl, tmp_path: Path) -> None:
    write(tmp_path / "a", "one.html", "two.html")
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    done = crawl(tmp_path / "a", "-a", "source=papers")
    assert done.out.count("\n") == crawl(tmp_path / "a").out.count("\n")
    correct(tmp_path / "b/two.html")
    done = crawl(tmp_path / "b", "-a", "source=papers")
    assert f"takes {tmp_path / 'b'} for one more folder of the source papers" in done.out.splitlines()[0]
    assert counted(done) == {"changed": 1, "unchanged": 1}
    assert places(done)[0] == ("papers", str(tmp_path / "b"), "one.html")
    assert counted(crawl(tmp_path / "b")) == {"unchanged": 2}


@pytest.mark.parametrize(
    ("path", "why"),
    [("a", "is the source papers: leave"), ("a/sub", "which is the source papers"), ("b", "printable")],
)
def test_name_that_a_folder_cannot_have_is_refused(crawl: Crawl, tmp_path: Path, path: str, why: str) -> None:
    write(tmp_path / "a/sub", "one.html")
    write(tmp_path / "b", "two.html")
    before = crawl(tmp_path / "a", "-a", "source=papers").rows("SELECT * FROM runs")
    done = crawl(tmp_path / path, "-a", "source=other" if why != "printable" else "source=a\nb")
    assert (done.status, done.out) == (1, "")
    [line] = done.err.splitlines()
    assert why in line
    assert done.rows("SELECT * FROM runs") == before
    assert [name for row in done.rows("SELECT name FROM sources") for name in row.values()] == ["papers"]
