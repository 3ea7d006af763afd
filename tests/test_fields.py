"""The fields of an article: whatever the dataclass declares is written, given back, exported and merged."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pytest
from sqlite_utils import Database

from lab.samples import html_page, sentences
from winnow.archive.articles import EXTRACTED, SHAPE, article_of
from winnow.archive.store import Store
from winnow.cluster.page_row import read_row
from winnow.cluster.shard_reader import SCHEMA
from winnow.decision import Verdict
from winnow.fingerprint import fingerprint
from winnow.items import LISTS, METADATA, Article, Kind, Page, Reason
from winnow.reading import Reading
from winnow.tell.export import COLUMNS
from winnow.tell.state import articles, open_archive

EVERY_FIELD = {name: ("one", "two") if name in LISTS else f"its {name}" for name in METADATA}


@pytest.fixture
def article() -> Article:
    """Make an article in which no field is empty and no two are the same."""
    return Article("\n\n".join(sentences(1)), 0.5, Kind.DISCUSSION, "# It", **EVERY_FIELD)  # type: ignore[arg-type]


@pytest.fixture
def database(tmp_path: Path, article: Article) -> Path:
    """Store the article on a page of its own."""
    store = Store(tmp_path / "articles.db")
    store.db.execute("INSERT INTO runs (started, settings, versions) VALUES ('2026-01-01', '{}', '{}')")
    reading = Reading("0", "text/html", "utf-8", article, fingerprint(article.text))
    store.save(Page("a.html", "/pages"), reading, Verdict(Reason.NEW, "the first"), 1, "2026-01-01")
    store.close()
    return tmp_path / "articles.db"


def _columns(database: Path, table: str) -> set[str]:
    db = Database(database)
    try:
        return {column.name for column in db.table(table).columns}
    finally:
        db.close()


def test_columns_are_the_fields_of_the_dataclass(database: Path) -> None:
    of_articles = {*METADATA, "text", *SHAPE} | {"id", "word_count", "page_id", "page_count", "first_seen", "last_seen"}
    assert _columns(database, "articles") == of_articles
    assert {*COLUMNS, "markdown"} == of_articles - {"page_id"} | {"confidence", "captured", "sha256", "source", "path"}
    assert _columns(database, "extractions") == {"page_id", *EXTRACTED, "confidence", "reader", "overruled"}
    assert {each.name for each in fields(Article)} == {"title", *EXTRACTED, "text", "confidence", *SHAPE, "note"}


def test_what_is_written_is_what_comes_out(database: Path, article: Article) -> None:
    db = Database(database)
    stated, page, text, row = (
        next(iter(db.query(f"SELECT * FROM {name}"))) for name in ("extractions", "pages", "texts", "articles")
    )
    db.close()
    shape = {name: row[name] for name in SHAPE}
    assert article_of({**stated, **shape, "title": page["title"], "text": text["text"]}) == article
    assert page["kind"] == row["kind"]
    archive = open_archive(database)
    (record,) = articles(archive)
    archive.close()
    assert {name: tuple(record[name]) if name in LISTS else record[name] for name in METADATA} == EVERY_FIELD
    assert set(record) == {*COLUMNS, "markdown"}


def test_row_of_the_path_on_an_engine_holds_every_field() -> None:
    page = Page("a.html", body=html_page("Alpha", sentences(1), canonical="https://paper.example/alpha").encode())
    row = read_row(page)
    assert row.keys() >= {*METADATA, *SHAPE, "text", "confidence"}
    assert set(SCHEMA.names) >= row.keys()
    given = row | {name: f"its {name}" for name in EXTRACTED if name not in LISTS}
    (back,) = pa.Table.from_pylist([given], schema=SCHEMA).to_pylist()
    assert article_of(back) == article_of(given)
