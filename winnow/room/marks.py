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
    context: Row = {"may_mark": gate.may_mark(request, settings), "here": here(request), "setting": setting.of(request)}
    if context["may_mark"] and template in ("article.html", "marks.html"):
        archive = Path(str(database.path))
        asked = {name: request.args.get(name) or "" for name in ("what", "tag")}

        def read(db: sqlite3.Connection) -> Row:
            with snapshot(db):
                if template == "article.html":
                    return {"marks": shown.of_article(db, archive, found["article"]["id"])}
                what = asked["what"] if asked["what"] in shown.WHAT else "any"
                marked = shown.everything(db, archive, SHOWN + 1, what, asked["tag"])
                return {"marked": marked[:SHOWN], "is_more": len(marked) > SHOWN, "what": what, "tag": asked["tag"]}

        context |= await database.execute_fn(read)
        context["last_change"] = shown.last_change(archive)
        if template == "marks.html":
            context |= {"tag_counts": shown.tag_counts(archive), "searches": shown.searches(archive)}
    return context


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
