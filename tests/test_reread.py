"""`scrapy rebuild --stale`: pages that another version has read are read anew, where their files are still there."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import html_page, jsonl, packed, record, revisit, sentences
from tests.conftest import Read, scrapy
from tests.test_rebuild import contents
from winnow.files import escape_path, unescape_path
from winnow.items import Kind
from winnow.runs.anew import Rebuilt
from winnow.runs.options import RunOptions
from winnow.runs.rebuild import rebuild

ADDRESS = "http://a.example/"


@given(st.binary(max_size=30))
def test_the_name_of_a_file_comes_back_from_its_path(name: bytes) -> None:
    assert os.fsencode(unescape_path(escape_path(name))) == name


@pytest.fixture
def archive(read: Read, folder: Path) -> Path:
    """Return an archive of pages, a copy among them, and of records of two containers, one of them a revisit."""
    alpha = html_page("Alpha", sentences(1)).replace("<title>", '<meta name="author" content="Ann Lee"><title>')
    (folder / os.fsdecode(b"a\xff\\.html")).write_text(alpha)
    (folder / "b.html").write_text(html_page("Beta", sentences(2)))
    (folder / "b-copy.html").write_text(html_page("Beta", sentences(2)))
    (folder / "c.jsonl").write_bytes(jsonl({"url": f"{ADDRESS}c", "html": html_page("Gamma", sentences(3))}))
    warc = [record(f"{ADDRESS}d", html_page("Delta", sentences(4)).encode())]
    warc.append(revisit(f"{ADDRESS}d", "2024-06-01T00:00:00Z", of=f"{ADDRESS}d"))
    (folder / "d.warc.gz").write_bytes(packed(warc))
    (folder / "e.html").write_text(html_page("Epsilon", sentences(5)))
    (folder / "f.html").write_text(html_page("Zeta", sentences(6)))
    return read(folder).database


def make_stale(archive: Path, *statements: str) -> None:
    """Let an archive look as if an earlier version had read less of every page."""
    with closing(sqlite3.connect(archive)) as db, db:
        db.create_function("digest", 1, lambda text: sha256(text.encode()).hexdigest())
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("UPDATE extractions SET reader = '0.0', author = NULL")
        db.execute("UPDATE articles SET text = ''")  # so all texts stand in the table of texts
        db.execute("UPDATE known_texts SET text = substr(text, 1, length(text) - 150)")
        db.execute("UPDATE pages SET text_sha256 = (SELECT digest(text) FROM texts t WHERE t.sha256 = text_sha256)")
        db.execute("UPDATE known_texts SET sha256 = digest(text)")
        db.execute("""UPDATE articles SET author = NULL, markdown = NULL, text = (SELECT t.text
            FROM pages p JOIN texts t ON t.sha256 = p.text_sha256 WHERE p.id = page_id)""")
        for statement in statements:
            db.execute(statement)


def read_stale(archive: Path) -> Rebuilt:
    return rebuild(archive, stale=RunOptions(archive, workers=1))


def test_an_archive_of_another_version_becomes_what_a_crawl_makes_today(archive: Path) -> None:
    before = contents(archive)
    make_stale(archive)
    assert contents(archive)["articles"] != before["articles"]
    rebuild(archive)
    assert contents(archive)["articles"] != before["articles"]
    done = read_stale(archive)
    assert (done.stale, done.read_anew, done.articles) == (8, 8, 6)
    assert contents(archive) == before
    assert read_stale(archive).stale == 0


def test_what_has_gone_or_changed_stays_as_it_was(archive: Path, folder: Path) -> None:
    make_stale(archive)
    before = {row[0]: row for row in contents(archive)["extractions"]}
    with closing(sqlite3.connect(archive)) as db:
        ids = dict(db.execute("SELECT path, id FROM pages"))
    (folder / "e.html").unlink()
    (folder / "f.html").write_text(html_page("Zeta", sentences(7)))
    (folder / "d.warc.gz").unlink()
    done = read_stale(archive)
    assert (done.stale, done.read_anew) == (8, 4)
    after = {row[0]: row for row in contents(archive)["extractions"]}
    assert {path for path, page in ids.items() if before[page] == after[page]} == {
        path for path in ids if path.startswith(("d", "e", "f"))
    }


def test_a_page_that_carries_no_article_any_more_is_rejected(archive: Path, folder: Path) -> None:
    short = b"<p>Too short.</p>"
    (folder / "e.html").write_bytes(short)
    make_stale(archive, f"UPDATE pages SET sha256 = '{sha256(short).hexdigest()}' WHERE path = 'e.html'")
    done = read_stale(archive)
    assert (done.articles, done.endings["new", "no article"]) == (5, 1)


def test_the_command_says_what_was_read_anew(archive: Path, folder: Path) -> None:
    make_stale(archive)
    (folder / "e.html").unlink()
    done = scrapy("rebuild", "--stale", "-s", f"DATABASE={archive}")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\n  7 pages read anew, 1 not: their files have gone or changed\n" in done.stdout


@pytest.fixture
def refused(read: Read, folder: Path) -> Path:
    """Return an archive in which an earlier version took no article for one: of two pages, a record, and an error."""
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    (folder / "a-copy.html").write_text(html_page("Alpha", sentences(1)))
    (folder / "b.jsonl").write_bytes(jsonl({"url": f"{ADDRESS}b", "html": html_page("Beta", sentences(2))}))
    (folder / "c.html").write_text("<p>Not here.</p>")
    return read(folder).database


def refuse(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as db, db:
        db.execute("""UPDATE runs SET versions = '{"winnow": "0.0", "python": "3.11"}'""")
        for table in ("sketches", "recent_sketches", "extractions", "articles", "known_texts", "refused_texts"):
            db.execute(f"DELETE FROM {table}")
        for path in ("a.html", "b.jsonl#1"):
            db.execute("INSERT INTO refused_texts SELECT id, 'An old guess' FROM pages WHERE path = ?", [path])
        nothing = ("article_id", "parent_id", "similarity", "kind", "title", "text_sha256", "word_count")
        ended = "outcome = 'rejected', reason = 'no article', detail = 'a list'"
        db.execute(f"UPDATE pages SET {ended}, {', '.join(f'{name} = NULL' for name in nothing)}")


def test_a_page_that_was_rejected_is_read_anew_and_may_carry_an_article(refused: Path) -> None:
    before = contents(refused)
    refuse(refused)
    assert rebuild(refused).articles == 0
    done = read_stale(refused)
    assert (done.stale, done.read_anew, done.articles) == (4, 4, 2)
    assert done.endings == {("no article", "new"): 2, ("no article", "same bytes"): 1}
    after = contents(refused)
    assert {name: rows for name, rows in after.items() if name != "runs"} == {
        name: rows for name, rows in before.items() if name != "runs"
    }


def test_a_revisit_of_a_page_that_was_rejected_ends_as_that_page_does(read: Read, folder: Path) -> None:
    (folder / "a.warc").write_bytes(revisit(ADDRESS, "2024-06-01T00:00:00Z", of=ADDRESS))
    (folder / "b.warc").write_bytes(record(ADDRESS, html_page("Alpha", sentences(1)).encode()))
    archive = read(folder).database
    before = contents(archive)
    refuse(archive)
    with closing(sqlite3.connect(archive)) as db, db:
        ended = "sha256 = NULL, detail = 'a revisit of page 2, which was rejected too'"
        db.execute(f"UPDATE pages SET {ended} WHERE id = 1")
    done = read_stale(archive)
    assert done.endings == {("no article", "new"): 1, ("no article", "same bytes"): 1}
    assert contents(archive)["pages"] == before["pages"]


def test_a_page_of_a_kind_that_is_not_wanted_stays_rejected(refused: Path) -> None:
    refuse(refused)
    done = rebuild(refused, kinds=frozenset({Kind.PRODUCT}), stale=RunOptions(refused, workers=1))
    assert done.articles == 0
    with closing(sqlite3.connect(refused)) as db:
        query = "SELECT path, reason, kind, text LIKE 'An old%' FROM pages LEFT JOIN refused_texts ON page_id = id"
        found = {path: row for path, *row in db.execute(query)}
    assert found["a.html"] == ["no article", "article", 0]


def test_what_this_version_has_rejected_is_not_read_again(refused: Path) -> None:
    assert read_stale(refused).stale == 0
