"""Visitors of the reading room who ask too much: how long its pages wait meanwhile, and how much memory it takes.

    python -m lab.benchmarks.visitors --database articles.db [QUERY …]

For each query, four visitors ask it at once of a room that was just started. Printed are the longest time of a page of
the room, the most memory of the server and of the processes below it, and the answers. Linux only.
"""

from __future__ import annotations

import argparse
import contextlib
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from lab.benchmarks.measured import descendants, resident_mb
from lab.benchmarks.reading import serving

VISITORS = 4
PATIENCE = 60  # seconds
PAGES = ("/search?q=harbour", "/runs", "/dashboard")
_COUNT = "with recursive c(x) as (select 1 union all select x + 1 from c"
QUERIES = {
    "instr": "select instr(hex(zeroblob(20000000)), hex(zeroblob(10000000)) || '1')",
    "hex": "select hex(zeroblob(400000000))",
    "replace": "select replace(replace(hex(zeroblob(5000000)), '0', '0123456789'), '1', '0123456789')",
    "like": "select hex(zeroblob(500000)) like '%0%0%0%0%0%0%0%0%0%0%0%1'",
    "glob": "select hex(zeroblob(500000)) glob '*0?0*0?0*0?0*0?0*0?0*1'",
    "printf": "select length(printf('%.*c', 500000000, 'x'))",
    "concat": f"{_COUNT} limit 5000000) select group_concat(x || hex(zeroblob(50))) from c",
    "endless": f"{_COUNT}) select max(x) from c",
    "sort": f"{_COUNT} limit 3000000) select x, randomblob(1000) r from c order by r",
    "rows": f"{_COUNT} limit 1000) select x, hex(zeroblob(200000)) from c",
    "cells": f"{_COUNT} limit 1000) select {', '.join(f'x as a{number}' for number in range(50))} from c",
    "largest": f"{_COUNT} limit 1000) select x, hex(zeroblob(3900)) from c",
}  # fmt: skip


@dataclass
class Siege:
    """What happened while a query was asked: seconds, megabytes, and the statuses of the answers."""

    slowest: float = 0.0
    server: float = 0.0
    below: float = 0.0
    statuses: list[int] = field(default_factory=list)


def besiege(database: Path, sql: str, ending: str = ".json") -> Siege:
    """Return how the reading room of a database bears visitors who ask a query all at once."""
    siege = Siege()
    with serving(database) as (address, pid):
        asked = f"{address}/{database.stem}{ending}?{urlencode({'sql': sql})}"
        visitors = [threading.Thread(target=lambda: siege.statuses.append(_get(asked)[0])) for _ in range(VISITORS)]
        _get(address + PAGES[0])
        with _watched(siege, pid):
            for each in visitors:
                each.start()
            while any(each.is_alive() for each in visitors):
                siege.slowest = max([siege.slowest, *(_get(address + page)[1] for page in PAGES)])
    return siege


def _get(address: str) -> tuple[int, float]:
    """Return the status of an answer, 0 for none, and the seconds that it took."""
    start, status = time.perf_counter(), 0
    with contextlib.suppress(OSError):
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                answer.read()
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
    return status, time.perf_counter() - start


@contextlib.contextmanager
def _watched(siege: Siege, pid: int) -> Iterator[None]:
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            with contextlib.suppress(OSError):  # a process has just ended
                siege.server = max(siege.server, resident_mb(pid))
                siege.below = max(siege.below, sum(map(resident_mb, descendants(pid))))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()


def main() -> None:
    """Besiege the room with the queries named on the command line, or all, and print what happened."""
    parser = argparse.ArgumentParser(
        prog="python -m lab.benchmarks.visitors", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("queries", nargs="*", metavar="QUERY", help=", ".join(QUERIES))
    parser.add_argument("--database", type=Path, default=Path("articles.db"))
    given = parser.parse_args()
    for name in given.queries or QUERIES:
        siege = besiege(given.database, QUERIES[name], "" if name == "cells" else ".json")
        memory = f"{siege.server:5.0f} MB and {siege.below:4.0f} MB below"
        print(f"{name:8} slowest page {siege.slowest:5.1f} s, {memory}, answers {siege.statuses}", flush=True)


if __name__ == "__main__":
    main()
