"""The ledger of live sites, `sites.db`: the queue of addresses and what became of every request.

Plain functions on a connection. Each that writes does so in a transaction of its own, unless one is open already; so
`with writing(db): …` joins several. Times are ISO 8601 in UTC with whole seconds, so that they can be compared as text.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from winnow.items import StartError

LEDGER = "sites.db"
ACTIVE, PAUSED = "active", "paused"
# Kinds of fetches. A source is a sitemap or a feed; a probe asks for an address that no site has.
ROBOTS, PROBE, SITEMAP, FEED, PAGE = "robots", "probe", "sitemap", "feed", "page"
OUTCOMES = ("new", "changed", "unchanged", "redirected", "refused", "gone", "failed")
VERSION = 1
_BUSY_MS = 30_000

SCHEMA = """
create table sites (
    id integer primary key,
    url text not null unique,  -- the address that was added; the crawl begins there
    scope text not null,  -- what belongs to the site, as `addresses.Scope` writes it
    added text not null,
    state text not null default 'active' check (state in ('active', 'paused')),
    why text,  -- why it is paused
    last_good text  -- when a page of it was answered last
);
create table hosts (
    host text primary key,
    crawl_delay real,  -- seconds between requests that robots.txt asks for
    held_until text,  -- no request goes to the host before
    holds integer not null default 0,  -- how often in a row the host has asked for less
    why text  -- why it is held
);
create table robots (
    origin text primary key,  -- scheme, host and port
    host text not null,
    status integer,  -- of the last answer; null if there was none
    body blob not null,
    sha256 text not null,
    asked text not null,
    due text not null
);
create table probes (
    origin text primary key,
    asked text not null,
    status integer not null,  -- of the answer to an address that no site has
    digest text not null,
    words text not null  -- that the answer shows
);
create table sources (
    id integer primary key,
    site_id integer not null references sites(id) on delete cascade,
    url text not null,
    kind text not null check (kind in ('sitemap', 'feed')),
    host text not null,
    found text not null,
    etag text,
    last_modified text,
    payload_digest text,
    captured text,  -- when it was answered in full last
    record_id text,  -- of the WARC record that holds that answer
    every real not null,  -- seconds
    due text,  -- null: never again
    last_new text,  -- when it brought a new address last
    fails integer not null default 0,
    dead text,  -- why it is not asked any more
    unique (site_id, url)
);
create index sources_due on sources (host, due) where due is not null;
create table urls (
    id integer primary key,
    site_id integer not null references sites(id) on delete cascade,
    url text not null unique,
    host text not null,
    source_id integer references sources(id) on delete set null,  -- null: a link, or the site's own address
    depth integer not null,  -- links between the address and the nearest start, sitemap or feed
    hops integer not null default 0,  -- redirects that have led to it
    shape text not null,
    published text,  -- the day or time that a sitemap or feed states
    found text not null,
    found_run integer,
    every real not null,  -- seconds
    due text,  -- null: never again
    etag text,
    last_modified text,
    payload_digest text,
    captured text,  -- when it was answered in full last
    record_id text,  -- of the WARC record that holds that answer
    checks integer not null default 0,  -- answers
    changes integer not null default 0,  -- answers that differed from the one before
    same integer not null default 0,  -- unchanged answers in a row
    fails integer not null default 0,  -- failures in a row
    state text not null default 'new'
        check (state in ('new', 'kept', 'redirected', 'refused', 'gone', 'failing', 'done')),
    why text
);
create index urls_fresh on urls (host, due, id) where checks = 0 and due is not null;
create index urls_again on urls (host, due, id) where checks > 0 and due is not null;
create index urls_found on urls (site_id, found_run, shape);
create index urls_source on urls (source_id);
create table runs (
    id integer primary key,
    started text not null,
    finished text,
    status text not null default 'running' check (status in ('running', 'finished', 'stopped', 'failed')),
    settings text not null,  -- JSON
    asked integer not null default 0,  -- addresses of pages: the sum of the seven that follow
    new integer not null default 0,
    changed integer not null default 0,
    unchanged integer not null default 0,
    redirected integer not null default 0,
    refused integer not null default 0,
    gone integer not null default 0,
    failed integer not null default 0,
    discovery integer not null default 0,  -- requests for robots.txt, probes, sitemaps and feeds
    found integer not null default 0,  -- new addresses
    left_out integer not null default 0,  -- new addresses beyond the limits of a night
    bytes integer not null default 0  -- received
);
create table fetches (
    id integer primary key,
    run_id integer not null references runs(id),
    site_id integer references sites(id) on delete cascade,  -- null: robots.txt, which belongs to a host
    url_id integer references urls(id) on delete cascade,
    source_id integer references sources(id) on delete cascade,
    kind text not null check (kind in ('robots', 'probe', 'sitemap', 'feed', 'page')),
    url text not null,
    at text not null,
    status integer,  -- of HTTP; null without an answer
    outcome text not null check (outcome in ('new', 'changed', 'unchanged', 'redirected', 'refused', 'gone', 'failed')),
    why text,
    bytes integer not null,  -- received
    ms integer not null,
    redirected_to text,
    warc text,  -- file below the folder of the ledger; null: nothing was kept
    offset integer  -- of the record in it
);
create index fetches_run on fetches (run_id, site_id);
create index fetches_url on fetches (url_id);
"""


def at(seconds: float) -> str:
    """Return seconds since 1970 as the ledger writes them.

    >>> at(0)
    '1970-01-01T00:00:00+00:00'
    """
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()


def seconds(moment: str) -> float:
    """Return a time of the ledger as seconds since 1970."""
    return datetime.fromisoformat(moment).timestamp()


def host_of(url: str) -> str:
    """Return the host of an address, to which all politeness belongs whatever the port; "" for an address without."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def open_ledger(folder: Path, make: bool = False) -> sqlite3.Connection:
    """Return the ledger of a folder, its rows by name (`sqlite3.Row`); with `make`, made if there is none.

    Raises `StartError` where there is none, and for one that is no ledger or of a newer Winnow.
    """
    path = folder / LEDGER
    if not make and not path.is_file():
        raise StartError(f"there is no {path} yet: add a site with `scrapy sites add URL`")
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=_BUSY_MS / 1000, isolation_level=None)
        db.row_factory = sqlite3.Row
        _prepare(db, path)
    except (sqlite3.Error, OSError) as error:
        raise StartError(f"{path} cannot be opened: {error}") from None
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    version = db.execute("pragma user_version").fetchone()[0]
    if version > VERSION:
        raise StartError(f"{path} was written by a newer Winnow (version {version}, this one knows {VERSION})")
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = normal")
    db.execute("pragma foreign_keys = on")
    if not version:
        with writing(db):
            if db.execute("pragma user_version").fetchone()[0]:
                return  # another process was first
            if db.execute("select 1 from sqlite_master").fetchone():
                raise StartError(f"{path} is another database, no ledger of sites")
            for statement in SCHEMA.split(";\n"):
                if statement.strip():
                    db.execute(statement)
            db.execute(f"pragma user_version = {VERSION}")


@contextlib.contextmanager
def writing(db: sqlite3.Connection) -> Iterator[None]:
    """Make one transaction of what is done inside; within another one, do nothing."""
    if db.in_transaction:
        yield
        return
    db.execute("begin immediate")
    try:
        yield
    except BaseException:
        db.execute("rollback")
        raise
    db.execute("commit")


@dataclass(frozen=True, slots=True)
class Site:
    """A row of `sites`."""

    id: int
    url: str
    scope: str
    added: str
    state: str
    why: str | None
    last_good: str | None


def add_site(db: sqlite3.Connection, url: str, scope: str, now: float, shape: str = "/") -> int | None:
    """Add a site and its own address as the first to be asked; return its id, or None if the address is there already.

    `url` is clean (`addresses.clean`), `scope` as `addresses.Scope` writes it, `shape` the address's own.
    """
    with writing(db):
        if db.execute("select 1 from sites where url = ?", (url,)).fetchone():
            return None
        added = db.execute("insert into sites (url, scope, added) values (?, ?, ?)", (url, scope, at(now)))
        site_id = added.lastrowid
        assert site_id is not None
        db.execute(
            "insert or ignore into urls (site_id, url, host, depth, shape, found, every, due) "
            "values (?, ?, ?, 0, ?, ?, 0, ?)",
            (site_id, url, host_of(url), shape, at(now), at(now)),
        )
    return site_id


def sites(db: sqlite3.Connection, state: str | None = None) -> list[Site]:
    """Return all sites, or those in one state, in the order in which they were added."""
    rows = db.execute("select * from sites where ? is null or state = ? order by id", (state, state))
    return [Site(**dict(row)) for row in rows]


def set_state(db: sqlite3.Connection, site_id: int, state: str, why: str | None = None) -> None:
    """Pause a site, or let it be asked again."""
    with writing(db):
        db.execute("update sites set state = ?, why = ? where id = ?", (state, why, site_id))


def remove_site(db: sqlite3.Connection, site_id: int) -> None:
    """Delete a site with its addresses, sources and fetches; what was kept of its pages stays in the WARC files."""
    with writing(db):
        db.execute("delete from sites where id = ?", (site_id,))


def retry(db: sqlite3.Connection, host: str, now: float) -> int:
    """Let a host be asked at once: end its hold, and make due what failed or is not asked any more.

    Return how many addresses and sources are asked again.
    """
    with writing(db):
        db.execute("update hosts set held_until = null, holds = 0, why = null where host = ?", (host,))
        db.execute("update robots set due = ? where host = ?", (at(now), host))
        pages = db.execute(
            "update urls set due = ?, fails = 0 where host = ? and state in ('gone', 'failing', 'refused')",
            (at(now), host),
        )
        sources = db.execute(
            "update sources set due = ?, fails = 0, dead = null where host = ? and (dead is not null or fails > 0)",
            (at(now), host),
        )
    return pages.rowcount + sources.rowcount


def begin_run(db: sqlite3.Connection, settings: Mapping[str, Any], now: float) -> int:
    """Begin a run and return its id; one that never ended is `stopped`, with what it had committed."""
    with writing(db):
        db.execute("update runs set status = 'stopped' where status = 'running'")
        run = db.execute(
            "insert into runs (started, settings) values (?, ?)", (at(now), json.dumps(settings, sort_keys=True))
        )
    assert run.lastrowid is not None
    return run.lastrowid


def end_run(db: sqlite3.Connection, run_id: int, status: str, now: float) -> sqlite3.Row:
    """End a run and return its row; `status` is `finished`, `stopped` or `failed`."""
    with writing(db):
        db.execute("update runs set status = ?, finished = ? where id = ?", (status, at(now), run_id))
    row: sqlite3.Row = db.execute("select * from runs where id = ?", (run_id,)).fetchone()
    return row


def unaccounted(db: sqlite3.Connection, run_id: int) -> int:
    """Return by how many a run's `asked` differs from the sum of its outcomes, and from its fetches of pages."""
    row = db.execute("select * from runs where id = ?", (run_id,)).fetchone()
    fetched = db.execute("select count(*) from fetches where run_id = ? and kind = 'page'", (run_id,)).fetchone()[0]
    difference: int = max(abs(row["asked"] - sum(row[name] for name in OUTCOMES)), abs(row["asked"] - fetched))
    return difference
