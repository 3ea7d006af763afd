"""Let pages through in the order of their tickets, not in the order in which they get ready; bound their bytes."""

from __future__ import annotations

import asyncio
import heapq
import math

MAX_BYTES = 32 << 20  # that the main process holds of pages in flight


class Closed(Exception):
    """Raised for a page behind one that is left to the next run, which has to decide them in this order too."""


class Turnstile:
    """Put in order the pages that worker processes finish out of order.

    Every ticket must be given back with `done`, also when its page fails: the next page in line waits for that.
    """

    def __init__(self) -> None:
        self._taken = 0
        self._now = 0
        self._last = math.inf  # the ticket behind which the turnstile is closed
        self._early: list[int] = []
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._sizes: dict[int, int] = {}
        self._bytes = 0
        self._room = asyncio.Event()

    def ticket(self, size: int = 0) -> int:
        """Return the next place in line, for a page of which `size` bytes are in memory."""
        if size:
            self._sizes[self._taken] = size
            self._bytes += size
        self._taken += 1
        return self._taken - 1

    async def room(self) -> None:
        """Wait until the pages in flight have fewer than `MAX_BYTES` bytes; one more page may then exceed that."""
        while self._bytes >= MAX_BYTES:
            self._room.clear()
            await self._room.wait()

    async def turn(self, ticket: int) -> None:
        """Wait until every earlier ticket is done. Raises `Closed` if the page of one of them was left."""
        if self._now < ticket < self._last:
            waiter = self._waiting[ticket] = asyncio.get_running_loop().create_future()
            await waiter
        if ticket > self._last:
            raise Closed

    def close_behind(self, ticket: int) -> None:
        """Let no page behind this ticket pass: its page is left to the next run."""
        self._last = min(self._last, ticket)
        for late in [each for each in self._waiting if each > self._last]:
            waiter = self._waiting.pop(late)
            if not waiter.done():
                waiter.set_result(None)

    def done(self, ticket: int) -> None:
        """Give a ticket back; doing so twice is harmless."""
        if ticket < self._now or ticket in self._early:
            return
        self._bytes -= self._sizes.pop(ticket, 0)
        self._room.set()
        heapq.heappush(self._early, ticket)
        while self._early and self._early[0] == self._now:
            heapq.heappop(self._early)
            self._now += 1
        waiter = self._waiting.pop(self._now, None)
        if waiter and not waiter.done():
            waiter.set_result(None)
