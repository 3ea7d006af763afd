"""Nights of a crawl of live sites, each in a child process, as tests need them."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.sites_added import Wanted, add
from lab.live_site import LiveSite
from tests.conftest import SCRAPY, Crawled, read_folder, scrapy
from tests.ledgers import let_time_pass
from winnow.sites.ledger import open_ledger

CONTACT = "crawler@winnow.example"


@dataclass
class Night:
    """A finished run of `scrapy crawl sites`: exit status and what it printed."""

    status: int
    out: str
    err: str


@dataclass
class Nights:
    """A folder of live sites."""

    place: Path
    private: str = "127.0.0.0/8"
    settings: dict[str, object] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Return the folder of the ledger and the WARC files."""
        return self.place / "sites"

    def command(self, *words: str) -> list[str]:
        """Return a command line of Scrapy with the settings of these nights."""
        return [*SCRAPY, *self.words(*words)]

    def words(self, *words: str) -> list[str]:
        """Return what such a command line says to Scrapy."""
        given = {"SITES_FOLDER": self.folder, "PRIVATE_HOSTS": self.private, "USER_AGENT_CONTACT": CONTACT, "DELAY": 0}
        pairs = (f"{name}={value}" for name, value in {**given, **self.settings}.items())
        return [*words, *(word for pair in pairs for word in ("-s", pair))]

    def run(self, *words: str) -> Night:
        """Run a command to its end."""
        done = scrapy(*self.words(*words), timeout=600)
        return Night(done.returncode, done.stdout, done.stderr)

    def add(self, *sites: LiveSite | str) -> None:
        """Add sites, or addresses, in this process."""
        urls = [site if isinstance(site, str) else f"{site.url}/" for site in sites]
        with contextlib.closing(open_ledger(self.folder, make=True)) as db:
            add(db, urls, Wanted(), time.time())

    def crawl(self, *more: str, status: int = 0) -> Night:
        """Crawl the sites for a night; it must end with a status."""
        night = self.run("crawl", "sites", *more)
        assert night.status == status, night.out + night.err
        return night

    def pass_time(self, days: float = 100) -> None:
        """Let days go by, so that all is due again."""
        let_time_pass(self.folder, days)

    def read(self) -> Crawled:
        """Read what was kept, as every night, into a database; in this process."""
        return read_folder(self.folder / "pages", self.place / "articles.db")

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Return the rows of a query of the ledger."""
        with contextlib.closing(sqlite3.connect(self.folder / "sites.db")) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(sql, values)]

    def outcomes(self, run: int | None = None) -> dict[str, tuple[str, str | None]]:
        """Return outcome and reason of each page that was asked in a run, by path and query."""
        asked = "run_id = coalesce(?, (select max(id) from runs))"
        rows = self.rows(f"select url, outcome, why from fetches where kind = 'page' and {asked}", run)
        return {"/" + row["url"].split("/", 3)[3]: (row["outcome"], row["why"]) for row in rows}

    @property
    def last_run(self) -> dict[str, Any]:
        """Return the newest row of `runs`."""
        return self.rows("select * from runs order by id desc limit 1")[0]

    def warcs(self, what: str = "*") -> list[Path]:
        """Return the files of pages, of discovery, or both."""
        return sorted(path for path in self.folder.glob(f"{what}/**/*.warc.gz") if ".writing" not in path.parts)


def asked_of(site: LiveSite) -> list[str]:
    """Return what a site was asked for, without the made-up address that finds out soft 404s."""
    return [path for path in site.paths() if not re.fullmatch(r"/[0-9a-f]{24}\.html", path)]


def verified(paths: list[Path]) -> str:
    """Return what `warcio check` says against files; nothing if all digests are right."""
    command = [sys.executable, "-m", "warcio.cli", "check", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""
