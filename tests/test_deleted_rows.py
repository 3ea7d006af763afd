"""Rows that another program has deleted: a line says what to do, and a rebuild mends what it can."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lab.samples import html_page, jsonl, sentences
from tests.archives import Chance, Seed, send
from tests.conftest import Crawl, Read
from tests.test_forget import rows, scrapy
from tests.test_rebuild import contents
from winnow.archive.database import FAILURES, explain
from winnow.items import StartError
from winnow.runs.rebuild import rebuild

TABLES = (
    "pages",
    "articles",
    "known_texts",
    "extractions",
    "revisions",
    "sketches",
    "recent_sketches",
    "runs",
    "parameters",
)


@pytest.fixture(scope="module")
def runs() -> list[list[Seed]]:
    return [*Chance(5).runs(), *Chance(6).runs()]


@pytest.fixture(scope="module")
def sound(runs: list[list[Seed]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("sound") / "a.db"
    send(database, *runs)
    rebuild(database)
    return database


def failure(database: Path, seeds: list[Seed]) -> str:
    """Return the line with which a crawl ends that fails, "" for one that does not."""
    try:
        send(database, seeds)
    except FAILURES as error:
        return explain(error)
    except StartError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("which", ["first", "a third", "all"])
@pytest.mark.parametrize("table", TABLES)
def test_a_rebuild_mends_and_nothing_else_ends_without_a_line(
    table: str, which: str, sound: Path, runs: list[list[Seed]], tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    database.write_bytes(sound.read_bytes())
    key = "page_id" if table == "sketches" else "rowid"
    chosen = {"first": f"{key} = (SELECT min({key}) FROM {table})", "a third": f"{key} % 3 = 1", "all": "TRUE"}[which]
    with closing(sqlite3.connect(database)) as db, db:
        db.execute(f"DELETE FROM {table} WHERE {chosen}")
    before = database.read_bytes()
    line = failure(database, runs[0])
    assert line == "" or "run `scrapy rebuild" in line
    database.write_bytes(before)
    done = rebuild(database)
    for check, answer in (("foreign_key_check", []), ("integrity_check", [("ok",)])):
        assert rows(database, f"PRAGMA {check}") == answer
    assert bool(done.lost) == (table in ("known_texts", "extractions"))
    mended = contents(database)
    if table in ("revisions", "sketches", "recent_sketches", "parameters"):
        assert mended == contents(sound)
    if table in ("articles", "runs"):
        assert [row[:15] for row in mended["articles"]] == [row[:15] for row in contents(sound)["articles"]]
    rebuild(database)
    assert contents(database) == mended
    send(database, *runs)
    assert rows(database, "SELECT count(*) FROM pages WHERE reason = 'unreadable'") == [(0,)]


def test_pages_whose_text_was_deleted_are_read_again_by_the_next_run(read: Read, folder: Path) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    (folder / "b.html").write_text(html_page("Beta", sentences(2)))
    (folder / "c.jsonl").write_bytes(jsonl({"url": "https://a.example/", "text": "\n\n".join(sentences(3))}))
    database = read(folder).database
    before = rows(database, "SELECT id, text FROM articles ORDER BY text")
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("DELETE FROM known_texts WHERE sha256 IN (SELECT text_sha256 FROM pages WHERE path != 'b.html')")
    assert rebuild(database).lost == 2
    assert len(rows(database, "SELECT * FROM articles")) == 1
    assert read(folder).last_run["new"] == 2
    assert [row[1] for row in rows(database, "SELECT id, text FROM articles ORDER BY text")] == [
        row[1] for row in before
    ]


def test_crawl_and_rebuild_say_so_in_a_line(crawl: Crawl, folder: Path) -> None:
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    database = crawl(folder).database
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("DELETE FROM known_texts")
    (folder / "b.html").write_text(html_page("Alpha", [*sentences(1), "One line more."]))
    stopped = crawl(folder)
    assert stopped.status == 3
    assert "rows were deleted that others need" in stopped.err
    assert "Traceback" not in stopped.err
    done = scrapy(database, "rebuild")
    assert (
        done.stdout.splitlines()[1]
        == "  1 pages without what they said, which was deleted: the next run reads them again"
    )
    assert crawl(folder).pages() == {"a.html": ("article", "new"), "b.html": ("duplicate", "near-duplicate")}
