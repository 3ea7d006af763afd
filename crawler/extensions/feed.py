"""Feeds (`-O new.jsonl`): the new and changed articles of a run, each once, in its last state."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.extensions.feedexport import FeedExporter
from scrapy.settings import BaseSettings

from winnow.archive.database import open_to_read
from winnow.items import StartError, WinnowError

from ..path import article_item, session_of


class ArticleFeed(FeedExporter):
    """Export the articles at the end of the crawl, from the database.

    An article can change once more after it was scraped, if a fuller page of it comes later in the same run; exporting
    at once would write it twice.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._article_ids: dict[int, None] = {}

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Remember which article the item is."""
        self._article_ids[item["id"]] = None

    async def close_spider(self, spider: Spider) -> None:
        """Write the articles, then close the feeds; an error is kept for the summary."""
        session = session_of(self.crawler)
        try:
            with closing(open_to_read(session.options.database)) as db:
                for article_id in self._article_ids:
                    super().item_scraped(article_item(db, article_id), spider)
            await super().close_spider(spider)
        except (OSError, sqlite3.Error, WinnowError) as error:
            session.problems.append(f"the feed is incomplete: {error}")


def check_feeds(settings: BaseSettings) -> None:
    """Raise `StartError` if a local feed file cannot be written, before hours are spent on a crawl."""
    for target in settings.getdict("FEEDS"):
        path = Path(str(target).removeprefix("file://"))
        if "://" in str(path) or "%" in str(path) or str(path).startswith("stdout:"):
            continue  # another kind of storage, or a name that is only known later
        folder = next(parent for parent in path.absolute().parents if parent.exists())
        if path.is_dir() or not os.access(path if path.exists() else folder, os.W_OK) or not folder.is_dir():
            raise StartError(f"the feed {path} cannot be written: name a file in a folder that you may write to")
