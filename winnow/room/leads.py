"""The first picture of an article, for lists: read from the saved page when a browser asks for it, never before."""

from __future__ import annotations

import asyncio
import base64
import json
import sqlite3
from collections.abc import Collection
from typing import Any

from datasette import Response
from datasette.database import Database
from datasette.utils.asgi import NotFound
from datasette.views.base import DatasetteError

from winnow.marks.anchors import Letters
from winnow.room import gate, serving
from winnow.room.database import Row, row, rows
from winnow.room.finish import belongs
from winnow.room.saved import NOT_HERE, Reader, is_there, where_of
from winnow.sources.saved import Where

KNOWN = 10_000  # pages of which it is kept which picture is the first
# What is answered where there is none, so that a browser complains of nothing: one transparent pixel.
NOTHING = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_OF = "SELECT page_id, text FROM articles WHERE id = ?"
_FILES = """SELECT a.id, p.root, p.path, p.sha256, c.path AS container, c.kind
    FROM articles a JOIN pages p ON p.id = a.page_id LEFT JOIN containers c ON c.id = p.container_id
    WHERE a.id IN (SELECT value FROM json_each(?)) AND p.media_type = 'text/html' AND p.sha256 IS NOT NULL
        AND p.reason != 'forgotten' AND p.root IN (SELECT root FROM roots)"""

reader = Reader()  # another process than that of articles, which need not wait for the pictures of a list
_first: dict[str, int | None] = {}  # by the digest of the page


def there(db: sqlite3.Connection, article_ids: Collection[int]) -> set[int]:
    """Return the articles whose pages have their files, and so may have a picture; no file is opened."""
    found = set()
    for each in rows(db, _FILES, [json.dumps([*article_ids])]):
        article_id = each.pop("id")
        if is_there(Where(**each)) and _first.get(each["sha256"], 0) is not None:
            found.add(article_id)
    return found


async def lead(database: Database, settings: gate.Settings, datasette: Any, request: Any) -> Response:
    """Return the first picture of an article, or one transparent pixel."""
    await serving.permit(datasette, request, database.name)
    if not gate.may_see_saved(request, settings):
        raise DatasetteError(NOT_HERE, title="Not here", status=403)

    def read(db: sqlite3.Connection) -> tuple[Row, Where | None]:
        found = row(db, _OF, [request.url_vars["id"]])
        if found is None:
            raise NotFound("There is no such article.")
        return found, where_of(db, found["page_id"])

    found, where = await database.execute_fn(read)
    media_type, data = await asyncio.to_thread(_picture, where, found["text"]) if where else ("image/gif", NOTHING)
    headers = {"content-security-policy": "default-src 'none'; sandbox", "cache-control": "private, max-age=86400"}
    return Response(data, headers=headers, content_type=media_type)


def _picture(where: Where, text: str) -> tuple[str, bytes]:
    number = _first_of(where, text)
    if number is not None:
        is_had, found = reader.ask("picture", where, number)
        if is_had:
            return str(found[0]), bytes(found[1])
    return "image/gif", NOTHING


def _first_of(where: Where, text: str) -> int | None:
    """Return the number of the first picture that stands in the article's text; None if there is none."""
    if where.sha256 not in _first:
        is_had, found = reader.ask("pictures", where)
        if not is_had:
            return None
        letters = Letters(text).letters
        while len(_first) >= KNOWN:
            _first.pop(next(iter(_first)))
        _first[where.sha256] = next((number for number, each in enumerate(found) if belongs(letters, each)), None)
    return _first[where.sha256]
