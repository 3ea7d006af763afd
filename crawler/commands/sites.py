"""`scrapy sites`: say which sites are crawled, look at one before, and see how they do."""

from __future__ import annotations

import argparse
import contextlib
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from winnow.archive.lock import RunLock
from winnow.items import WinnowError
from winnow.sites import ledger
from winnow.sites.ledger import FEED, SITEMAP
from winnow.sites.options import AGENT, SitesOptions, folder_of
from winnow.sites.report import illness, reports
from winnow.tell.state import open_archive

from ..database_command import DatabaseCommand
from ..sites_added import Wanted, add, address, find
from ..sites_told import listed, told

ARGUMENTS = {
    "add": "URL|feeds.opml… [--folder|--subdomains] [--feed URL] [--sitemap URL], or add --archive [URL|HOST…]",
    "list": "",
    "check": "URL",
    "report": "[--runs N] [--max-age HOURS]",
    "retry": "URL|HOST",
    "pause": "URL|HOST",
    "remove": "URL|HOST",
}


def _usage(action: str) -> str:
    return f"{action} {ARGUMENTS[action]}".strip()


class Command(DatabaseCommand):
    """Add, list, check, pause and remove sites, have one asked again, and report what became of them."""

    usage = ", or ".join(map(_usage, ARGUMENTS)) + " [-s SITES_FOLDER=FOLDER]"
    about = "Say which sites are crawled, look at one before, see how they do"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of `add` and of `report`."""
        super().add_options(parser)
        part = parser.add_mutually_exclusive_group()
        part.add_argument("--folder", action="store_true", help="add: only what lies in the folder of the address")
        part.add_argument("--subdomains", action="store_true", help="add: also the hosts below that of the address")
        named = "add: a {} of the site that neither its pages nor its robots.txt name"
        parser.add_argument("--feed", action="append", default=[], metavar="URL", help=named.format(FEED))
        parser.add_argument("--sitemap", action="append", default=[], metavar="URL", help=named.format(SITEMAP))
        gone = "add: ask a web archive for the pages of the sites that are gone, of all sites or of those named"
        parser.add_argument("--archive", action="store_true", help=gone)
        parser.add_argument("--runs", type=int, default=7, metavar="N", help="report: runs to list (default: 7)")
        age = "report: end with status 1 unless a good run ended in the last HOURS and no site looks broken"
        parser.add_argument("--max-age", type=float, metavar="HOURS", help=age)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what is asked. Raises `WinnowError` for what cannot be done, or if `--max-age` finds something wrong."""
        action, *names = args or [""]
        if action not in ARGUMENTS:
            raise WinnowError(f"say what to do with the sites: usage is `scrapy sites {self.usage}`")
        wanted = {"add": bool(names or opts.archive), "list": not names, "report": not names}
        if not wanted.get(action, len(names) == 1):
            raise WinnowError(f"name what the line shows: usage is `scrapy sites {_usage(action)}`")
        if action == "check":
            print(self._check(address(names[0])))
            return
        with contextlib.closing(ledger.open_ledger(self.folder, make=action == "add" and not opts.archive)) as db:
            match action:
                case "add" if opts.archive:
                    print(self._recover(db, names))
                case "add":
                    self._add(db, names, opts)
                case "list":
                    print(listed(db, self.folder, time.time()))
                case "report":
                    self._report(db, opts)
                case _:
                    print(DONE[action](db, names[0]))

    @property
    def folder(self) -> Path:
        """Return the folder of the ledger and of what is kept of the sites."""
        assert self.settings is not None
        return folder_of(self.settings)

    def _check(self, url: str) -> str:
        # Only those who fetch import what fetches: Scrapy imports all commands at every start.
        from ..fetch.asking import asked  # noqa: PLC0415
        from ..sites_checked import checked  # noqa: PLC0415

        assert self.settings is not None
        options = SitesOptions.from_settings(self.settings)
        return asked(partial(checked, url, AGENT), self.settings, options.headers, options.pause(url))

    def _recover(self, db: sqlite3.Connection, names: list[str]) -> str:
        from ..fetch.asking import asked  # noqa: PLC0415
        from ..sites_archived import PAUSE, from_archive, gone_addresses  # noqa: PLC0415

        assert self.settings is not None
        options = SitesOptions.from_settings(self.settings)
        known = [site for name in names for site in find(db, name)] or ledger.sites(db, ledger.ACTIVE)
        addresses = gone_addresses(db, known)
        if not addresses:
            return "no page is gone that no archive was asked for"
        with contextlib.ExitStack() as stack:
            stack.callback(RunLock(self.folder / ledger.LEDGER).release)
            job = partial(from_archive, db, addresses, options)
            return asked(job, self.settings, options.headers, PAUSE)

    def _add(self, db: sqlite3.Connection, names: list[str], opts: argparse.Namespace) -> None:
        wanted = Wanted(opts.folder, opts.subdomains, {FEED: opts.feed, SITEMAP: opts.sitemap})
        lines = add(db, names, wanted, time.time())
        print("\n".join([*lines, "`scrapy crawl sites` asks them; `scrapy sites list` names them all"]))

    def _report(self, db: sqlite3.Connection, opts: argparse.Namespace) -> None:
        now = time.time()
        with contextlib.ExitStack() as stack:
            archive = None
            if self.database.exists():
                archive = stack.enter_context(contextlib.closing(open_archive(self.database)))
            found = reports(db, now, archive=archive)
        print(told(db, self.folder, found, opts.runs))
        if opts.max_age is not None and (wrong := illness(db, opts.max_age, found, now)):
            raise WinnowError(f"not well: {wrong}")


def _retry(db: sqlite3.Connection, name: str) -> str:
    """Let a site be asked again, where it is paused, and its hosts at once."""
    asked = 0
    for site in find(db, name):
        ledger.set_state(db, site.id, ledger.ACTIVE)
        of_site = "select host from urls where site_id = ?1 union select host from sources where site_id = ?1"
        asked += sum(ledger.retry(db, host, time.time()) for (host,) in db.execute(of_site, [site.id]).fetchall())
    told = "1 address" if asked == 1 else f"{asked:,} addresses"
    return f"{told} that had failed or were given up will be asked by the next `scrapy crawl sites`"


def _pause(db: sqlite3.Connection, name: str) -> str:
    found = find(db, name)
    for site in found:
        ledger.set_state(db, site.id, ledger.PAUSED, "by hand")
    return "\n".join(f"paused: {site.url}; `scrapy sites retry {site.url}` lets it be asked again" for site in found)


def _remove(db: sqlite3.Connection, name: str) -> str:
    found = find(db, name)
    for site in found:
        ledger.remove_site(db, site.id)
    kept = "what was kept of its pages stays in the WARC files, and its articles in the database"
    return "\n".join(
        [*(f"removed: {site.url}" for site in found), f"{kept}: `scrapy forget --host HOST` deletes these"]
    )


DONE: dict[str, Callable[[sqlite3.Connection, str], str]] = {"retry": _retry, "pause": _pause, "remove": _remove}
