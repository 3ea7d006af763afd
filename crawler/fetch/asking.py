"""Ask a few addresses one after the other, without a crawl: for a look at a site, and for archives of the web."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from types import SimpleNamespace
from typing import Any, TypeVar

from scrapy import Request
from scrapy.settings import BaseSettings
from scrapy.utils.reactor import install_reactor

from winnow.items import WinnowError
from winnow.sites.exchange import Exchange
from winnow.sites.ledger import host_of

from .guard import PrivateHostError
from .wire import NoAnswer, WireHandler

T = TypeVar("T")

_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


class Asking:
    """Ask for addresses; between two requests to a host lie at least `pause` seconds, which may be set anew."""

    def __init__(self, handler: WireHandler, headers: Mapping[str, str], pause: float) -> None:
        self.pause = pause
        self._handler, self._headers = handler, headers
        self._asked: dict[str, float] = {}

    async def __call__(self, url: str) -> Exchange | str:
        """Return what an address answers, or why nothing came."""
        host = host_of(url)
        left = self._asked.get(host, -self.pause) + self.pause - monotonic()
        if left > 0:
            await asyncio.sleep(left)
        self._asked[host] = monotonic()
        request = Request(url, headers=dict(self._headers))
        try:
            await self._handler.download_request(request)
        except NoAnswer as error:
            return error.why
        except PrivateHostError as error:
            return str(error)
        exchange: Exchange = request.meta["exchange"]
        return exchange


def asked(job: Callable[[Asking], Awaitable[T]], settings: BaseSettings, headers: Mapping[str, str], pause: float) -> T:
    """Return what a job returns that asks for addresses; the reactor runs for it, once in a process."""
    install_reactor(_REACTOR)
    from twisted.internet import reactor  # noqa: PLC0415 (the one that was installed)

    running: Any = reactor
    tasks: list[asyncio.Future[T]] = []

    async def work() -> T:
        handler = WireHandler.from_crawler(SimpleNamespace(settings=settings))  # type: ignore[arg-type]
        try:
            return await job(Asking(handler, headers, pause))
        finally:
            await handler.close()
            running.stop()

    running.callWhenRunning(lambda: tasks.append(asyncio.ensure_future(work())))
    running.run()
    if not tasks or not tasks[0].done():
        raise WinnowError("stopped early: what came so far is kept, run again to go on")
    return tasks[0].result()
