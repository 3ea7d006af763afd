"""`scrapy crawl`: Scrapy's command with checks before the start, a summary, and an exit status for the run."""

from __future__ import annotations

import argparse
import contextlib
import signal
from typing import TYPE_CHECKING, Any

from scrapy.commands import crawl
from scrapy.crawler import Crawler
from scrapy.spiderloader import get_spider_loader

from winnow import garbage
from winnow.items import WinnowError
from winnow.runs.workers import STOP_SIGNALS

from .. import output
from ..extensions.feed import check_feeds
from ..extensions.progress import is_wanted
from ..names import check_arguments, check_settings
from ..path import NotStored, Session, session_of
from ..program import in_words, usage
from ..spider_help import Formatter, epilog
from ..spiders.seeds import SeedsSpider
from ..spiders.sites import SitesSpider
from ..summary import shown, summary

if TYPE_CHECKING:
    from ..fetch.session import NightSession

COULD_NOT_START, STOPPED, PAGES_FAILED = 1, 3, 4


class Command(crawl.Command):
    """Crawl with one spider. Exit status: 0 finished, 1 could not start, 3 stopped early, 4 some pages failed."""

    def short_desc(self) -> str:
        """Return what the command does, in a line."""
        return "Read saved pages (crawl seeds -a path=FOLDER -s DATABASE=FILE), or fetch from live sites (crawl sites)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add Scrapy's options, and say how this command is called."""
        super().add_options(parser)
        parser.usage, parser.epilog = usage(self), epilog()
        parser.formatter_class = Formatter
        self._parser = parser

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options as Scrapy does, but keep each `-a path=…`: Scrapy would keep the last."""
        paths = [each.partition("=")[2] for each in opts.spargs if each.startswith("path=")]
        super().process_options(args, opts)
        if len(paths) > 1:
            opts.spargs["path"] = paths

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, print the summary and set the exit status."""
        output.prepare()
        try:
            self._crawler, session = self._prepare(args, opts)
        except WinnowError as error:
            output.complain(in_words(error))
            self.exitcode = COULD_NOT_START
            return
        if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # `nohup` has it ignored, and so it stays
            signal.signal(signal.SIGHUP, _stop)
        garbage.keep()
        super().run(args, opts)
        if isinstance(session, Session):
            self._end(session)
        else:
            self._end_night(session)
        output.finish()
        for number in STOP_SIGNALS:
            # Python gives up Scrapy's handlers first of all when it ends; the run has ended already.
            signal.signal(number, signal.SIG_IGN)

    def _prepare(self, args: list[str], opts: argparse.Namespace) -> tuple[Crawler, Session | NightSession]:
        assert self.settings is not None
        check_settings(self.settings)
        check_arguments(args, self._parser)
        names = get_spider_loader(self.settings).list()
        if len(args) != 1:
            unexpected = [arg for arg in args if arg not in names]
            what = f"unknown argument {unexpected[0]}" if unexpected else "name exactly one spider"
            raise WinnowError(f"{what}: usage is `scrapy crawl seeds [-a path=FOLDER] [-s DATABASE=FILE]`")
        if args[0] not in names:
            raise WinnowError(f"no spider is called {args[0]}: there are {' and '.join(names)}")
        crawler = super()._create_crawler(args[0])
        check_feeds(self.settings)
        is_wanted(self.settings)
        if issubclass(crawler.spidercls, SitesSpider):
            return crawler, self._prepare_night(crawler, opts)
        spider = crawler.spidercls(**opts.spargs)  # raises `StartError` for a missing folder; no database is made then
        session = session_of(crawler)
        with contextlib.suppress(NotStored), session.database(crawler):
            if isinstance(spider, SeedsSpider):
                for line in session.run.begin_sources(spider.places, spider.source, session.options.max_vanished):
                    output.say(f"{shown(session.options.database)} {line}")
        if session.failure:
            session.finish(None)
            raise WinnowError(f"{session.failure}; no page was read")
        return crawler, session

    def _prepare_night(self, crawler: Crawler, opts: argparse.Namespace) -> NightSession:
        from ..fetch.session import night_of  # noqa: PLC0415 (what fetches is slow to import)

        spider = SitesSpider(**opts.spargs)
        if crawler.settings.getdict("FEEDS"):
            raise WinnowError(
                "`scrapy crawl sites` exports nothing: `scrapy crawl seeds -O FILE` does, of what it reads"
            )
        return night_of(crawler, spider.minutes, spider.only)

    def _create_crawler(self, *args: Any, **kwargs: Any) -> Crawler:
        return self._crawler

    def _end(self, session: Session) -> None:
        stats = self._crawler.stats
        found = stats.get_stats() if stats else {}
        reason = found.get("finish_reason")
        session.finish(reason)  # no pipeline has done so if a signal came before the first page, or twice
        if self.exitcode == 0:
            if session.no_workers:
                self.exitcode = COULD_NOT_START
            elif session.failure or session.run.missed or reason != "finished":
                self.exitcode = STOPPED
            elif session.run.counts.row()["failed"] or session.problems or found.get("log_count/ERROR"):
                self.exitcode = PAGES_FAILED
        for problem in (session.no_workers, session.failure, session.run.missed, *session.problems):
            if problem:
                output.complain(str(problem))
        output.say(summary(session, self._crawler.spider, stopped=reason if reason != "finished" else None))

    def _end_night(self, session: NightSession) -> None:
        from ..sites_summary import problems, sites_summary, status_of  # noqa: PLC0415 (as above)

        stats = self._crawler.stats
        reason = stats.get_value("finish_reason") if stats else None
        ended = session.finish(is_whole=False)  # the spider has done so, unless a signal came before it began
        if self.exitcode == 0:
            self.exitcode = status_of(ended, reason)
        for problem in problems(ended):
            output.complain(problem)
        output.say(sites_summary(ended, session.options.folder, reason))


def _stop(*_: object) -> None:
    """Take the end of the terminal for a SIGTERM, once: a shell and the kernel may both tell of it."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.raise_signal(signal.SIGTERM)
