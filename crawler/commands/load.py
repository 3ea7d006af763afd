"""`scrapy load`: bring the tables that a cluster has written into the database."""

from __future__ import annotations

import argparse
import re
import sys

from tqdm import tqdm

from winnow.cluster.load import Selection, load
from winnow.items import WinnowError

from ..database_command import DatabaseCommand


class Command(DatabaseCommand):
    """Load the tables of a finished job, or some of its articles, into a database without pages."""

    usage = "[-s DATABASE=FILE] [--site HOSTNAME] [--since DATE] DIR"
    about = "Load the Parquet tables that a cluster has written; the next crawl goes on from them"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `--site` and `--since`."""
        super().add_options(parser)
        parser.add_argument("--site", metavar="HOSTNAME", help="only articles whose `hostname` this is")
        parser.add_argument("--since", metavar="DATE", help="only articles dated this day (yyyy-mm-dd) or later")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Load the tables. Raises `WinnowError` for arguments that mean nothing and tables that cannot be loaded."""
        if len(args) != 1:
            raise WinnowError(f"name one folder of tables: usage is `scrapy load {self.usage}`")
        if opts.since and not re.fullmatch(r"\d{4}-\d\d-\d\d", opts.since):
            raise WinnowError(f"{opts.since} is no date: write it as yyyy-mm-dd")
        with tqdm(unit=" rows", file=sys.stderr, disable=None, dynamic_ncols=True) as bar:

            def progress(table: str, rows: int) -> None:
                bar.set_description(table)
                bar.n = rows
                bar.refresh()

            row = load(args[0], self.database, Selection(opts.site, opts.since), progress).row()
        print(
            f"{row['pages']:,} pages loaded: {row['new'] + row['changed']:,} articles, "
            f"{row['duplicates']:,} duplicates, {row['rejected']:,} rejected"
        )
