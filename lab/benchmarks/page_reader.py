"""Read pages as a worker does, and say what each takes: the part of `speed --against` that runs with any commit's code.

    python -P page_reader.py DATABASE      (PYTHONPATH names the checkout whose code reads)

Each line of standard input is the path of a page; the answer is a line with the seconds of CPU time that it took.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

from winnow.archive.store import Store
from winnow.items import Page
from winnow.read import html, plain
from winnow.runs.worker_page import read_known_page


def main() -> None:
    """Serve until standard input ends."""
    database = Path(sys.argv[1])
    Store(database).close()
    html.load()
    plain.load()
    gc.freeze()  # as workers do
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        page = Page(path.name, body=path.read_bytes())
        begin = time.process_time()
        read_known_page(page, database=database)
        print(time.process_time() - begin, flush=True)


if __name__ == "__main__":
    main()
