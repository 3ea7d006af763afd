"""`scrapy explain`: say why a page is, or is not, a duplicate of another, or what became of each line of a page."""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from winnow.archive.database import open_to_read
from winnow.archive.sqlite import Database
from winnow.items import Page, WinnowError
from winnow.room.asked import Asked
from winnow.room.search import search
from winnow.sources.containers import kind_in
from winnow.tell.corrections import corrected
from winnow.tell.explain import ARTICLE, Comparison, compare_pages, ended, find, partners
from winnow.tell.passages import Passage, Side
from winnow.text import counted, one_line

from ..database_command import DatabaseCommand
from ..page_lines import page_lines

NEAR = 3  # pages, and articles, that are named where no page is known as what was typed
_MARKS = {Side.BOTH: " ", Side.FIRST: "-", Side.SECOND: "+", Side.CHANGED: "~"}
_COLOURS = {Side.FIRST: "31", Side.SECOND: "32"}


class Command(DatabaseCommand):
    """Explain one page, two pages, an article, or the lines of a file."""

    usage = f"PAGE|{ARTICLE}ID [PAGE|{ARTICLE}ID] [-s DATABASE=FILE], or FILE --lines"
    about = "Say why a page is or is not a duplicate; PAGE is an id or a path"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add `--lines`."""
        super().add_options(parser)
        parser.add_argument("--lines", action="store_true", help="show what became of each line of a saved page")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the explanation. Raises `WinnowError` for arguments that name no page, or too many."""
        if not 1 <= len(args) <= 2 or (opts.lines and len(args) > 1):
            raise WinnowError(f"name one page or two: usage is `scrapy explain {self.usage}`")
        if opts.lines:
            self._print_lines(args[0])
            return
        db = open_to_read(self.database, any_schema=False)
        try:
            pages = _find(db, args[0])
            if len(args) == 2:
                others = [_canonical(_find(db, args[1]))]
                pages = [_canonical(pages)]
            elif args[0].startswith(ARTICLE):
                print("\n".join(_article(db, pages)))
                return
            else:
                others = [find(db, str(page_id))[0] for page_id in partners(db, pages[0])]
            print("\n".join([*ended(pages[0]), *corrected(db, pages[0])]))
            for other in others:
                print("\n" + "\n".join(_comparison(compare_pages(db, pages[0], other), len(others) == 1)))
        finally:
            db.close()

    def _print_lines(self, what: str) -> None:
        file = Path(what).expanduser()
        if not file.is_file():
            file = self._known_file(what)
        if kind_in(file.name, str(file)):
            raise WinnowError(f"{file.name} holds many pages: take out the one to look at, and name that file")
        page = Page(file.name, str(file.parent), file=str(file))
        # Not at the top: Scrapy imports every command for any of them, and what reads HTML takes long to import.
        read = import_module("winnow.read.account").account
        found = read(page, self.options.max_page_bytes, self.options.keep_comments)
        print("\n".join(page_lines(found)))

    def _known_file(self, what: str) -> Path:
        """Return the file that a known page was read from. Raises `WinnowError` if there is no such page or file."""
        if not self.database.exists():
            raise WinnowError(f"there is no file {what}, and no database {self.database} that could know it as a page")
        db = open_to_read(self.database, any_schema=False)
        try:
            page = find(db, what)[0]
        finally:
            db.close()
        file = Path(page["root"], page["path"])
        if not file.is_file():
            raise WinnowError(f"page {page['id']} is no longer in {file}, or stands in a file with others: name a file")
        return file


def _find(db: Database, what: str) -> list[dict[str, Any]]:
    """Return the pages that are named. Raises `WinnowError` if there are none, which names the nearest."""
    try:
        return find(db, what)
    except WinnowError as error:
        near = [] if what.startswith(ARTICLE) or what.isdecimal() else list(_near(db, what))
        if not near or "no page is known" not in str(error):
            raise
        raise WinnowError(f"{error}; near it: {', '.join(near)}") from None


def _near(db: Database, what: str) -> Iterator[str]:
    """Yield pages with a path that has what was typed in it, and articles that have its words, the likeliest first."""
    sql = "SELECT id, path FROM pages WHERE instr(lower(path), lower(?)) ORDER BY last_run DESC, id LIMIT ?"
    for page_id, path in db.execute(sql, [what, NEAR]):
        yield f"page {page_id} ({one_line(path)})"
    found = search(db.conn, Asked(q=what))
    for article in [*found.articles, *found.others][:NEAR]:
        yield f"{ARTICLE}{article['id']} ({one_line(article['title'] or 'without a title')})"


def _canonical(pages: list[dict[str, Any]]) -> dict[str, Any]:
    return next((page for page in pages if page["id"] == page["canonical_id"]), pages[0])


def _article(db: Database, pages: list[dict[str, Any]]) -> Iterator[str]:
    yield f"article {pages[0]['article_id']}: {one_line(pages[0]['article_title'] or 'without a title')}"
    for page in pages:
        mark = "*" if page["id"] == page["canonical_id"] else " "
        yield f"{mark} page {page['id']}  {one_line(page['path'])}"
        yield f"      {page['reason']}, similarity {page['similarity']:.2f}: {one_line(page['detail'])}"
        yield from (f"    {line}" for line in corrected(db, page))
    yield "* its text is the article's"


def _comparison(found: Comparison, in_full: bool) -> Iterator[str]:
    yield f"beside page {found.other['id']}  {one_line(found.other['path'])}: {found.verdict}"
    yield f"  {'shared shingles':22s}{found.overlap.shared}"
    for check in found.checks:
        yield f"  {check.name:22s}{check.value:8s}{check.needed}{'' if check.is_met else '  <- not met'}"
    if in_full:
        yield ""
        yield from _passages(found)


def _passages(found: Comparison) -> Iterator[str]:
    """Yield lines that show in full what differs, and count what is shared."""
    width = max(40, min(100, shutil.get_terminal_size().columns))
    yield f"  - only on page {found.other['id']}, + only on page {found.page['id']}, ~ changed"
    for side, group in groupby(found.passages, key=lambda passage: passage.side):
        if side is Side.BOTH:
            shared = list(group)
            yield f"    ({counted(len(shared), 'paragraph')} in common, {sum(p.words for p in shared)} words)"
            continue
        for passage in group:
            yield textwrap.fill(_written(passage), width, initial_indent=f"  {_MARKS[side]} ", subsequent_indent="    ")


def _written(passage: Passage) -> str:
    if passage.side is not Side.CHANGED:
        return _coloured(passage.side, one_line(passage.runs[0][1], 2000))
    return " ".join(_changed(passage.runs))


def _changed(runs: Iterable[tuple[Side, str]]) -> Iterator[str]:
    for side, text in runs:
        words = one_line(text, 2000)
        yield words if side is Side.BOTH else _coloured(side, f"[{_MARKS[side]}{words}{_MARKS[side]}]")


def _coloured(side: Side, text: str) -> str:
    return f"\x1b[{_COLOURS[side]}m{text}\x1b[0m" if sys.stdout.isatty() else text
