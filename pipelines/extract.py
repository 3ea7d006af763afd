"""Extract: what each page says, found out by a worker process."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from typing import Any, cast

from winnow.files import load
from winnow.items import Page, Reason, Rejection
from winnow.reading import Reading
from winnow.runs.workers import Abandoned
from winnow.text import one_line

from .page_items import Loaded, ReadItem, page_of
from .session import NotStored, SessionPipeline


class ExtractPipeline(SessionPipeline):
    """Send each page to a worker process, which decodes, extracts and fingerprints it."""

    async def process_item(self, item: Any) -> ReadItem:
        page = page_of(item)
        self.session.run.enter()
        if page.problem or page.revisits:
            return ReadItem(page, Reading(None, rejection=page.problem))
        with self.session.database(self.crawler):
            replaces = self.session.run.replaced_by(page)
        if replaces:
            page = replace(page, replaces=replaces)
        reading = await self._read(page)
        if page.file and reading.size is not None:  # else it could not be read
            page = replace(page, size=reading.size, modified=reading.modified)
        page = replace(page, body=b"")  # which nothing needs any more
        if isinstance(item, Loaded):
            item.page = page
        return ReadItem(page, reading)

    async def _read(self, page: Page) -> Reading:
        try:
            answer = await self.session.workers.run(page)
        except Abandoned:
            self.session.run.leave()
            raise NotStored("not read before the crawl had to stop") from None
        except Exception as error:
            if self.session.no_workers:
                self.session.stop(self.crawler, "no_workers")
            answer = Rejection(Reason.CRASHED, one_line(f"no worker could take it: {error}"))
        return await self._rejected(page, answer) if isinstance(answer, Rejection) else cast(Reading, answer)

    async def _rejected(self, page: Page, rejection: Rejection) -> Reading:
        """Say which bytes no worker could cope with: it may have died before it did."""
        page = await asyncio.to_thread(load, page, self.session.options.max_page_bytes)
        if page.problem:
            return Reading(None, rejection=page.problem)
        sha256 = hashlib.sha256(page.body).hexdigest()
        return Reading(sha256, rejection=rejection, size=page.size, modified=page.modified)

    async def close_spider(self) -> None:
        await self.session.close_workers()
