"""Crawls in child processes, each in a session of its own; what crawls leave behind; databases compared."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from winnow.archive.articles import EXTRACTED
from winnow.archive.index.postings import all_postings
from winnow.items import METADATA

PROJECT = Path(__file__).resolve().parents[2]
# Permissions do not bind root, unless root has no capabilities.
UNPRIVILEGED = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
ABSURDLY_LONG = 300  # seconds after which a crawl counts as hanging
_PAGE_NUMBER = re.compile(r"\bpage \d+")  # details name pages by id, and the ids of two crawls may differ

_PATH_OF = "(SELECT root || ' ' || path || ' ' || ifnull(sha256, '') FROM pages WHERE id = %s)"
_COMPARED = {
    "pages": f"""SELECT path, root, sha256, size, modified, media_type, encoding, outcome, reason, detail, similarity,
        title, text_sha256, word_count, {_PATH_OF % "parent_id"} AS parent,
        (SELECT {_PATH_OF % "page_id"} FROM articles WHERE id = article_id) AS article FROM pages""",
    "articles": f"""SELECT {", ".join(METADATA)}, text, word_count, page_count,
        {_PATH_OF % "page_id"} AS page FROM articles""",
    "texts": "SELECT * FROM texts",
    "revisions": f"SELECT title, text_sha256, {_PATH_OF % 'page_id'} AS page FROM revisions",
    "extractions": f"""SELECT {_PATH_OF % "page_id"} AS page, {", ".join(EXTRACTED)}, confidence FROM extractions""",
}


@dataclass
class Ended:
    """How a crawl ended: its exit status (negative: the signal), what it printed, and how long it took.

    `starved` are the seconds for which, while its end was awaited, one of its processes was ready and had no CPU.
    """

    status: int
    out: str
    err: str
    seconds: float
    starved: float = 0.0

    def problems(self, *statuses: int, said: str = "") -> list[str]:
        """Return what is wrong with the end: a status that is not expected, a traceback, a line that is missing."""
        found = []
        if self.status not in statuses:
            found.append(f"status {self.status}, not {' or '.join(map(str, statuses))}: {self.err.strip()[-300:]}")
        if "Traceback" in self.err:
            found.append(f"a traceback: {self.err.strip()[-300:]}")
        if said and said not in self.out + self.err:
            found.append(f"did not say {said!r} but {self.err.strip()[-300:]!r}")
        return found


class Crawl:
    """A running crawl with its workers, in a session of its own, so that all its processes can be found and killed."""

    def __init__(
        self,
        folder: Path,
        database: Path,
        *more: str,
        environment: Mapping[str, str] | None = None,
        wrapper: Iterable[str] = (),
    ) -> None:
        command = [*wrapper, sys.executable, "-m", "scrapy.cmdline", "crawl", "seeds"]
        arguments = ["-a", f"path={folder}", "-s", f"DATABASE={database}", *more]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("SCRAPY", "PYTEST"))}
        self._clock = time.monotonic()
        self.process = subprocess.Popen(
            command + arguments,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="backslashreplace",
            cwd=PROJECT,
            env={**clean, **(environment or {})},
            start_new_session=True,
        )

    def __enter__(self) -> Crawl:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def end(self, seconds: float = ABSURDLY_LONG) -> Ended:
        """Wait for the end of the crawl and return how it ended; a crawl that hangs is killed, with status -9.

        Seconds in which a process of the crawl was ready and had no CPU do not count: others may use the machine.
        """
        until, before = time.monotonic() + seconds, self._ready()
        starved = 0.0
        while True:
            try:
                out, err = self.process.communicate(timeout=0.1)
                break
            except subprocess.TimeoutExpired:
                waited = (now - before.get(process, 0.0) for process, now in self._ready().items())
                starved = max(starved, *waited, 0.0)
                if time.monotonic() > until + starved:
                    self.kill()
        return Ended(self.process.returncode, out, err, time.monotonic() - self._clock, starved)

    def _ready(self) -> dict[int, float]:
        """Return for how many seconds each process of the crawl has been ready to run while others had the CPUs."""
        waited = {}
        for process in self.members():
            with suppress(OSError):
                waited[process] = int(Path(f"/proc/{process}/schedstat").read_text().split()[1]) / 1e9
        return waited

    def wait_for_handlers(self) -> None:
        """Wait until Scrapy handles SIGTERM; before that, the signal ends the crawl as it ends any program."""
        while self.process.poll() is None:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
            if int(status.partition("SigCgt:")[2].split()[0], 16) >> (signal.SIGTERM - 1) & 1:
                return
            time.sleep(0.01)

    def wait_for(self, database: Path, sql: str) -> bool:
        """Wait until a query of the database returns something true; return False if the crawl ends before."""
        while self.process.poll() is None:
            try:
                with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as db:
                    if db.execute(sql).fetchone()[0]:
                        return True
            except sqlite3.Error:
                pass  # the database or its table is not made yet
            time.sleep(0.02)
        return False

    def send(self, number: signal.Signals, whole_group: bool = False) -> None:
        """Send a signal to the crawl, or to all its processes as a terminal does."""
        if whole_group:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)

    def kill(self) -> None:
        """Kill all processes of the crawl."""
        for process in self.members():
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def members(self) -> list[int]:
        """Return the processes of the crawl that are alive, itself among them."""
        return [process for process, parts in _processes() if int(parts[3]) == self.process.pid and parts[0] != "Z"]

    def workers(self) -> list[int]:
        """Return the worker processes: the children of the fork server, which is a child of the crawl."""
        parents = {process: int(parts[1]) for process, parts in _processes()}
        ours = self.process.pid
        return [process for process in self.members() if parents.get(parents.get(process, 0)) == ours]

    def fork_servers(self) -> list[int]:
        """Return the processes that have workers."""
        parents = {process: int(parts[1]) for process, parts in _processes()}
        return [process for process in {parents.get(worker, 0) for worker in self.workers()} if process]

    def orphans(self, grace: float = 5.0) -> list[str]:
        """Return a problem for each process that is left `grace` seconds after the crawl has ended."""
        until = time.monotonic() + grace
        while (left := self.members()) and time.monotonic() < until:
            time.sleep(0.05)
        return [f"{len(left)} processes left behind"] if left else []


def _processes() -> Iterable[tuple[int, list[str]]]:
    """Yield every process and the fields of its `stat` after the name: state, parent, group, session, …"""
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                yield int(name), Path("/proc", name, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue


def crawl(folder: Path, database: Path, *more: str, environment: Mapping[str, str] | None = None) -> Ended:
    """Crawl a folder to the end."""
    return Crawl(folder, database, *more, environment=environment).end()


def contents(database: Path) -> dict[str, list[str]]:
    """Return the rows of each table without ids and times: all that interruptions of a crawl must not change."""
    with closing(sqlite3.connect(database)) as db:
        db.row_factory = sqlite3.Row
        found = {
            name: sorted(_PAGE_NUMBER.sub("page N", repr(dict(row))) for row in db.execute(query))
            for name, query in _COMPARED.items()
        }
        pages = dict(db.execute(f"SELECT id, {_PATH_OF % 'p.id'} FROM pages p").fetchall())
        return found | {"postings": sorted(f"{value} {pages[page_id]}" for value, page_id in all_postings(db))}


def differences(found: dict[str, list[str]], expected: dict[str, list[str]]) -> list[str]:
    """Return a problem for each table in which two databases differ, with the first difference."""
    told = []
    for name, rows in expected.items():
        if found[name] != rows:
            pairs = [(a, b) for a, b in zip(found[name], rows, strict=False) if a != b][:1]
            told.append(f"{name} differ ({len(found[name])} rows, {len(rows)} expected): {str(pairs)[:400]}")
    return told


def damage(database: Path) -> list[str]:
    """Return what is broken in a database: file, search index, foreign keys, texts, counts of runs and of articles."""
    told = []
    with closing(sqlite3.connect(database)) as db:
        db.create_function("digest", 1, lambda text: sha256(text.encode()).hexdigest())
        answer = db.execute("PRAGMA integrity_check").fetchone()[0]
        if answer != "ok":
            told.append(f"integrity check: {answer}")
        if db.execute("PRAGMA foreign_key_check").fetchone():
            told.append("a foreign key leads nowhere")
        try:
            db.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            told.append(f"search index: {error}")
        db.rollback()
        told += [f"{what} are wrong" for what, query in _INVARIANTS.items() if db.execute(query).fetchone()]
    return told


_INVARIANTS = {
    "texts": "SELECT 1 FROM texts WHERE text IS NULL OR digest(text) != sha256",
    "the counts of a run": "SELECT 1 FROM runs WHERE pages != new + changed + unchanged + duplicates + rejected",
    "page counts": """SELECT 1 FROM articles WHERE page_count !=
        (SELECT count(*) FROM pages WHERE article_id = articles.id)""",
    "canonical pages": """SELECT 1 FROM articles a LEFT JOIN pages p ON p.id = a.page_id
        WHERE p.article_id IS NOT a.id OR p.outcome IS NOT 'article'""",
}


def rows(database: Path, query: str) -> list[Any]:
    """Return the rows of a query of a database."""
    with closing(sqlite3.connect(database)) as db:
        return db.execute(query).fetchall()
