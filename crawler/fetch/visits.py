"""One visit each: a page, or a sitemap or feed. A visit ends in exactly one result, or leaves its address due."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Collection
from dataclasses import replace
from time import time

from winnow.sites import links
from winnow.sites.addresses import Scope, clean, in_scope, refusal, shape
from winnow.sites.book import Result
from winnow.sites.exchange import Exchange
from winnow.sites.judge import (
    MAX_DEPTH,
    Keep,
    Rules,
    Verdict,
    conditions,
    failed,
    held,
    is_start,
    judge,
    refused,
)
from winnow.sites.ledger import FEED, PAGE, PAUSED, SITEMAP, Site, at, host_of, set_state
from winnow.sites.ledger_queue import Address, Fetch, Found, Source
from winnow.sites.robots import Robots
from winnow.sites.soft404 import Probe
from winnow.sites.source_answers import Listing, answered, failing, listing
from winnow.sites.unpacking import MAX_UNPACKED
from winnow.sites.warc import payload_digest

from .desk import PRIVATE, Asked, Desk, content_of
from .origins import Origins
from .politeness import LONGEST_CRAWL_DELAY

_MAX_TRIES = 3  # of one address in a run, whose host asks for fewer requests each time


class Visits:
    """Visit addresses of sites; what comes of each goes into the book of the desk. `opt_out` has kinds of `optout`."""

    def __init__(
        self,
        db: sqlite3.Connection,
        desk: Desk,
        sites: list[Site],
        agent: str,
        opt_out: Collection[str],
        max_bytes: int,
    ) -> None:
        self._db, self._desk, self._agent, self._opt_out, self._max_bytes = db, desk, agent, opt_out, max_bytes
        self._scopes = {site.id: Scope.read(site.scope) for site in sites}
        self._origins = Origins(db, desk, self._scopes, agent, max_bytes)
        self._tries: dict[int, int] = {}
        self.waiting: dict[int, str] = {}  # sites that wait for their robots.txt, and why

    async def source(self, source: Source) -> bool:
        """Visit a sitemap or feed; return False if it must wait. Raises `LeftToNextRun`."""
        rules = await self._origins.robots(source.url)
        if self._must_wait(source.site_id, source.url, rules):
            return False
        if not rules.allows(source.url):
            now = time()
            fetch = _fetch(source, now, "refused", "robots.txt")
            self._desk.book.add(Result(fetch, source=failing(source, "robots.txt", now).following))
            return True
        asked = await self._desk.followed(source.url, conditions(source.etag, source.last_modified))
        if asked.is_held and asked.exchange:
            fetch = _fetch(source, asked.at, "failed", str(asked.exchange.status))
            self._desk.book.add(Result(self._desk.recorded(fetch, asked, Keep.BESIDE)[0]))
            return False
        found = await self._listed(source, asked)
        answer = asked.answer
        if answer is None:
            verdict = failing(source, asked.why or "no answer", asked.at)
        elif answer.status in (200, 304):
            verdict = answered(source, answer, found, asked.at)
        else:
            verdict = failing(source, str(answer.status), asked.at, answer.status)
        fetch = _fetch(source, asked.at, verdict.outcome, verdict.why)
        fetch, place = self._desk.recorded(fetch, asked, verdict.keep, source)
        result = Result(fetch, source=verdict.kept(place, at(asked.at)).following)
        if found is not None:
            result.found, result.sources = found.pages, [(child, SITEMAP) for child in found.children]
        self._desk.book.add(result)
        return True

    async def _listed(self, source: Source, asked: Asked) -> Listing | None:
        """Return what the answer of a source lists; None where it is not whole, or as it was."""
        answer = asked.answer
        if answer is None or answer.status != 200 or payload_digest(answer.body) == source.payload_digest:
            return None
        content, problem = content_of(answer, MAX_UNPACKED)
        if problem:
            return Listing(source.kind, problem=problem)
        scope = self._scopes[source.site_id]
        # In a thread: a sitemap of 50,000 addresses takes seconds, in which other hosts are asked.
        return await asyncio.to_thread(listing, content, answer, source.kind, scope, source.id, asked.at)

    async def page(self, address: Address) -> bool:
        """Visit a page; return False if it must wait, without an outcome. Raises `LeftToNextRun`."""
        rules = await self._origins.robots(address.url)
        now = time()
        if self._origins.unanswered(address.url) == PRIVATE:
            self._end(address, Asked(now), refused(address, PRIVATE, now))
            return True
        if self._must_wait(address.site_id, address.url, rules):
            return False
        if not rules.allows(address.url):
            self._end(address, Asked(now), refused(address, "robots.txt", now))
            return True
        said = None if is_start(address) else await self._origins.probe(address.url)
        stated = conditions(address.etag, address.last_modified) if address.captured else {}
        asked = await self._desk.fetch(address.url, stated)
        answer = asked.answer
        if asked.why == PRIVATE:
            self._end(address, asked, refused(address, PRIVATE, asked.at))
        elif answer is None:
            keep = Keep.BESIDE if asked.exchange else Keep.NOTHING
            self._end(address, asked, failed(address, asked.why or "no answer", asked.at, keep))
        elif asked.is_held:
            self._end(address, asked, self._held(address, answer.status, asked.at))
        else:
            self._answered(address, asked, answer, said)
        return True

    def _held(self, address: Address, status: int, now: float) -> Verdict:
        """Return the verdict on an address whose host asks for fewer requests: due, but not for ever in one run."""
        tries = self._tries[address.id] = self._tries.get(address.id, 0) + 1
        return held(address, str(status)) if tries < _MAX_TRIES else failed(address, str(status), now, Keep.BESIDE)

    def _answered(self, address: Address, asked: Asked, answer: Exchange, said: Probe | None) -> None:
        content, problem = content_of(answer, self._max_bytes)
        if problem and answer.status == 200:
            self._end(address, replace(asked, detail=problem), failed(address, "broken answer", asked.at, Keep.BESIDE))
            return
        scope = self._scopes[address.site_id]
        verdict = judge(address, answer, content, Rules(self._agent, self._opt_out, scope, said), asked.at)
        found = [verdict.found] if verdict.found else []
        sources: list[tuple[str, str]] = []
        if verdict.keep is Keep.PAGE and address.source_id is None and address.depth < MAX_DEPTH:
            seen = _seen(address, answer, content)
            found += _links(address, seen, scope)
            sources = [(url, FEED) for each in seen.feeds if is_start(address) and (url := clean(each))]
        elif verdict.why == "not a page" and is_start(address):
            listed = listing(content, answer, FEED, scope, None, asked.at)
            sources = [(address.url, listed.kind)] if listed.pages or listed.children else []
        self._end(address, asked, verdict, found, sources)

    def _end(
        self,
        address: Address,
        asked: Asked,
        verdict: Verdict,
        found: list[Found] | None = None,
        sources: list[tuple[str, str]] | None = None,
    ) -> None:
        """Write the one outcome of a page."""
        fetch = Fetch(PAGE, address.url, asked.at, verdict.outcome, address.site_id, address.id, why=verdict.why)
        fetch = replace(fetch, redirected_to=verdict.redirected_to)
        fetch, place = self._desk.recorded(fetch, asked, verdict.keep, address)
        following = verdict.kept(place, at(asked.at)).following
        self._desk.book.add(Result(fetch, address=following, found=found or [], sources=sources or []))

    def _must_wait(self, site_id: int, url: str, rules: Robots) -> bool:
        """Return whether nothing may be asked of a site now; one that asks for very long pauses is paused."""
        if rules.waits:
            why = f"robots.txt: {self._origins.unanswered(url) or rules.why}"
            self.waiting[site_id] = f"{host_of(url)}: {why}"
            self._desk.polite.leave(host_of(url), why)
            return True
        if rules.crawl_delay is None or rules.crawl_delay <= LONGEST_CRAWL_DELAY:
            return False
        why = f"robots.txt of {host_of(url)} asks for {rules.crawl_delay:g} s between requests"
        set_state(self._db, site_id, PAUSED, why)
        return True


def _fetch(source: Source, asked_at: float, outcome: str, why: str | None) -> Fetch:
    return Fetch(source.kind, source.url, asked_at, outcome, source.site_id, source_id=source.id, why=why)


def _seen(address: Address, answer: Exchange, content: bytes) -> links.Links:
    return links.Links() if answer.media_type == "text/plain" else links.read(content, address.url, answer.charset)


def _links(address: Address, seen: links.Links, scope: Scope) -> list[Found]:
    """Return the addresses of the site that a page leads to, and that are worth asking."""
    stated = () if seen.nofollow else (*seen.links, *([seen.refresh] if seen.refresh else ()))
    wanted = dict.fromkeys(url for each in stated if (url := clean(each)) and in_scope(url, scope))
    return [Found(url, shape(url), address.depth + 1) for url in wanted if url != address.url and not refusal(url)]
