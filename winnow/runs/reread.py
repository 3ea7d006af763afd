"""Read the pages anew that another version of Winnow has read, as far as their files are still there.

A file that has changed since is left to the next crawl. What the page says is written over what it said before; the
verdicts on it are for a rebuild, which follows in the same transaction. Pages that were rejected are read anew too,
those that this version was the first to read excepted: what has read them later is not recorded.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from winnow.archive import refused, rows
from winnow.archive.articles import ending
from winnow.archive.index.sketches import PLACE
from winnow.archive.store import Store
from winnow.files import unescape_path
from winnow.items import Page, Rejection
from winnow.reading import Reading
from winnow.runs.options import RunOptions
from winnow.runs.versions import reader
from winnow.runs.workers import Work, Workers
from winnow.sources.containers import KIND_NAMED
from winnow.sources.containers.batches import read_batch
from winnow.sources.containers.progress import ContainerProgress
from winnow.sources.containers.reading_state import KnownContainer
from winnow.sources.containers.records import BEGINNING, ContainerOptions

AHEAD = 8  # pages in flight for each worker

_STALE = """SELECT p.id, p.root, p.path, p.sha256, p.container_id, 0 AS is_refused
    FROM pages p JOIN extractions e ON e.page_id = p.id WHERE e.reader IS NOT ?1
    UNION ALL SELECT id, root, path, sha256, container_id, 1 FROM pages
    WHERE reason IN ('no article', 'not text') AND text_sha256 IS NULL AND sha256 IS NOT NULL AND revisits IS NULL
        AND first_run NOT IN (SELECT value FROM json_each(?2)) ORDER BY 1"""
# Of a page that carries an article now, as of all other pages that are decided anew.
_ADMITTED = (
    "INSERT INTO temp.before SELECT id, reason, NULL FROM pages WHERE id = ?",
    f"INSERT INTO temp.waiting SELECT p.id, {PLACE}, p.first_run FROM pages p WHERE p.id = ?",
)
# A revisit has no bytes of its own: what it says is what the page says to which it points.
_REVISITS = """INSERT OR REPLACE INTO extractions SELECT r.id, {columns} FROM pages r
    JOIN extractions e ON e.page_id = (SELECT min(o.id) FROM pages o WHERE o.sha256 = r.sha256 AND o.revisits IS NULL)
    JOIN extractions old ON old.page_id = r.id WHERE r.revisits IS NOT NULL AND old.reader IS NOT e.reader"""
_REVISITED = """UPDATE pages SET (title, text_sha256, words, word_count, kind, media_type, encoding) =
        (SELECT title, text_sha256, words, word_count, kind, media_type, encoding FROM pages o
        WHERE o.sha256 = pages.sha256 AND o.revisits IS NULL ORDER BY o.id LIMIT 1)
    WHERE id IN (SELECT page_id FROM extractions WHERE reader = ?) AND revisits IS NOT NULL"""


@dataclass(slots=True)
class Reread:
    """What became of the pages that another version had read: numbers of pages, and rejections by page."""

    stale: int = 0
    read: int = 0
    rejected: dict[int, Rejection] = field(default_factory=dict)


def read_anew(store: Store, options: RunOptions) -> Reread:
    """Read the stale pages anew and write what they say; a page on which Winnow fails stays as it was."""
    now, done = reader(), Reread()
    stale = {(row[1], row[2], row[3]): row for row in store.db.execute(_STALE, [now, json.dumps(_runs(store, now))])}
    done.stale, store.reader = len(stale), now
    for page, answer in _readings(_pages(store, list(stale.values()), options), options):
        reading = Reading(None, rejection=answer) if isinstance(answer, Rejection) else answer
        row = stale.pop((page.root, page.path, reading.sha256), None)
        if row is None or (reading.rejection and reading.rejection.reason.is_failure):
            continue
        done.read += 1
        page_id, is_refused = row[0], row[5]
        if is_refused:
            refused.drop(store.db, page_id)
        if not reading.rejection:
            _write(store, page_id, reading)
            for statement in _ADMITTED if is_refused else ():
                store.db.execute(statement, [page_id])
        elif is_refused:
            _refuse(store, page_id, reading, reading.rejection)
        else:
            done.rejected[page_id] = reading.rejection
    columns = [f"e.{column[1]}" for column in store.db.execute("PRAGMA table_info(extractions)")][1:]
    done.read += store.db.execute(_REVISITS.format(columns=", ".join(columns))).rowcount
    store.db.execute(_REVISITED, [now])
    store.db.execute(
        "DELETE FROM known_texts WHERE sha256 NOT IN (SELECT text_sha256 FROM pages WHERE text_sha256 > '')"
    )
    return done


def _runs(store: Store, now: str) -> list[int]:
    """Return the runs that read as pages are read now."""
    known = ((run, json.loads(versions or "{}")) for run, versions in store.db.execute("SELECT id, versions FROM runs"))
    return [run for run, versions in known if "winnow" in versions and reader(versions) == now]


def _write(store: Store, page_id: int, reading: Reading) -> None:
    assert reading.article
    written = store.put_reading(page_id, reading)
    shown = [written["text_sha256"], reading.article.markdown or None]
    store.db.execute("INSERT OR REPLACE INTO temp.shown VALUES (?, ?)", shown)


def _refuse(store: Store, page_id: int, reading: Reading, rejection: Rejection) -> None:
    """Write why a page is still rejected."""
    told = {"kind": rejection.kind, "media_type": reading.media_type, "encoding": reading.encoding}
    rows.update(store.db, "pages", page_id, ending(rejection.reason, rejection.detail) | told)
    refused.keep(store.db, page_id, rejection.text)


def _pages(store: Store, stale: list[tuple[Any, ...]], options: RunOptions) -> Iterator[Page]:
    """Yield the stale pages whose files are there, and all records of the containers that hold such pages."""
    for _, root, path, _, container, _ in stale:
        if container is None and os.path.isfile(file := _file(root, path)):
            yield Page(path, root, file=file)
    for container in dict.fromkeys(row[4] for row in stale if row[4] is not None):
        place = rows.get(store.db, "containers", container)
        root, path = place["root"], place["path"]
        kind, file = KIND_NAMED.get(place["kind"]), _file(root, path)
        if kind is None or not os.path.isfile(file):
            continue
        known = KnownContainer(container, None, None, None, BEGINNING, 0, Counter(), None)
        limits = ContainerOptions(options.max_page_bytes, options.jsonl_fields)
        progress = ContainerProgress(Page(path, root, file=file), kind, known, limits)
        while not progress.is_over:
            yield from progress.take(read_batch(progress.job))


def _file(root: str, path: str) -> str:
    return os.path.join(unescape_path(root), unescape_path(path))


def _readings(pages: Iterator[Page], options: RunOptions) -> Iterator[tuple[Page, Reading | Rejection]]:
    """Yield the pages in order, each with its reading, by worker processes."""
    limits = {"max_bytes": options.max_page_bytes, "with_comments": options.keep_comments}
    work = Work("winnow.read.page", "read_page", limits)  # by name: the main process needs no reader
    count = options.workers or len(os.sched_getaffinity(0))
    workers = Workers(work, count, options.limits)
    try:
        while batch := list(islice(pages, AHEAD * count)):
            given = [(page, workers.submit(page)) for page in batch if not page.revisits]
            yield from ((page, future.result()) for page, future in given)
    finally:
        workers.end()
