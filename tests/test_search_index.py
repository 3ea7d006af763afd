"""The index of folded words: it says what the articles say, whoever has written them."""

from __future__ import annotations

import contextlib
import gzip
import sqlite3
from pathlib import Path

import pytest

from lab.samples import html_page, sentences
from tests.test_migrations import FIXTURES, filled
from winnow.archive import words
from winnow.archive.sqlite import Database
from winnow.archive.store import Store
from winnow.items import Page
from winnow.runs.run import Run
from winnow.runs.worker_page import read_known_page
from winnow.search.fold import words as folded

NEW = "INSERT INTO articles (id, title, text, word_count, first_seen, last_seen) VALUES (?, ?, 'One text', 2, 0, 0)"

PAGE_NOT_FOUND = (FIXTURES / "pages" / "missing.html").read_bytes()


def found(path: Path, typed: str, table: str = "articles_search") -> list[int]:
    with contextlib.closing(sqlite3.connect(path)) as db:
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid"
        return [row[0] for row in db.execute(sql, [f'"{" ".join(folded(typed))}"'])]


def wrong(path: Path, index: words.Index = words.ARTICLES) -> int:
    """Return how many rows the index does not hold as it should, or 1 if the index contradicts itself."""
    name = f"{index.table}_search"
    with contextlib.closing(sqlite3.connect(path)) as db:
        try:
            db.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
        except sqlite3.DatabaseError:
            return 1
        db.execute(f"CREATE VIRTUAL TABLE temp.held USING fts5vocab(main, {name}, instance)")
        held = sorted(db.execute("SELECT doc, col, offset, term FROM temp.held"))
        wanted = []
        for row_id, *values in db.execute(f"SELECT {index.key}, {', '.join(index.columns)} FROM {index.table}"):
            for column, text in zip(index.names, words.folded(tuple(values)), strict=True):
                wanted += [(row_id, column, place, word) for place, word in enumerate(text.split())]
        return len({row[0] for row in {*held} ^ {*wanted}})


def test_the_index_follows_what_any_program_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    filled(path)
    assert (wrong(path), found(path, sentences(1)[0])) == (0, [1])
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE articles SET title = '東京の灯台', language = 'ja' WHERE id = 1")
        db.execute("UPDATE articles SET title = '大阪の灯台', author = 'Ł. Żółw' WHERE id = 1")
        db.executemany(NEW, [[2, "two"], [3, "three"]])
        db.execute("DELETE FROM articles WHERE id = 3")
        db.execute("UPDATE articles SET text = 'Another text' WHERE id = 2")
        db.commit()
    Store(path).close()
    assert wrong(path) == 0
    assert [found(path, typed) for typed in ("大阪", "東京", "zolw", "another", "one text")] == [[1], [], [1], [2], []]
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM articles WHERE id = 2")
        db.execute(NEW, [2, "two again"])
        db.commit()
    Store(path).close()
    assert (wrong(path), found(path, "two again"), found(path, "another")) == (0, [2], [])


def test_the_index_of_refused_texts_follows_too(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    filled(path)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript("""INSERT INTO pages (root, path, outcome, reason, detail, first_run, last_run)
            SELECT pages.root, value, 'rejected', 'no article', '', 1, 1 FROM pages, json_each('["b", "c", "d"]');
            INSERT INTO refused_texts VALUES (2, 'ไม่พบหน้าที่คุณต้องการ'), (3, '找不到页面'), (4, 'Straße, covid-19')""")
        db.commit()
    Store(path).close()
    asked = ("ที่คุณ", "页面", "STRASSE", "covid19", "หนาที")
    assert wrong(path, words.REFUSED) == 0
    assert [found(path, typed, "refused_texts_search") for typed in asked] == [[2], [3], [4], [4], []]
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE refused_texts SET text = '页面搬走了' WHERE page_id = 2")
        db.execute("UPDATE refused_texts SET text = 'nothing' WHERE page_id = 2")
        db.execute("DELETE FROM refused_texts WHERE page_id = 3")
        db.commit()
    Store(path).close()
    assert wrong(path, words.REFUSED) == wrong(path) == 0
    assert [found(path, typed, "refused_texts_search") for typed in ("nothing", *asked)] == [[2], [], [], [4], [4], []]


def test_what_a_worker_has_folded_is_not_folded_by_whoever_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    run = Run(Store(path))
    pages = [Page(f"{number}.html", body=html_page("Café", sentences(number)).encode()) for number in range(3)]
    pages.append(Page("gone.html", body=PAGE_NOT_FOUND))
    readings = {page: read_known_page(page, database=path) for page in pages}
    with monkeypatch.context() as patch:
        patch.setattr(words, "folded", None)
        for page in pages:
            run.take(page, readings.__getitem__)
        run.commit()
    run.finish("finished")
    assert (wrong(path), found(path, sentences(1)[0])) == (0, [2])
    assert (wrong(path, words.REFUSED), found(path, "was never here", "refused_texts_search")) == (0, [4])


def test_what_changes_no_words_costs_nothing(tmp_path: Path) -> None:
    filled(tmp_path / "a.db")
    store = Store(tmp_path / "a.db")
    store.db.execute("UPDATE articles SET last_seen = '2099', page_count = 7")
    assert words.catch_up(store.db) == 0
    store.close()


def test_an_earlier_database_is_indexed_in_rounds_that_stay_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, rounds = tmp_path / "a.db", list[int]()
    path.write_bytes(gzip.decompress((FIXTURES / "schema-7.db.gz").read_bytes()))
    catch_up = words.catch_up

    def stop_at_the_second(db: Database, most: int = -1) -> int:
        if rounds:
            raise KeyboardInterrupt
        rounds.append(catch_up(db, 1))
        return rounds[-1]

    with monkeypatch.context() as patch:
        patch.setattr(words, "catch_up", stop_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            Store(path)
    assert rounds == [1]
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT article_id FROM articles_due").fetchall() == [(2,)]
    Store(path).close()
    assert wrong(path) == 0


def test_programs_that_know_nothing_of_winnow_find_what_they_found(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    filled(path)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE articles SET title = 'Das CAFÉ', text = 'काम और किम', language = 'hi' WHERE id = 1")
        db.executemany(NEW, [[2, "क म"], [3, "วันนี้อากาศ ดี"]])
        db.commit()
        sql = "SELECT group_concat(rowid) FROM articles_fts WHERE articles_fts MATCH ?"
        matches = {typed: db.execute(sql, [f'"{typed}"']).fetchone()[0] for typed in ("cafe", "काम", "कि", "อากาศ")}
    assert matches == {"cafe": "1", "काम": "1", "कि": None, "อากาศ": "3"}
    database = Database(sqlite3.connect(path))
    assert [row["id"] for row in database.table("articles").search("cafe")] == [1]
    database.close()
