"""Migrations: a new schema in place, or the old database as it was.

Nothing has been released yet, so there is no older schema to upgrade from. With the first release, a database made by
its code belongs in `tests/fixtures/`, and a test here that upgrades it with its data and its search index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

import pipelines.database
from pipelines.accounting import Run
from pipelines.fingerprint import fingerprint
from pipelines.items import Article, Page, StartError
from pipelines.migrations import migrations
from pipelines.reading import Reading
from pipelines.store import Store
from tests.conftest import sentences


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
    """Give the migrations of a Winnow to come."""
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


def test_database_from_before_containers_keeps_its_pages(tmp_path: Path) -> None:
    older = Migrations("winnow")
    for migration in migrations.pending(Database(memory=True)):
        if migration.name < "m003":
            older(name=migration.name)(migration.fn)
    db = Database(tmp_path / "a.db")
    older.apply(db)
    db.execute("INSERT INTO runs (id, started, settings, versions) VALUES (1, '2026-01-01', '{}', '{}')")
    db.execute(
        "INSERT INTO pages (id, path, root, outcome, reason, detail, first_run, last_run)"
        " VALUES (1, 'a.html', '/pages', 'rejected', 'no article', '', 1, 1)"
    )
    db.conn.commit()
    db.close()
    store = Store(tmp_path / "a.db")
    assert store.db.execute("SELECT path, url, captured, container_id FROM pages").fetchall() == [
        ("a.html", None, None, None)
    ]
    assert store.db.table("containers").count == 0
    store.close()


def test_failed_migration_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "a.db")
    before = dump(tmp_path / "a.db")
    with monkeypatch.context() as patch:
        patch.setattr(pipelines.database, "migrations", with_one_more(fail_half_way))
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
        patch.setattr(pipelines.database, "migrations", failing)
        with pytest.raises(StartError, match="disk is full"):
            Store(tmp_path / "a.db")
    filled(tmp_path / "a.db")


def test_migration_keeps_data_and_search_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "a.db")
    monkeypatch.setattr(pipelines.database, "migrations", with_one_more(add_a_column))
    store = Store(tmp_path / "a.db")
    assert store.db.execute("SELECT title, later FROM articles").fetchall() == [("The zeppelin", "full")]
    assert [row["id"] for row in store.db.table("articles").search("zeppelin", columns=["id"])] == [1]
    assert store.db.execute("SELECT count(*) FROM pages").fetchone() == (1,)
    store.close()
