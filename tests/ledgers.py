"""Ledgers of live sites as tests need them."""

from __future__ import annotations

from pathlib import Path

from winnow.sites.ledger import open_ledger, writing

_TIMES = {
    "hosts": ("held_until",),
    "robots": ("asked", "due"),
    "probes": ("asked",),
    "sources": ("found", "due", "last_new"),
    "urls": ("found", "due"),  # not `captured`: it names a record
}


def let_time_pass(folder: Path, days: float) -> None:
    """Make a ledger older: all its moments move back, so that the next crawl of the sites is that of a later night."""
    db = open_ledger(folder)
    with writing(db):
        for table, columns in _TIMES.items():
            for column in columns:
                moved = f"strftime('%Y-%m-%dT%H:%M:%S+00:00', {column}, '{-round(days * 86_400)} seconds')"
                db.execute(f"update {table} set {column} = {moved} where {column} is not null")
    db.close()
