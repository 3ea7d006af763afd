"""What several test files share: whole crawls in a child process, and their databases."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlite_utils import Database

from tests import forked
from tests.forked import run_scrapy
from tests.rings import pytest_collection_modifyitems  # noqa: F401
from winnow.cluster import engine
from winnow.runs.one_process import run_folder

# How long examples take says more about the machine than about the code.
settings.register_profile("winnow", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("winnow")

PROJECT, SCRAPY = forked.PROJECT, forked.SCRAPY
SEEDS = PROJECT / "seeds"
# In a checkout that is not installed, `crawler` stands beside `winnow`.
IS_INSTALLED = find_spec("winnow.crawler") is not None


@dataclass
class Crawled:
    """A finished crawl: exit status, what it printed, and its database."""

    status: int
    out: str
    err: str
    database: Path = field(repr=False)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Return the rows of a query of the database."""
        db = Database(self.database)
        try:
            return list(db.query(sql))
        finally:
            db.close()

    def pages(self) -> dict[str, tuple[str, str]]:
        """Return outcome and reason of every page by its path; of several versions, those of the last one read."""
        rows = self.rows("SELECT path, outcome, reason FROM pages ORDER BY last_run, id")
        return {row["path"]: (row["outcome"], row["reason"]) for row in rows}

    @property
    def last_run(self) -> dict[str, Any]:
        """Return the newest row of `runs`."""
        return self.rows("SELECT * FROM runs ORDER BY id DESC LIMIT 1")[0]


Crawl = Callable[..., Crawled]
Read = Callable[[Path], Crawled]


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    """Return a function that runs `scrapy crawl seeds` on a folder, by default into one database per test."""

    def run(folder: Path | str = SEEDS, *more: str, database: Path = tmp_path / "articles.db") -> Crawled:
        done = scrapy("crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE={database}", *more)
        return Crawled(done.returncode, done.stdout, done.stderr, database)

    return run


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that reads a folder in this process, into one database per test."""
    return lambda folder: read_folder(folder, tmp_path / "articles.db")


def read_folder(folder: Path, database: Path) -> Crawled:
    """Do in this process what a crawl does, without Scrapy and worker processes."""
    run_folder(folder, database)
    return Crawled(0, "", "", database)


def scrapy(*words: str, timeout: float | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of the project in a child process."""
    return run_scrapy(list(words), environment(), timeout=timeout)


def environment() -> dict[str, str]:
    """Return the environment for child processes: no pytest, no user's Scrapy settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("SCRAPY", "PYTEST"))}


def installed() -> dict[str, str]:
    """Return an environment in which child processes find Winnow from any folder, even where it is not installed."""
    return {**environment(), "PYTHONPATH": os.pathsep.join([str(PROJECT), *_metadata()])}


@contextlib.contextmanager
def as_installed() -> Iterator[None]:
    """Let child processes that the block starts find Winnow and its entry points."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", installed()["PYTHONPATH"])
        yield


@cache
def _metadata() -> tuple[str, ...]:
    """Return a folder with what an installation tells of the project, its entry points above all; () if installed."""
    if IS_INSTALLED:
        return ()
    made = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, made)
    command = [sys.executable, "setup.py", "--quiet", "egg_info", "--egg-base", made]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    return (made,)


@pytest.fixture(scope="session")  # an engine can be chosen once in a process
def jobs() -> Any:
    """Return the module of jobs, with the engine on this machine."""
    pytest.importorskip("daft", reason="the engine is an extra: cluster")
    engine.start("native", None)
    return import_module("winnow.cluster.job")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder for seed files."""
    made = tmp_path / "pages"
    made.mkdir()
    return made


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Return the items of a feed."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
