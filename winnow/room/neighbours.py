"""The results of a search around an article, to go on to the next or back to the list."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from winnow.marks import shown
from winnow.room.asked import MAX_PAGES, Asked
from winnow.room.database import Row
from winnow.room.pages import whole_number
from winnow.room.search import PER_PAGE, ids_of

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
    page, last = (number - 1) // PER_PAGE + 1, number // PER_PAGE + 1  # the next article may be on the next page
    ids = ids_of(db, Asked.from_form({**fields, "page": str(last)}), starred)[: MAX_PAGES * PER_PAGE]
    found = {"back": urlencode({**fields, "page": page} if page > 1 else fields), "number": number}
    if ids[number - 1 : number] != [article_id]:
        return {**found, "previous": None, "next": None}
    query = urlencode(fields)
    return found | {
        name: {"id": ids[place - 1], "query": urlencode({"in": query, "n": place})} if 0 < place <= len(ids) else None
        for name, place in (("previous", number - 1), ("next", number + 1))
    }
