"""The Scrapy classes on items of other projects, and what they read from settings."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from pprint import pformat
from types import SimpleNamespace
from typing import Any, cast

import attrs
import pytest
from itemadapter import ItemAdapter
from scrapy import Field, Item
from scrapy.settings import Settings

from pipelines.page_items import Loaded, name_of, page_of, plain_item, ticket_of
from pipelines.session import NotStored, Session
from winnow.archive.database import explain
from winnow.archive.store import Store
from winnow.items import Page, Reason, Rejection, StartError
from winnow.runs.options import RunOptions
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


WORDS = "the words of the page"


@dataclass(frozen=True, slots=True)
class FrozenItem:
    url: str
    body: bytes | str


@attrs.frozen
class FrozenAttrsItem:
    url: str
    body: bytes | str


@pytest.mark.parametrize("body", [WORDS, WORDS.encode()], ids=["text", "bytes"])
@pytest.mark.parametrize("kind", [dict, ForeignItem, ForeignScrapyItem, FrozenItem, FrozenAttrsItem])
def test_an_item_keeps_its_body_and_shows_it_to_no_log(kind: Any, body: Any) -> None:
    item = kind(url="https://example.org/a", body=body)
    page = page_of(item)
    assert WORDS not in f"{item} {item!r} {pformat(item)} {page}"
    fields = ItemAdapter(item)
    assert fields["body"] == body
    assert str(fields["body"]) == str(body) or isinstance(body, bytes)
    assert (type(page.body), page.body) == (bytes, WORDS.encode())  # a worker process knows no other type
    assert page_of(item) == page


def test_an_item_that_is_refused_shows_its_body_to_no_log() -> None:
    item = {"body": WORDS}
    with pytest.raises(ValueError, match="needs `path` or `url`"):
        page_of(item)
    assert WORDS not in repr(item)


def test_an_article_shows_its_text_to_no_log_and_is_a_dict() -> None:
    item = plain_item({"id": 1, "title": "The mill", "text": WORDS, "tags": '["a"]'}, "a.html")
    assert WORDS not in f"{item} {item!r} {pformat(item)}"
    assert "The mill" in repr(item)
    assert json.loads(json.dumps(item)) == dict(item)
    assert item["text"] == WORDS


@pytest.mark.parametrize(
    ("field", "given", "expected"),
    [
        ("captured", datetime(2024, 2, 29, 12, tzinfo=timezone(timedelta(hours=2))), "2024-02-29T10:00:00+00:00"),
        ("captured", date(2024, 2, 29), "2024-02-29T00:00:00+00:00"),
        ("captured", "20240229100000", "2024-02-29T10:00:00+00:00"),
        ("captured", 1709200800, "2024-02-29T10:00:00+00:00"),
        ("media_type", "text/html", "text/html"),
        ("media_type", "application/xhtml+xml", "text/html"),
        ("media_type", b"Text/Plain; charset=x", "text/plain"),
        ("charset", "Shift_JIS", "Shift_JIS"),
        ("charset", b"koi8-r", "koi8-r"),
        ("root", Path("/srv/pages"), "/srv/pages"),
        ("url", "https://example.org/\ud800a", "https://example.org/a"),
    ],
)
def test_items_say_what_was_declared_beside_the_page(field: str, given: object, expected: str) -> None:
    page = page_of({"path": "a", "body": b"", field: given})
    assert getattr(page, field) == expected


def test_a_header_declares_the_charset_where_nothing_else_does() -> None:
    item = {"path": "a", "body": b"", "media_type": b"text/html; charset=koi8-r"}
    assert page_of(item).charset == "koi8-r"
    assert page_of({**item, "charset": "cp1251"}).charset == "cp1251"


def test_text_needs_no_charset_whatever_the_page_declares() -> None:
    item = {"path": "a", "body": "<meta charset=koi8-r>\ud800é", "charset": "latin-1"}
    page = page_of(item)
    assert (page.charset, page.body) == ("utf-8", "<meta charset=koi8-r>?é".encode())


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("captured", "yesterday"),
        ("captured", [2024]),
        ("captured", True),
        ("captured", 1e300),
        ("media_type", "application/pdf"),
        ("media_type", {}),
        ("charset", "no-such-charset"),
        ("charset", "\0"),
        ("charset", 8),
    ],
)
def test_what_is_not_understood_is_left_out_and_said(
    field: str, given: object, caplog: pytest.LogCaptureFixture
) -> None:
    page = page_of({"path": "a/b.html", "body": b"<p>", field: given})
    assert (getattr(page, field), page.problem) == (None, None)
    [line] = caplog.messages
    assert line.startswith(f"a/b.html: left out, not understood: {field}=")


def test_a_body_that_is_none_is_a_rejected_page(caplog: pytest.LogCaptureFixture) -> None:
    assert page_of({"path": "a", "captured": "", "media_type": None}).size == 0
    page = page_of({"path": "a", "body": [WORDS]})
    assert page.problem == Rejection(Reason.UNREADABLE, "the item's body is of type list: bytes or text is needed")
    assert caplog.messages == []


def test_items_have_a_name_and_a_ticket_or_none() -> None:
    items = [Page("a", ticket=1), Loaded(Page("a", ticket=1)), {"path": "a"}, {"url": "a"}, ForeignItem("a", ""), {}, 7]
    assert [name_of(item) for item in items] == ["a", "a", "a", "a", "a", "?", "?"]
    assert [ticket_of(item) for item in items] == [1, 1, None, None, None, None, None]


def test_body_and_text_stay_out_of_the_repr() -> None:
    assert "secret" not in repr(Page("a.html", body=b"secret"))


def test_options_come_from_settings_and_have_defaults() -> None:
    assert RunOptions.from_settings(Settings({"WORKERS": "3"})).workers == 3
    options = RunOptions.from_settings(Settings({"DATABASE": "x/y.db", "PAGE_CPU_SECONDS": 7}))
    assert options.database == Path("x/y.db").absolute()
    assert options.limits.cpu_seconds == 7
    assert options.workers >= 1


def session(tmp_path: Path) -> Session:
    """Return a session without workers or engine."""
    return Session(RunOptions(), Run(Store(tmp_path / "a.db")))


def test_verdict_of_a_run_is_written_once(tmp_path: Path) -> None:
    one = session(tmp_path)
    one.run.enter()  # a page that was cut off
    for reason in (None, "finished"):
        one.finish(reason)
    db = sqlite3.connect(tmp_path / "a.db")
    assert db.execute("SELECT status, pages FROM runs").fetchall() == [("stopped", 0)]
    db.close()
    assert (one.failure, one.problems) == (None, [])


def test_a_row_that_has_gone_is_for_a_rebuild_and_text_that_is_none_is_damage(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db")
    with pytest.raises(sqlite3.IntegrityError) as gone:
        store.index.extraction(7)
    assert "run `scrapy rebuild` once" in explain(gone.value)
    store.db.execute("UPDATE _sqlite_migrations SET name = CAST(X'df28' AS TEXT) WHERE name LIKE 'm001%'")
    store.commit()
    store.close()
    with pytest.raises(StartError, match="it is damaged; restore a backup"):
        Store(tmp_path / "a.db")


def test_after_a_failure_of_the_database_no_page_is_stored_or_counted(tmp_path: Path) -> None:
    one, crawler = session(tmp_path), cast(Any, SimpleNamespace(crawling=False))
    with pytest.raises(NotStored), one.database(crawler):
        raise sqlite3.DatabaseError("database disk image is malformed")
    assert "it is damaged; restore a backup" in str(one.failure)
    reached = []
    with pytest.raises(NotStored), one.database(crawler):
        reached.append("the database")
    assert reached == []
    one.finish("database_failed")
