"""A progress bar, drawn on terminals only."""

from __future__ import annotations

import sys
from typing import Any, ClassVar, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings
from scrapy.utils.log import get_scrapy_root_handler
from tqdm import tqdm

from winnow.items import StartError
from winnow.sources.folder import count_files

from ..path import session_of

BAR = 10  # characters of the bar's width; the numbers beside it say more


def is_wanted(settings: BaseSettings) -> bool:
    """Return whether to draw a bar. Raises `StartError` for a setting that says neither yes nor no."""
    try:
        return settings.getbool("PROGRESS_ENABLED", sys.stderr.isatty())
    except ValueError:
        given = settings["PROGRESS_ENABLED"]
        raise StartError(f"PROGRESS_ENABLED={given} cannot be used: give True or False") from None


class Line:
    """A line at the foot of the terminal, below the log; `SIGNALS` are those at which it is drawn anew."""

    SIGNALS: ClassVar[tuple[object, ...]]

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._bar: tqdm[Any] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return a line that listens to the crawl. Raises `NotConfigured` if none is wanted."""
        if not is_wanted(crawler.settings):
            raise NotConfigured
        line = cls(crawler)
        crawler.signals.connect(line.open, signals.spider_opened)
        crawler.signals.connect(line.close, signals.spider_closed)
        for signal in cls.SIGNALS:
            crawler.signals.connect(line.update, signal)
        return line

    def open(self, spider: Any) -> None:
        """Start the line; log lines are written above it from now on."""
        self._bar = tqdm(unit="", dynamic_ncols=True, file=sys.stderr, smoothing=0.1, **self.options())
        log_through(self)

    def options(self) -> dict[str, Any]:
        """Return tqdm's options."""
        raise NotImplementedError

    def update(self) -> None:
        """Draw the line anew, as often as tqdm finds useful."""
        raise NotImplementedError

    def write(self, text: str) -> None:
        """Write a log line above the other, in the place of the log's own stream."""
        tqdm.write(text, file=sys.stderr, end="")

    def flush(self) -> None:
        """Do nothing: `tqdm.write` flushes."""

    def close(self) -> None:
        """Finish the line and give the log its stream back."""
        if self._bar is not None:
            self.update()
            self._bar.close()
            log_through(sys.stderr)


class Progress(Line):
    """Draw how many pages are done, what became of them, pages per second, and the time left.

    The number of pages in a container is known only at its end; until then it is estimated from the bytes read so far.
    The bar is drawn if standard error is a terminal, unless the setting `PROGRESS_ENABLED` says otherwise.
    """

    SIGNALS = (signals.item_scraped, signals.item_dropped, signals.item_error)

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._spider: Any = None
        self._files = self._size = 0
        self._told = ""

    def open(self, spider: Any) -> None:
        """Start the bar; log lines are written above it from now on."""
        self._spider = spider
        for place in getattr(spider, "places", ()):
            files, size = count_files(*place)
            self._files, self._size = self._files + files, self._size + size
        workers = session_of(self._crawler).options.workers
        self._told = f"{{rate_noinv_fmt}}, {workers} worker{'s' if workers != 1 else ''}{{postfix}}"
        super().open(spider)

    def options(self) -> dict[str, Any]:
        """Return tqdm's options: the number of pages, if it can be told, and the bar's format with or without it."""
        total = self._total()
        known = f"{{percentage:3.0f}}% {{bar:{BAR}}} {{n_fmt}} of {{total_fmt}}, {{remaining}} left, {self._told}"
        return {"total": total, "bar_format": known if total else f"{{n_fmt}} pages in {{elapsed}}, {self._told}"}

    def _total(self) -> float | None:
        """Return how many pages there will be, estimated for containers; None as long as it cannot be told."""
        if not self._size:
            return self._files or None
        read = self._spider.containers
        return self._files + round(read.read_pages * self._size / read.read_bytes) if read and read.read_bytes else None

    def update(self) -> None:
        """Redraw the bar, as often as tqdm finds useful."""
        if self._bar is None:
            return
        counts = session_of(self._crawler).run.counts.row()
        shown = ("new", "changed", "unchanged", "duplicates", "rejected")
        ended = ", ".join(f"{counts[name]:,} {name}" for name in shown if counts[name])
        for name, value in self.options().items():
            setattr(self._bar, name, value)
        self._bar.set_postfix_str(ended, refresh=False)
        self._bar.update(sum(counts[name] for name in shown) - self._bar.n)


def log_through(stream: Any) -> None:
    """Let the log's lines go to a stream, unless they go to a file."""
    handler = get_scrapy_root_handler()
    # A log file has its own handler, which the bar does not disturb.
    if handler is not None and type(handler).__name__ == "StreamHandler":
        handler.setStream(stream)  # type: ignore[attr-defined]
