"""What the tests of the reading room share: addresses of its pages, and hostile rows."""

from __future__ import annotations

import contextlib
import importlib
import sqlite3
import warnings
from pathlib import Path

import yaml

from tests.conftest import PROJECT

METADATA = yaml.safe_load((PROJECT / "metadata.yaml").read_text(encoding="utf-8"))
ROOM = [
    "/", "/search", "/search?q=ferry", "/search?q=%22&site=x&year=2024&language=en&section=x&page=3&sort=newest",
    "/pages", "/pages?reason=new", "/pages?path=har", "/pages?article=1", "/pages?run=1&outcome=rejected&before=9",
    "/duplicates", "/duplicates?reason=excerpt", "/rejected", "/runs", "/runs?before=1", "/dashboard", "/questions",
    "/corrections", "/compare?article=1", "/NAME", "/NAME/articles/1", "/NAME/pages/1", "/NAME/runs/1",
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
        db.execute("UPDATE texts SET text = ? || text", [HOSTILE + "\n\n"])
        db.execute("UPDATE runs SET settings = 'no JSON', versions = ?", ['{"<script>": "<script>alert(4)</script>"}'])
        db.commit()
