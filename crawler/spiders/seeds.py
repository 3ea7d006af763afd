"""The spider that reads local files: one page per seed file, in bytewise order of their paths."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.handlers import FileResponse, FileTooLarge, NotRegularFile
from crawler.seedfiles import SeedFile, Skipped, changed_files, escape_path, resolve_root, seed_files
from pipelines.item_pipelines import NotStored, Options, session_of
from pipelines.items import Page, Reason, Rejection, StartError
from pipelines.text import one_line

PAGES_PER_WORKER = 8  # in flight: with fewer, workers wait for their turn behind a page that takes long


class SeedsSpider(Spider):
    """Read a folder (`-a path=FOLDER`, walked recursively) or one file; default `seeds`.

    Unchanged files are counted without being read; each other file becomes one `file://` request.
    """

    name = "seeds"
    arguments = ("path",)

    def __init__(self, path: str = "seeds", **unknown: Any) -> None:
        super().__init__()
        if unknown:
            raise StartError(f"unknown spider argument {min(unknown)}: the spider {self.name} takes only -a path=…")
        self.root, self.only = resolve_root(path)
        self.root_name = escape_path(os.fsencode(self.root))  # as the database has it
        self.skipped: Counter[str] = Counter()

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Keep enough pages in flight that no worker waits behind a slow page, however many workers there are."""
        super().update_settings(settings)
        pages = max(PAGES_PER_WORKER * Options.from_settings(settings).workers, 16)
        for name in ("CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN"):
            settings.set(name, pages, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        return super().from_crawler(crawler, *args, **kwargs)

    async def start(self) -> AsyncIterator[Any]:
        """Give requests only as fast as pages leave, so that neither queue nor memory grows with the folder."""
        session = session_of(self.crawler)
        engine = self.crawler.engine
        assert engine is not None
        changed = changed_files(self._seed_files(), self.root_name, session.run)
        while (seed := self._next(changed)) is not None:
            if engine.needs_backout():
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            yield Request(
                Path(seed.file).as_uri(),
                callback=self.read,
                errback=self.failed,
                cb_kwargs={"seed": seed, "ticket": session.turnstile.ticket()},
                dont_filter=True,
            )

    def _next(self, changed: Iterator[SeedFile]) -> SeedFile | None:
        """Give the next file that must be read; none once the database, which knows what is read, has failed."""
        with contextlib.suppress(NotStored), session_of(self.crawler).database(self.crawler):
            return next(changed, None)
        return None

    def read(self, response: Response, seed: SeedFile, ticket: int) -> Iterator[Page]:
        """Make a page of the bytes that were read."""
        modified = response.modified if isinstance(response, FileResponse) else seed.modified
        yield Page(seed.path, self.root_name, response.body, len(response.body), modified, ticket=ticket)

    def failed(self, failure: Failure) -> Iterator[Page]:
        """Make a page of what could not be read, so that it ends in an outcome like any other."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        seed, ticket = request.cb_kwargs["seed"], request.cb_kwargs["ticket"]
        problem = _problem(failure.value)
        yield Page(seed.path, self.root_name, b"", seed.size, seed.modified, problem=problem, ticket=ticket)

    def _seed_files(self) -> Iterator[SeedFile]:
        for found in seed_files(self.root, self.only):
            if isinstance(found, Skipped):
                self._skip(found)
            else:
                yield found

    def _skip(self, skipped: Skipped) -> None:
        self.skipped[skipped.why] += 1
        say = self.logger.info if skipped.why == "hidden" else self.logger.warning
        say("%s: skipped: %s", one_line(skipped.path), skipped.why)


def _problem(error: BaseException | None) -> Rejection:
    if isinstance(error, FileTooLarge):
        return Rejection(Reason.TOO_LARGE, f"{error}: more than MAX_PAGE_BYTES allows")
    if isinstance(error, FileNotFoundError):
        return Rejection(Reason.UNREADABLE, "the file vanished after the folder was listed")
    if isinstance(error, NotRegularFile):
        return Rejection(Reason.UNREADABLE, "no longer a regular file")
    if isinstance(error, OSError):
        return Rejection(Reason.UNREADABLE, f"cannot be read: {error.strerror or type(error).__name__}")
    return Rejection(Reason.UNREADABLE, f"cannot be read: {type(error).__name__}")
