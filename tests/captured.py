"""Captures of pages, and what became of them, for tests without Scrapy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlite_utils import Database

from lab.samples import html_page, sentences
from winnow.items import HTML, Page

URL = "http://a.example/"
EARLY, LATE = "2020-01-01T00:00:00+00:00", "2021-01-01T00:00:00+00:00"


def capture(path: str, body: bytes, captured: str | None, url: str | None = None, **more: Any) -> Page:
    return Page(path, "/pages", body, len(body), captured=captured, url=url, media_type=HTML, **more)


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    db = Database(database)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


ENDS = "SELECT reason, article_id, detail FROM pages ORDER BY id"


def page(number: int, teasers: str = "") -> bytes:
    return html_page(f"Story {number}", sentences(number), teasers).encode()
