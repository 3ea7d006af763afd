"""What the ledger knows of hosts: their pace, their robots.txt, and what they answer to addresses that no site has."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from winnow.sites.ledger import at, seconds, writing


@dataclass(frozen=True, slots=True)
class Host:
    """What is known of a host: a row of `hosts`. Times are seconds since 1970."""

    host: str
    crawl_delay: float | None = None
    held_until: float = 0
    holds: int = 0
    why: str | None = None


def host(db: sqlite3.Connection, name: str) -> Host:
    """Return what is known of a host."""
    row = db.execute("select * from hosts where host = ?", (name,)).fetchone()
    if row is None:
        return Host(name)
    held = seconds(row["held_until"]) if row["held_until"] else 0
    return Host(name, row["crawl_delay"], held, row["holds"], row["why"])


def set_host(db: sqlite3.Connection, known: Host) -> None:
    """Write what is known of a host."""
    held = at(known.held_until) if known.held_until else None
    with writing(db):
        db.execute(
            "insert or replace into hosts (host, crawl_delay, held_until, holds, why) values (?, ?, ?, ?, ?)",
            (known.host, known.crawl_delay, held, known.holds, known.why),
        )


@dataclass(frozen=True, slots=True)
class RobotsRow:
    """What a robots.txt said last: a row of `robots`. Times are seconds since 1970; `status` None: no answer."""

    origin: str
    host: str
    status: int | None
    body: bytes
    sha256: str
    asked: float
    due: float


def robots(db: sqlite3.Connection, origin: str) -> RobotsRow | None:
    """Return what the robots.txt of an origin said last."""
    row = db.execute("select * from robots where origin = ?", (origin,)).fetchone()
    if row is None:
        return None
    columns = dict(row)
    return RobotsRow(**columns | {"asked": seconds(columns["asked"]), "due": seconds(columns["due"])})


def set_robots(db: sqlite3.Connection, said: RobotsRow) -> None:
    """Keep what a robots.txt said."""
    with writing(db):
        db.execute(
            "insert or replace into robots (origin, host, status, body, sha256, asked, due) "
            "values (?, ?, ?, ?, ?, ?, ?)",
            (said.origin, said.host, said.status, said.body, said.sha256, at(said.asked), at(said.due)),
        )


@dataclass(frozen=True, slots=True)
class ProbeRow:
    """What an origin answered to an address that no site has: a row of `probes`; `asked` in seconds since 1970."""

    origin: str
    asked: float
    status: int
    digest: str
    words: str


def probe(db: sqlite3.Connection, origin: str) -> ProbeRow | None:
    """Return what an origin answered last to an address that no site has."""
    row = db.execute("select * from probes where origin = ?", (origin,)).fetchone()
    return ProbeRow(**dict(row) | {"asked": seconds(row["asked"])}) if row else None


def set_probe(db: sqlite3.Connection, said: ProbeRow) -> None:
    """Keep what an origin answered to an address that no site has."""
    with writing(db):
        db.execute(
            "insert or replace into probes (origin, asked, status, digest, words) values (?, ?, ?, ?, ?)",
            (said.origin, at(said.asked), said.status, said.digest, said.words),
        )
