"""The results of a search around an article, to go on to the next or back to the list."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from winnow.marks import shown
from winnow.room.asked import Asked
from winnow.room.database import Row
from winnow.room.pages import whole_number
from winnow.room.search import PER_PAGE, search

MAX_QUERY = 4_000  # characters


def neighbours(
    db: sqlite3.Connection, article_id: int, form: Mapping[str, str], archive: Path | None = None
) -> Row | None:
    """Return where an article stands in the results of a search: `back`, `number`, `previous` and `next` with queries.

    The search is the query string in the field `in`, the article's number in the results, from 1, in `n`. None without
    a search; of results that have changed meanwhile, only the way back is told. Stars are those beside the `archive`,
    where one is given.
    """
    asked, number = form.get("in") or "", whole_number(form.get("n"))
    if not asked or len(asked) > MAX_QUERY or not number:
        return None
    fields = {name: value for name, value in parse_qsl(asked) if name != "page"}
    starred = shown.articles_marked(db, archive, "starred") if archive else set()
    pages: dict[int, list[Any]] = {}

    def at(place: int) -> int | None:
        page, within = divmod(place - 1, PER_PAGE)
        if page not in pages:
            pages[page] = search(db, Asked.from_form({**fields, "page": str(page + 1)}), starred).articles
        return pages[page][within]["id"] if place > 0 and within < len(pages[page]) else None

    page = (number - 1) // PER_PAGE + 1
    found = {"back": urlencode({**fields, "page": page} if page > 1 else fields), "number": number}
    if at(number) != article_id:
        return {**found, "previous": None, "next": None}
    query = urlencode(fields)
    around = {name: (at(place), place) for name, place in (("previous", number - 1), ("next", number + 1))}
    return found | {
        name: {"id": other, "query": urlencode({"in": query, "n": place})} if other else None
        for name, (other, place) in around.items()
    }
