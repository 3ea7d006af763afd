"""`scrapy correct`: put right what Winnow has made of a page or an article, for good."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path

from winnow.archive.corrections import in_force, pages_named
from winnow.archive.database import check_there, open_to_read
from winnow.archive.store import Store
from winnow.corrections import Action, Correction, read_file, read_lines
from winnow.items import WinnowError
from winnow.runs.corrections import correct, take_back
from winnow.tell.corrections import Wanted, corrections_of, in_words
from winnow.tell.explain import ARTICLE, ended, find
from winnow.tell.written import appearing
from winnow.text import counted, one_line

from ..database_command import DatabaseCommand

_FLAGS = {
    Action.SPLIT: "the page begins an article of its own",
    Action.ACCEPT: "the rejected page is an article",
    Action.REJECT: "the page, or the article with all its pages, is no article",
    Action.PIN: "the page's text is the article's",
}
_SET = "a column of the article has this value, such as title=…, author=…, date=yyyy-mm-dd"


class Command(DatabaseCommand):
    """Write corrections and apply them at once; list, take back, export and import them."""

    usage = (
        f"PAGE|{ARTICLE}ID [--reject | [--accept] [--split] [--merge OTHER] [--pin]]"
        " [--set FIELD=VALUE] [--clear FIELD] [--note TEXT], or --list, --undo ID, --export FILE, --import FILE"
    )
    about = "Put right what became of a page or an article; PAGE is an id or a path"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add what can be said, and what can be done with all that was said."""
        super().add_options(parser)
        for action, told in _FLAGS.items():
            parser.add_argument(f"--{action}", dest="actions", action="append_const", const=action, help=told)
        merged = "the page carries the same article as this one"
        parser.add_argument("--merge", metavar=f"PAGE|{ARTICLE}ID", help=merged)
        parser.add_argument("--set", dest="fields", action="append", metavar="FIELD=VALUE", help=_SET)
        parser.add_argument(
            "--clear", dest="cleared", action="append", metavar="FIELD", help="a column of the article is empty"
        )
        parser.add_argument("--note", metavar="TEXT", help="why, for those who come later")
        parser.add_argument("--list", action="store_true", help="print the corrections in force")
        parser.add_argument("--undo", type=int, metavar="ID", help="take a correction back")
        parser.add_argument(
            "--export", metavar="FILE", help="write the corrections in force as JSON Lines, `-` to print"
        )
        parser.add_argument("--import", dest="taken", metavar="FILE", help="take corrections over from JSON Lines")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what is asked for. Raises `WinnowError` for what cannot be said, or of a page that is not known."""
        wanted = Wanted(opts.actions or (), opts.merge, opts.fields or (), opts.cleared or (), opts.note)
        is_said = len(args) == 1 and (wanted.actions or wanted.merge or wanted.fields or wanted.cleared)
        asked = [bool(is_said), opts.list, opts.undo is not None, opts.export is not None, opts.taken is not None]
        if sum(asked) != 1 or (args and not is_said):
            raise WinnowError(f"say one thing of one page, or ask for one: usage is `scrapy correct {self.usage}`")
        if opts.list or opts.export is not None:
            self._write(opts.export)
        elif opts.taken is not None:
            print(self._import(read_file(opts.taken, read_lines)))
        else:
            print("\n".join(self._said(args[0], wanted) if args else self._undone(opts.undo)))

    def _write(self, target: str | None) -> None:
        """Print the corrections in force for a person, or write them as JSON Lines to a file or standard output."""
        with contextlib.closing(open_to_read(self.database, any_schema=False)) as db:
            told = in_force(db)
            lines = [f"{one_line(each.path)}: {in_words(db, number, each)}" for number, each in told.items()]
        if target is None:
            print("\n".join(lines or ["nobody has corrected anything"]))
        elif target == "-":
            print("".join(f"{each.line()}\n" for each in told.values()), end="")
        else:
            with appearing(Path(target).expanduser()) as file:
                file.writelines(f"{each.line()}\n" for each in told.values())
            print(f"{counted(len(told), 'correction')} written to {target}")

    def _import(self, told: list[Correction]) -> str:
        with contextlib.closing(self._store()) as store:
            added = correct(store, told)
            waiting = sum(not pages_named(store.db, [each]) for each in added.values())
        taken = f"{counted(len(added), 'correction')} taken over"
        known = f", {len(told) - len(added)} known already or of forgotten pages" if len(added) < len(told) else ""
        return taken + known + (f"; {waiting} wait for their pages" if waiting else "")

    def _said(self, what: str, wanted: Wanted) -> Iterator[str]:
        check_there(self.database)
        with contextlib.closing(self._store()) as store:
            added = correct(store, corrections_of(store.db, what, wanted))
            yield from _told(store, added, "corrected")

    def _undone(self, number: int) -> Iterator[str]:
        check_there(self.database)
        with contextlib.closing(self._store()) as store:
            yield from _told(store, {number: take_back(store, number)}, "taken back")

    def _store(self) -> Store:
        return Store(self.database, cache_mb=self.options.cache_mb, kinds=self.options.kinds)


def _told(store: Store, corrections: dict[int, Correction], how: str) -> Iterator[str]:
    """Yield lines that say what was corrected, and what became of the pages."""
    if not corrections:
        yield "nothing new: this was said before"
    yield from (f"{how}: {in_words(store.db, number, told)}" for number, told in corrections.items())
    for page_id in pages_named(store.db, corrections.values()):
        yield from ended(find(store.db, str(page_id))[0])
