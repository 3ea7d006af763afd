"""Mark articles in the reading room and look at what is marked, for tests."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import httpx

from tests import conftest
from tests.browsing import HERE, send, visit
from winnow.marks import shown


def copied(database: Path, place: Path) -> Path:
    with contextlib.closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(shutil.copy(database, place))


def mark(archive: Path, *forms: dict[str, Any], may: Any = "local", client: Any = HERE, **headers: str) -> list[int]:
    """Send forms of the room, one after the other, and return the status of each answer."""

    async def visits(browser: httpx.AsyncClient) -> list[int]:
        opened = f"/{archive.stem}/articles/1"
        return [(await send(browser, form, "/mark", opened, **headers)).status_code for form in forms]

    settings = {"marks": may, "hosts": ["archive.example"]}
    return list(visit(archive, visits, settings, client))


def get(archive: Path, address: str, may: Any = "local") -> httpx.Response:
    answer: httpx.Response = visit(archive, lambda browser: browser.get(address), {"marks": may})
    return answer


def marked(archive: Path, article_id: int = 1) -> dict[str, Any]:
    with contextlib.closing(sqlite3.connect(archive)) as db:
        found = shown.of_article(db, archive, article_id)
    notes = [note["text"] for note in found["notes"]]
    return {**found, "notes": notes, "highlights": [" ".join(each["quote"].split()) for each in found["highlights"]]}


def one(archive: Path, sql: str, *values: Any) -> Any:
    with contextlib.closing(sqlite3.connect(archive)) as db:
        return db.execute(sql, values).fetchone()[0]


def words_of(archive: Path, article_id: int, first: int = 20, count: int = 12) -> str:
    text = one(archive, "SELECT text FROM articles WHERE id = ?", article_id)
    return " ".join(text.split()[first : first + count])


def scrapy(command: str, target: str, archive: Path) -> subprocess.CompletedProcess[str]:
    return conftest.scrapy(command, target, "-s", f"DATABASE={archive}")
