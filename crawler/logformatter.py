"""Log lines about pages: path, stage and reason, never a page's text."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from pipelines.item_pipelines import page_of
from pipelines.text import one_line


class PageLogFormatter(LogFormatter):
    """Say of each item which page it is; dropped pages are normal and logged at INFO."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """Log an article that was stored."""
        return _line(logging.DEBUG, f"article {item.get('id')}", item)

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Log a page that gave no new article, with the reason."""
        return _line(logging.INFO, str(exception), item)

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Log a page on which a pipeline failed."""
        return _line(logging.ERROR, f"{type(exception).__name__} in a pipeline", item)


def _line(level: int, what: str, item: Any) -> LogFormatterResult:
    path = item.get("path", "?") if isinstance(item, dict) else page_of(item).path
    return {"level": level, "msg": "%(path)s: %(what)s", "args": {"path": one_line(path), "what": one_line(what)}}
