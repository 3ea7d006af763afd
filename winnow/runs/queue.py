"""Take over the corrections that the reading room, which only reads the archive, has queued beside it."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from winnow.archive.store import Store
from winnow.corrections import IDENTITY, Correction, reader_of
from winnow.items import StartError
from winnow.runs.corrections import correct
from winnow.text import counted, one_line

WAIT_SECONDS = 2  # for the reading room, which writes one row at a time
_HAS_IDENTITY = "SELECT 1 FROM pragma_table_info('corrections') WHERE name = 'identity'"
_IS_THERE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'corrections'"

Found = TypeVar("Found")
logger = logging.getLogger(__name__)


def take_over(store: Store) -> int:
    """Write and apply the queued corrections of an archive, and return how many there were.

    They leave the queue when the archive has them for good. A row that is no correction is dropped, and a queue that
    cannot be read and written is left to the next run; a warning says so, and what waits for a database that is gone.
    """
    place = reader_of(store.path)
    rows = _ask(place, lambda queue: _queued(queue, store)) if place.is_file() else None
    if not rows:
        return 0
    told = [each for row in rows if (each := _told(row, place))]
    correct(store, told)
    store.commit()
    _ask(place, lambda queue: _delete(queue, (row["id"] for row in rows)))
    return len(told)


def follow(queue: sqlite3.Connection, store: Store) -> list[tuple[str, int]]:
    """Let what is queued for an archive under a former name of its file wait under the one that it has now.

    Return the names of databases that are gone for which corrections wait all the same, each with their number.
    """
    if not queue.execute(_IS_THERE).fetchone():
        return []
    names = queue.execute("SELECT archive, count(*) FROM corrections GROUP BY archive").fetchall()
    gone = {name: count for name, count in names if not os.path.lexists(store.path.parent / str(name))}
    gone.pop(store.path.name, None)
    if gone and queue.execute(_HAS_IDENTITY).fetchone():
        [identity] = store.db.execute(IDENTITY).fetchone()
        for name in gone:
            renamed = "UPDATE corrections SET archive = ? WHERE archive = ? AND identity = ?"
            gone[name] -= queue.execute(renamed, [store.path.name, name, identity]).rowcount
    return [(name, count) for name, count in gone.items() if count]


def _ask(place: Path, work: Callable[[sqlite3.Connection], Found]) -> Found | None:
    """Return what some work with the queue gives, in a transaction; None, after a warning, where it fails."""
    try:
        address = f"{place.absolute().as_uri()}?mode=rw"
        with contextlib.closing(sqlite3.connect(address, WAIT_SECONDS, uri=True)) as queue, queue:
            queue.row_factory = sqlite3.Row
            queue.text_factory = lambda text: text.decode(errors="replace")
            queue.execute("BEGIN IMMEDIATE")  # what cannot be taken out would be taken over again and again
            return work(queue)
    except sqlite3.Error as error:
        logger.warning("%s: what the reading room has queued is left to the next run: %s", place, error)
        return None


def _queued(queue: sqlite3.Connection, store: Store) -> list[dict[str, Any]]:
    for name, count in follow(queue, store):
        waits = (
            f"{counted(count, 'correction')} {'waits' if count == 1 else 'wait'} for {one_line(name)}, which is gone"
        )
        logger.warning("%s: %s", reader_of(store.path), waits)
    if not queue.execute(_IS_THERE).fetchone():
        return []
    rows = queue.execute("SELECT * FROM corrections WHERE archive = ? ORDER BY id", [store.path.name])
    return [dict(row) for row in rows]


def _told(row: dict[str, Any], place: Path) -> Correction | None:
    try:
        return Correction.from_row(row)
    except StartError as error:
        logger.warning("%s: row %s of the queue is dropped: %s", place, row["id"], error)
        return None


def _delete(queue: sqlite3.Connection, numbers: Iterable[int]) -> None:
    queue.executemany("DELETE FROM corrections WHERE id = ?", ((number,) for number in numbers))
