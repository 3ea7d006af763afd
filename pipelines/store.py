"""Store: write what was decided, hand on new and changed articles, and end the run."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from winnow.archive.store import BATCH_SECONDS
from winnow.decision import Unchanged
from winnow.items import Outcome

from .page_items import ArticleItem, ReadItem, plain_item
from .session import NotStored, SessionPipeline

STOP_SECONDS = 10.0  # that pages in flight may still take when the crawl is asked to stop


class NotNew(DropItem):
    """Raised for a page whose file has not changed since it was last read."""


class Duplicate(DropItem):
    """Raised for a page whose article is known already: the page is recorded, and its item goes no further."""


class Rejected(DropItem):
    """Raised for a page without an article: the page is recorded with the reason, and its item goes no further."""


class StorePipeline(SessionPipeline):
    """Write what was decided; hand on new and changed articles, and drop every other page with the exception for it."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.finish, signals.spider_closed)
        return pipeline

    async def open_spider(self) -> None:
        self._flusher = asyncio.create_task(self._flush_often())

    async def process_item(self, item: ReadItem) -> ArticleItem:
        session, page = self.session, item.page
        assert item.decision is not None
        with session.database(self.crawler):
            saved = session.run.save(page, item.reading, item.decision)
        if isinstance(saved, Unchanged):
            raise NotNew("unchanged")
        if saved.article is None:
            kind = Rejected if saved.reason.outcome is Outcome.REJECTED else Duplicate
            raise kind(f"{saved.reason}: {saved.detail}")
        if page.ticket is not None:
            session.turnstile.done(page.ticket)
        return plain_item({"id": saved.article_id, **saved.article}, page.path)

    async def close_spider(self) -> None:
        self._flusher.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._flusher
        self._commit()

    def finish(self, reason: str) -> None:
        self.session.finish(reason)

    async def _flush_often(self) -> None:
        asked_to_stop = 0.0
        while True:
            await asyncio.sleep(BATCH_SECONDS)
            if self.session.run.store.batch_is_due:
                self._commit()
            asked_to_stop += 0 if self.crawler.crawling else BATCH_SECONDS
            if asked_to_stop >= STOP_SECONDS:
                self.session.abandon_workers()

    def _commit(self) -> None:
        with contextlib.suppress(NotStored), self.session.database(self.crawler):
            self.session.run.commit()
