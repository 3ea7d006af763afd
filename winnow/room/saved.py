"""Saved pages and their pictures, which a process with limits reads from the files that they are in."""

from __future__ import annotations

import asyncio
import atexit
import os
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import astuple
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from datasette import Response
from datasette.database import Database
from datasette.utils.asgi import NotFound
from datasette.views.base import DatasetteError

from winnow.room import gate, script, serving
from winnow.room.database import Row, row
from winnow.sources.saved import Where

PATIENCE = 12.0  # seconds that a page may take; its process ends itself before
SOON = 0.5  # seconds that an article waits for its pictures
NOT_HERE = "Saved pages are shown at the machine that serves this room, or where its settings allow it."
TOO_LONG = "it takes too long"
# The saved page can run nothing and load nothing, not even from here: its pictures and styles are in it.
SAVED_POLICY = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
_WHERE = """SELECT p.root, p.path, p.sha256, c.path AS container, c.kind, p.url
    FROM pages p LEFT JOIN containers c ON c.id = p.container_id
    WHERE p.id = ? AND p.sha256 IS NOT NULL AND p.reason != 'forgotten' AND p.root IN (SELECT root FROM roots)"""
_ABOUT = """SELECT p.id, p.path, p.url, p.captured, p.sha256, p.title, p.article_id, r.started AS first_read, p.modified
    FROM pages p LEFT JOIN runs r ON r.id = p.first_run WHERE p.id = ?"""


class Reader:
    """The process that opens saved pages, started when first needed, and anew when it has ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pipe: Connection | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._owed = 0  # answers that are still to come, with the one that says that the process is ready
        atexit.register(self.close)

    def start(self) -> Connection:
        """Start the process, if it does not run, and return the pipe to it."""
        if self._pipe is None:
            self._pipe, theirs = Pipe()
            self._owed = 1
            above = str(Path(__file__).parents[2])
            paths = os.pathsep.join(filter(None, [above, os.environ.get("PYTHONPATH", "")]))
            command = [sys.executable, "-m", "winnow.room.saved_process", str(theirs.fileno())]
            quiet, environment = subprocess.DEVNULL, {**os.environ, "PYTHONPATH": paths}
            with theirs:
                self._child = subprocess.Popen(
                    command,
                    stdin=quiet,
                    stdout=quiet,
                    stderr=quiet,
                    pass_fds=[theirs.fileno()],
                    env=environment,
                    cwd="/",
                )
        return self._pipe

    def ask(self, what: str, where: Where, number: int = 0, seconds: float = PATIENCE) -> tuple[bool, Any]:
        """Return whether something of a page can be had, and what, or else why not; wait no longer than so long.

        An answer that comes later is not waited for: the process has the page then, for who asks again.
        """
        until = time.monotonic() + seconds
        if not self._lock.acquire(timeout=seconds):
            return False, TOO_LONG
        try:
            pipe = self.start()
            while self._owed:
                if not pipe.poll(max(0, until - time.monotonic())):
                    return False, TOO_LONG
                pipe.recv()
                self._owed -= 1
            pipe.send((what, astuple(where), number))
            self._owed += 1
            if not pipe.poll(max(0, until - time.monotonic())):
                return False, TOO_LONG
            answer: tuple[bool, Any] = pipe.recv()
            self._owed -= 1
            return answer
        except (EOFError, OSError):
            self._end()
            return False, TOO_LONG
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            self._child.kill()
            self._child.wait()
        self._pipe = self._child = None


reader = Reader()


def where_of(db: sqlite3.Connection, page_id: int | None) -> Where | None:
    """Return where the archive says that a page is; None if it is nowhere that may be looked at."""
    found = row(db, _WHERE, [page_id])
    return Where(**found) if found else None


def is_there(where: Where | None) -> bool:
    """Return whether there is a file where a page was; whether the page is still in it is not looked at."""
    return where is not None and os.path.isfile(where.file)


def pictures(where: Where, address: str) -> list[Row]:
    """Return the pictures of a page with their words, places, and addresses below that of the page."""
    is_had, found = reader.ask("pictures", where, seconds=SOON)
    return [{**each, "src": f"{address}/picture/{number}"} for number, each in enumerate(found)] if is_had else []


async def of_article(database: Database, settings: gate.Settings, request: Any, found: Row, address: str) -> Row:
    """Return what the page of an article shows of its saved page: whether it can be opened, and its pictures."""
    if not gate.may_see_saved(request, settings):
        return {"has_saved": False, "pictures": []}

    def read(db: sqlite3.Connection) -> Where | None:
        return where_of(db, found["article"]["page_id"])

    where = await database.execute_fn(read)
    if where is None or not is_there(where):
        return {"has_saved": False, "pictures": []}
    return {"has_saved": True, "pictures": await asyncio.to_thread(pictures, where, address)}


async def of_page(database: Database, settings: gate.Settings, request: Any, found: Row) -> Row:
    """Return whether the page of a file leads to the saved page."""
    where = await database.execute_fn(lambda db: where_of(db, found["page"]["id"]))
    return {"has_saved": gate.may_see_saved(request, settings) and is_there(where)}


async def frame(database: Database, settings: gate.Settings, datasette: Any, request: Any) -> Response:
    """Return a saved page, to be shown in a frame of the room: it can run and load nothing."""
    is_html, text = await _asked(database, settings, datasette, request, "page")
    headers = {
        "content-security-policy": SAVED_POLICY,
        "referrer-policy": "no-referrer",
        "x-dns-prefetch-control": "off",
    }
    return Response(text, headers=headers, content_type=f"text/{'html' if is_html else 'plain'}; charset=utf-8")


async def picture(database: Database, settings: gate.Settings, datasette: Any, request: Any) -> Response:
    """Return one of the pictures of a saved page."""
    number = int(request.url_vars["number"])
    media_type, data = await _asked(database, settings, datasette, request, "picture", number)
    headers = {"content-security-policy": "default-src 'none'; sandbox", "cache-control": "private, max-age=86400"}
    return Response(data, headers=headers, content_type=media_type)


async def _asked(
    database: Database, settings: gate.Settings, datasette: Any, request: Any, what: str, number: int = 0
) -> Any:
    where = await _where(database, settings, datasette, request)
    is_had, found = await asyncio.to_thread(reader.ask, what, where, number)
    if not is_had:
        raise DatasetteError(f"The saved page cannot be shown: {found}.", title="Not there", status=404)
    return found


async def _where(database: Database, settings: gate.Settings, datasette: Any, request: Any) -> Where:
    await serving.permit(datasette, request, database.name)
    if not gate.may_see_saved(request, settings):
        raise DatasetteError(NOT_HERE, title="Not here", status=403)
    found: Where | None = await database.execute_fn(lambda db: where_of(db, int(request.url_vars["id"])))
    if found is None:
        raise NotFound("There is no such page in this archive, or none that was saved.")
    return found


async def around(database: Database, settings: gate.Settings, datasette: Any, request: Any) -> Response:
    """Return the page of the room that has a saved page in a frame, with its moment and its file."""
    where = await _where(database, settings, datasette, request)
    page = await database.execute_fn(lambda db: row(db, _ABOUT, [request.url_vars["id"]]))
    is_had, why = (True, "") if is_there(where) else (False, "its file is not there any more")
    file = os.fsencode(where.file).decode("utf-8", "replace")
    context = {"page": page, "file": file, "is_had": is_had, "why": why}
    return await script.page(datasette, request, "saved.html", context, "; frame-src 'self'")
