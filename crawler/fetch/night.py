"""A run: host beside host, each at its own pace, until nothing is due any more."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from time import monotonic, time

from winnow.sites.book import Book
from winnow.sites.ledger_queue import Address, Source, due_addresses, due_hosts, due_sources

from .politeness import LeftToNextRun, Politeness
from .visits import Visits

_TAKEN = 20  # addresses of a host that are taken from the queue at a time
_LOOKS = 2.0  # seconds between two looks for hosts that have become due


class Night:
    """Ask all that was due when the run began, and what is found meanwhile; `only` names the one host that is asked.

    When the clock says that it is over, what is under way is brought to its end, and the rest stays due.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        book: Book,
        polite: Politeness,
        visits: Visits,
        clock: Clock,
        only: str | None = None,
    ) -> None:
        self._db, self._book, self._polite, self._visits = db, book, polite, visits
        self._began, self._is_over, self._only = clock.began, clock.is_over, only
        self._running: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Ask, until nothing is due or the run is over. Raises `OSError` and `sqlite3.Error`."""
        try:
            while not self._is_over():
                self._book.flush_if_old()
                self._start_hosts()
                if not self._running:
                    self._book.flush()
                    self._start_hosts()
                    if not self._running:
                        break
                await self._some_end()
            while self._running:
                await self._some_end()
        finally:
            for task in self._running.values():
                task.cancel()
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _start_hosts(self) -> None:
        for host in due_hosts(self._db, self._began, self._only):
            if host not in self._running and self._polite.left(host) is None:
                self._running[host] = asyncio.create_task(self._host(host))

    async def _some_end(self) -> None:
        await asyncio.wait(self._running.values(), timeout=_LOOKS, return_when=asyncio.FIRST_COMPLETED)
        for host, task in list(self._running.items()):
            if task.done():
                del self._running[host]
                task.result()  # raises what the task has

    async def _host(self, host: str) -> None:
        """Ask a host, until nothing is due there or it is left to the next run."""
        with contextlib.suppress(LeftToNextRun):
            while not self._is_over():
                self._book.flush()  # so that nothing is taken twice
                taken: list[Source | Address] = [*due_sources(self._db, host, self._began, _TAKEN)]
                taken += due_addresses(self._db, host, self._began, _TAKEN) if not taken else []
                if not taken:
                    return
                for each in taken:
                    if self._is_over() or self._polite.left(host):
                        return
                    is_done = await (self._visits.source(each) if isinstance(each, Source) else self._visits.page(each))
                    if not is_done:
                        break  # the queue knows more than what was taken from it: a site may be paused by now
                    await asyncio.sleep(0)  # refusals ask nothing and would keep other hosts waiting


class Clock:
    """When a run began, in seconds since 1970, and how long it may take: `minutes`, or as long as it needs for 0."""

    def __init__(self, minutes: float) -> None:
        self.began = time()
        self.deadline = monotonic() + minutes * 60 if minutes else None
        self.is_stopped = False

    def is_over(self) -> bool:
        """Return whether the run must end, since it was stopped or its time is up."""
        return self.is_stopped or self.is_up()

    def is_up(self) -> bool:
        """Return whether the time is up."""
        return self.deadline is not None and monotonic() >= self.deadline
