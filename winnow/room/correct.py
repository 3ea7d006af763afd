"""The forms by which people correct the archive: what they say waits beside the archive for the next run."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from datasette import Response
from datasette.database import Database

from winnow.corrections import FIELDS
from winnow.room import gate, said, serving
from winnow.room.database import Row, snapshot
from winnow.room.pages import whole_number

NOT_HERE = "Corrections are made at the machine that serves this room, or where its settings allow them."
COLUMNS = {
    "article.html": "article_id",
    "page.html": "id",
}  # the pages that have forms; how pages are found by their ids


async def correct(database: Database, settings: gate.Settings, datasette: Any, request: Any) -> Any:
    """Note what a form says, or take it back, and return to the page on which the form stood."""
    await serving.permit(datasette, request, database.name)
    form = await gate.form_of(datasette, request, settings, gate.may_correct(request, settings), NOT_HERE)
    await gate.write(database, lambda db, archive: _note(db, archive, form), "noted")
    return Response.redirect(_back(datasette, database.name, form), status=303)


def _note(db: sqlite3.Connection, archive: Path, form: Mapping[str, str]) -> None:
    if "undo" in form:
        said.take_back(archive, form["undo"])
        return
    with snapshot(db):
        found = said.corrections(db, form)
    said.add(archive, found)


def _back(datasette: Any, name: str, form: Mapping[str, str]) -> str:
    table, _, number = form.get("back", "").partition("/")
    if table not in ("articles", "pages") or whole_number(number) is None:
        return str(datasette.urls.path("/corrections"))
    return f"{datasette.urls.table(name, table)}/{number}#corrections"


async def shown(database: Database, settings: gate.Settings, request: Any, template: str, found: Row) -> Row:
    """Return what a page shows beside what it has `found`: its corrections, and forms for who may correct."""
    may, archive = gate.may_correct(request, settings), Path(str(database.path))

    def read(db: sqlite3.Connection) -> Row:
        with snapshot(db):
            if template not in COLUMNS:
                return said.everything(db, archive, may)
            number = found[template.removesuffix(".html")]["id"]
            return said.of_pages(db, archive, COLUMNS[template], number, may)

    return {"corrections": await database.execute_fn(read), "may_correct": may, "fields": FIELDS}
