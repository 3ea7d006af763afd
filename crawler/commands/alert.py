"""`scrapy alert`: print what kept searches have newly found, for a mail that another program sends."""

from __future__ import annotations

import argparse
import contextlib
import sqlite3
from collections.abc import Iterator

from winnow.archive.database import open_to_read
from winnow.items import WinnowError
from winnow.room.kept import news
from winnow.room.search import Results
from winnow.search.operators import is_day

from ..database_command import DatabaseCommand
from .search import stated


class Command(DatabaseCommand):
    """Print the new articles of each search that was kept in the reading room; nothing if there are none."""

    usage = "[-s DATABASE=FILE] [--since RUN|DAY]"
    about = "Print what kept searches have newly found, for a mail"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `--since`."""
        super().add_options(parser)
        told = "a run, such as 7, or a day, such as 2024-03-15, since which articles are new (default: the last run)"
        parser.add_argument("--since", metavar="RUN|DAY", default="last", help=told)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the articles. Raises `WinnowError` for a run that is not there."""
        if args:
            raise WinnowError(f"alert takes no argument {args[0]!r}: usage is `scrapy alert {self.usage}`")
        with contextlib.closing(open_to_read(self.database, any_schema=False)) as db:
            moment = _moment(db.conn, opts.since)
            for number, (name, found) in enumerate(news(db.conn, self.database, moment) if moment else []):
                print("\n".join([*([""] if number else []), *_lines(name, found)]))


def _moment(db: sqlite3.Connection, since: str) -> str | None:
    """Return when a run began, or the day that is named; None if there is no run yet."""
    if is_day(since) and len(since) > 4:
        return since
    if since != "last" and not (since.isascii() and since.isdigit() and len(since) < 19):
        raise WinnowError(f"--since {since}: name a run, such as 7, a day, such as 2024-03-15, or last")
    last = db.execute("SELECT started FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    if since == "last" or last is None:
        return last and str(last[0])
    found = db.execute("SELECT started FROM runs WHERE id = ?", [int(since)]).fetchone()
    if found is None:
        raise WinnowError(f"--since {since}: there is no such run; `scrapy report` lists them")
    return str(found[0])


def _lines(name: str, found: Results) -> Iterator[str]:
    number = f"{'more than ' if found.is_more else ''}{found.total:,}"
    yield from stated(f"{name}: {number} new article{'' if found.total == 1 else 's'}")
    for article in found.articles:
        yield from (f"  {line}" for line in stated(f"article:{article['id']} {article['title'] or 'without a title'}"))
        told = [article[each] for each in ("date", "hostname", "author") if article[each]]
        yield from (f"    {line}" for line in stated(", ".join(told)) if line)
    if found.total > len(found.articles):
        yield f"  and {found.total - len(found.articles):,} more"
