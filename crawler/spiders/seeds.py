"""The spider that reads local files: one page per seed file or record of a container, in bytewise order of paths."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings

from winnow.items import Page, StartError
from winnow.runs.changed_files import LOOKUP_BATCH, Changed, changed_files, with_kinds
from winnow.runs.options import RunOptions, flag
from winnow.runs.verify import Verify
from winnow.runs.watch import Watch
from winnow.sources.beside import BESIDE, HIDDEN
from winnow.sources.containers import check, kind_in
from winnow.sources.folder import Folder, SeedFile, Skipped, resolve_roots
from winnow.sources.no_pages import NO_PAGE
from winnow.text import one_line

from ..containers import ContainerReader
from ..path import Loaded, NotStored, session_of

_EXPECTED = (HIDDEN, BESIDE, NO_PAGE)  # begin the reasons to pass a file over that nobody need be warned of
PAGES_PER_WORKER = 8  # pages in flight for each worker: with fewer, workers would wait behind a page that takes long


class SeedsSpider(Spider):
    """Read folders (`-a path=FOLDER`, walked recursively) and single files, one after the other; default `seeds`.

    Several paths are divided by commas or given one by one; `-a source=NAME` names the source that they belong to.

    Unchanged files are counted without being read. Each other file becomes one page, which a worker process reads; a
    container becomes one page for each record. With `-a verify=1`, unchanged files and containers are read as well.

    Raises `StartError` for an unknown argument or value, and for a path that cannot be read.
    """

    name = "seeds"

    def __init__(
        self, path: str | Sequence[str] = "seeds", source: str | None = None, verify: str = "0", **unknown: Any
    ) -> None:
        super().__init__()
        if unknown:
            known = "only -a path=…, -a source=… and -a verify=1"
            raise StartError(f"unknown spider argument {min(unknown)}: it takes {known}")
        self.places, self.source, self.verifies = resolve_roots(path), source, flag({"verify": verify}, "verify")
        for root, only in self.places:
            check(kind_in(only, str(root / only)) if only else None)
        self.skipped: Counter[str] = Counter()
        self.containers: ContainerReader | None = None  # set when the crawl begins

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Set how many pages are in flight: so many that no worker waits behind a slow page."""
        super().update_settings(settings)
        pages = max(PAGES_PER_WORKER * RunOptions.from_settings(settings).workers, 16)
        settings.set("CONCURRENT_ITEMS", pages, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        return super().from_crawler(crawler, *args, **kwargs)

    async def start(self) -> AsyncIterator[Request]:
        """Yield one empty request: the pages are items of its callback. Scrapy takes `CONCURRENT_ITEMS` at a time."""
        yield Request("data:,", self.read)

    async def read(self, _: Response) -> AsyncIterator[Page | Loaded]:
        """Yield the pages that must be read, each as soon as there is room for it, until the crawl is asked to stop."""
        turnstile = session_of(self.crawler).turnstile
        try:
            containers = self.containers = ContainerReader(self.crawler, self.skipped)
            async for seed, kind in self._changed():
                if kind:
                    async for page in containers.pages(seed, kind):
                        yield page
                else:
                    yield replace(seed.page, ticket=turnstile.ticket())
            await containers.close()
        except Exception as error:  # the pages that would follow are never yielded, so the run is not finished
            self.logger.exception("the folder cannot be read to its end")
            raise CloseSpider("spider_error") from error

    async def _changed(self) -> AsyncIterator[Changed]:
        """Yield the files that must be read, source after source, until the crawl is asked to stop."""
        session = session_of(self.crawler)
        session.run.verify = Verify(session.options.verify_days, self.verifies)
        with contextlib.suppress(NotStored), session.database(self.crawler):
            if not session.run.folders:  # a crawl of another project, whose command has not told what is read
                for line in session.run.begin_sources(self.places, self.source, session.options.max_vanished):
                    self.logger.warning("%s %s", session.options.database, line)
        for folder, watch in session.run.folders:
            async for changed in self._changed_in(folder, watch):
                yield changed

    async def _changed_in(self, folder: Folder, watch: Watch) -> AsyncIterator[Changed]:
        """Yield the files of one source that must be read.

        The folder is walked, and files are looked at, in a thread, some at a time: signals and finished pages must wait
        neither for a slow disk nor for the end of a long stretch in which nothing has changed.
        """
        session, engine = session_of(self.crawler), self.crawler.engine
        assert engine is not None
        waiting = folder.seeds()
        while not engine.needs_backout() and (found := await asyncio.to_thread(list, islice(waiting, LOOKUP_BATCH))):
            self._skip(found, watch)
            seeds = [each for each in found if isinstance(each, SeedFile)]
            changed: list[Changed | Skipped] = []
            with contextlib.suppress(NotStored), session.database(self.crawler):
                changed = changed_files(seeds, session.run)
            looked_at = await asyncio.to_thread(list, with_kinds(changed))
            with contextlib.suppress(NotStored), session.database(self.crawler):
                session.run.pass_over(looked_at)
            self._skip(looked_at, watch)
            for each in looked_at:
                if engine.needs_backout():
                    return
                if not isinstance(each, Skipped):
                    yield each

    def _skip(self, found: Iterable[object], watch: Watch) -> None:
        for each in found:
            if isinstance(each, Skipped):
                watch.skip(each)
                self.skipped[each.why] += 1
                say = self.logger.info if each.why.startswith(_EXPECTED) else self.logger.warning
                say("%s: skipped: %s", one_line(each.path), each.why)
