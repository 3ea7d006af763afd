"""What holds for all addresses of an origin (scheme, host, port): its robots.txt, and its answer to missing pages."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from time import time
from urllib.parse import urlsplit

from winnow.sites.addresses import Scope, clean, in_scope
from winnow.sites.book import Result
from winnow.sites.judge import Keep
from winnow.sites.ledger import PROBE, ROBOTS, SITEMAP, host_of
from winnow.sites.ledger_hosts import ProbeRow, RobotsRow, probe, robots
from winnow.sites.ledger_queue import Fetch
from winnow.sites.links import joined
from winnow.sites.robots import MAX_BYTES, Robots
from winnow.sites.schedule import DAY
from winnow.sites.soft404 import Probe, probe_address
from winnow.sites.unpacking import MAX_UNPACKED

from .desk import Desk, content_of

ROBOTS_EVERY = 0.75 * DAY  # so that a run at the same hour of the next night asks anew
PROBE_EVERY = 30 * DAY


class Origins:
    """The rules of origins; each is asked at most once in a run. `scopes` are those of the sites, by their ids."""

    def __init__(
        self, db: sqlite3.Connection, desk: Desk, scopes: Mapping[int, Scope], agent: str, max_bytes: int
    ) -> None:
        self._db, self._desk, self._scopes, self._agent, self._max_bytes = db, desk, scopes, agent, max_bytes
        self._robots: dict[str, Robots] = {}
        self._probes: dict[str, Probe | None] = {}
        self._unanswered: dict[str, str] = {}  # why there was no robots.txt, by origin

    def unanswered(self, url: str) -> str | None:
        """Return why the origin of an address gave no answer to the question for its robots.txt; None if it did."""
        return self._unanswered.get(_origin(url))

    async def robots(self, url: str) -> Robots:
        """Return the rules for an address, which were asked for a day ago at most. Raises `LeftToNextRun`."""
        origin = _origin(url)
        if origin not in self._robots:
            row = robots(self._db, origin)
            if row is None or row.due <= time():
                row = await self._ask_robots(origin, row)
            rules = self._robots[origin] = Robots.read(row.status, row.body, self._agent)
            self._desk.polite.slow_down(row.host, rules.crawl_delay)
        return self._robots[origin]

    async def _ask_robots(self, origin: str, known: RobotsRow | None) -> RobotsRow:
        place = f"{origin}/robots.txt"
        asked = await self._desk.followed(place)
        answer = asked.answer
        body = content_of(answer, MAX_UNPACKED)[0][: MAX_BYTES + 1] if answer and 200 <= answer.status < 300 else b""
        status = answer.status if answer else None
        rules = Robots.read(status, body, self._agent)
        digest = hashlib.sha256(body).hexdigest()
        due = asked.at if rules.waits else asked.at + ROBOTS_EVERY
        row = RobotsRow(origin, host_of(place), status, body, digest, asked.at, due)
        outcome = "new" if known is None else "unchanged" if known.sha256 == digest else "changed"
        why = asked.why or (str(status) if rules.waits else None)
        if asked.why:
            self._unanswered[origin] = asked.why
        fetch = Fetch(ROBOTS, place, asked.at, "failed" if rules.waits else outcome, why=why)
        named = [(url, SITEMAP) for each in rules.sitemaps if (url := clean(joined(place, each) or ""))]
        of_sites = {
            site_id: named for site_id, scope in self._scopes.items() if named and in_scope(origin + scope.path, scope)
        }
        self._desk.book.add(Result(self._desk.recorded(fetch, asked, Keep.BESIDE)[0], robots=row, sources_of=of_sites))
        return row

    async def probe(self, url: str) -> Probe | None:
        """Return what an origin says of pages that it does not have; None if that is not known.

        It is asked for once a month. Raises `LeftToNextRun`.
        """
        origin = _origin(url)
        if origin not in self._probes:
            row = probe(self._db, origin)
            if row is None or row.asked + PROBE_EVERY <= time():
                row = await self._ask_probe(origin)
            self._probes[origin] = Probe(row.status, row.digest, tuple(row.words.split())) if row else None
        return self._probes[origin]

    async def _ask_probe(self, origin: str) -> ProbeRow | None:
        place = probe_address(f"{origin}/")
        if not (await self.robots(place)).allows(place):
            return None
        asked = await self._desk.fetch(place)
        answer = asked.answer
        if answer is None or asked.is_held:
            fetch = Fetch(PROBE, place, asked.at, "failed", why=asked.why or (str(answer.status) if answer else None))
            self._desk.book.add(Result(self._desk.recorded(fetch, asked, Keep.BESIDE)[0]))
            return None
        said = Probe.read(answer.status, content_of(answer, self._max_bytes)[0])
        row = ProbeRow(origin, asked.at, said.status, said.digest, " ".join(said.words) if said.is_soft else "")
        outcome, why = ("refused", "soft 404") if said.is_soft else ("gone", str(said.status))
        fetch = Fetch(PROBE, place, asked.at, outcome, why=why)
        self._desk.book.add(Result(self._desk.recorded(fetch, asked, Keep.BESIDE)[0], probe=row))
        return row


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
