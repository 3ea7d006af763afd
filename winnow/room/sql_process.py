"""A process that asks the SQL of visitors, under limits that also hold inside a single function of SQLite.

`sql_pool.py` starts it by its path and without site-packages, so that it is there in 30 ms and small: it needs nothing
but the standard library. An answer is `None`, names, rows and whether there are more, or the name of an error and what
it says.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sqlite3
import sys
import time
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

MEMORY = 256 * 2**20  # bytes of the process
TEMPORARY = 128 * 2**20  # bytes of a file into which SQLite sorts
TRIED = 16 * 2**20  # characters of a value that is measured by being written as JSON
GRACE = 1.0  # seconds beyond its time limit after which a query that cannot be interrupted ends with its process
STEPS = 1_000  # of SQLite's machine, between two looks at the clock
OPEN = 8  # databases

Answer = tuple[str | None, Any, Any, bool]


class Question(NamedTuple):
    """A query of one database, and how much of an answer is wanted.

    `rows` is the number after which no more are fetched, None for all; `cells` and `size`, in bytes of JSON, are what
    an answer may have. With `is_cut`, one with too many cells ends before these.
    """

    uri: str
    sql: str
    values: Any = ()
    cache_kb: int = 0
    seconds: float = 1.0
    rows: int | None = None
    cells: int = 100_000
    size: int = 8 * 2**20
    is_cut: bool = False


def limit(memory: int, temporary: int) -> None:
    """Bound the memory of this process and its files, in bytes, and let ordinary pages go first."""
    os.nice(5)
    for kind, wanted in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, temporary), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        lowest = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (lowest, lowest))


def main(descriptor: int) -> None:
    """Answer questions until the other end is closed."""
    limit(MEMORY, TEMPORARY)
    opened: dict[str, sqlite3.Connection] = {}
    with Connection(descriptor) as asker:
        while True:
            try:
                question = Question(*asker.recv())
            except EOFError:
                return
            signal.setitimer(signal.ITIMER_REAL, question.seconds + GRACE)  # its signal ends the process, even in C
            answer = _answer(opened, question)
            signal.setitimer(signal.ITIMER_REAL, 0)
            asker.send(answer)


def _answer(opened: dict[str, sqlite3.Connection], question: Question) -> Answer:
    try:
        return _asked(_connection(opened, question), question)
    except MemoryError:
        return (
            "OperationalError",
            f"this query needs more memory than the {MEMORY >> 20} MB that it may use",
            None,
            False,
        )
    except (sqlite3.Error, ValueError, OverflowError) as error:
        if getattr(error, "sqlite_errorname", "") in ("SQLITE_IOERR_WRITE", "SQLITE_FULL"):  # the archive is only read
            return "OperationalError", f"this query sorts more than the {TEMPORARY >> 20} MB that it may", None, False
        return type(error).__name__, str(error), None, False


def _connection(opened: dict[str, sqlite3.Connection], question: Question) -> sqlite3.Connection:
    if question.uri not in opened:
        while len(opened) >= OPEN:
            opened.pop(next(iter(opened))).close()
        db = opened[question.uri] = sqlite3.connect(question.uri, uri=True)
        db.text_factory = lambda stored: str(stored, "utf-8", "replace")
        db.create_function("escape_fts", 1, escape_fts)
        if question.cache_kb:
            db.execute(f"PRAGMA cache_size = -{question.cache_kb}")
    return opened[question.uri]


def _asked(db: sqlite3.Connection, question: Question) -> Answer:
    until = time.monotonic() + question.seconds
    db.set_progress_handler(lambda: time.monotonic() >= until, STEPS)
    cursor = db.cursor()
    try:
        cursor.execute(question.sql, question.values)
        return _fetched(cursor, question)
    finally:
        cursor.close()  # so that it holds no snapshot of the database


def _fetched(cursor: sqlite3.Cursor, question: Question) -> Answer:
    names = [column[0] for column in cursor.description or ()]
    found, size, measured = list[Any](), 0, _most
    for row in cursor:
        has_cells = len(row) * (len(found) + 1) <= question.cells
        if len(found) == question.rows or (question.is_cut and not has_cells):
            return None, names, found, True
        found.append(row)
        size += measured(row)
        if size > question.size and measured is _most:  # so that few answers are measured, which takes time
            measured, size = _least, sum(map(_least, found))
        if size > question.size or not has_cells:
            most = f"{question.cells:,} cells" if not has_cells else f"{question.size >> 20} MB"
            return "OperationalError", f"the answer has more than {most}: ask for fewer rows or columns", None, False
    return None, names, found, False


def _most(row: tuple[Any, ...]) -> int:
    """Return how many bytes the values of a row have as JSON at most."""
    return sum(6 * len(value) if isinstance(value, str | bytes) else 20 for value in row)


def _least(row: tuple[Any, ...]) -> int:
    """Return how many bytes the values of a row have as JSON, or at least, where they are too many to be tried."""
    return sum(
        len(json.dumps(value)) if isinstance(value, str) and len(value) < TRIED
        else len(value) if isinstance(value, str | bytes) else 20 for value in row
    )  # fmt: skip


def escape_fts(typed: str) -> str:
    """Return words as a query of FTS5 that takes them as they stand, as Datasette's function of this name does."""
    parts = re.split(r'\s+|(".*?")', typed + '"' * (typed.count('"') % 2))
    return " ".join(part if part.startswith('"') else f'"{part}"' for part in parts if part and part != '""')


if __name__ == "__main__":
    main(int(sys.argv[1]))
