"""Log lines about pages: path and reason, never a page's text."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from winnow.text import one_line

from .path import name_of


class PageLogFormatter(LogFormatter):
    """Log one short line for each item; a dropped page is normal and logged at INFO."""

    def __init__(self, level: int = logging.DEBUG) -> None:
        self._level = level

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return a formatter that makes no lines below the log level: to make one takes as long as a look-up."""
        level = crawler.settings["LOG_LEVEL"]
        return cls(level if isinstance(level, int) else logging.getLevelNamesMapping()[level])

    def scraped(  # type: ignore[override]  # Scrapy logs nothing for None, but does not say so in its types
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult | None:
        """Log an article that was stored."""
        return self._line(logging.DEBUG, f"article {item.get('id')}", item)

    def dropped(  # type: ignore[override]
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult | None:
        """Log a page that brought no new article, with the reason."""
        return self._line(logging.INFO, str(exception), item)

    def item_error(  # type: ignore[override]
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult | None:
        """Log a page on which a pipeline failed."""
        return self._line(logging.ERROR, f"{type(exception).__name__} in a pipeline", item)

    def _line(self, level: int, what: str, item: Any) -> LogFormatterResult | None:
        if level < self._level:
            return None
        told = {"path": one_line(name_of(item)), "what": one_line(what)}
        return {"level": level, "msg": "%(path)s: %(what)s", "args": told}
