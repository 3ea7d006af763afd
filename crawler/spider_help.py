"""What `scrapy crawl --help` says of the spider's arguments and of the settings that one turns."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator

from scrapy.commands import ScrapyHelpFormatter

from . import settings

ARGUMENTS = {
    "path=FOLDER": "a folder, read with all folders in it, or one file; several, divided by commas (default: seeds)",
    "source=NAME": "the source that the paths belong to, by which their pages are known wherever they are moved",
    "verify=1": "read unchanged files too, should their bytes have changed behind the same size and time",
}
SETTINGS = {
    "DATABASE": "the archive, which is made if it does not exist",
    "WORKERS": "worker processes; 0: one for each core",
    "KINDS": "kinds of pages that make articles, such as article,discussion",
    "KEEP_COMMENTS": "True keeps the comments below an article as part of its text",
    "MAX_PAGE_BYTES": "larger pages are rejected unread",
    "PAGE_CPU_SECONDS": "CPU time that a page may take",
    "WORKER_MEMORY_MB": "memory that a worker may map, in MiB",
}
_WIDTH, _COLUMN = 78, 24


class Formatter(ScrapyHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """Scrapy's help with the end of it as it stands."""


def epilog() -> str:
    """Return the arguments and settings, each with what it does and its default."""
    lines = [
        *_headed("Arguments of the spider seeds", {f"-a {name}": told for name, told in ARGUMENTS.items()}),
        "",
        *_headed("Settings", {f"-s {name}={getattr(settings, name)}": told for name, told in SETTINGS.items()}),
        "  Shown are the defaults; docs/settings.md has all settings, and what they cost.",
    ]
    return "\n".join(lines)


def _headed(heading: str, told: dict[str, str]) -> Iterator[str]:
    yield from (heading, "-" * len(heading))
    for name, words in told.items():
        begin = f"  {name}".ljust(_COLUMN)
        if len(begin) >= _COLUMN and not begin.endswith(" "):
            yield begin
            begin = " " * _COLUMN
        yield textwrap.fill(words, _WIDTH, initial_indent=begin, subsequent_indent=" " * _COLUMN)
