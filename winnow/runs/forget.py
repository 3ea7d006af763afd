"""Forget pages: what they held goes from the archive and does not come back; that they were there stays."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from winnow.archive import forgotten, traces, words
from winnow.archive.database import BUSY_SECONDS
from winnow.archive.sqlite import Database
from winnow.archive.store import Store
from winnow.corrections import reader_of
from winnow.runs.anew import decide_anew
from winnow.text import one_line


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten: numbers of pages and of articles, and of articles that other pages still carry."""

    pages: int
    articles: int
    carried_on: int


def of_host(db: Database, host: str) -> list[int]:
    """Return the pages that state a host as theirs or were captured there, with or without `www.`."""
    wanted = {host.lower(), f"www.{host.lower()}"}
    stated = db.execute("SELECT page_id, hostname FROM extractions WHERE hostname IS NOT NULL")
    captured = db.execute("SELECT id, url FROM pages WHERE url IS NOT NULL")
    found = {page_id for page_id, name in stated if name.lower() in wanted}
    return sorted(found | {page_id for page_id, url in captured if _host(url) in wanted})


def at_path(db: Database, glob: str) -> list[int]:
    """Return the pages whose path fits a pattern with `*`, `?` and `[…]`; `*` stands for slashes too."""
    return [row[0] for row in db.execute("SELECT id FROM pages WHERE path GLOB ? ORDER BY id", [glob])]


def forget(path: Path, page_ids: Collection[int], named: str, note: str | None = None) -> Forgotten:
    """Forget these pages and all with the same bytes, and leave no trace of them in the database's files.

    Articles that other pages carry as well are decided anew by these. `named` and `note` are written down. Raises
    `StartError` if the database cannot be opened, `WinnowError` where traces are left.
    """
    store, now = Store(path), datetime.now(UTC).isoformat(timespec="seconds")
    try:
        traces.leave_none(store.db)
        with store.db.atomic():
            pages = forgotten.copies(store.db, page_ids)
            articles, digests = forgotten.articles_of(store.db, pages), forgotten.digests_of(store.db, pages)
            _erase(store, pages, articles, f"forgotten on {now}" + (f": {one_line(note)}" if note else ""))
            forgotten.erase_mentions(store.db, {"sha256": digests, "other": digests})
            forgotten.record(store.db, now, named, len(pages), note)
            words.catch_up(store.db)
        gone = forgotten.without_pages(store.db, articles)
        names: dict[str, Collection[int | str]] = {
            "sha256": digests,
            "other": digests,
            "page_id": pages,
            "article_id": gone,
        }
        _erase_from_reader(path, names)
        traces.wipe(store.db, path)
        return Forgotten(len(pages), len(gone), len(articles) - len(gone))
    finally:
        store.close()


def wipe(path: Path) -> None:
    """Leave no trace of what was ever deleted in a database's files. Raises as `forget` does."""
    store = Store(path)
    try:
        _erase_from_reader(path, {})
        traces.wipe(store.db, path)
    finally:
        store.close()


def _erase(store: Store, pages: Collection[int], articles: Collection[int], detail: str) -> None:
    forgotten.detach(store.db, pages, detail)
    store.index.remove(pages)
    forgotten.erase(store.db, pages, articles)
    decide_anew(store, forgotten.pages_of(store.db, articles))


def _erase_from_reader(path: Path, names: Mapping[str, Collection[int | str]]) -> None:
    """Delete what the reading room keeps of what is gone, in the database of its own."""
    reader = reader_of(path)
    if not reader.is_file():
        return
    with contextlib.closing(Database(sqlite3.connect(reader, timeout=BUSY_SECONDS))) as db:
        traces.leave_none(db)
        forgotten.erase_mentions(db, names, path.name)
        traces.wipe(db, reader)


def _host(url: str) -> str:
    with contextlib.suppress(ValueError):
        return (urlsplit(url).hostname or "").lower()
    return ""
