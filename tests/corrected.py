"""Pages, and what persons say of them, for tests of corrections."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lab.samples import html_page, sentences
from tests.conftest import Crawled, read_folder
from tests.test_cluster import rows
from winnow.archive.corrections import add
from winnow.archive.store import Store
from winnow.corrections import Action, Correction

STORY, OTHER = sentences(1), sentences(2)
REFUSED = html_page("Notice", ["A short notice of nine words about a ferry."])
PAGES = {
    "a.html": html_page("Alpha", STORY),
    "b.html": html_page("Alpha again", [*STORY[:-1], *sentences(3, 2)]),
    "c.html": html_page("Gamma", OTHER),
    "d.html": html_page("Alpha, cut", STORY[:3]),
    "e.html": REFUSED,
    "f.html": html_page("Alpha once more", [*STORY, "A paragraph more than in all of the others of this story."]),
}


def write(folder: Path, pages: dict[str, str] = PAGES) -> None:
    """Write pages into a folder."""
    for name, body in pages.items():
        (folder / name).write_text(body, encoding="utf-8")


def digest(body: str) -> str:
    """Return the name of a page in corrections."""
    return hashlib.sha256(body.encode()).hexdigest()


def said(action: Action, path: str, other: str | None = None, at: int = 0, **more: Any) -> Correction:
    """Return what is said of one of the pages, `at` seconds after the first minute."""
    named = {"sha256": digest(PAGES[path]), "other": other and digest(PAGES[other]), "path": path}
    return Correction(action=action, moment=f"2026-11-29T10:00:{at:02}+00:00", **{**named, **more})


def told(database: Path, corrections: Iterable[Correction]) -> None:
    """Write corrections into a database, which need not be there, without applying them."""
    store = Store(database)
    add(store.db, corrections)
    store.close()


def read_told(folder: Path, database: Path, *corrections: Correction) -> Crawled:
    """Read the pages of a folder into a new database that knows of corrections."""
    told(database, corrections)
    return read_folder(folder, database)


def together(done: Crawled) -> set[str]:
    """Return for each article the first letters of its pages in order, that of the canonical one as a capital."""
    query = (
        "SELECT p.article_id AS a, p.path, p.id = a.page_id AS c FROM pages p JOIN articles a ON a.id = p.article_id"
    )
    groups: dict[int, str] = {}
    for row in done.rows(f"{query} ORDER BY p.id"):
        letter = row["path"][0]
        groups[row["a"]] = groups.get(row["a"], "") + (letter.upper() if row["c"] else letter)
    return set(groups.values())


def overruled(done: Crawled, path: str) -> Any:
    """Return what Winnow had found of a page that a person has overruled."""
    [row] = done.rows(f"SELECT e.overruled FROM extractions e JOIN pages p ON p.id = e.page_id WHERE p.path = '{path}'")
    return json.loads(row["overruled"] or "null")


def lasting(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of an archive, but for ids of articles and what is not stored of pages that come to speak later.

    That is their Markdown; and what has read a page that was accepted.
    """
    found = rows(database)
    markdown = len(found["articles"][0]) - 5 if found["articles"] else 0
    articles = [row[:markdown] + row[markdown + 1 :] for row in found["articles"]]
    extractions = [
        (*row[:-2], None, re.sub('"markdown": .*', "", row[-1])) if row[-1] else row for row in found["extractions"]
    ]
    return found | {"articles": articles, "extractions": extractions}
