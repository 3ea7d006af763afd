"""`scrapy forget`: delete what pages held for good, and keep it from coming back."""

from __future__ import annotations

import argparse
import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from winnow.archive import forgotten
from winnow.archive.database import open_to_read
from winnow.archive.sqlite import Database
from winnow.items import WinnowError
from winnow.runs.forget import Forgotten, at_path, forget, of_host, take_over, wipe
from winnow.tell.explain import ARTICLE, find
from winnow.text import counted, one_line

from ..database_command import DatabaseCommand

_WIPED = "no trace of what was deleted is left in the database's files"


class Command(DatabaseCommand):
    """Forget a page, an article, the pages of a host or those whose paths fit a pattern."""

    usage = (
        f"PAGE|{ARTICLE}ID|--host HOST|--path GLOB [--dry-run] [--note TEXT] [-s DATABASE=FILE],"
        " or --export FILE, --import FILE, --traces"
    )
    about = "Delete for good what pages held, and keep it from coming back"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the ways to name pages, and what else the command does."""
        super().add_options(parser)
        parser.add_argument("--host", metavar="HOST", help="forget the pages of this host, such as paper.example")
        parser.add_argument("--path", metavar="GLOB", help="forget the pages whose path fits, such as '*/2019/*'")
        parser.add_argument("--dry-run", action="store_true", help="only list what would be forgotten")
        parser.add_argument("--note", metavar="TEXT", help="why, to be written down; never what the pages held")
        parser.add_argument("--export", metavar="FILE", help="write the digests by which forgotten pages are known")
        parser.add_argument(
            "--import", dest="taken", metavar="FILE", help="forget in this database, too, what they name"
        )
        parser.add_argument("--traces", action="store_true", help="only wipe the database's files once more")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Forget what is named, or list it. Raises `WinnowError` for what names no page, and where traces are left."""
        named = [each for each in (*args, opts.host, opts.path) if each is not None]
        if len(named) + opts.traces + bool(opts.export) + bool(opts.taken) != 1:
            raise WinnowError(f"name what to forget, in one way: usage is `scrapy forget {self.usage}`")
        if opts.traces:
            wipe(self.database)
            print(_WIPED)
        elif opts.export:
            self._export(Path(opts.export))
        elif opts.taken:
            _tell(take_over(self.database, _digests_in(Path(opts.taken)), f"--import {opts.taken}"))
        else:
            self._forget(named[0], opts)

    def _export(self, file: Path) -> None:
        with contextlib.closing(open_to_read(self.database, any_schema=False)) as db:
            digests = forgotten.digests(db)
        file.expanduser().write_text("".join(f"{digest}\n" for digest in digests), encoding="ascii")
        print(f"{counted(len(digests), 'digest')} written to {file}")

    def _forget(self, named: str, opts: argparse.Namespace) -> None:
        with contextlib.closing(open_to_read(self.database, any_schema=False)) as db:
            is_unfinished = forgotten.has_traces(db) and not opts.dry_run
            try:
                pages = forgotten.copies(db, _chosen(db, opts, named))
            except WinnowError:
                if not is_unfinished:
                    raise
                pages = []
            if not pages and not is_unfinished:
                raise WinnowError(f"nothing to forget is known as {named}")
            if opts.dry_run:
                print("\n".join(_listed(db, pages)))
                return
        if pages:
            _tell(forget(self.database, pages, _how(opts, named), opts.note))
        else:  # it was forgotten before, by a command that was stopped
            wipe(self.database)
            print(f"nothing more is known as {named}; {_WIPED}")


def _tell(done: Forgotten) -> None:
    print(f"{counted(done.pages, 'page')} and {counted(done.articles, 'article')} forgotten")
    if done.carried_on:
        count = counted(done.carried_on, "article")
        print(f"  other pages carry {count} on: `scrapy forget {ARTICLE}ID` takes all pages of an article")


def _digests_in(file: Path) -> list[str]:
    """Return the digests in a file, one a line. Raises `WinnowError` for a file that holds anything else."""
    try:
        lines = file.expanduser().read_text(encoding="ascii").split()
    except (OSError, UnicodeError) as error:
        raise WinnowError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if wrong := next((line for line in lines if not re.fullmatch("[0-9a-f]{64}", line)), None):
        raise WinnowError(f"{file} holds no digests as `scrapy forget --export` writes them: {one_line(wrong)}")
    return lines


def _chosen(db: Database, opts: argparse.Namespace, named: str) -> list[int]:
    if opts.host is not None:
        return of_host(db, named)
    if opts.path is not None:
        return at_path(db, named)
    found = [page["id"] for page in find(db, named)]
    return found if named.startswith(ARTICLE) else forgotten.versions(db, found)


def _how(opts: argparse.Namespace, named: str) -> str:
    option = "--host " if opts.host is not None else "--path " if opts.path is not None else ""
    return f"{option}{named}"


def _listed(db: Database, pages: list[int]) -> Iterator[str]:
    """Yield a line for each page, and for each article whether other pages carry it on."""
    yield f"{counted(len(pages), 'page')} would be forgotten, without --dry-run:"
    for page_id in pages:
        page = find(db, str(page_id))[0]
        yield f"  page {page_id}  {one_line(page['path'])}: {page['reason']}"
    for article_id in forgotten.articles_of(db, pages):
        carried = forgotten.pages_of(db, [article_id])
        title = one_line(find(db, str(carried[0]))[0]["article_title"] or "without a title")
        left = len({*carried} - {*pages})
        yield f"  {ARTICLE}{article_id}  {title}: " + (f"carried on by {counted(left, 'page')}" if left else "gone")
