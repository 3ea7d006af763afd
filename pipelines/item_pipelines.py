"""The Scrapy side of the path: three thin item pipelines and what they share.

They take any item with `body` and `path` or `url` (dataclass, dict, attrs, pydantic), so they also work in other
projects:

    ITEM_PIPELINES = {
        "pipelines.item_pipelines.ExtractPipeline": 100,
        "pipelines.item_pipelines.DedupePipeline": 200,
        "pipelines.item_pipelines.StorePipeline": 300,
    }
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self, cast
from weakref import WeakKeyDictionary

from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from winnow.archive import rows
from winnow.archive.database import FAILURES, explain
from winnow.archive.sqlite import Database
from winnow.archive.store import BATCH_SECONDS, Store
from winnow.decision import Decision, Unchanged
from winnow.files import load
from winnow.items import Outcome, Page, Reason, Rejection, StartError, WinnowError
from winnow.reading import Reading
from winnow.runs.options import Options
from winnow.runs.run import Run
from winnow.runs.turnstile import Turnstile
from winnow.runs.workers import Abandoned, Limits, Work, Workers
from winnow.text import one_line

STOP_SECONDS = 10.0  # that pages in flight may take when the crawl is asked to stop

logger = logging.getLogger(__name__)


class NotStored(DropItem):
    """Raised for a page that is left to the next run: the database failed, or the crawl was asked to stop."""


class NotNew(DropItem):
    """Raised for a page whose file has not changed since it was last read."""


class Duplicate(DropItem):
    """Raised for a page whose article is known already; the page is recorded, the item goes no further."""


class Rejected(DropItem):
    """Raised for a page without an article; the page is recorded with its reason."""


class Session:
    """What the pipelines, the spider and the command of one crawl share: options, run, workers, turnstile."""

    def __init__(self, options: Options, run: Run) -> None:
        self.options, self.run = options, run
        self.turnstile = Turnstile()
        self.failure: str | None = None  # why the crawl had to end
        self.problems: list[str] = []  # what went wrong without ending it
        self.no_workers: StartError | None = None
        self._workers: Workers | None = None
        self._started: list[Workers] = []
        self._is_finished = False

    @property
    def workers(self) -> Workers:
        """Give the workers. The first call starts them, so a run that reads nothing has none; raises `StartError`."""
        if self.no_workers:
            raise self.no_workers
        if self._workers is None:
            work = Work("winnow.runs.worker_page", "read_known_page", self.options.for_reading)
            try:
                self._workers = self.start(work, self.options.workers, self.options.limits)
            except StartError as error:
                self.no_workers = error
                raise
        return self._workers

    def start(self, work: Work, count: int, limits: Limits) -> Workers:
        """Start workers that are abandoned with all others. Raises `StartError`."""
        workers = Workers(work, count, limits)
        self._started.append(workers)
        return workers

    async def close_workers(self) -> None:
        """Let the workers, if there are any, finish what they have."""
        if self._workers:
            await self._workers.close()

    def abandon_workers(self) -> None:
        """Give up what workers still have."""
        for workers in self._started:
            workers.abandon()

    @contextlib.contextmanager
    def database(self, crawler: Crawler) -> Iterator[None]:
        """Work with the database; when it fails, end the crawl and raise `NotStored` from then on.

        What is committed stays, the rest is read again by the next run.
        """
        if not self.failure:
            try:
                yield
            except FAILURES as error:
                self.failure = f"the database failed: {explain(error)}"
                self.run.roll_back()
                self.abandon_workers()
                if crawler.engine:
                    self._stopping = asyncio.create_task(crawler.engine.close_spider_async(reason="database_failed"))
        if self.failure:
            raise NotStored("the database has failed")

    def finish(self, reason: str | None) -> None:
        """Write the run's verdict, once; a crawl that did not come to its natural end was stopped."""
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
    """Give a crawler's session; the first call opens the database, or raises `StartError`."""
    session = _sessions.get(crawler)
    if session is None:
        options = Options.from_settings(crawler.settings)
        store = Store(options.database, cache_mb=options.cache_mb)
        try:
            session = Session(options, Run(store, options.recorded()))
        except BaseException:
            store.close()
            raise
        _sessions[crawler] = session
    return session


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


class _Pipeline:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @cached_property
    def session(self) -> Session:
        return session_of(self.crawler)


class ExtractPipeline(_Pipeline):
    """Send each page to a worker process, which decodes, extracts and fingerprints it."""

    _stopping: asyncio.Task[None] | None = None

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
        if isinstance(item, Loaded):
            item.page = page = replace(page, body=b"")
        return ReadItem(page, reading)

    async def _read(self, page: Page) -> Reading:
        try:
            answer = await self.session.workers.run(page)
        except Abandoned:
            self.session.run.leave()
            raise NotStored("not read before the crawl had to stop") from None
        except Exception as error:
            if self.session.no_workers:
                self._stop()
            answer = Rejection(Reason.CRASHED, one_line(f"no worker could take it: {error}"))
        return await self._rejected(page, answer) if isinstance(answer, Rejection) else cast(Reading, answer)

    async def _rejected(self, page: Page, rejection: Rejection) -> Reading:
        """Say which bytes no worker could cope with: it may have died before it did."""
        page = await asyncio.to_thread(load, page, self.session.options.max_page_bytes)
        if page.problem:
            return Reading(None, rejection=page.problem)
        sha256 = hashlib.sha256(page.body).hexdigest()
        return Reading(sha256, rejection=rejection, size=page.size, modified=page.modified)

    def _stop(self) -> None:
        if self._stopping is None and self.crawler.engine:
            self._stopping = asyncio.create_task(self.crawler.engine.close_spider_async(reason="no_workers"))

    async def close_spider(self) -> None:
        await self.session.close_workers()


class DedupePipeline(_Pipeline):
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
        ticket = page_of(item).ticket
        if ticket is not None:
            self.session.turnstile.done(ticket)


class StorePipeline(_Pipeline):
    """Write what was decided; hand on new and changed articles, drop everything else by name."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.finish, signals.spider_closed)
        return pipeline

    async def open_spider(self) -> None:
        self._flusher = asyncio.create_task(self._flush_often())

    async def process_item(self, item: ReadItem) -> dict[str, Any]:
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
        return _item({"id": saved.article_id, **saved.article}, page.path)

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


def article_item(db: Database, article_id: int) -> dict[str, Any]:
    """Give an article as it stands now, as a plain item: what the feeds export."""
    row = rows.get(db, "articles", article_id)
    path = rows.get(db, "pages", row["page_id"])["path"]
    for name in ("page_id", "page_count", "first_seen", "last_seen"):
        del row[name]
    return _item(row, path)


def _item(article: dict[str, Any], path: str) -> dict[str, Any]:
    return {**article, "tags": json.loads(article["tags"] or "[]"), "path": path}


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
