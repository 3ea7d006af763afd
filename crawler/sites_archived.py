"""What `scrapy sites add --archive` does: ask a web archive for pages that are gone, and keep them as WARC."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from time import time

from winnow.sites.archived import NO_ARCHIVE, Recovered, recover
from winnow.sites.book import Book, Result
from winnow.sites.cdx import PAUSE
from winnow.sites.judge import Keep
from winnow.sites.ledger import PAGE, Site, at, begin_run, end_run
from winnow.sites.ledger_queue import Address, Fetch, Limits, Next
from winnow.sites.options import SitesOptions
from winnow.sites.warc import payload_digest, take_over
from winnow.text import counted

from .fetch.asking import Asking

__all__ = ["PAUSE", "from_archive", "gone_addresses"]


def gone_addresses(db: sqlite3.Connection, sites: Iterable[Site]) -> list[tuple[Address, datetime | None]]:
    """Return the addresses of sites that are gone, were never kept, and that no archive has been asked for in vain.

    With each comes the moment at which it was seen to be gone first.
    """
    found = []
    for site in sites:
        rows = db.execute(
            "select *, (select min(at) from fetches where url_id = urls.id and outcome = 'gone') as gone from urls"
            " where site_id = ? and state = 'gone' and captured is null and why is not ? order by id",
            (site.id, NO_ARCHIVE),
        ).fetchall()
        for row in rows:
            columns = dict(row)
            seen = columns.pop("gone")
            found.append((Address(**columns), datetime.fromisoformat(seen) if seen else None))
    return found


async def from_archive(
    db: sqlite3.Connection,
    addresses: list[tuple[Address, datetime | None]],
    options: SitesOptions,
    ask: Asking,
) -> str:
    """Ask an archive for each address, and keep what it has; return a line that says how many there were.

    What was kept before a failure stays. Raises `ArchiveBusy`.
    """
    started, archive = time(), options.archive
    take_over(options.folder)
    run_id = begin_run(db, {"ARCHIVE_INDEX": archive.index, "ARCHIVE_PAGES": archive.pages}, started)
    book = Book(db, options.folder, run_id, started, {"software": options.user_agent}, Limits())
    status = "stopped"
    found = 0
    try:
        for address, gone in addresses:
            recovered = await recover(address.url, gone, archive, ask)
            found += recovered is not None
            book.add(_result(book, address, recovered))
        status = "finished"
    finally:
        book.close()
        end_run(db, run_id, status, time())
    return f"{counted(len(addresses), 'gone page')} asked for, {found:,} found; `scrapy crawl seeds` reads them"


def _result(book: Book, address: Address, recovered: Recovered | None) -> Result:
    """Keep a page, and return what the ledger learns of its address."""
    now = time()
    fetch = Fetch(PAGE, address.url, now, "gone", address.site_id, address.id, why=NO_ARCHIVE)
    following = Next("gone", address.every, None, NO_ARCHIVE, checks=address.checks, changes=address.changes)
    if recovered is None:
        return Result(fetch, following)
    exchange = recovered.exchange
    about = [("via", recovered.via), ("outcome", "new"), ("why", "gone from its site")]
    place = book.keep(exchange, Keep.PAGE, about)
    assert place is not None
    known = Fetch(
        *(PAGE, address.url, now, "new", address.site_id, address.id),
        status=exchange.status,
        bytes=len(exchange.head) + len(exchange.body),
        ms=exchange.ms,
        redirected_to=recovered.via,
        warc=place.warc,
        offset=place.offset,
    )
    following = replace(
        following,
        state="done",
        why="from a web archive",
        payload_digest=payload_digest(exchange.body),
        captured=at(exchange.at),
        record_id=place.record_id,
    )
    return Result(known, following)
