"""What the answer of a sitemap or a feed means: the addresses that it names, and when it is asked again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from winnow.sites import feeds, sitemaps
from winnow.sites.addresses import Scope, clean, in_scope, refusal, shape
from winnow.sites.exchange import Exchange
from winnow.sites.judge import Keep, due_after, validators
from winnow.sites.ledger import FEED, SITEMAP, at
from winnow.sites.ledger_queue import Found, NextSource, Source, kept
from winnow.sites.schedule import DAY, LONGEST_ASKED, LONGEST_SOURCE, fresh_for, next_welcome, source_interval
from winnow.sites.warc import Place, payload_digest

_TRIES = 3
_EARLIER = 3600.0  # seconds that a source is due earlier that asks for whole days: a run may begin a little sooner
_LONGEST_WITHOUT = 30 * DAY


@dataclass(slots=True)
class Listing:
    """What a sitemap or feed lists: pages, with the day that is stated, other sitemaps, and when to come again."""

    kind: str
    pages: list[Found] = field(default_factory=list)
    children: list[str] = field(default_factory=list)  # other sitemaps
    every: float = LONGEST_SOURCE
    wished: float = 0.0  # seconds for which the source itself asks to be left alone
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SourceVerdict:
    """What an answer means for its source: outcome and why, what is kept, and what the source is from now on."""

    outcome: str
    why: str | None
    keep: Keep
    following: NextSource

    def kept(self, place: Place | None, captured: str) -> SourceVerdict:
        """Return the verdict with the place of the capture."""
        if self.outcome not in ("new", "changed") or place is None:
            return self
        return replace(self, following=replace(self.following, record_id=place.record_id, captured=captured))


def listing(content: bytes, exchange: Exchange, kind: str, scope: Scope, source_id: int | None, now: float) -> Listing:
    """Return what an answer lists, by its content: a sitemap may be a feed, and a feed a sitemap.

    `now` is in seconds since 1970.
    """
    moment = datetime.fromtimestamp(now, UTC)
    readers = (_of_feed, _of_sitemap) if kind == FEED else (_of_sitemap, _of_feed)
    first = readers[0](content, exchange, scope, source_id, moment)
    if first.pages or first.children or first.problem is None:
        return first
    second = readers[1](content, exchange, scope, source_id, moment)
    return second if second.problem is None else first


def _of_feed(content: bytes, exchange: Exchange, scope: Scope, source_id: int | None, now: datetime) -> Listing:
    try:
        feed = feeds.read(content, exchange.url)
    except feeds.NoFeed as error:
        return Listing(FEED, problem=str(error))
    every = source_interval([entry.published for entry in feed.entries], now, feed.ttl, exchange.fields)
    pages = _wanted(((entry.url, entry.published) for entry in feed.entries), scope, source_id)
    wished = _wished(exchange, now, feed.ttl)
    return Listing(FEED, pages, [], every, wished, feed.skip_hours, feed.skip_days)


def _of_sitemap(content: bytes, exchange: Exchange, scope: Scope, source_id: int | None, now: datetime) -> Listing:
    sitemap = sitemaps.read(content, exchange.url)
    every = source_interval([entry.lastmod for entry in sitemap.entries], now, None, exchange.fields)
    children = [child for each in sitemap.children if (child := clean(each))]
    problem = sitemap.problem if not sitemap.entries and not children else None
    return Listing(
        SITEMAP, _wanted(sitemap.entries, scope, source_id), children, every, _wished(exchange, now), problem=problem
    )


def _wanted(entries: Iterable[tuple[str, datetime | None]], scope: Scope, source_id: int | None) -> list[Found]:
    """Return the addresses of the site that are worth asking, the newest first: a night may have no room for all."""
    pages: dict[str, str | None] = {}
    for stated, published in entries:
        url = clean(stated)
        if url and in_scope(url, scope) and refusal(url) is None:
            pages[url] = at(published.timestamp()) if published else pages.get(url)
    newest = sorted(pages, key=lambda url: pages[url] or "", reverse=True)
    return [Found(url, shape(url), 0, source_id, pages[url]) for url in newest]


def answered(source: Source, exchange: Exchange, found: Listing | None, now: float) -> SourceVerdict:
    """Return what an answer with status 200 or 304 means; `found` is None where it is the same as the last one."""
    unchanged = exchange.status == 304 or found is None
    if found is not None and found.problem:
        return failing(source, "nothing listed", now)
    moment = datetime.fromtimestamp(now, UTC)
    every = found.every if found else _unchanged_interval(source, exchange, moment)
    wished = found.wished if found else _wished(exchange, moment)
    due = max(due_after(now, every), now + wished - (_EARLIER if wished >= DAY else 0))
    if found is not None:
        due = next_welcome(datetime.fromtimestamp(due, UTC), found.skip_hours, found.skip_days).timestamp()
    etag, modified = validators(exchange)
    following = NextSource(
        kind=found.kind if found else source.kind,
        every=every,
        due=due,
        etag=etag or (source.etag if unchanged else None),
        last_modified=modified or (source.last_modified if unchanged else None),
        payload_digest=source.payload_digest if unchanged else payload_digest(exchange.body),
        captured=source.captured,
        record_id=source.record_id,
        last_new=source.last_new,
    )
    if unchanged:
        return SourceVerdict("unchanged", None, Keep.NOT_MODIFIED if exchange.status == 304 else Keep.SAME, following)
    return SourceVerdict("changed" if source.captured else "new", None, Keep.BESIDE, following)


def _unchanged_interval(source: Source, exchange: Exchange, now: datetime) -> float:
    """Return the seconds until a source is asked again that brought nothing new: it is slower from time to time."""
    every = source.every or LONGEST_SOURCE
    return max(every, min(every * 1.5, LONGEST_SOURCE), _wished(exchange, now))


def _wished(exchange: Exchange, now: datetime, ttl: float | None = None) -> float:
    """Return for how many seconds a source asks to be left alone, within bounds."""
    return min(max(ttl or 0.0, fresh_for(exchange.fields, now) or 0.0), LONGEST_ASKED)


def failing(source: Source, why: str, now: float, status: int | None = None) -> SourceVerdict:
    """Return what it means that a source gave nothing: it is tried again, and given up where it is not there."""
    fails = source.fails + 1
    is_dead = status == 410 or (status == 404 and fails >= _TRIES)
    every = min(DAY * 2.0 ** min(source.fails, 10), _LONGEST_WITHOUT)
    following = NextSource(
        kind=source.kind,
        every=every,
        due=None if is_dead else due_after(now, every),
        last_new=source.last_new,
        fails=fails,
        dead=why if is_dead else None,
        **kept(source),
    )
    outcome = "gone" if status in (404, 410) else "failed"
    return SourceVerdict(outcome, why, Keep.BESIDE, following)
