"""A run on live sites: its ledger, its lock, and what became of it."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass, field
from time import time
from typing import Any
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from winnow import __version__
from winnow.archive.lock import RunLock
from winnow.items import StartError
from winnow.sites.book import Book
from winnow.sites.feeds import load_feedparser
from winnow.sites.ledger import (
    ACTIVE,
    LEDGER,
    OUTCOMES,
    begin_run,
    end_run,
    host_of,
    open_ledger,
    sites,
    unaccounted,
)
from winnow.sites.ledger_queue import Limits, count_due
from winnow.sites.options import AGENT, SitesOptions
from winnow.sites.warc import take_over

from .desk import PRIVATE, Ask, Desk
from .limits import MAX_BYTES
from .night import Clock, Night
from .politeness import Politeness
from .visits import Visits

FAILURES = (OSError, sqlite3.Error)


@dataclass(slots=True)
class Ended:
    """What became of a run: its row, what was left to the next run and why, and what went wrong.

    `failed_sites` gave no sound answer at all; `failure` is why the run had to end early.
    """

    row: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    due: int = 0
    held: dict[str, str] = field(default_factory=dict)
    failed_sites: dict[str, str] = field(default_factory=dict)
    taken_over: list[str] = field(default_factory=list)
    unaccounted: int = 0
    is_up: bool = False
    failure: str | None = None


class NightSession:
    """One run of a crawler on the sites of a folder, from the lock to the last row.

    Raises `StartError` if the run cannot start: another one is under way, there is no ledger, or no site in it.
    """

    def __init__(self, options: SitesOptions, minutes: float, only: str | None) -> None:
        load_feedparser()
        self.options, self._only = options, only
        self._db = open_ledger(options.folder)
        self._locks = contextlib.ExitStack()
        self._locks.callback(self._db.close)
        try:
            self._locks.callback(RunLock(options.folder / LEDGER).release)
            self._sites = sites(self._db, ACTIVE)
            self._check(only)
            self.ended = Ended(taken_over=take_over(options.folder))
        except BaseException as error:
            self._locks.close()
            if isinstance(error, OSError):
                raise StartError(f"{options.folder} cannot be written: {error}") from None
            raise
        self.clock = Clock(minutes or options.minutes)
        self.started = self.clock.began
        self.book: Book | None = None
        self._polite = Politeness(self._db, options.pause, self.clock.deadline)
        self._visits: Visits | None = None
        self._is_ended = False

    def _check(self, only: str | None) -> None:
        if not sites(self._db):
            raise StartError(f"there is no site in {self.options.folder}: add one with `scrapy sites add URL`")
        known = "select 1 from urls where host = :host union select 1 from sources where host = :host"
        if only and not self._db.execute(known, {"host": only}).fetchone():
            there = ", ".join(sorted({host_of(site.url) for site in sites(self._db)})[:20])
            raise StartError(f"no site has the host {only}: there are {there}")

    async def run(self, ask: Ask) -> None:
        """Ask all that is due. What fails is told in `ended.failure`."""
        options = self.options
        settings = {"DELAY": options.delay, "MAX_NEW": options.max_new, "OPT_OUT": sorted(options.opt_out)}
        try:
            run_id = begin_run(self._db, settings | {"only": self._only}, self.started)
            self.ended.row = {"id": run_id}
            self.book = Book(self._db, options.folder, run_id, self.started, self._about(), Limits(options.max_new))
            desk = Desk(self.book, self._polite, ask)
            self._visits = Visits(self._db, desk, self._sites, AGENT, options.opt_out, MAX_BYTES)
            night = Night(self._db, self.book, self._polite, self._visits, self.clock, self._only)
            await night.run()
        except FAILURES as error:
            self.ended.failure = f"{options.folder} cannot be written: {error}"

    def _about(self) -> dict[str, str]:
        return {
            "software": f"Winnow/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "obey",
            "http-header-user-agent": self.options.user_agent,
            "operator": self.options.contact,
        }

    def finish(self, is_whole: bool) -> Ended:
        """Write what waits to be written and how the run ended, let the ledger go, and return what became of it."""
        if self._is_ended:
            return self.ended
        self._is_ended = True
        ended = self.ended
        ended.seconds, ended.is_up = time() - self.started, self.clock.is_up()
        try:
            self._finish(ended, is_whole)
        except FAILURES as error:
            ended.failure = ended.failure or f"{self.options.folder} cannot be written: {error}"
        finally:
            self._locks.close()
        return ended

    def _finish(self, ended: Ended, is_whole: bool) -> None:
        if self.book is None:
            return
        if not ended.failure:
            self.book.close()
        ended.held = self._polite.held()
        left = sum(count_due(self._db, self.started, host) for host in ended.held if self._only in (None, host))
        ended.due = count_due(self._db, self.started, self._only) - left
        status = "failed" if ended.failure else "finished" if is_whole and not ended.due else "stopped"
        ended.row = dict(end_run(self._db, ended.row["id"], status, time()))
        ended.unaccounted = max(
            unaccounted(self._db, ended.row["id"]),
            *(0 if ended.failure else abs(ended.row[name] - self.book.counts[name]) for name in OUTCOMES),
        )
        ended.failed_sites = self._failed_sites(ended.row["id"])

    def _failed_sites(self, run_id: int) -> dict[str, str]:
        """Return the sites that gave no sound answer at all in a run, and why."""
        waiting = self._visits.waiting if self._visits else {}
        rows = self._db.execute(
            "select site_id, max(why) as why, sum(outcome != 'failed' and why is not ?) as good, "
            "sum(why in ('429', '503')) as held from fetches where run_id = ? and site_id is not null group by site_id",
            (PRIVATE, run_id),
        )
        told = {row["site_id"]: (row["why"] or "", row["good"] or row["held"]) for row in rows}
        bad = {site_id: why for site_id, (why, is_good) in told.items() if not is_good}
        bad |= {site_id: why for site_id, why in waiting.items() if not told.get(site_id, ("", False))[1]}
        return {site.url: bad[site.id] for site in self._sites if site.id in bad}


_sessions: WeakKeyDictionary[Crawler, NightSession] = WeakKeyDictionary()


def night_of(crawler: Crawler, minutes: float = 0, only: str | None = None) -> NightSession:
    """Return a crawler's run. The first call opens the ledger, and raises `StartError` if it cannot start."""
    if crawler not in _sessions:
        _sessions[crawler] = NightSession(SitesOptions.from_settings(crawler.settings), minutes, only)
    return _sessions[crawler]
