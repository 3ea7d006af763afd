"""`scrapy export`: write the articles to files that other programs read."""

from __future__ import annotations

import argparse
import contextlib

from winnow.items import WinnowError
from winnow.kinds import check_kinds
from winnow.tell.export import FORMATS, export, format_of
from winnow.tell.state import archive_name, articles, open_archive, run_number

from ..database_command import DatabaseCommand


class Command(DatabaseCommand):
    """Write all articles, or those that are new or changed since a run. Exit status 1 if they cannot be written."""

    usage = "[-s DATABASE=FILE] [--since RUN] [--kind KINDS] [--format FORMAT] FILE"
    about = "Write the articles as JSON Lines, CSV, Markdown files or Parquet"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `--since`, `--kind` and `--format`."""
        super().add_options(parser)
        since = "only articles that are new or changed in this run or a later one; `last` is the last run"
        parser.add_argument("--since", metavar="RUN", help=since)
        kinds = "only articles of these kinds, such as article,discussion (default: all)"
        parser.add_argument("--kind", metavar="KINDS", default="all", help=kinds)
        told = "jsonl, csv, markdown or parquet (default: told by the ending of FILE; a folder gets Markdown files)"
        parser.add_argument("--format", choices=FORMATS, help=told)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the articles. Raises `WinnowError` for an unknown run, kind or format, or an unwritable file."""
        target, kind = _target(args, opts.format, self.usage)
        kinds = check_kinds(opts.kind, "--kind")
        with contextlib.closing(open_archive(self.database)) as db:
            since = run_number(db, opts.since) if opts.since else None
            count = export(articles(db, since, kinds), target, kind, archive_name(db))
        if target != "-":
            print(f"{count:,} articles written to {target}")


def _target(args: list[str], kind: str | None, usage: str) -> tuple[str, str]:
    if len(args) != 1:
        raise WinnowError(f"name one file or folder to write: usage is `scrapy export {usage}`")
    kind = kind or ("jsonl" if args[0] == "-" else format_of(args[0]))
    if kind is None:
        raise WinnowError(f"no format is known for {args[0]}: name one with --format ({', '.join(FORMATS)})")
    if args[0] == "-" and kind in ("markdown", "parquet"):
        raise WinnowError(f"{kind} cannot be written to standard output: name a file or folder")
    return args[0], kind
