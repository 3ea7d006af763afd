"""Pages and articles as Scrapy items: what comes in, what goes from one pipeline to the next, what goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from itemadapter import ItemAdapter

from winnow.archive import rows
from winnow.archive.articles import lists_of
from winnow.archive.sqlite import Database
from winnow.decision import Decision
from winnow.items import Page
from winnow.reading import Reading


@dataclass(slots=True)
class Loaded:
    """A page that comes with its bytes, which are let go once it is read: Scrapy holds on to an item for longer."""

    page: Page


@dataclass(slots=True)
class ReadItem:
    """A page on its way between the pipelines, with what has been found out so far."""

    page: Page
    reading: Reading
    decision: Decision | None = None


def article_item(db: Database, article_id: int) -> dict[str, Any]:
    """Give an article as it stands now, as a plain item: what the feeds export."""
    row = rows.get(db, "articles", article_id)
    path = rows.get(db, "pages", row["page_id"])["path"]
    for name in ("page_id", "page_count", "first_seen", "last_seen"):
        del row[name]
    return plain_item(row, path)


def plain_item(article: dict[str, Any], path: str) -> dict[str, Any]:
    return {**article, **lists_of(article), "path": path}


def page_of(item: Any) -> Page:
    """Read a page from any kind of item; `path` falls back on `url`."""
    if isinstance(item, Page):
        return item
    if isinstance(item, Loaded | ReadItem):
        return item.page
    fields = ItemAdapter(item)
    body = fields.get("body") or b""
    body = body.encode() if isinstance(body, str) else body
    url = fields.get("url")
    path = fields.get("path") or url
    if not path:
        raise ValueError("an item needs `path` or `url` to be told apart from others")
    return Page(path=str(path), root=str(fields.get("root") or ""), body=body, size=len(body), url=url)
