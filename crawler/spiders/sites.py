"""The spider that asks live sites for what is new, and keeps it as it came: pages are read by `seeds`, afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.settings import BaseSettings

from winnow.items import StartError

from ..fetch.limits import MAX_BYTES, SECONDS, SIDE_BY_SIDE

if TYPE_CHECKING:
    from winnow.sites.exchange import Exchange

_INSIDE = __name__.removesuffix("spiders.sites")
_WIRE = f"{_INSIDE}fetch.wire.WireHandler"


class SitesSpider(Spider):
    """Ask the sites of the ledger for all that is due; `-a only=HOST` asks one host, `-a minutes=N` ends the run then.

    The queue is the ledger: no request is given to Scrapy's scheduler, each is awaited, and ends in one outcome.
    Raises `StartError` for an unknown argument or value.
    """

    name = "sites"

    def __init__(self, only: str | None = None, minutes: str = "0", **unknown: Any) -> None:
        super().__init__()
        if unknown:
            raise StartError(f"unknown spider argument {min(unknown)}: it takes only -a only=HOST and -a minutes=N")
        self.only = only.strip().lower() if only else None
        self.minutes = _minutes(minutes)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Open the way to the network, and leave out what belongs to the reading of files."""
        super().update_settings(settings)
        own = {
            "DOWNLOAD_HANDLERS": {"http": _WIRE, "https": _WIRE, "file": None, "data": None, "ftp": None, "s3": None},
            "DOWNLOADER_MIDDLEWARES": {},  # robots.txt, redirects, repetition and cookies are in `crawler.fetch`
            "DOWNLOAD_DELAY": 0,  # the pace of a host is kept by `crawler.fetch.politeness`
            "CONCURRENT_REQUESTS": SIDE_BY_SIDE,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_TIMEOUT": SECONDS,
            "DOWNLOAD_MAXSIZE": MAX_BYTES,
            "COOKIES_ENABLED": False,
            "REFERER_ENABLED": False,
            "REDIRECT_ENABLED": False,
            "RETRY_ENABLED": False,
            "AUTOTHROTTLE_ENABLED": False,
            "HTTPCACHE_ENABLED": False,
            "ITEM_PIPELINES": {},
            "EXTENSIONS": {f"{_INSIDE}extensions.sites_progress.SitesProgress": 0},
        }
        for name, value in own.items():
            settings.set(name, value, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        return super().from_crawler(crawler, *args, **kwargs)

    async def start(self) -> AsyncIterator[Any]:
        """Ask all that is due; nothing is yielded, since nothing waits in Scrapy's queue."""
        # Imported by this spider alone: Scrapy loads all spiders, and what fetches takes a third of a second to import.
        from ..fetch.session import night_of  # noqa: PLC0415

        session = night_of(self.crawler, self.minutes, self.only)
        headers = session.options.headers
        engine = self.crawler.engine
        assert engine is not None
        room = asyncio.Semaphore(SIDE_BY_SIDE)

        async def ask(url: str, more: Mapping[str, str]) -> Exchange:
            request = Request(url, headers=headers | dict(more))
            async with room:
                await engine.download_async(request)
            exchange: Exchange = request.meta["exchange"]
            return exchange

        try:
            await session.run(ask)
        except asyncio.CancelledError:
            session.clock.is_stopped = True
            raise
        finally:
            ended = session.finish(is_whole=not session.clock.is_stopped)
        if ended.failure:
            raise CloseSpider("ledger_failed")
        nothing: tuple[Any, ...] = ()
        for each in nothing:
            yield each


def _minutes(given: str) -> float:
    try:
        minutes = float(given)
    except ValueError:
        minutes = -1
    if not 0 <= minutes < float("inf"):
        raise StartError(f"minutes={given} cannot be used: give minutes, such as -a minutes=90")
    return minutes
