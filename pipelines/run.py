"""The whole path without Scrapy, in one process: for notebooks, other engines, and as an oracle for tests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipelines.accounting import Run
from pipelines.items import MAX_PAGE_BYTES, Page
from pipelines.page_reader import read_page
from pipelines.store import Store


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
