"""`scrapy marks`: write what was marked in the reading room to a file, and take over what such a file says."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from winnow.archive.database import open_to_read
from winnow.archive.forgotten import bytes_of
from winnow.corrections import read_file
from winnow.items import WinnowError
from winnow.marks.export import FORMATS, lines, records
from winnow.marks.imports import Marked, Search, read_marks, take_over
from winnow.tell.written import appearing
from winnow.text import counted

from ..database_command import DatabaseCommand

_FORMAT_OF = {".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "markdown"}


class Command(DatabaseCommand):
    """Write stars, tags, notes, highlights and kept searches, or import them. Exit status 1 if that cannot be done."""

    usage = "[-s DATABASE=FILE] [--format FORMAT] FILE, or --import FILE"
    about = "Write what was marked in the reading room as JSON Lines or Markdown, or import it"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `--format` and `--import`."""
        super().add_options(parser)
        told = "jsonl or markdown (default: told by the ending of FILE, .jsonl or .md; for `-`, jsonl)"
        parser.add_argument("--format", choices=FORMATS, help=told)
        parser.add_argument("--import", dest="taken", metavar="FILE", help="take marks over from JSON Lines")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write or import marks. Raises `WinnowError` for an unknown format or a file that cannot be had or written."""
        if len(args) + (opts.taken is not None) != 1:
            raise WinnowError(f"name one file: usage is `scrapy marks {self.usage}`")
        if opts.taken is not None:
            print(self._import(read_file(opts.taken, read_marks)))
            return
        target = args[0]
        kind = opts.format or ("jsonl" if target == "-" else _FORMAT_OF.get(Path(target).suffix.lower()))
        if kind is None:
            raise WinnowError(f"no format is known for {target}: name one with --format ({', '.join(FORMATS)})")
        with contextlib.closing(open_to_read(self.database, any_schema=False)) as db:
            found = list(records(db.conn, self.database))
        if target == "-":
            print("".join(lines(found, kind)), end="")
            return
        with appearing(Path(target).expanduser()) as file:
            file.writelines(lines(found, kind))
        articles = sum("search" not in each for each in found)
        print(f"{_counted(articles, len(found) - articles)} written to {target}")

    def _import(self, told: list[Marked | Search]) -> str:
        digests = {each.about.sha256 for each in told if isinstance(each, Marked)}
        with contextlib.closing(open_to_read(self.database, any_schema=False)) as db:
            taken = take_over(db.conn, self.database, told, bytes_of(db, digests))
        more = {"known already": taken.known, "of forgotten pages": taken.forgotten}
        left = "".join(f", {number:,} {what}" for what, number in more.items() if number)
        waiting = f"; {counted(taken.missing, 'article')} not in this archive" if taken.missing else ""
        return f"{_counted(taken.articles, taken.searches)} taken over{left}{waiting}"


def _counted(articles: int, searches: int) -> str:
    return f"marks of {counted(articles, 'article')} and {searches:,} search{'' if searches == 1 else 'es'}"
