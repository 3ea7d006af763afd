"""Kept searches: which of their articles are new."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

from winnow.marks import shown
from winnow.room.asked import Asked
from winnow.room.database import Row, value
from winnow.room.search import Results, count, search

SEARCHES = 12  # kept searches whose new articles are counted for the front page


def kept_searches(db: sqlite3.Connection, archive: Path, starred: Collection[int] = ()) -> list[Row]:
    """Return the first kept searches, each with `new`, the number of articles read since it was looked at."""
    return [{**kept, "new": _new_since(db, kept, starred)} for kept in shown.searches(archive)[:SEARCHES]]


def _new_since(db: sqlite3.Connection, kept: Row, starred: Collection[int]) -> int:
    if not value(db, "SELECT EXISTS (SELECT 1 FROM runs WHERE started >= ?)", [kept["looked"]]):
        return 0
    return count(db, asked_since(kept["query"], kept["looked"]), starred)


def asked_since(query: str, moment: str) -> Asked:
    """Return a search, a query string, for what was read first since a moment."""
    return Asked.from_form({**dict(parse_qsl(query)), "since": moment})


def news(db: sqlite3.Connection, archive: Path, moment: str) -> list[tuple[str, Results]]:
    """Return the name of each kept search that finds what was read first since a moment, and these, the last first."""
    starred = shown.articles_marked(db, archive, "starred")
    found = [
        (str(kept["name"]), search(db, replace(asked_since(kept["query"], moment), sort="newest"), starred))
        for kept in shown.searches(archive)
    ]
    return [(name, results) for name, results in found if results.articles and not results.meant]
