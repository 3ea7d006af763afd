"""Migrations: a new schema in place, or the old database as it was.

`tests/fixtures/schema-N.db.gz` is a database made by the code that had N migrations (no code had eight): up to seven of
the sample pages in `seeds/harbour-gazette`, then of those in `tests/fixtures/pages`, in four scripts. With each
migration to come, one more belongs there.
"""

from __future__ import annotations

import gzip
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from lab.newest_schema import newest
from lab.samples import sentences
from tests.archives import with_texts_twice
from winnow.archive import schema
from winnow.archive.database import open_to_read
from winnow.archive.migrations import migrations
from winnow.archive.sqlite import Database as Connection
from winnow.archive.store import Store
from winnow.fingerprint import fingerprint
from winnow.items import Article, Page, StartError
from winnow.reading import Reading
from winnow.room.asked import Asked
from winnow.room.pages import Wanted, page_list
from winnow.room.search import search
from winnow.runs.run import Run

FIXTURES = Path(__file__).parent / "fixtures"
IN_SCRIPTS = (9, 10, 11, 12, 13, 17, 24, 26, 29)
# What the articles of the pages in four scripts say, each word in the article with this id.
WORDS = {
    "المحرّك": {1}, "بلدية": {1}, "baskets": {2}, "engineer": {2}, "เครื่องยนต์": {3}, "สาหร่าย": {3}, "灯塔": set(),
    "发动机": {4}, "一箱新的齿轮": {4}, "海带 OR seaweed OR สาหร่าย": {3, 4},
}  # fmt: skip

REFUSED = {
    "首页",
    "搬走了 OR 搬走",
    "ต้องการ",
    "กรุณาตรวจสอบ",
    "WANTED -ferry",
    '"never here"',
    "灯塔",
}  # all but the last


def filled(path: Path) -> None:
    """Make a database with one article."""
    run = Run(Store(path))
    text = "\n\n".join(sentences(1))
    page, reading = Page("a.html", "/pages"), Reading("0", article=Article(text), fingerprint=fingerprint(text))
    run.enter()
    run.save(page, reading, run.decide(page, reading))
    run.finish("finished")


def dump(path: Path) -> list[str]:
    db = sqlite3.connect(path)
    try:
        return list(db.iterdump())
    finally:
        db.close()


def add_one_more(patch: pytest.MonkeyPatch, last: Callable[[Database], None]) -> None:
    """Have one more migration, as a Winnow to come has."""
    later, names = Migrations("winnow"), [*schema.migrations(), "m999_later"]
    for migration in migrations.pending(Database(memory=True)):
        later()(migration.fn)
    later(name=names[-1])(last)
    patch.setattr("winnow.archive.migrations.migrations", later)
    patch.setattr(schema, "migrations", lambda: names)


def fail_half_way(db: Database) -> None:
    db.execute("ALTER TABLE articles ADD COLUMN later TEXT")
    db.execute("UPDATE articles SET title = 'half', later = 'half'")
    db.executescript("CREATE TABLE half (id INTEGER); DROP TABLE revisions; INSERT INTO half VALUES (1);")
    db.execute("INSERT INTO nowhere VALUES (1)")


def add_a_column(db: Database) -> None:
    db.execute("ALTER TABLE articles ADD COLUMN later TEXT")
    db.execute("UPDATE articles SET title = 'The zeppelin', later = 'full'")


@pytest.mark.parametrize("file", sorted(FIXTURES.glob("schema-[1-7].db.gz")), ids=lambda file: file.name)
def test_database_of_every_earlier_schema_is_upgraded_with_its_data(file: Path, tmp_path: Path) -> None:
    database = unpacked(file, tmp_path)
    old = Database(database)
    kept = {name: _rows(old, name) for name in ("pages", "articles", "texts", "revisions", "runs", "sketches")}
    assert [len(kept[name]) for name in ("pages", "articles", "revisions", "runs")] == [7, 2, 1, 1]
    old.close()
    store = upgraded(database)
    for name, rows in kept.items():
        assert _rows(store.db, _same_columns(name, rows)) == rows
    assert store.db.execute("SELECT DISTINCT kind FROM pages UNION SELECT kind FROM articles").fetchall() == [(None,)]
    assert _found(store.db, "lighthouse") == [2]
    store.db.execute("UPDATE articles SET title = 'The zeppelin' WHERE id = 1")
    assert _found(store.db, "zeppelin") == [1]
    store.db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    assert store.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()


@pytest.mark.parametrize(
    "file", [FIXTURES / f"schema-{number}.db.gz" for number in IN_SCRIPTS], ids=lambda file: file.name
)
def test_databases_in_other_scripts_are_upgraded_and_their_words_found(file: Path, tmp_path: Path) -> None:
    database = unpacked(file, tmp_path)
    old = Database(database)
    kept = {name: _rows(old, name) for name in ("pages", "articles", "texts", "revisions", "runs", "refused_texts")}
    assert [len(rows) for rows in kept.values()] == [6, 4, 5, 1, 1, 1]
    old.close()
    store = upgraded(database)
    for name, rows in kept.items():
        assert _without_counts(_rows(store.db, _same_columns(name, rows))) == _without_counts(rows)
    texts = store.db.execute("SELECT text, word_count FROM articles").fetchall()
    assert [count for _, count in texts] == [fingerprint(text).word_count for text, _ in texts]
    assert {word: {row["id"] for row in search(store.db.conn, Asked(q=word)).articles} for word in WORDS} == WORDS
    assert {word for word in REFUSED if page_list(store.db.conn, Wanted(refused=word))["pages"]} == REFUSED - {"灯塔"}
    store.close()
    with closing(open_to_read(database)) as db:
        assert db.execute("SELECT (SELECT count(*) FROM articles_due), count(*) FROM refused_texts_due").fetchone() == (
            0,
            0,
        )


def test_words_are_indexed_anew_with_letters_in_two_spellings(tmp_path: Path) -> None:
    database = unpacked(FIXTURES / "schema-29.db.gz", tmp_path)
    texts = {1: "അവന\u0d4d\u200d വഞ്ചി തുഴഞ്ഞു", 2: "Ƙaramin jirgin ruwa", 3: "হঠাত\u09cd\u200d ঝড় উঠল"}
    with closing(sqlite3.connect(database)) as db:
        db.executemany("UPDATE articles SET text = ? WHERE id = ?", [(text, key) for key, text in texts.items()])
        db.execute(
            "DELETE FROM articles_due"
        )  # the index has other words, as it had when letters were folded otherwise
        db.commit()
    store = upgraded(database)
    for word, key in {"അവൻ": 1, "karamin": 2, "হঠাৎ": 3, "baskets": None, "发动机": 4}.items():
        assert [row["id"] for row in search(store.db.conn, Asked(q=word)).articles] == ([key] if key else []), word
    store.close()


def unpacked(file: Path, folder: Path) -> Path:
    """Unpack a database of an earlier schema into a folder."""
    database = folder / "a.db"
    database.write_bytes(gzip.decompress(file.read_bytes()))
    return database


def upgraded(database: Path) -> Store:
    """Open a database of an earlier schema to be written: it has today's schema then."""
    store = Store(database)
    assert set(schema.applied(store.db)) == set(schema.migrations())
    places = "SELECT DISTINCT source, root FROM pages UNION SELECT source, root FROM roots"
    assert store.db.execute(places).fetchall() == [("pages", "/pages")]
    today = database.with_name("today.db")
    filled(today)
    assert names_in(database) == names_in(today)
    return store


def test_each_folder_of_an_earlier_schema_becomes_a_source(tmp_path: Path) -> None:
    database = unpacked(FIXTURES / "schema-13.db.gz", tmp_path)
    with closing(sqlite3.connect(database)) as db:
        db.execute("UPDATE pages SET root = '/mnt/pages' WHERE id > 4")
        db.execute("UPDATE pages SET root = '' WHERE id = 6")
        containers = "('/mnt/pages', 'a.warc', 'WARC'), ('/w', 'b', 'ZIP')"
        db.execute(f"INSERT INTO containers (root, path, kind) VALUES {containers}")
        db.commit()
    store = Store(database)
    sources = store.db.execute("SELECT name, root FROM sources JOIN roots ON source = name ORDER BY id").fetchall()
    assert sources == [("pages", "/pages"), ("pages-2", "/mnt/pages"), ("", ""), ("w", "/w")]
    assert [name for (name,) in store.db.execute("SELECT source FROM pages ORDER BY id")] == [
        *["pages"] * 4,
        "pages-2",
        "",
    ]
    assert store.db.execute("SELECT source FROM containers ORDER BY id").fetchall() == [("pages-2",), ("w",)]
    store.close()


def _same_columns(table: str, rows: list[dict[str, Any]]) -> str:
    """Return a table with the columns that it had; the rows of `sketches` may all have been in `recent_sketches`."""
    return f"(SELECT {', '.join(rows[0] if rows else ['*'])} FROM {table})"


def _without_counts(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows without what is counted anew: the words of scripts without spaces."""
    return [{name: value for name, value in row.items() if name not in ("word_count", "words_sha256")} for row in rows]


def test_recent_rows_of_the_index_are_kept(tmp_path: Path) -> None:
    database = unpacked(FIXTURES / "schema-6.db.gz", tmp_path)
    old = Database(database)
    known = _rows(old, "sketches")
    old.execute("INSERT INTO recent_sketches SELECT hash, page_id FROM sketches WHERE hash > 0")
    old.execute("DELETE FROM sketches WHERE hash > 0")
    old.close()
    store = Store(database)
    assert len(known) == 140
    assert _rows(store.db, "sketches") == known
    store.close()


def test_database_of_an_earlier_schema_can_be_read_but_not_explained(tmp_path: Path) -> None:
    database = unpacked(FIXTURES / "schema-5.db.gz", tmp_path)
    open_to_read(database).close()
    with pytest.raises(StartError, match=r"was made by an older Winnow: crawl into it or `scrapy rebuild` it once"):
        open_to_read(database, any_schema=False)
    Store(database).close()
    open_to_read(database, any_schema=False).close()


def test_texts_in_scripts_without_spaces_are_counted_and_indexed_anew(tmp_path: Path) -> None:
    chinese = "\n".join(chr(0x4E00 + 37 * place % 9000) * (place % 3 or 1) for place in range(300))
    texts = ["\n\n".join(sentences(1)), chinese, chinese.replace("\n", ""), chinese[:450]]
    run = Run(Store(tmp_path / "a.db"))
    for name, text in enumerate(texts):
        run.enter()
        reading = Reading(str(name), article=Article(text), fingerprint=fingerprint(text))
        page = Page(f"{name}.html", "/pages")
        run.save(page, reading, run.decide(page, reading))
    run.finish("finished")
    db = sqlite3.connect(tmp_path / "a.db")
    with_texts_twice(tmp_path / "a.db")
    db.executescript("""DELETE FROM _sqlite_migrations WHERE name LIKE 'm011%';
        UPDATE parameters SET value = '1' WHERE name = 'version'""")
    counted, indexed = (
        "SELECT id, word_count, words_sha256 FROM pages JOIN texts ON text_sha256 = texts.sha256 ORDER BY id",
        "SELECT page_id, hashes FROM recent_sketches ORDER BY page_id",
    )
    before = [db.execute(query).fetchall() for query in (counted, indexed)]
    db.execute("UPDATE recent_sketches SET hashes = x'01000000' WHERE page_id > 1")
    db.execute("UPDATE texts SET words_sha256 = sha256 WHERE text GLOB '*[\u4e00-\u9fff]*'")
    db.executescript(
        "UPDATE pages SET word_count = 450 WHERE id > 1; UPDATE articles SET word_count = 450 WHERE id > 1"
    )
    db.commit()
    store = Store(tmp_path / "a.db")
    assert [store.db.execute(query).fetchall() for query in (counted, indexed)] == before
    assert len(before[1]) == 3  # the third page has the words of the second
    [(count,)] = store.db.execute("SELECT word_count FROM articles WHERE id = 2")
    assert count == before[0][1][1]
    store.close()
    db.close()


def names_in(path: Path) -> list[str]:
    """Return the names of all tables, indexes and triggers."""
    with closing(sqlite3.connect(path)) as db:
        return sorted(name for (name,) in db.execute("SELECT name FROM sqlite_master"))


def _rows(db: Database | Connection, table: str) -> list[dict[str, Any]]:
    return list(db.query(f"SELECT * FROM {table} ORDER BY 1"))


def _found(db: Connection, word: str) -> list[int]:
    return sorted(row["id"] for row in db.table("articles").search(word, columns=["id"]))


def test_failed_migration_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "a.db")
    before = dump(tmp_path / "a.db")
    with monkeypatch.context() as patch:
        add_one_more(patch, fail_half_way)
        with pytest.raises(StartError, match="no such table: nowhere"):
            Store(tmp_path / "a.db")
    assert dump(tmp_path / "a.db") == before
    Store(tmp_path / "a.db").close()


def test_new_database_that_cannot_be_made_leaves_a_file_that_can_be_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = newest()
    with monkeypatch.context() as patch:
        failing = {**found, "statements": [*found["statements"], "INSERT INTO nowhere VALUES (1)"]}
        patch.setattr(schema, "_newest", lambda: failing)
        with pytest.raises(StartError, match="no such table: nowhere"):
            Store(tmp_path / "a.db")
    filled(tmp_path / "a.db")


def test_new_database_is_what_all_migrations_make_of_an_empty_one(tmp_path: Path) -> None:
    migrated, made = tmp_path / "migrated.db", tmp_path / "made.db"
    older = Database(migrated)
    older.execute("PRAGMA foreign_keys = ON")
    migrations.apply(older)
    with closing(sqlite3.connect(made)) as db:
        schema.begin(Connection(db))
    contents = [dump(path) for path in (migrated, made)]
    assert contents[0] != contents[1]  # each has an identity of its own
    one, other = (
        {re.sub(r"'[0-9a-f]{32}'|'\d{4}-\d\d-\d\d [^']*'", "?", line) for line in lines} for lines in contents
    )
    assert one == other, "run `python -m lab.newest_schema`"


def test_migration_keeps_data_and_search_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "a.db")
    add_one_more(monkeypatch, add_a_column)
    store = Store(tmp_path / "a.db")
    assert store.db.execute("SELECT title, later FROM articles").fetchall() == [("The zeppelin", "full")]
    assert [row["id"] for row in store.db.table("articles").search("zeppelin", columns=["id"])] == [1]
    assert store.db.execute("SELECT count(*) FROM pages").fetchone() == (1,)
    store.close()
