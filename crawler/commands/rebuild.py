"""`scrapy rebuild`: decide all duplicates anew from the stored texts."""

from __future__ import annotations

import argparse
import sys

from tqdm import tqdm

from winnow.items import WinnowError
from winnow.runs.anew import Rebuilt
from winnow.runs.rebuild import rebuild

from ..database_command import DatabaseCommand


class Command(DatabaseCommand):
    """Rebuild the index and all verdicts in one transaction, and print what has changed."""

    usage = "[-s DATABASE=FILE] [--stale]"
    about = "Decide all duplicates anew from the stored texts, after rules or parameters have changed"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `--stale`."""
        super().add_options(parser)
        told = "first read the pages anew that another version of Winnow has read, where their files are still there"
        parser.add_argument("--stale", action="store_true", help=told)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Rebuild the database. Raises `WinnowError` if it does not exist or is in use."""
        if args:
            raise WinnowError(f"unknown argument {args[0]}: usage is `scrapy rebuild {self.usage}`")
        with tqdm(unit=" pages", file=sys.stderr, disable=None, dynamic_ncols=True) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            options = self.options
            done = rebuild(options.database, progress, options.kinds, options if opts.stale else None)
        print(described(done))


def described(done: Rebuilt) -> str:
    """Return a few lines that say what a rebuild has changed."""
    lines = [f"{done.pages} pages decided anew: {done.articles} articles, {done.articles_before} before"]
    if done.stale:
        left = done.stale - done.read_anew
        lines.append(
            f"  {done.read_anew} pages read anew" + (f", {left} not: their files have gone or changed" if left else "")
        )
    if done.lost:
        lines.append(f"  {done.lost} pages without what they said, which was deleted: the next run reads them again")
    if done.moved:
        lines.append(f"  {done.moved} pages belong to another article now")
    lines += [f"  {count} pages: {before}, now {after}" for (before, after), count in done.endings.most_common()]
    return "\n".join(lines if len(lines) > 1 else [*lines, "  every page ends as before"])
