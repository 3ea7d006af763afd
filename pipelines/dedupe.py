"""Dedupe: is the page's article known? Decided for one page after the other, in the order of their tickets."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from winnow.items import Reason, Rejection
from winnow.text import one_line

from .page_items import ReadItem, ticket_of
from .session import NotStored, SessionPipeline

logger = logging.getLogger(__name__)


class DedupePipeline(SessionPipeline):
    """Wait for the page's turn, then match it against everything known."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(crawler)
        for signal in (signals.item_dropped, signals.item_error):
            crawler.signals.connect(pipeline.release, signal)
        return pipeline

    async def process_item(self, item: ReadItem) -> ReadItem:
        if item.page.ticket is not None:
            await self.session.turnstile.turn(item.page.ticket)
        try:
            with self.session.database(self.crawler):
                item.decision = self.session.run.decide(item.page, item.reading)
        except NotStored:
            raise
        except Exception as error:
            logger.exception("%s: dedupe failed", one_line(item.page.path))
            item.decision = Rejection(Reason.CRASHED, f"dedupe failed: {type(error).__name__}")
        return item

    def release(self, item: Any) -> None:
        """Let the next page pass, whatever became of this one and whichever pipeline ended it."""
        ticket = ticket_of(item)
        if ticket is not None:
            self.session.turnstile.done(ticket)
