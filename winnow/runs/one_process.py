"""The whole path without Scrapy, in one process: for notebooks, other engines, and as an oracle for tests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from winnow.archive.store import Store
from winnow.items import MAX_PAGE_BYTES, Page
from winnow.read.page import read_page
from winnow.runs.run import Run


def run_pages(pages: Iterable[Page], database: Path, max_bytes: int = MAX_PAGE_BYTES) -> dict[str, int]:
    """Run the whole path over pages in this process and give the run's counts."""
    run = Run(Store(database))
    status = "failed"
    try:
        for page in pages:
            run.enter()
            reading = read_page(page, max_bytes)
            run.save(page, reading, run.decide(page, reading))
        status = "finished"
    finally:
        run.finish(status)
    return run.counts.row()
