"""The session of a crawl, which its item pipelines, its spider and its command share."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from functools import cached_property
from typing import Self
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from winnow.archive.database import FAILURES, explain
from winnow.archive.store import Store
from winnow.items import Page, StartError, WinnowError
from winnow.runs.options import RunOptions
from winnow.runs.run import Run
from winnow.runs.turnstile import Turnstile
from winnow.runs.workers import Limits, Work, Workers


class NotStored(DropItem):
    """Raised for a page that is left to the next run, since the database failed or the crawl was asked to stop."""


class Session:
    """What the pipelines, the spider and the command of one crawl share: options, run, workers, turnstile."""

    def __init__(self, options: RunOptions, run: Run) -> None:
        self.options, self.run = options, run
        self.turnstile = Turnstile()
        self.failure: str | None = None  # why the crawl had to end early
        self.problems: list[str] = []  # what went wrong without ending the crawl
        self.no_workers: StartError | None = None
        self._workers: Workers | None = None
        self._started: list[Workers] = []
        self._is_finished = False
        self._stopping: asyncio.Task[None] | None = None

    @property
    def workers(self) -> Workers:
        """Return the workers, started by the first call: a run that reads nothing has none. Raises `StartError`."""
        if self.no_workers:
            raise self.no_workers
        if self._workers is None:
            # By name: the module imports what reads HTML, and the main process does without that.
            work = Work("winnow.runs.worker_page", "read_known_page", self.options.for_reading)
            try:
                self._workers = self.start(work, self.options.workers, self.options.limits)
            except StartError as error:
                self.no_workers = error
                raise
        return self._workers

    def start(self, work: Work, count: int, limits: Limits) -> Workers:
        """Return new workers, which `abandon_workers` ends too. Raises `StartError` if they cannot start."""
        workers = Workers(work, count, limits)
        self._started.append(workers)
        return workers

    async def close_workers(self) -> None:
        """Let the workers, if there are any, finish the pages that they have."""
        if self._workers:
            await self._workers.close()

    def abandon_workers(self) -> None:
        """End all workers at once; the pages that they still have are left to the next run."""
        for workers in self._started:
            workers.abandon()

    @contextlib.contextmanager
    def database(self, crawler: Crawler) -> Iterator[None]:
        """Guard work with the database: when it fails, end the crawl; raise `NotStored` then and at every later use.

        What is committed stays; the next run reads the other pages again.
        """
        if not self.failure:
            try:
                yield
            except FAILURES as error:
                self.failure = f"the database failed: {explain(error)}"
                self.run.roll_back()
                self.abandon_workers()
                self.stop(crawler, "database_failed")
        if self.failure:
            raise NotStored("the database has failed")

    def stop(self, crawler: Crawler, reason: str) -> None:
        """Ask the crawl to end, once."""
        if self._stopping is None and crawler.crawling and crawler.engine:  # before, the command says so
            self._stopping = asyncio.create_task(crawler.engine.close_spider_async(reason=reason))

    def finish(self, reason: str | None) -> None:
        """Write how the run ended, once: `failed` with the database, `finished` for that `reason`, else `stopped`."""
        if self._is_finished:
            return
        self._is_finished = True
        status = "failed" if self.failure else "finished" if reason == "finished" else "stopped"
        try:
            self.run.finish(status)
        except WinnowError as error:
            self.problems.append(str(error))
        except FAILURES as error:
            self.failure = self.failure or f"the database failed: {explain(error)}"


_sessions: WeakKeyDictionary[Crawler, Session] = WeakKeyDictionary()


def session_of(crawler: Crawler) -> Session:
    """Return a crawler's session. The first call opens the database, and raises `StartError` if that fails."""
    session = _sessions.get(crawler)
    if session is None:
        options = RunOptions.from_settings(crawler.settings)
        run = Run(Store(options.database, cache_mb=options.cache_mb, kinds=options.kinds), options.recorded())
        session = _sessions[crawler] = Session(options, run)
    return session


class SessionPipeline:
    """An item pipeline that works on the session of its crawler."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @cached_property
    def session(self) -> Session:
        return session_of(self.crawler)

    def left(self, page: Page, why: str) -> NotStored:
        """Leave a page to the next run, and with it the pages behind it: what they are may depend on this one."""
        self.session.run.leave()
        if page.ticket is not None:
            self.session.turnstile.close_behind(page.ticket)
        return NotStored(why)
