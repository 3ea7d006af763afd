"""What a run writes: exchanges into WARC files, and the rows that point into them, in this order, batch after batch."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from winnow.sites.exchange import Exchange
from winnow.sites.judge import Keep
from winnow.sites.ledger import PAGE, at, writing
from winnow.sites.ledger_hosts import ProbeRow, RobotsRow, set_probe, set_robots
from winnow.sites.ledger_queue import (
    Added,
    Address,
    Fetch,
    Found,
    Limits,
    Next,
    NextSource,
    Source,
    add_found,
    add_source,
    record,
    set_address,
    set_source,
)
from winnow.sites.warc import DISCOVERY, NOT_MODIFIED, PAGES, SAME_PAYLOAD, Original, Place, WarcFiles

MAX_SOURCES = 500  # new sitemaps and feeds of a site in a run
BATCH = 30  # results that are written together; with those under way, a killed run asks no more than 50 twice
_SECONDS = 5.0  # after which a smaller batch is written


@dataclass(slots=True)
class Result:
    """What one request, or an address that was not worth one, changes in the ledger."""

    fetch: Fetch
    address: Next | None = None
    source: NextSource | None = None
    found: list[Found] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)  # addresses and kinds, for the site of the fetch
    sources_of: dict[int, list[tuple[str, str]]] = field(default_factory=dict)  # for other sites
    robots: RobotsRow | None = None
    probe: ProbeRow | None = None


class Book:
    """Keep the results of a run until a batch is full, then write what they point to, and then their rows.

    All that is committed can be read; what is not is asked again by the next run. Raises `OSError` and `sqlite3.Error`.
    """

    def __init__(
        self, db: sqlite3.Connection, folder: Path, run_id: int, started: float, info: Mapping[str, str], limits: Limits
    ) -> None:
        self._db, self._run_id, self._started, self._limits = db, run_id, started, limits
        self.pages = WarcFiles(folder, PAGES, started, info)
        self.discovery = WarcFiles(folder, DISCOVERY, started, info)
        self._waiting: list[Result] = []
        self._since = monotonic()
        self.counts: Counter[str] = Counter()  # of outcomes of pages

    def keep(self, exchange: Exchange, keep: Keep, about: Iterable[tuple[str, str | None]] = (),
             of: Address | Source | None = None) -> Place | None:  # fmt: skip
        """Write an exchange into the file that it belongs to, and return where it stands; None if nothing is kept."""
        if keep is Keep.PAGE:
            return self.pages.capture(exchange, about)
        if keep in (Keep.NOT_MODIFIED, Keep.SAME):
            files = self.pages if isinstance(of, Address) else self.discovery
            if of is not None and of.record_id and of.captured and of.payload_digest:
                profile = NOT_MODIFIED if keep is Keep.NOT_MODIFIED else SAME_PAYLOAD
                return files.revisit(exchange, profile, Original(of.record_id, of.captured, of.payload_digest))
            return self.discovery.capture(exchange, about)
        if keep is Keep.BESIDE:
            return self.discovery.capture(exchange, about)
        if keep is Keep.HEAD:
            return self.discovery.capture(replace(exchange, body=b"", truncated="unspecified"), about)
        return None

    def add(self, result: Result) -> None:
        """Take a result; a full batch is written."""
        self._waiting.append(result)
        if result.fetch.kind == PAGE:
            self.counts[result.fetch.outcome] += 1
        if len(self._waiting) >= BATCH:
            self.flush()
        self.flush_if_old()

    def flush_if_old(self) -> None:
        """Write results that have waited for long."""
        if monotonic() - self._since > _SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write all results: what was exchanged is brought to the disk before a row points to it."""
        waiting, self._waiting = self._waiting, []
        self._since = monotonic()
        if not waiting:
            return
        self.pages.flush()
        self.discovery.flush()
        with writing(self._db):
            for result in waiting:
                self._write(result)

    def _write(self, result: Result) -> None:
        fetch = result.fetch
        record(self._db, self._run_id, fetch)
        if result.robots:
            set_robots(self._db, result.robots)
        if result.probe:
            set_probe(self._db, result.probe)
        if result.address and fetch.url_id is not None:
            set_address(self._db, fetch.url_id, result.address)
        added = Added(0)
        room = True
        if fetch.site_id is not None and result.found and self._is_there(fetch.site_id):
            added = add_found(self._db, fetch.site_id, result.found, self._run_id, self._limits, self._started)
        of_sites = result.sources_of | ({fetch.site_id: result.sources} if fetch.site_id else {})
        for site_id, sources in of_sites.items():
            room = self._add_sources(site_id, sources) and room
        if result.source and fetch.source_id is not None:
            set_source(self._db, fetch.source_id, _after(result.source, added, fetch, room))

    def _add_sources(self, site_id: int, sources: list[tuple[str, str]]) -> bool:
        """Add sitemaps and feeds of a site; return whether there was room for all."""
        if not sources or not self._is_there(site_id):
            return True
        found = "select count(*) from sources where site_id = ? and found >= ?"
        known = self._db.execute(found, (site_id, at(self._started))).fetchone()[0]
        for url, kind in sources:
            if known >= MAX_SOURCES:
                return False
            known += add_source(self._db, site_id, url, kind, 0, self._started)
        return True

    def _is_there(self, site_id: int) -> bool:
        """Return whether a site has not been removed meanwhile."""
        return self._db.execute("select 1 from sites where id = ?", (site_id,)).fetchone() is not None

    def close(self) -> None:
        """Write all, and move the files to where they are read."""
        self.flush()
        self.pages.close()
        self.discovery.close()


def _after(source: NextSource, added: Added, fetch: Fetch, room: bool) -> NextSource:
    """Return a source as it is after its addresses were added: one of which some had no room is read whole again."""
    if added.new:
        source = replace(source, last_new=at(fetch.at))
    if added.left_out or not room:
        source = replace(source, etag=None, last_modified=None, payload_digest=None)
    return source
