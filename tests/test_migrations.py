"""Migrations: a new schema in place, or the old database as it was.

`tests/fixtures/schema-N.db.gz` is a database of the sample pages in `seeds/harbour-gazette`, made by the code that had
N migrations. With each migration to come, one more belongs there.
"""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

import winnow.archive.database
from lab.samples import sentences
from winnow.archive.database import open_to_read
from winnow.archive.migrations import migrations
from winnow.archive.store import Store
from winnow.fingerprint import fingerprint
from winnow.items import Article, Page, StartError
from winnow.reading import Reading
from winnow.runs.run import Run

FIXTURES = Path(__file__).parent / "fixtures"


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


def with_one_more(last: Callable[[Database], None]) -> Migrations:
    """Return the migrations of a Winnow to come."""
    later = Migrations("winnow")
    for migration in migrations.pending(Database(memory=True)):
        later()(migration.fn)
    later(name="m999_later")(last)
    return later


def fail_half_way(db: Database) -> None:
    db.execute("ALTER TABLE articles ADD COLUMN later TEXT")
    db.execute("UPDATE articles SET title = 'half', later = 'half'")
    db.executescript("CREATE TABLE half (id INTEGER); DROP TABLE revisions; INSERT INTO half VALUES (1);")
    db.execute("INSERT INTO nowhere VALUES (1)")


def add_a_column(db: Database) -> None:
    db.execute("ALTER TABLE articles ADD COLUMN later TEXT")
    db.execute("UPDATE articles SET title = 'The zeppelin', later = 'full'")


@pytest.mark.parametrize("file", sorted(FIXTURES.glob("schema-*.db.gz")), ids=lambda file: file.name)
def test_database_of_every_earlier_schema_is_upgraded_with_its_data(file: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    database.write_bytes(gzip.decompress(file.read_bytes()))
    old = Database(database)
    kept = {name: _rows(old, name) for name in ("pages", "articles", "texts", "revisions", "runs", "sketches")}
    assert [len(kept[name]) for name in ("pages", "articles", "revisions", "runs")] == [7, 2, 1, 1]
    old.close()
    store = Store(database)
    assert not migrations.pending(store.db)
    for name, rows in kept.items():
        columns = ", ".join(rows[0] if rows else ["*"])  # the rows of `sketches` may all be in `recent_sketches`
        assert _rows(store.db, f"(SELECT {columns} FROM {name})") == rows
    filled(tmp_path / "today.db")
    assert schema(database) == schema(tmp_path / "today.db")
    assert store.db.execute("SELECT DISTINCT kind FROM pages UNION SELECT kind FROM articles").fetchall() == [(None,)]
    assert _found(store.db, "lighthouse") == [2]
    store.db.execute("UPDATE articles SET title = 'The zeppelin' WHERE id = 1")
    assert _found(store.db, "zeppelin") == [1]
    store.db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    assert store.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()


def test_recent_rows_of_the_index_are_kept(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    database.write_bytes(gzip.decompress((FIXTURES / "schema-6.db.gz").read_bytes()))
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
    database = tmp_path / "a.db"
    database.write_bytes(gzip.decompress((FIXTURES / "schema-5.db.gz").read_bytes()))
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


def schema(path: Path) -> list[str]:
    """Return the names of all tables, indexes and triggers."""
    with closing(sqlite3.connect(path)) as db:
        return sorted(name for (name,) in db.execute("SELECT name FROM sqlite_master"))


def _rows(db: Database, table: str) -> list[dict[str, Any]]:
    return list(db.query(f"SELECT * FROM {table} ORDER BY 1"))


def _found(db: Database, word: str) -> list[int]:
    return sorted(row["id"] for row in db.table("articles").search(word, columns=["id"]))


def test_failed_migration_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "a.db")
    before = dump(tmp_path / "a.db")
    with monkeypatch.context() as patch:
        patch.setattr(winnow.archive.database, "migrations", with_one_more(fail_half_way))
        with pytest.raises(StartError, match="no such table: nowhere"):
            Store(tmp_path / "a.db")
    assert dump(tmp_path / "a.db") == before
    Store(tmp_path / "a.db").close()


def test_first_migration_that_fails_leaves_a_file_that_can_be_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = Migrations("winnow")
    first = migrations.pending(Database(memory=True))[0]

    @failing(name=first.name)
    def fail(db: Database) -> None:
        first.fn(db)
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(winnow.archive.database, "migrations", failing)
        with pytest.raises(StartError, match="disk is full"):
            Store(tmp_path / "a.db")
    filled(tmp_path / "a.db")


def test_migration_keeps_data_and_search_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "a.db")
    monkeypatch.setattr(winnow.archive.database, "migrations", with_one_more(add_a_column))
    store = Store(tmp_path / "a.db")
    assert store.db.execute("SELECT title, later FROM articles").fetchall() == [("The zeppelin", "full")]
    assert [row["id"] for row in store.db.table("articles").search("zeppelin", columns=["id"])] == [1]
    assert store.db.execute("SELECT count(*) FROM pages").fetchone() == (1,)
    store.close()
