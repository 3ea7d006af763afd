"""Dedupe: decide whether a page's article is known, for one page after the other, in the order of tickets."""

from __future__ import annotations

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from winnow.runs.turnstile import Closed

from .page_items import ReadItem, ticket_of
from .session import SessionPipeline


class DedupePipeline(SessionPipeline):
    """Wait for the page's turn, then compare the page with everything known."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(crawler)
        for signal in (signals.item_dropped, signals.item_error):
            crawler.signals.connect(pipeline.release, signal)
        return pipeline

    async def process_item(self, item: ReadItem) -> ReadItem:
        if item.page.ticket is not None:
            try:
                await self.session.turnstile.turn(item.page.ticket)
            except Closed:
                raise self.left(item.page, "a page before it is left to the next run") from None
        with self.session.database(self.crawler):
            item.decision = self.session.run.decide(item.page, item.reading)
        return item

    def release(self, item: Any) -> None:
        """Let the next page pass, whatever became of this page and whichever pipeline ended it."""
        ticket = ticket_of(item)
        if ticket is not None:
            self.session.turnstile.done(ticket)
