"""`scrapy moved`: tell the database that the folder of a source is now elsewhere, or list the sources."""

from __future__ import annotations

import argparse

from winnow.items import WinnowError
from winnow.runs.moved import listed, move
from winnow.text import one_line

from ..database_command import DatabaseCommand

_UNSEEN = "  no file of them is seen there: if that is the wrong folder, say it again, from there to the right one"


class Command(DatabaseCommand):
    """Give a source's folder its new place, so that the files there stay the known ones; or list all sources."""

    usage = "OLD NEW [-s DATABASE=FILE], or --list"
    about = "Say that a folder of pages has moved; --list names the sources and their folders"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `--list`."""
        super().add_options(parser)
        parser.add_argument("--list", action="store_true", help="list the sources with their pages and folders")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Move the folder, or list the sources. Raises `WinnowError` for folders that mean nothing."""
        if len(args) != (0 if opts.list else 2):
            raise WinnowError(f"name the folder as it was and as it is now: usage is `scrapy moved {self.usage}`")
        if not opts.list:
            source, pages, is_seen = move(self.database, *args)
            print(f"{pages:,} pages of the source {source} are in {one_line(args[1], 4096)} now")
            if not is_seen:
                print(_UNSEEN)
            return
        for source, pages, roots in listed(self.database):
            print(f"{source}: {pages:,} pages")
            print("\n".join(f"  {one_line(root, 4096) or '(no folder)'}" for root in roots))
