"""The queue in the ledger: which addresses and sources are due, what was found, and what became of each request."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from winnow.sites.ledger import ACTIVE, FEED, PAGE, SITEMAP, at, host_of, writing


@dataclass(frozen=True, slots=True)
class Source:
    """A sitemap or feed: a row of `sources`."""

    id: int
    site_id: int
    url: str
    kind: str
    host: str
    found: str
    etag: str | None
    last_modified: str | None
    payload_digest: str | None
    captured: str | None
    record_id: str | None
    every: float
    due: str | None
    last_new: str | None
    fails: int
    dead: str | None


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a page: a row of `urls`."""

    id: int
    site_id: int
    url: str
    host: str
    source_id: int | None
    depth: int
    hops: int
    shape: str
    published: str | None
    found: str
    found_run: int | None
    every: float
    due: str | None
    etag: str | None
    last_modified: str | None
    payload_digest: str | None
    captured: str | None
    record_id: str | None
    checks: int
    changes: int
    same: int
    fails: int
    state: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a sitemap, feed, link or redirect names: clean, in scope, worth asking."""

    url: str
    shape: str
    depth: int = 0
    source_id: int | None = None
    published: str | None = None
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """How many new addresses a site may get in a run: in all, and of one shape where only links name them."""

    new: int = 2000
    of_a_shape: int = 200


@dataclass(frozen=True, slots=True)
class Added:
    """How many of the found addresses were new, and how many of them were left out by either limit."""

    new: int
    left_out: int = 0
    left_out_of_a_shape: int = 0


@dataclass(frozen=True, slots=True)
class Fetch:
    """What became of a request, or of an address that was not worth one: a row of `fetches`."""

    kind: str
    url: str
    at: float
    outcome: str
    site_id: int | None = None
    url_id: int | None = None
    source_id: int | None = None
    status: int | None = None
    why: str | None = None
    bytes: int = 0
    ms: int = 0
    redirected_to: str | None = None
    warc: str | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """What a row of `urls` is after an answer; `due` in seconds since 1970, None: never again."""

    state: str
    every: float
    due: float | None
    why: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    payload_digest: str | None = None
    captured: str | None = None
    record_id: str | None = None
    checks: int = 0
    changes: int = 0
    same: int = 0
    fails: int = 0


def kept(known: Address | Source) -> dict[str, Any]:
    """Return what is known of the last full answer, by the names that `Next` and `NextSource` have for it."""
    return {name: getattr(known, name) for name in ("etag", "last_modified", "payload_digest", "captured", "record_id")}


@dataclass(frozen=True, slots=True)
class NextSource:
    """What a row of `sources` is after an answer; `due` in seconds since 1970, None: never again."""

    kind: str
    every: float
    due: float | None
    etag: str | None = None
    last_modified: str | None = None
    payload_digest: str | None = None
    captured: str | None = None
    record_id: str | None = None
    last_new: str | None = None
    fails: int = 0
    dead: str | None = None


_BELIEVED = 6  # unchanged answers in a row

_ASKED = f"site_id in (select id from sites where state = '{ACTIVE}')"


# Parts of the queue, each with an index that begins with the host.
_QUEUES = (
    ("sources", "due is not null"),
    ("urls", "checks = 0 and due is not null"),
    ("urls", "checks > 0 and due is not null"),
)


def due_hosts(db: sqlite3.Connection, now: float, only: str | None = None) -> list[str]:
    """Return the hosts of active sites of which an address or a source is due; or only the one that is named.

    The index leads from host to host, so that the time does not grow with the addresses.
    """
    found: set[str] = set()
    for table, which in _QUEUES:
        following = f"select min(host) from {table} where {which}"
        found.update(
            row[0]
            for row in db.execute(
                f"with recursive there(host) as ({following} union all "
                f"select ({following} and {table}.host > there.host) from there where host is not null) "
                "select host from there where host is not null and (:only is null or host = :only) and exists "
                f"(select 1 from {table} where {table}.host = there.host and {which} and due <= :now and {_ASKED})",
                {"now": at(now), "only": only},
            )
        )
    return sorted(found)


def due_sources(db: sqlite3.Connection, host: str, now: float, count: int) -> list[Source]:
    """Return the sources of a host that are due, the longest waiting first; at most `count`."""
    rows = db.execute(
        f"select * from sources where host = ? and due <= ? and {_ASKED} order by due, id limit ?",
        (host, at(now), count),
    )
    return [Source(**dict(row)) for row in rows]


def due_addresses(db: sqlite3.Connection, host: str, now: float, count: int) -> list[Address]:
    """Return the addresses of a host that are due, those never answered first; at most `count`."""
    found: list[Address] = []
    for which in ("checks = 0", "checks > 0"):
        rows = db.execute(
            f"select * from urls where host = ? and {which} and due <= ? and {_ASKED} order by due, id limit ?",
            (host, at(now), count - len(found)),
        )
        found += [Address(**dict(row)) for row in rows]
    return found


def count_due(db: sqlite3.Connection, now: float, host: str | None = None) -> int:
    """Return how many addresses of active sites are due, of one host or of all."""
    count: int = db.execute(
        f"select count(*) from urls where due <= :now and {_ASKED} and (:host is null or host = :host)",
        {"now": at(now), "host": host},
    ).fetchone()[0]
    return count


def add_source(db: sqlite3.Connection, site_id: int, url: str, kind: str, every: float, now: float) -> bool:
    """Add a sitemap or feed, due at once; return whether it is new."""
    assert kind in (SITEMAP, FEED)
    with writing(db):
        added = db.execute(
            "insert or ignore into sources (site_id, url, kind, host, found, every, due) values (?, ?, ?, ?, ?, ?, ?)",
            (site_id, url, kind, host_of(url), at(now), every, at(now)),
        )
    return added.rowcount > 0


def add_found(
    db: sqlite3.Connection, site_id: int, found: Iterable[Found], run_id: int | None, limits: Limits, now: float
) -> Added:
    """Add addresses that are not known yet, due at once, within the limits of the run.

    Addresses of sitemaps and feeds (those with a source) and redirects count to the first limit only: what a site
    itself lists is no trap, and all articles of a site may have one shape. A known address keeps its row; where it is
    nearer or another day is stated, its row learns that; if that is after its last capture, it is due at once.
    """
    with writing(db):
        counted: Counter[str | None] = Counter()
        for shape, number in db.execute(
            "select shape, count(*) from urls where site_id = ? and found_run = ? group by shape", (site_id, run_id)
        ):
            counted[shape] = number
            counted[None] += number
        new = left_out = of_a_shape = 0
        for each in found:
            known = db.execute("select * from urls where url = ?", (each.url,)).fetchone()
            if known:
                _learn(db, known, each, now)
            elif counted[None] >= limits.new:
                left_out += 1
            elif each.source_id is None and not each.hops and counted[each.shape] >= limits.of_a_shape:
                of_a_shape += 1
            else:
                _insert(db, site_id, each, run_id, now)
                counted.update((None, each.shape))
                new += 1
        db.execute(
            "update runs set found = found + ?, left_out = left_out + ? where id = ?",
            (new, left_out + of_a_shape, run_id),
        )
    return Added(new, left_out, of_a_shape)


def _learn(db: sqlite3.Connection, known: sqlite3.Row, found: Found, now: float) -> None:
    says_more = found.published is not None and found.published != known["published"]
    if not says_more and found.depth >= known["depth"]:
        return
    # A site that calls its pages changed night after night, though they are not, is not believed for ever.
    is_believed = says_more and known["captured"] is not None and known["same"] < _BELIEVED
    is_later = is_believed and (found.published or "") > known["captured"]
    due = min(known["due"] or at(now), at(now)) if is_later else known["due"]
    db.execute(
        "update urls set depth = min(depth, ?), published = coalesce(?, published), due = ? where id = ?",
        (found.depth, found.published, due, known["id"]),
    )


def _insert(db: sqlite3.Connection, site_id: int, found: Found, run_id: int | None, now: float) -> None:
    db.execute(
        "insert into urls (site_id, url, host, source_id, depth, hops, shape, published, found, found_run, every, due) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
        (
            *(site_id, found.url, host_of(found.url), found.source_id, found.depth, found.hops, found.shape),
            *(found.published, at(now), run_id, at(now)),
        ),
    )


def record(db: sqlite3.Connection, run_id: int, fetch: Fetch) -> None:
    """Write what became of a request, and count it in its run; a site that was removed meanwhile is not named."""
    with writing(db):
        if fetch.site_id and not db.execute("select 1 from sites where id = ?", (fetch.site_id,)).fetchone():
            fetch = replace(fetch, site_id=None, url_id=None, source_id=None)
        db.execute(
            "insert into fetches (run_id, site_id, url_id, source_id, kind, url, at, status, outcome, why, bytes, ms, "
            "redirected_to, warc, offset) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(run_id, fetch.site_id, fetch.url_id, fetch.source_id, fetch.kind, fetch.url, at(fetch.at)),
                *(fetch.status, fetch.outcome, fetch.why, fetch.bytes, fetch.ms),
                *(fetch.redirected_to, fetch.warc, fetch.offset),
            ),
        )
        counts = f"asked = asked + 1, {fetch.outcome} = {fetch.outcome} + 1" if fetch.kind == PAGE else _DISCOVERY
        db.execute(f"update runs set {counts}, bytes = bytes + ? where id = ?", (fetch.bytes, run_id))
        if fetch.site_id is not None and fetch.outcome in ("new", "changed", "unchanged"):
            db.execute("update sites set last_good = ? where id = ?", (at(fetch.at), fetch.site_id))


_DISCOVERY = "discovery = discovery + 1"


def set_address(db: sqlite3.Connection, url_id: int, following: Next) -> None:
    """Write what an address is after an answer."""
    _set(db, "urls", url_id, following)


def set_source(db: sqlite3.Connection, source_id: int, following: NextSource) -> None:
    """Write what a source is after an answer."""
    _set(db, "sources", source_id, following)


def _set(db: sqlite3.Connection, table: str, row_id: int, following: Next | NextSource) -> None:
    names = following.__slots__
    values = [getattr(following, name) for name in names]
    values[names.index("due")] = None if following.due is None else at(following.due)
    with writing(db):
        db.execute(f"update {table} set {', '.join(f'{name} = ?' for name in names)} where id = ?", (*values, row_id))
