"""What the pages of the room show of a reader's marks, to who may mark."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from datasette import Response
from datasette.database import Database
from datasette.views.base import DatasetteError

from winnow.marks import shown
from winnow.marks.export import lines, records
from winnow.room import gate, serving, setting
from winnow.room.database import Row, snapshot
from winnow.room.mark import NOT_HERE

SHOWN = 200  # marked articles on the page of all marks


async def of_page(database: Database, settings: gate.Settings, request: Any, template: str, found: Row) -> Row:
    """Return what a page shows of marks beside what it has `found`: whether one may mark here, and what was marked."""
    may = gate.may_mark(request, settings)
    context: Row = {"may_mark": may, "here": here(request), "setting": setting.of(request)}
    if not may or template not in ("article.html", "marks.html"):
        return context
    asked = {name: request.args.get(name) or "" for name in ("what", "tag")}
    archive, article_id = Path(str(database.path)), found["article"]["id"] if template == "article.html" else None

    def read(db: sqlite3.Connection) -> Row:
        try:
            with snapshot(db):
                return _marks(db, archive, article_id, asked)
        except sqlite3.DatabaseError:  # the marks are damaged: the archive itself has just been read
            return {"marks": shown.nothing(), "marked": [], "tag_counts": {}, "searches": [], "last_change": None}

    context |= await database.execute_fn(read)
    return context


def _marks(db: sqlite3.Connection, archive: Path, article_id: int | None, asked: dict[str, str]) -> Row:
    last = {"last_change": shown.last_change(archive)}
    if article_id is not None:
        return {**last, "marks": shown.of_article(db, archive, article_id)}
    what, tag = asked["what"] if asked["what"] in shown.WHAT else "any", asked["tag"]
    marked = shown.everything(db, archive, SHOWN + 1, what, tag)
    told = {"marked": marked[:SHOWN], "is_more": len(marked) > SHOWN, "what": what, "tag": tag}
    return {**last, **told, "tag_counts": shown.tag_counts(archive), "searches": shown.searches(archive)}


async def export(kind: str, database: Database, settings: gate.Settings, datasette: Any, request: Any) -> Response:
    """Return all marks as a file in one of the formats of exports, to who may mark."""
    await serving.permit(datasette, request, database.name)
    if not gate.may_mark(request, settings):
        raise DatasetteError(NOT_HERE, title="Not here", status=403)
    archive = Path(str(database.path))

    def read(db: sqlite3.Connection) -> str:
        with snapshot(db):
            return "".join(lines(records(db, archive), kind))

    content_type = "text/markdown; charset=utf-8" if kind == "markdown" else "application/x-ndjson; charset=utf-8"
    return Response(str(await database.execute_fn(read)), content_type=content_type)


def here(request: Any) -> str:
    """Return the address of a page within the room, with its query, to come back to."""
    query = request.query_string
    return f"{request.path}?{query}" if query else str(request.path)
