"""Pages and articles as Scrapy items: as they come in, between the pipelines, and as they go out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from itemadapter import ItemAdapter

from winnow.archive import rows
from winnow.archive.articles import lists_of
from winnow.archive.sqlite import Database
from winnow.decision import Decision
from winnow.items import Page
from winnow.reading import Reading

from .foreign_items import ShortText, foreign_page


@dataclass(slots=True)
class Loaded:
    """A page with its bytes. They are let go once the page is read: Scrapy holds on to the item for longer."""

    page: Page


@dataclass(slots=True)
class ReadItem:
    """A page on its way between the pipelines, with its reading and, after dedupe, the decision."""

    page: Page
    reading: Reading = field(repr=False)
    decision: Decision | None = None


class ArticleItem(dict[str, Any]):
    """An article as a dict whose repr leaves out text and Markdown, since Scrapy logs every item whole at DEBUG."""

    def __repr__(self) -> str:
        return repr({**self, **{name: ShortText(self.get(name) or "") for name in ("text", "markdown")}})


def article_item(db: Database, article_id: int) -> ArticleItem:
    """Return the item of an article as it stands in the database now; the feeds export it."""
    row = rows.get(db, "articles", article_id)
    path = rows.get(db, "pages", row["page_id"])["path"]
    for name in ("page_id", "page_count", "first_seen", "last_seen"):
        del row[name]
    return plain_item(row, path)


def plain_item(article: dict[str, Any], path: str) -> ArticleItem:
    """Return a row of `articles` as an item, its lists as lists, with the `path` of the page."""
    return ArticleItem({**article, **lists_of(article), "path": path})


def page_of(item: Any) -> Page:
    """Return the page of any kind of item. Raises `ValueError` for an item with neither `path` nor `url`."""
    page = item.page if isinstance(item, Loaded | ReadItem) else item
    return page if isinstance(page, Page) else foreign_page(page)


def ticket_of(item: Any) -> int | None:
    """Return a page's place in the order of pages; None for items of other projects and items that are no pages."""
    page = item.page if isinstance(item, Loaded | ReadItem) else item
    return page.ticket if isinstance(page, Page) else None


def name_of(item: Any) -> str:
    """Return the name of an item for the log: its path, else its address."""
    page = item.page if isinstance(item, Loaded | ReadItem) else item
    if isinstance(page, Page):
        return page.path
    fields = ItemAdapter(page) if ItemAdapter.is_item(page) else {}
    return str(fields.get("path") or fields.get("url") or "?")
