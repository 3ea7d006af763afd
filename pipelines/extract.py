"""Extract: have a worker process find out what each page says."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, cast

from winnow.items import Page, Reason, Rejection
from winnow.reading import Reading, unread
from winnow.runs.workers import Abandoned
from winnow.text import one_line

from .page_items import Loaded, ReadItem, page_of
from .session import SessionPipeline


class ExtractPipeline(SessionPipeline):
    """Send each page to a worker process, which decodes, extracts and fingerprints it."""

    async def process_item(self, item: Any) -> ReadItem:
        page = page_of(item)
        self.session.run.enter()
        if page.problem or page.revisits:
            return ReadItem(page, Reading(None, rejection=page.problem))
        with self.session.database(self.crawler):
            page = self.session.run.with_replaced(page)
        reading = await self._read(page)
        page = replace(reading.as_read(page), body=b"")  # nothing needs the bytes any more
        if isinstance(item, Loaded):
            item.page = page
        return ReadItem(page, reading)

    async def _read(self, page: Page) -> Reading:
        try:
            answer = await self.session.workers.run(page)
        except Abandoned:
            raise self.left(page, "not read before the crawl had to stop") from None
        except Exception as error:
            if self.session.no_workers:
                self.session.stop(self.crawler, "no_workers")
                raise self.left(page, "no worker process can start") from None
            answer = Rejection(Reason.CRASHED, one_line(f"no worker could take it: {error}"))
        if isinstance(answer, Rejection):  # the worker may have died before it could tell the digest of the bytes
            return await asyncio.to_thread(unread, page, answer, self.session.options.max_page_bytes)
        return cast(Reading, answer)

    async def close_spider(self) -> None:
        await self.session.close_workers()
