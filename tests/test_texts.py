"""Each text stands once in the file, and `texts` shows all of them, whatever becomes of the articles that have them."""

from __future__ import annotations

import hashlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archives import Chance, seed, send, with_texts_twice
from tests.memory_index import words
from winnow.archive import texts
from winnow.archive.store import Store
from winnow.runs.rebuild import rebuild

ITS = "pages p JOIN known_texts t ON t.sha256 = p.text_sha256 WHERE p.id = articles.page_id"
TWICE = f"SELECT count(*) FROM articles WHERE EXISTS (SELECT 1 FROM {ITS} AND t.article_id IS NULL)"


def rows(database: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as db, db:
        return db.execute(sql, values).fetchall()


def check(database: Path) -> None:
    """Check that each text of `texts` is the one that its digest names, that none is missing, and none stands twice."""
    for sha256, text in rows(database, "SELECT sha256, text FROM texts"):
        assert hashlib.sha256(text.encode()).hexdigest() == sha256
    for table in ("pages", "revisions"):
        named = f"SELECT 1 FROM {table} WHERE text_sha256 > '' AND text_sha256 NOT IN (SELECT sha256 FROM texts)"
        assert rows(database, named) == []
    assert rows(database, TWICE) == [(0,)]
    assert rows(database, "SELECT 1 FROM known_texts WHERE (article_id IS NULL) = (text = '')") == []
    assert rows(database, "PRAGMA foreign_key_check") == []


@settings(max_examples=30)
@given(st.integers(0, 1_000_000))
def test_each_text_stands_once_after_any_runs_and_a_rebuild(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "a.db")
        for run in Chance(number).runs():
            send(database, run)
            check(database)
        before = rows(database, "SELECT * FROM texts ORDER BY 1")
        rebuild(database)
        check(database)
        assert rows(database, "SELECT * FROM texts ORDER BY 1") == before


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return a database of two articles, of which the first has changed and has a near-duplicate."""
    text = words(300)
    runs = [[seed("a.html", text), seed("b.html", words(300, 7))], [seed("a.html", f"{text} end")]]
    send(tmp_path / "a.db", *runs, [seed("c.html", f"{text}\n{words(8, 9)}")])
    return tmp_path / "a.db"


def test_only_what_no_article_says_stands_in_the_table_of_texts(database: Path) -> None:
    check(database)
    kept = [text for (text,) in rows(database, "SELECT text FROM known_texts WHERE text > ''")]
    assert sorted(kept) == sorted([words(300), f"{words(300)}\n{words(8, 9)}"])
    assert rows(database, "SELECT count(*) FROM texts") == [(4,)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE articles SET text = 'Written by hand.'",
        "UPDATE articles SET text = upper(text), title = 'A' WHERE id = 1",
        "DELETE FROM articles",
        "DELETE FROM articles WHERE id = 2",
        "UPDATE articles SET page_id = (SELECT id FROM pages WHERE path = 'c.html') WHERE id = 1",
    ],
)
def test_no_text_is_lost_when_another_program_changes_articles(database: Path, change: str) -> None:
    before = rows(database, "SELECT * FROM texts ORDER BY 1")
    rows(database, change)
    assert rows(database, "SELECT * FROM texts ORDER BY 1") == before
    rebuild(database)
    check(database)
    assert rows(database, "SELECT * FROM texts ORDER BY 1") == before


def test_an_article_that_was_lost_without_its_triggers_is_read_again(database: Path) -> None:
    """So it is in a file that a tool has salvaged row by row."""
    rows(database, "DROP TRIGGER known_texts_bd")
    rows(database, "DELETE FROM articles WHERE id = 2")
    assert rebuild(database).lost == 1
    check(database)
    send(database, [seed("b.html", words(300, 7))])
    check(database)
    assert rows(database, "SELECT count(*) FROM articles WHERE text = ?", words(300, 7)) == [(1,)]


def test_programs_read_the_view_as_they_read_the_table(database: Path) -> None:
    db = sqlite_utils.Database(database)
    assert "texts" in db.view_names()
    assert {row["sha256"] for row in db["texts"].rows} == {row["sha256"] for row in db["known_texts"].rows}
    [said] = db.query("SELECT t.text FROM pages p JOIN texts t ON t.sha256 = p.text_sha256 WHERE path = 'b.html'")
    assert said["text"] == words(300, 7)
    db.close()


@pytest.fixture
def earlier(tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a database as it was before texts stood once, of more articles than are worked off at once."""
    send(database, [seed(f"{number}.html", words(40, 1000 + number)) for number in range(60)])
    with_texts_twice(database)
    monkeypatch.setattr(texts, "ROUND", 10)
    return database


def test_an_earlier_database_is_brought_to_the_same_rows(earlier: Path) -> None:
    before = rows(earlier, "SELECT * FROM texts ORDER BY 1")
    assert rows(earlier, "SELECT count(*) FROM articles a JOIN texts t ON t.text = a.text") == [(62,)]
    Store(earlier).close()
    check(earlier)
    assert rows(earlier, "SELECT * FROM texts ORDER BY 1") == before
    assert rows(earlier, "SELECT count(*) FROM texts_due") == [(0,)]


def test_a_view_that_a_person_has_made_shows_the_same(earlier: Path) -> None:
    rows(earlier, "CREATE VIEW mine AS SELECT p.path, t.text FROM pages p JOIN texts t ON t.sha256 = p.text_sha256")
    before = rows(earlier, "SELECT * FROM mine ORDER BY 1, 2")
    Store(earlier).close()
    assert rows(earlier, "SELECT * FROM mine ORDER BY 1, 2") == before


def test_an_upgrade_that_is_killed_goes_on_where_it_was(earlier: Path) -> None:
    before = rows(earlier, "SELECT * FROM texts ORDER BY 1")
    program = f"""import os, pathlib
from winnow.archive import texts
from winnow.archive.store import Store
texts.ROUND, work, left = 10, texts._round, iter(range(3))
texts._round = lambda db: work(db) if next(left, None) is not None else os.kill(os.getpid(), {int(signal.SIGKILL)})
Store(pathlib.Path({str(earlier)!r}))"""
    killed = subprocess.run([sys.executable, "-c", program], timeout=100, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert rows(earlier, "SELECT count(*) FROM texts_due") == [(62 - 30,)]
    assert rows(earlier, TWICE) == [(32,)]
    assert rows(earlier, "SELECT * FROM texts ORDER BY 1") == before
    Store(earlier).close()
    check(earlier)
    assert rows(earlier, "SELECT * FROM texts ORDER BY 1") == before


def test_an_upgrade_says_how_much_of_the_file_is_free(earlier: Path, caplog: pytest.LogCaptureFixture) -> None:
    rows(earlier, "UPDATE texts SET text = text || char(10) || hex(zeroblob(40000)) WHERE rowid > 20")
    rows(earlier, f"UPDATE articles SET text = (SELECT t.text FROM {ITS.replace('known_texts', 'texts')})")
    Store(earlier).close()
    assert "MB are free in the file, which `sqlite-utils vacuum` gives back" in caplog.text
    caplog.clear()
    Store(earlier).close()
    assert caplog.text == ""
