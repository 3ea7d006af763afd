"""One request at a time to a host, with a pause after each, and none at all while the host asks for less."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import monotonic, time

from winnow.sites.judge import HELD
from winnow.sites.ledger import host_of
from winnow.sites.ledger_hosts import Host, host, set_host
from winnow.sites.schedule import back_off, retry_after

LONGEST_CRAWL_DELAY = 30.0  # seconds; a site that asks for more is paused
LONGEST_WAIT = 900.0  # seconds that a run waits for a host that is held; a longer hold is left to the next run
MOST_FAILURES = 5  # requests in a row without any answer, after which a host is left to the next run


class LeftToNextRun(Exception):
    """Raised for a host that is not asked any more in this run; the message says why."""


@dataclass(slots=True)
class _Turn:
    known: Host
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_at: float = 0.0  # of the monotonic clock
    failures: int = 0
    left: str | None = None


class Politeness:
    """The pace of each host. What a host has asked for stands in the ledger and holds in the next run too.

    `pause` gives the least seconds between the end of an answer and the next request to the host of an address, and
    `deadline` the moment of the monotonic clock at which the run ends.
    """

    def __init__(self, db: sqlite3.Connection, pause: Callable[[str], float], deadline: float | None = None) -> None:
        self._db, self._pause, self._deadline = db, pause, deadline
        self._turns: dict[str, _Turn] = {}

    def _of(self, name: str) -> _Turn:
        if name not in self._turns:
            self._turns[name] = _Turn(host(self._db, name))
        return self._turns[name]

    def left(self, name: str) -> str | None:
        """Return why a host is not asked any more in this run; None if it may be."""
        turn = self._of(name)
        if turn.left is None and (held := turn.known.held_until - time()) > LONGEST_WAIT:
            turn.left = f"held for {held / 3600:.1f} h"
        return turn.left

    @contextlib.asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait until the host of an address may be asked, and keep it from others until the answer is there.

        Raises `LeftToNextRun` for a host that is not asked any more in this run.
        """
        turn = self._of(host_of(url))
        async with turn.lock:
            await self._wait(turn)
            try:
                yield
            finally:
                turn.next_at = monotonic() + max(self._pause(url), turn.known.crawl_delay or 0)

    async def _wait(self, turn: _Turn) -> None:
        while True:
            if why := self.left(turn.known.host):
                raise LeftToNextRun(why)
            until = max(turn.next_at, monotonic() + turn.known.held_until - time())
            if self._deadline is not None and max(until, monotonic()) >= self._deadline:
                raise LeftToNextRun("the time is up")
            if (wait := until - monotonic()) <= 0:
                return
            await asyncio.sleep(wait)

    def answered(self, url: str, status: int, said_retry_after: str | None) -> bool:
        """Note an answer; return whether the host asks for fewer requests, so that it is held from now on."""
        turn = self._of(host_of(url))
        turn.failures = 0
        if status not in HELD:
            if turn.known.holds or turn.known.held_until:
                self._know(turn, replace(turn.known, holds=0, held_until=0, why=None))
            return False
        holds = turn.known.holds + 1
        seconds = retry_after(said_retry_after, datetime.now(UTC))
        wait = back_off(holds) if seconds is None else seconds
        self._know(turn, replace(turn.known, holds=holds, held_until=time() + wait, why=str(status)))
        return True

    def failed(self, url: str) -> None:
        """Note a request that no answer came to; after some in a row the host is left to the next run."""
        turn = self._of(host_of(url))
        turn.failures += 1
        if turn.failures >= MOST_FAILURES:
            turn.left = "no answer"

    def leave(self, name: str, why: str) -> None:
        """Leave a host to the next run."""
        self._of(name).left = why

    def slow_down(self, name: str, crawl_delay: float | None) -> None:
        """Keep the pause in mind that a host's robots.txt asks for; None if it asks for none."""
        turn = self._of(name)
        if turn.known.crawl_delay != crawl_delay:
            self._know(turn, replace(turn.known, crawl_delay=crawl_delay))

    def held(self) -> dict[str, str]:
        """Return the hosts that were left to the next run, and why."""
        return {name: turn.left for name, turn in sorted(self._turns.items()) if turn.left}

    def _know(self, turn: _Turn, known: Host) -> None:
        turn.known = known
        set_host(self._db, known)
