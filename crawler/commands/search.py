"""`scrapy search`: find articles by their words, as the search page of the reading room does."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sqlite3
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from winnow.archive.database import open_to_read
from winnow.items import WinnowError
from winnow.kinds import EVERY_KIND, check_kinds
from winnow.room.asked import MAX_PAGES, Asked
from winnow.room.database import Row
from winnow.room.search import PER_PAGE, Results, search
from winnow.search.passages import END, START

from ..database_command import DatabaseCommand

_MARKS = {START: "\x1b[1m", END: "\x1b[0m"}  # bold


class Command(DatabaseCommand):
    """Print the articles that have the words, the best matches first, each with the passage where the words stand."""

    usage = "WORDS [-s DATABASE=FILE] [--limit N] [--kind KINDS]"
    about = 'Find articles by words, a "phrase", light*, one OR another, ferry -car, site:paper.example'

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `--limit` and `--kind`."""
        super().add_options(parser)
        parser.add_argument("--limit", type=int, default=10, metavar="N", help="articles to show (default: 10)")
        kinds = "only articles of these kinds, such as article,discussion (default: all)"
        parser.add_argument("--kind", metavar="KINDS", default="all", help=kinds)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the articles. Raises `WinnowError` if no article has any of the words."""
        most = PER_PAGE * MAX_PAGES
        if not args:
            raise WinnowError(f"name the words to look for: usage is `scrapy search {self.usage}`")
        if not 1 <= opts.limit <= most:
            raise WinnowError(f"--limit {opts.limit}: name a number from 1 to {most}")
        kinds = check_kinds(opts.kind, "--kind")
        asked = Asked(q=" ".join(args), kind=",".join(sorted(kinds)) if kinds != EVERY_KIND else "")
        with contextlib.closing(open_to_read(self.database, any_schema=False)) as db:
            found = search(db.conn, asked)
            if not found.total and not found.others:
                raise WinnowError(f"no article has these words: {_shown(asked.q)}")
            print(_head(found))
            for article in islice(_articles(db.conn, asked, found), opts.limit):
                print("\n".join(_lines(article)))


def _articles(db: sqlite3.Connection, asked: Asked, found: Results) -> Iterator[Row]:
    """Yield the articles found, those of one page of the reading room after the other, then those with most words."""
    yield from [*found.articles, *found.others]
    while found.has_next:
        asked = replace(asked, page=asked.page + 1)
        found = search(db, asked)
        yield from found.articles


def _head(found: Results) -> str:
    """Return how many articles there are, and what was looked for where nothing has all words."""
    count = f"{'more than ' if found.is_more else ''}{_articles_in_words(found.total)}"
    if not found.meant and found.total:
        return count
    notes = [f"looked instead for: {_shown(found.meant)}"] if found.meant else []
    notes += [] if found.total else ["these have most of them"]
    shown = count if found.total else _articles_in_words(len(found.others))
    return f"{shown} (nothing has all words; {', '.join(notes)})"


def _articles_in_words(count: int) -> str:
    return f"{count:,} article{'s' if count != 1 else ''}"


def _lines(article: Row) -> Iterator[str]:
    width = max(40, min(100, shutil.get_terminal_size().columns))
    yield f"article:{article['id']}  {_shown(article['marked_title'] or 'without a title')}"
    stated = [article[name] for name in ("date", "hostname", "author", "kind")]
    if any(stated):
        yield f"  {_shown(', '.join(filter(None, stated)))}"
    if article.get("missing"):
        yield f"  without: {_shown(', '.join(article['missing']))}"
    yield _marked(textwrap.fill(_plain(article["snippet"]), width, initial_indent="  ", subsequent_indent="  "))


def _shown(text: str) -> str:
    return _marked(_plain(text))


def stated(text: str) -> list[str]:
    """Return a text of other people as the line that a terminal or a mail may show; none for an empty one."""
    line = _plain(text).replace(START, "").replace(END, "")
    return [line] if line else []


def _plain(text: str) -> str:
    """Return a text as one line without characters that could steer a terminal, but with the marks."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable() or each in _MARKS)


def _marked(text: str) -> str:
    """Return a text with its marks in bold, or without them where no terminal shows it."""
    for mark, code in _MARKS.items():
        text = text.replace(mark, code if sys.stdout.isatty() else "")
    return text
