"""Ask for an address as its host's pace allows, and keep what was exchanged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from time import time

from winnow.sites.book import Book
from winnow.sites.exchange import Exchange, unpacked
from winnow.sites.judge import MAX_HOPS, REDIRECTS, Keep, location
from winnow.sites.ledger_queue import Address, Fetch, Source
from winnow.sites.warc import Place

from .guard import PrivateHostError
from .politeness import Politeness
from .wire import NoAnswer

PRIVATE = "private host"  # why a host was not asked

Ask = Callable[[str, Mapping[str, str]], Awaitable[Exchange]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: an exchange, or why there is none that is whole; `detail` says more than `why`.

    `is_held` tells that the host asks for fewer requests, `led` where redirects have led that were followed.
    """

    at: float
    exchange: Exchange | None = None
    why: str | None = None
    detail: str | None = None
    is_held: bool = False
    led: str | None = None

    @property
    def answer(self) -> Exchange | None:
        """Return the exchange if it is whole."""
        return None if self.why else self.exchange


class Desk:
    """Ask, one host beside the other; `ask` fetches, and raises `NoAnswer` and `PrivateHostError`."""

    def __init__(self, book: Book, polite: Politeness, ask: Ask) -> None:
        self.book, self.polite, self._ask = book, polite, ask

    async def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Asked:
        """Ask for an address when its host may be asked. Raises `LeftToNextRun`."""
        async with self.polite.turn(url):
            began = time()
            try:
                exchange = await self._ask(url, headers or {})
            except PrivateHostError as error:
                return Asked(began, why=PRIVATE, detail=str(error))
            except NoAnswer as error:
                self.polite.failed(url)
                return Asked(began, error.exchange, error.why, error.detail)
            is_held = self.polite.answered(url, exchange.status, exchange.field("retry-after"))
        return Asked(began, exchange, is_held=is_held)

    async def followed(self, url: str, headers: Mapping[str, str] | None = None) -> Asked:
        """Ask for an address, and for those that its redirects lead to. Raises `LeftToNextRun`."""
        asked = await self.fetch(url, headers)
        for _ in range(MAX_HOPS):
            answer = asked.answer
            target = location(answer) if answer and answer.status in REDIRECTS else None
            if answer is None or target is None:
                break
            self.book.keep(answer, Keep.BESIDE)
            asked = replace(await self.fetch(target, headers), led=target)
        return asked

    def recorded(
        self, fetch: Fetch, asked: Asked, keep: Keep, of: Address | Source | None = None
    ) -> tuple[Fetch, Place | None]:
        """Keep an exchange; return the fetch with what is known of it, and the place of its record."""
        about = [("via", fetch.url if asked.led else None), ("outcome", fetch.outcome), ("why", fetch.why),
                 ("detail", asked.detail)]  # fmt: skip
        exchange = asked.exchange
        if exchange is None:
            place = self.book.discovery.without_answer(fetch.url, fetch.at, about) if asked.why else None
        else:
            place = self.book.keep(exchange, keep, about, of)
        known = replace(
            fetch,
            status=exchange.status or None if exchange else None,
            bytes=len(exchange.head) + len(exchange.body) if exchange else 0,
            ms=exchange.ms if exchange else 0,
            redirected_to=fetch.redirected_to or asked.led,
            warc=place.warc if place else None,
            offset=place.offset if place else None,
        )
        return known, place


def content_of(exchange: Exchange, limit: int) -> tuple[bytes, str | None]:
    """Return a body without its content coding, and what was wrong with that, if anything."""
    try:
        return unpacked(exchange, limit), None
    except ValueError as error:
        return b"", str(error)
