"""Forget pages: what they held goes from the archive and does not come back; that they were there stays."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from winnow.archive import forgotten, traces, words
from winnow.archive.database import BUSY_SECONDS, explain
from winnow.archive.sqlite import Database
from winnow.archive.store import Store
from winnow.corrections import reader_of
from winnow.marks.erase import erase as erase_marks
from winnow.runs import queue
from winnow.runs.anew import decide_anew
from winnow.text import one_line


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten: numbers of pages and of articles, and of articles that other pages still carry.

    `gone` are the ids of the articles that no page carries any more.
    """

    pages: int
    articles: int
    carried_on: int
    gone: Collection[int] = ()

    def wipe(self, store: Store, path: Path) -> None:
        """Leave no trace of it, nor of what was forgotten before, in the database's files and in the reading room's."""
        if self.pages or forgotten.has_traces(store.db):
            _leave_no_trace(store, path, self.gone)


def of_host(db: Database, host: str) -> list[int]:
    """Return the pages that state a host (or that of an address) or were captured there, with or without `www.`."""
    name = (_host(host) if "//" in host else host.lower()).removeprefix("www.")
    wanted = {name, f"www.{name}"} if name else set()
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
    store = Store(path)
    try:
        traces.leave_none(store.db)
        with store.db.atomic():
            done = erase(store, page_ids, named, note)
        done.wipe(store, path)
        return done
    finally:
        store.close()


def take_over(path: Path, digests: Iterable[str], named: str) -> Forgotten:
    """Keep from a database, which may be new, what was forgotten in another, given by its digests.

    Raises as `forget` does.
    """
    store = Store(path)
    try:
        traces.leave_none(store.db)
        with store.db.atomic():
            forgotten.add_digests(store.db, digests)
            done = erase(store, forgotten.come_back(store.db), named)
        done.wipe(store, path)
        return done
    finally:
        store.close()


def erase(store: Store, page_ids: Collection[int], named: str, note: str | None = None) -> Forgotten:
    """Forget pages as `forget` does, in the caller's transaction, and leave traces."""
    if not page_ids:
        return Forgotten(0, 0, 0)
    now = _now()
    pages = forgotten.copies(store.db, page_ids)
    articles, digests = forgotten.articles_of(store.db, pages), forgotten.digests_of(store.db, pages)
    forgotten.detach(store.db, pages, f"forgotten on {now}" + (f": {one_line(note)}" if note else ""))
    store.index.remove(pages)
    forgotten.erase(store.db, pages, articles)
    decide_anew(store, forgotten.pages_of(store.db, articles))
    forgotten.erase_mentions(store.db, {"sha256": digests, "other": digests})
    forgotten.record(store.db, now, named, len(pages), note)
    words.catch_up(store.db)
    gone = forgotten.without_pages(store.db, articles)
    return Forgotten(len(pages), len(gone), len(articles) - len(gone), gone)


def wipe(path: Path) -> None:
    """Leave no trace of what was ever forgotten or deleted in a database's files. Raises as `forget` does."""
    store = Store(path)
    try:
        _leave_no_trace(store, path)
    finally:
        store.close()


def _leave_no_trace(store: Store, path: Path, articles: Collection[int] = ()) -> None:
    """Leave no trace of any forgotten page, nor of these articles, in the files of an archive and of its reading room.

    What one of the two databases refuses does not keep the other from it.
    """
    pages = forgotten.tombstones(store.db)
    digests = forgotten.digests_of(store.db, pages)
    try:
        traces.wipe(store.db, path)
    finally:
        names: dict[str, Collection[int | str]] = {
            "sha256": digests,
            "other": digests,
            "page_id": pages,
            "article_id": articles,
        }
        paths, is_kept = forgotten.paths_of(store.db, pages), partial(forgotten.is_there, store.db)
        _erase_from_reader(store, path, names, lambda reader: erase_marks(reader, digests, paths, is_kept))
    forgotten.record_wiped(store.db, _now())


def _erase_from_reader(
    store: Store,
    path: Path,
    names: Mapping[str, Collection[int | str]],
    erase_marks_from: Callable[[sqlite3.Connection], None],
) -> None:
    """Delete what the reading room keeps of what is gone, in the database of its own."""
    reader = reader_of(path)
    if not reader.is_file():
        return
    try:
        with contextlib.closing(Database(sqlite3.connect(reader, timeout=BUSY_SECONDS))) as db:
            traces.leave_none(db)
            queue.follow(db.conn, store)
            erase_marks_from(db.conn)
            forgotten.erase_mentions(db, names, path.name)
            traces.wipe(db, reader)
    except sqlite3.Error as error:
        raise traces.left(reader, explain(error)) from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _host(url: str) -> str:
    with contextlib.suppress(ValueError):
        return (urlsplit(url).hostname or "").lower()
    return ""
