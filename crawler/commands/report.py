"""`scrapy report`: print the state of the archive and how the last runs went, for people and for monitors."""

from __future__ import annotations

import argparse
import contextlib
import json
import sqlite3
from pathlib import Path

from winnow.items import WinnowError
from winnow.runs.counts import skipped_told
from winnow.tell.state import illness, last_runs, open_archive, state
from winnow.times import duration

from ..database_command import DatabaseCommand
from ..output import table
from ..summary import shown

COLUMNS = ("pages", "new", "changed", "unchanged", "duplicates", "rejected", "failed")


class Command(DatabaseCommand):
    """Print the archive's state and its last runs; with `--max-age`, end with status 1 when something is wrong."""

    usage = "[-s DATABASE=FILE] [--runs N] [--max-age HOURS]"
    about = "Print the state of the archive and how the last runs went"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `--runs`, `--max-age` and `--max-failed`."""
        super().add_options(parser)
        parser.add_argument("--runs", type=int, default=10, metavar="N", help="runs to list (default: 10)")
        age = "end with status 1 unless a good run ended in the last HOURS and the last run was good"
        parser.add_argument("--max-age", type=float, metavar="HOURS", help=age)
        failed = "pages that may fail inside Winnow in a good run (default: 0)"
        parser.add_argument("--max-failed", type=int, default=0, metavar="N", help=failed)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the report. Raises `WinnowError`, so that the status is 1, if `--max-age` finds something wrong."""
        if args:
            raise WinnowError(f"unknown argument {args[0]}: usage is `scrapy report {self.usage}`")
        with contextlib.closing(open_archive(self.database)) as db:
            wrong = illness(db, opts.max_age, opts.max_failed) if opts.max_age is not None else None
            print(_report(db, self.database, opts.runs))
        if wrong:
            raise WinnowError(f"not well: {wrong}")


def _report(db: sqlite3.Connection, path: Path, limit: int) -> str:
    found = state(db, path)
    lines = [
        f"{shown(path)}: {found.articles:,} articles from {found.pages:,} pages "
        f"({found.duplicates:,} duplicates, {found.rejected:,} rejected), "
        f"{found.revisions:,} earlier text{'s' if found.revisions != 1 else ''}, "
        f"{found.size / 1e6:,.1f} MB"
    ]
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in found.kinds.items())
    lines += [f"  by kind: {kinds}"] if len(found.kinds) > 1 else []
    rows = [("run", "started (UTC)", "status", *COLUMNS, "took", "pages/s")]
    runs = last_runs(db, limit)
    for run in runs:
        rate = f"{run['pages'] / run['seconds']:.1f}" if run["seconds"] else ""
        numbers = [f"{run[name]:,}" for name in COLUMNS]
        started = run["started"][:16].replace("T", " ")
        took = duration(run["seconds"]) if run["seconds"] is not None else ""
        rows.append((str(run["id"]), started, run["status"] or "not ended", *numbers, took, rate))
    lines += table(rows, {1, 2})
    skipped = json.loads(runs[0].get("skipped", "{}")) if runs else {}  # an archive of an earlier version counts none
    lines += [line.replace("skipped", f"skipped in run {runs[0]['id']}", 1) for line in skipped_told(skipped)]
    return "\n".join(lines)
