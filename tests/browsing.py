"""What the tests of the reading room share: addresses of its pages, and hostile rows."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import re
import sqlite3
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import yaml

from tests.conftest import PROJECT

Visits = Callable[[httpx.AsyncClient], Awaitable[Any]]

METADATA = yaml.safe_load((PROJECT / "metadata.yaml").read_text(encoding="utf-8"))
ROOM = [
    "/", "/search", "/search?q=ferry", "/search?q=%22&site=x&year=2024&language=en&section=x&page=3&sort=newest",
    "/pages", "/pages?reason=new", "/pages?path=har", "/pages?article=1", "/pages?run=1&outcome=rejected&before=9",
    "/duplicates", "/duplicates?reason=excerpt", "/rejected", "/runs", "/runs?before=1", "/dashboard", "/questions",
    "/corrections", "/marks", "/marks?what=starred&tag=x",
    "/compare?article=1", "/NAME", "/NAME/articles/1", "/NAME/pages/1", "/NAME/runs/1",
    "/NAME/articles", "/NAME/pages", "/NAME/texts", "/NAME/revisions", "/NAME/articles/1.json",
    "/NAME/new_since?since=2024",
]  # fmt: skip
PAGES = [*ROOM, *[f"/NAME/{question}" for question in METADATA["databases"]["articles"]["queries"]]]
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=http://elsewhere.example/x onerror=alert(2)> "
    "\u202egnirts\u202c \x02\x03\x02 مرحبا بالعالم"
)


def plug_in(wanted: bool = True) -> None:
    """Make Datasette in this process know the reading room or not (`wanted`), whether Winnow is installed or not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # modules that Datasette 0.65 imports give warnings
        known = importlib.import_module("datasette.plugins").pm
        for name in ("winnow.room", "winnow.room.plugin"):
            module = importlib.import_module(name)
            if known.is_registered(module) != wanted:
                (known.register if wanted else known.unregister)(module)


def make_hostile(database: Path) -> None:
    """Fill every column that a captured page can influence with markup, scripts and a megabyte of text."""
    with contextlib.closing(sqlite3.connect(database)) as db:
        db.execute(
            """UPDATE articles SET title = ?1, author = ?1, section = ?1, hostname = ?1, sitename = ?1, language = ?1,
                description = ?1, tags = '{"not": "a list"}', date = ?1, image = 'http://elsewhere.example/i.png',
                url = 'javascript:alert(3)', text = ?1 || char(10, 10) || text || char(10, 10) || '- ' || ?1""",
            [HOSTILE],
        )
        db.execute("UPDATE articles SET title = ? WHERE id = 2", ["M" * 1_000_000])
        db.execute(
            """UPDATE pages SET path = ?1 || id, title = ?1, detail = ?1, root = ?1, media_type = ?1, captured = ?1,
                url = 'javascript:alert(5)//' || ?1""",
            [HOSTILE],
        )
        db.execute("UPDATE known_texts SET text = ? || text", [HOSTILE + "\n\n"])
        db.execute("UPDATE runs SET settings = 'no JSON', versions = ?", ['{"<script>": "<script>alert(4)</script>"}'])
        db.commit()


HERE = ("127.0.0.1", 1)


def visit(archive: Path, visits: Visits, settings: dict[str, Any] | None = None, client: Any = HERE) -> Any:
    """Return what a visitor gets whose browser keeps cookies; `client` is the address from where he comes."""
    from datasette.app import Datasette  # noqa: PLC0415  (its imports warn)

    plug_in()
    datasette = Datasette([str(archive)], metadata={"plugins": {"winnow": settings or {}}})

    async def visited() -> Any:
        await datasette.invoke_startup()
        transport = httpx.ASGITransport(app=datasette.app(), client=client)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
            return await visits(browser)

    try:
        return asyncio.run(visited())
    finally:
        datasette.executor.shutdown()


async def send(
    browser: httpx.AsyncClient, form: dict[str, Any], to: str, opened: str, **headers: str
) -> httpx.Response:
    """Open a page with forms, and send one of them to an address."""
    page = await browser.get(opened, headers=headers)
    token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    return await browser.post(to, data={"csrftoken": token[1] if token else "", **form}, headers=headers)
