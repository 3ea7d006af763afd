"""A look at a site before it is added: its robots.txt, feeds and sitemaps, and what would become of its addresses.

No page is asked for but the one that is named. Nothing is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from winnow.sites import feeds, links, robots, sitemaps
from winnow.sites.addresses import Scope, clean, in_scope, refusal
from winnow.sites.exchange import Exchange, unpacked
from winnow.sites.judge import MAX_HOPS, REDIRECTS, location
from winnow.sites.ledger import FEED, SITEMAP, host_of
from winnow.sites.optout import opted_out

MAX_BYTES = 50 << 20  # of what an answer unpacks to
SOURCES = 12  # feeds and sitemaps that are asked for
SAMPLES = 20
_OF_A_REASON = 2  # refused addresses that are shown of each reason

Fetch = Callable[[str], Awaitable["Exchange | str"]]  # an answer, or why there is none


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an address: the one that answered in the end, its status, and why there is no body, if so."""

    url: str
    status: int | None
    body: bytes = b""
    why: str | None = None
    exchange: Exchange | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SourceFound:
    """A feed or sitemap: how many addresses or other sitemaps it names, the newest day, and what was wrong with it."""

    url: str
    kind: str
    addresses: int = 0
    children: int = 0
    newest: datetime | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An address that the site names, and why it would not be asked; None if it would."""

    url: str
    why: str | None


@dataclass(slots=True)
class Look:
    """What was found. `left_out` are feeds and sitemaps that were named and not asked for."""

    url: str
    scope: Scope
    robots: robots.Robots
    home: Answer
    opt_out: str | None = None
    sources: list[SourceFound] = field(default_factory=list)
    left_out: int = 0
    judged: list[Judged] = field(default_factory=list)

    def counts(self) -> Counter[str | None]:
        """Return how many addresses would not be asked, by why; those that would by None."""
        return Counter(each.why for each in self.judged)

    def samples(self) -> list[Judged]:
        """Return some of the addresses: a few refused ones of each reason, and accepted ones from all over the list."""
        shown: Counter[str] = Counter()
        refused: list[Judged] = []
        for each in self.judged:
            if each.why is not None and shown[each.why] < _OF_A_REASON and len(refused) < SAMPLES // 2:
                shown[each.why] += 1
                refused.append(each)
        accepted = [each for each in self.judged if each.why is None]
        room = SAMPLES - len(refused)
        step = max(len(accepted) / room, 1)
        return [accepted[int(place * step)] for place in range(min(room, len(accepted)))] + refused


async def look(url: str, scope: Scope, agent: str, fetch: Fetch) -> Look:
    """Return what a site says of itself. `url` is clean, `agent` the crawler's name; `fetch` asks for an address."""
    told = await _robots(url, agent, fetch)
    if told.waits or not told.allows(url):
        why = told.why if told.waits else "robots.txt forbids this address"
        return Look(url, scope, told, Answer(url, None, why=why))
    found = Look(url, scope, told, await _answer(url, scope, told, fetch))
    named: list[str] = []
    to_ask = [(SITEMAP, place) for each in told.sitemaps if (place := clean(links.joined(url, each) or ""))]
    if found.home.exchange is not None and found.home.status == 200:
        own, addresses, children = _source(found.home.url, FEED, found.home.body)
        if own.problem is None:
            found.sources.append(own)
            named += addresses
            to_ask += [(SITEMAP, joined) for each in children if (joined := clean(each))]
        else:
            page = links.read(found.home.body, found.home.url, found.home.exchange.charset)
            found.opt_out = opted_out(found.home.exchange.fields, found.home.body, agent)
            named += [each for each in page.links if not page.nofollow]
            to_ask += [(FEED, joined) for each in page.feeds if (joined := clean(each))]
    await _ask_sources(found, to_ask, named, fetch)
    found.judged = list(judged(named, scope, told))
    return found


def judged(named: Iterable[str], scope: Scope, told: robots.Robots) -> Iterator[Judged]:
    """Yield what would become of addresses as they are named, each once in the form in which it is asked."""
    seen: set[str] = set()
    for each in named:
        url = clean(each)
        if url is None or url in seen:
            continue
        seen.add(url)
        why = refusal(url) if in_scope(url, scope) else "not of the site"
        yield Judged(url, why or (None if told.allows(url) else "robots.txt"))


async def _robots(url: str, agent: str, fetch: Fetch) -> robots.Robots:
    answer = await _answer(urljoin(url, "/robots.txt"), None, None, fetch)
    return robots.Robots.read(answer.status, answer.body, agent)


async def _answer(url: str, scope: Scope | None, told: robots.Robots | None, fetch: Fetch) -> Answer:
    """Return what an address answers, after redirects that the scope and robots.txt allow, where these are given."""
    for _ in range(MAX_HOPS + 1):
        got = await fetch(url)
        if isinstance(got, str):
            return Answer(url, None, why=got)
        if got.status not in REDIRECTS or not got.field("location"):
            return _read(url, got)
        following = location(got)
        if following is None or (scope and not in_scope(following, scope)):
            return Answer(url, got.status, why=f"leads to another site: {following or got.field('location')}")
        if told and not told.allows(following):
            return Answer(url, got.status, why="leads to what robots.txt forbids")
        url = following
    return Answer(url, None, why="too many redirects")


def _read(url: str, got: Exchange) -> Answer:
    try:
        return Answer(url, got.status, unpacked(got, MAX_BYTES), None, got)
    except ValueError as error:
        return Answer(url, got.status, why=str(error), exchange=got)


async def _ask_sources(found: Look, to_ask: list[tuple[str, str]], named: list[str], fetch: Fetch) -> None:
    """Ask for feeds and sitemaps, and for the sitemaps that these name, as far as there is room; add what they name."""
    seen = {source.url for source in found.sources}
    for kind, url in to_ask:  # grows while it is read
        if url in seen:
            continue
        seen.add(url)
        if len(found.sources) >= SOURCES:
            found.left_out += 1
            continue
        told = found.robots if host_of(url) == host_of(found.url) else None  # another host has a robots.txt of its own
        if told and not told.allows(url):
            found.sources.append(SourceFound(url, kind, problem="robots.txt"))
            continue
        answer = await _answer(url, None, told, fetch)
        if answer.status != 200 or answer.why:
            found.sources.append(SourceFound(url, kind, problem=answer.why or f"status {answer.status}"))
            continue
        source, addresses, children = _source(answer.url, kind, answer.body)
        found.sources.append(source)
        named += addresses
        to_ask += [(SITEMAP, joined) for each in children if (joined := clean(each))]


def _source(url: str, kind: str, content: bytes) -> tuple[SourceFound, list[str], list[str]]:
    """Return what a feed or sitemap is, by what it holds and not by how it is named; its addresses; its sitemaps."""
    try:
        feed = feeds.read(content, url)
    except feeds.NoFeed as error:
        listed = sitemaps.read(content, url)
        if listed.children or listed.entries:
            newest = max((each.lastmod for each in listed.entries if each.lastmod), default=None)
            found = SourceFound(url, SITEMAP, len(listed.entries), len(listed.children), newest, None)
            return found, [each.url for each in listed.entries], list(listed.children)
        return SourceFound(url, kind, problem=str(error) if kind == FEED else listed.problem or "names nothing"), [], []
    newest = max((each.published for each in feed.entries if each.published), default=None)
    return SourceFound(url, FEED, len(feed.entries), newest=newest), [each.url for each in feed.entries], []
