"""The search as a page, as JSON and as a feed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from datasette import Response
from datasette.database import Database

from winnow.marks import shown
from winnow.room import facets, feeds, leads
from winnow.room.asked import Asked, orders
from winnow.room.database import Row, snapshot
from winnow.room.kept import kept_searches
from winnow.room.overview import ArchiveCounts
from winnow.room.overview import charted as charted_counts
from winnow.room.search import search

ENDINGS = ("", ".json", ".atom")  # of the address of a search


def reader(
    archive: Path, ending: str, may_mark: bool, may_see: bool = False
) -> Callable[[sqlite3.Connection, Mapping[str, str]], Row]:
    """Return the function that reads what a search finds; stars are for who may mark, pictures for who may see them.

    Of a feed, the articles that were read last come first.
    """

    def read(db: sqlite3.Connection, form: Mapping[str, str]) -> Row:
        asked = Asked.from_form({**form, "sort": "newest"} if ending == ".atom" else form)
        starred = shown.articles_marked(db, archive, "starred") if may_mark else set()
        found = search(db, asked, starred)
        dress(db, [*found.articles, *found.others], starred, may_see)
        is_counted = ending != ".atom" and (asked.q or asked.is_filtered)
        counted = facets.facets(db, found.ids, starred) if is_counted else None
        return {"asked": asked, "found": found, "facets": counted, "orders": orders(asked)}

    return read


def dress(db: sqlite3.Connection, articles: list[Row], starred: Collection[int], may_see: bool) -> None:
    """Add to articles that are listed whether they have a star, and whether they may have a picture."""
    pictured = leads.there(db, [article["id"] for article in articles]) if may_see else set()
    for article in articles:
        article["is_starred"], article["has_picture"] = article["id"] in starred, article["id"] in pictured


def counted(found: Row, counts: ArchiveCounts) -> Row:
    """Return what has been found with its facets, those of the whole archive where nothing was looked for."""
    return {**found, "counts": counts, "facets": found["facets"] or facets.of_everything(counts)}


def narrowing(found: Row) -> Row:
    """Return what a page shows to narrow what has been found and counted: the choices and the columns over time."""
    return {
        "choices": facets.choices(found["facets"], found["asked"]),
        "columns": facets.columns(found["facets"], found["asked"]),
    }


def charted(counts: ArchiveCounts) -> Row:
    """Return the charts that the dashboard draws from the counts, and articles over time."""
    every = facets.of_everything(counts)
    return {**charted_counts(counts), "facets": every, "columns": facets.columns(every, Asked())}


def answer(datasette: Any, request: Any, table: str, ending: str, found: Row) -> Response:
    """Return what has been found and counted as JSON or as a feed. `table` is the path of the articles."""
    address = partial(datasette.absolute_url, request)
    if ending == ".atom":
        own = address(request.full_path)
        feed = feeds.as_atom(found["asked"], found["found"], address, table, own)
        return Response(feed, content_type="application/atom+xml; charset=utf-8")
    return Response.json(feeds.as_json(found["asked"], found["found"], found["facets"], address, table))


async def for_front(database: Database, found: Row, may_mark: bool, may_see: bool) -> Row:
    """Return what the front page shows of marks: kept searches, and on the newest articles."""
    archive = Path(str(database.path))

    def read(db: sqlite3.Connection) -> Row:
        with snapshot(db):
            starred = shown.articles_marked(db, archive, "starred") if may_mark else set()
            dress(db, found["newest"], starred, may_see)
            return {"searches": kept_searches(db, archive, starred) if may_mark else []}

    return dict(await database.execute_fn(read))
