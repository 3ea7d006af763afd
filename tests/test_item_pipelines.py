"""The Scrapy classes on items of other projects, and what they read from settings."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Field, Item
from scrapy.settings import Settings

from pipelines.page_items import page_of
from pipelines.session import NotStored, Session
from winnow.archive.database import explain
from winnow.archive.store import Store
from winnow.items import Page, StartError
from winnow.runs.options import Options
from winnow.runs.run import Run


@dataclass
class ForeignItem:
    url: str
    body: str


class ForeignScrapyItem(Item):
    url = Field()
    body = Field()


@pytest.mark.parametrize(
    "item",
    [
        {"url": "https://example.org/a", "body": b"<p>x</p>"},
        ForeignItem("https://example.org/a", "<p>x</p>"),
        ForeignScrapyItem(url="https://example.org/a", body="<p>x</p>"),
    ],
    ids=["dict", "dataclass", "scrapy"],
)
def test_items_of_other_spiders_become_pages(item: Any) -> None:
    page = page_of(item)
    assert (page.path, page.url, page.body) == ("https://example.org/a", "https://example.org/a", b"<p>x</p>")


def test_path_goes_before_url() -> None:
    assert page_of({"path": "a.html", "url": "https://example.org/a", "body": b""}).path == "a.html"


def test_item_that_cannot_be_told_apart_is_refused() -> None:
    with pytest.raises(ValueError, match="needs `path` or `url`"):
        page_of({"body": b"<p>x</p>"})


def test_page_is_taken_as_it_is() -> None:
    page = Page("a.html")
    assert page_of(page) is page


def test_body_and_text_stay_out_of_the_repr() -> None:
    assert "secret" not in repr(Page("a.html", body=b"secret"))


def test_options_come_from_settings_and_have_defaults() -> None:
    assert Options.from_settings(Settings({"WORKERS": "3"})).workers == 3
    options = Options.from_settings(Settings({"DATABASE": "x/y.db", "PAGE_CPU_SECONDS": 7}))
    assert options.database == Path("x/y.db").absolute()
    assert options.limits.cpu_seconds == 7
    assert options.workers >= 1


def session(tmp_path: Path) -> Session:
    """Give a session without workers or engine."""
    return Session(Options(), Run(Store(tmp_path / "a.db")))


def test_verdict_of_a_run_is_written_once(tmp_path: Path) -> None:
    one = session(tmp_path)
    one.run.enter()  # a page that was cut off
    for reason in (None, "finished"):
        one.finish(reason)
    db = sqlite3.connect(tmp_path / "a.db")
    assert db.execute("SELECT status, pages FROM runs").fetchall() == [("stopped", 0)]
    db.close()
    assert (one.failure, one.problems) == (None, [])


def test_text_that_is_none_and_a_row_that_has_gone_are_a_damaged_database(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db")
    with pytest.raises(sqlite3.DatabaseError) as gone:
        store.index.extraction(7)
    assert "it is damaged; restore a backup" in explain(gone.value)
    store.db.execute("UPDATE _sqlite_migrations SET name = CAST(X'df28' AS TEXT) WHERE name LIKE 'm001%'")
    store.commit()
    store.close()
    with pytest.raises(StartError, match="it is damaged; restore a backup"):
        Store(tmp_path / "a.db")


def test_after_a_failure_of_the_database_no_page_is_stored_or_counted(tmp_path: Path) -> None:
    one, crawler = session(tmp_path), cast(Any, SimpleNamespace(engine=None))
    with pytest.raises(NotStored), one.database(crawler):
        raise sqlite3.DatabaseError("database disk image is malformed")
    assert "it is damaged; restore a backup" in str(one.failure)
    reached = []
    with pytest.raises(NotStored), one.database(crawler):
        reached.append("the database")
    assert reached == []
    one.finish("database_failed")
