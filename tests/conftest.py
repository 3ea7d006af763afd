"""What several test files share: whole crawls in a child process, and their databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlite_utils import Database

from tests.rings import pytest_collection_modifyitems  # noqa: F401
from winnow.archive.store import Store
from winnow.items import Page
from winnow.runs.changed_files import changed_files
from winnow.runs.run import Run
from winnow.runs.worker_page import read_known_page
from winnow.sources.containers import Kind, kind_of
from winnow.sources.containers.batches import read_batch
from winnow.sources.containers.progress import Progress
from winnow.sources.containers.records import Options
from winnow.sources.folder import SeedFile, seed_files

# How long examples take says more about the machine.
settings.register_profile("winnow", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("winnow")

PROJECT = Path(__file__).resolve().parent.parent
SEEDS = PROJECT / "seeds"
SCRAPY = [sys.executable, "-W", "error", "-m", "scrapy.cmdline"]


@dataclass
class Crawled:
    """A finished crawl: exit status, what it printed, and its database."""

    status: int
    out: str
    err: str
    database: Path = field(repr=False)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Query the database."""
        db = Database(self.database)
        try:
            return list(db.query(sql))
        finally:
            db.close()

    def pages(self) -> dict[str, tuple[str, str]]:
        """Give outcome and reason of every page by its path; of several versions the last read."""
        rows = self.rows("SELECT path, outcome, reason FROM pages ORDER BY last_run, id")
        return {row["path"]: (row["outcome"], row["reason"]) for row in rows}

    @property
    def last_run(self) -> dict[str, Any]:
        """Give the newest row of `runs`."""
        return self.rows("SELECT * FROM runs ORDER BY id DESC LIMIT 1")[0]


Crawl = Callable[..., Crawled]
Read = Callable[[Path], Crawled]


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    """Give a function that runs `scrapy crawl seeds` on a folder, by default into one database per test."""

    def run(folder: Path | str = SEEDS, *more: str, database: Path = tmp_path / "articles.db") -> Crawled:
        command = [*SCRAPY, "crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE={database}", *more]
        done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
        return Crawled(done.returncode, done.stdout, done.stderr, database)

    return run


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Give a function that reads a folder in this process, into one database per test."""
    return lambda folder: read_folder(folder, tmp_path / "articles.db")


def read_folder(folder: Path, database: Path) -> Crawled:
    """Do in this process what a crawl does, but for Scrapy and the worker processes."""
    run, root = Run(Store(database)), folder.resolve()
    seeds = [found for found in seed_files(root) if isinstance(found, SeedFile)]
    for seed in changed_files(seeds, str(root), run):
        page = Page(seed.path, str(root), size=seed.size, modified=seed.modified, file=seed.file)
        kind = kind_of(seed.path)
        if kind:
            _read_container(run, seed.file, replace(page, file=None), kind, database)
        else:
            _read_page(run, page, database)
    run.finish("finished")
    return Crawled(0, "", "", database)


def _read_page(run: Run, page: Page, database: Path) -> None:
    run.enter()
    page = replace(page, replaces=run.replaced_by(page))
    run.commit()
    reading = read_known_page(page, database=database)
    run.save(page, reading, run.decide(page, reading))


def _read_container(run: Run, file: str, place: Page, kind: Kind, database: Path) -> None:
    known = run.find_container(place.root, place.path, kind.name)
    if (known.size, known.modified) == (place.size, place.modified):
        run.skip_container(known)
        return
    progress = Progress(file, place, kind, known, Options())
    while not progress.is_over:
        for page in progress.take(read_batch(progress.job)):
            _read_page(run, page, database)
    if progress.is_whole:
        run.end_container(known, progress.read)


def environment() -> dict[str, str]:
    """Give the environment for child processes: no pytest, no user's Scrapy settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("SCRAPY", "PYTEST"))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an empty folder for seed files."""
    made = tmp_path / "pages"
    made.mkdir()
    return made


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Read a feed."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
