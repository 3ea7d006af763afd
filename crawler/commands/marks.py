"""`scrapy marks`: write what was marked in the reading room to a file."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from winnow.archive.database import open_to_read
from winnow.items import WinnowError
from winnow.marks.export import FORMATS, lines, records
from winnow.tell.written import appearing
from winnow.text import counted

from ..database_command import DatabaseCommand

_FORMAT_OF = {".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "markdown"}


class Command(DatabaseCommand):
    """Write stars, tags, notes, highlights and kept searches. Exit status 1 if they cannot be written."""

    usage = "[-s DATABASE=FILE] [--format FORMAT] FILE"
    about = "Write what was marked in the reading room as JSON Lines or Markdown"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `--format`."""
        super().add_options(parser)
        told = "jsonl or markdown (default: told by the ending of FILE, .jsonl or .md; for `-`, jsonl)"
        parser.add_argument("--format", choices=FORMATS, help=told)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the marks. Raises `WinnowError` for an unknown format or an unwritable file."""
        if len(args) != 1:
            raise WinnowError(f"name one file to write: usage is `scrapy marks {self.usage}`")
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
        kept = len(found) - articles
        searches = f"{kept:,} search{'' if kept == 1 else 'es'}"
        print(f"marks of {counted(articles, 'article')} and {searches} written to {target}")
