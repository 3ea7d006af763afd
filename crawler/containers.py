"""Containers in a crawl: yield their records as pages, in order, and keep how far each container has been read."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

from scrapy import signals
from scrapy.crawler import Crawler

from winnow.items import Page, StartError
from winnow.runs.turnstile import Closed
from winnow.runs.workers import Abandoned, Work, Workers
from winnow.sources.containers import ContainerKind
from winnow.sources.containers.batches import Batch, BatchJob, as_batch, read_batch
from winnow.sources.containers.progress import ContainerProgress
from winnow.sources.containers.reading_state import KnownContainer, ReadContainer
from winnow.sources.containers.records import ContainerOptions
from winnow.sources.folder import SeedFile

from .path import Loaded, NotStored, session_of


class ContainerReader:
    """Read the containers of one crawl in a process of its own, which starts at the first changed container."""

    def __init__(self, crawler: Crawler, passed: Counter[str]) -> None:
        self._crawler, self._session = crawler, session_of(crawler)
        self._passed = passed
        options = self._session.options
        self._options = ContainerOptions(options.max_page_bytes, options.jsonl_fields)
        self.read_bytes = self.read_pages = 0  # read so far: bytes of the containers' files, and the pages in them
        self._workers: Workers | None = None
        self._ends: list[asyncio.Task[None]] = []
        crawler.signals.connect(self._abandon, signals.spider_closed)

    async def pages(self, seed: SeedFile, kind: ContainerKind) -> AsyncIterator[Loaded]:
        """Yield the pages of a container that is new or has changed; if it has only grown, the new pages."""
        place, turnstile, engine = seed.page, self._session.turnstile, self._crawler.engine
        known = self._look_up(place, seed.size, kind)
        if known is None or engine is None:
            return
        progress = ContainerProgress(place, kind, known, self._options)
        begin = self.read_bytes
        while not progress.is_over and not engine.needs_backout():
            batch = await self._batch(progress.job)
            if batch is None:
                return
            self.read_bytes = begin + (seed.size if batch.is_last else min(batch.position, seed.size))
            for page in progress.take(batch):
                await turnstile.room()
                if engine.needs_backout():
                    return
                self.read_pages += 1
                yield Loaded(replace(page, ticket=turnstile.ticket(len(page.body))))
            self._passed.update(batch.passed)
            if batch.needs and batch.needs not in self._session.problems:
                self._session.problems.append(batch.needs)
        if progress.is_whole:
            # Tasks that have ended well are let go: there may be millions of containers.
            self._ends = [end for end in self._ends if not end.done() or end.exception()]
            self._ends.append(asyncio.create_task(self._end(known, progress.read, turnstile.ticket())))

    async def close(self) -> None:
        """Wait until the database has noted of all containers that they have been read."""
        await asyncio.gather(*self._ends)
        if self._workers:
            await self._workers.close()

    def _look_up(self, place: Page, size: int, kind: ContainerKind) -> KnownContainer | None:
        """Return what is known of a container that must be read; count the pages of one that has not changed."""
        run = self._session.run
        try:
            with self._session.database(self._crawler):
                known = run.find_container(place, kind.name)
                if known.is_due or not known.is_as_before(size, place.modified):
                    return known
                self.read_pages += run.skip_container(known)
                self.read_bytes += size
        except NotStored:
            pass
        return None

    async def _batch(self, job: BatchJob) -> Batch | None:
        """Return the next records; None if the crawl has to stop."""
        try:
            return as_batch(await self._reader().run(job))
        except Abandoned:
            return None
        except StartError as error:
            return as_batch(error)

    def _reader(self) -> Workers:
        if self._workers is None:
            # The page workers start first: all processes are forked from one that has imported what they need. The
            # reader is never replaced: another one would have to begin anew.
            _ = self._session.workers
            limits = replace(self._session.options.limits, pages=sys.maxsize)
            self._workers = self._session.start(Work.of(read_batch), 1, limits)
        return self._workers

    async def _end(self, known: KnownContainer, read: ReadContainer, ticket: int) -> None:
        """Note in the database that a container has been read, once all its pages have ended."""
        turnstile = self._session.turnstile
        try:
            await turnstile.turn(ticket)
            with self._session.database(self._crawler):
                self._session.run.end_container(known, read)
        except (Closed, NotStored):
            pass
        finally:
            turnstile.done(ticket)

    def _abandon(self) -> None:
        for end in self._ends:
            end.cancel()
        if self._workers:
            self._workers.abandon()
