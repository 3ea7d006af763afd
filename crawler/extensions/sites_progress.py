"""A line about a run on live sites that goes on, drawn on terminals only."""

from __future__ import annotations

import sys
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from tqdm import tqdm

from ..fetch.session import night_of
from .progress import is_wanted, log_through


class SitesProgress:
    """Draw how many pages have their outcome, which ones, and pages per second, on a terminal or where that is set."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._bar: tqdm[Any] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return a line that listens to the crawl. Raises `NotConfigured` if none is wanted."""
        if not is_wanted(crawler.settings):
            raise NotConfigured
        progress = cls(crawler)
        crawler.signals.connect(progress.open, signals.spider_opened)
        crawler.signals.connect(progress.update, signals.response_downloaded)
        crawler.signals.connect(progress.close, signals.spider_closed)
        return progress

    def open(self) -> None:
        """Start the line; log lines are written above it from now on."""
        form = "{n_fmt} pages in {elapsed}, {rate_noinv_fmt}{postfix}"
        self._bar = tqdm(unit="", dynamic_ncols=True, file=sys.stderr, smoothing=0.1, bar_format=form)
        log_through(self)

    def write(self, text: str) -> None:
        """Write a log line above the other, in the place of the log's own stream."""
        tqdm.write(text, file=sys.stderr, end="")

    def flush(self) -> None:
        """Do nothing: `tqdm.write` flushes."""

    def update(self) -> None:
        """Draw the line anew, as often as tqdm finds useful."""
        book = night_of(self._crawler).book
        if self._bar is None or book is None:
            return
        ended = ", ".join(f"{number:,} {outcome}" for outcome, number in book.counts.most_common())
        self._bar.set_postfix_str(ended, refresh=False)
        self._bar.update(book.counts.total() - self._bar.n)

    def close(self) -> None:
        """Finish the line and give the log its stream back."""
        if self._bar is not None:
            self.update()
            self._bar.close()
            log_through(sys.stderr)
