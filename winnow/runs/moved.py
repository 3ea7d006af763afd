"""Tell the database that the folder of a source is now elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path

from winnow.archive.database import check_there, open_to_read
from winnow.archive.moved import is_gone
from winnow.archive.sources import Sources
from winnow.archive.store import Store
from winnow.files import escape_path
from winnow.items import WinnowError
from winnow.text import one_line

LOOKED_AT = 300  # files
_FILES = """SELECT path FROM containers WHERE source = ?1 AND root = ?2
    UNION ALL SELECT path FROM pages WHERE source = ?1 AND root = ?2 AND container_id IS NULL LIMIT ?3"""
NAMED = 5  # roots that a message names at most
_LISTED = """SELECT name, (SELECT count(*) FROM pages WHERE source = name), root
    FROM sources LEFT JOIN roots ON source = name ORDER BY name, root"""


def move(database: Path, old: str, new: str) -> tuple[str, int, bool]:
    """Let a folder take the place of a source's root; return the source, the number of pages, whether any file is seen.

    Raises `StartError` for a database that cannot be opened or does not exist, `WinnowError` for an old folder that is
    no root, and a new one that is no folder or belongs to another source.
    """
    check_there(database)
    store = Store(database)
    try:
        root, folder = _root(store.sources, old), _folder(new)
        source = store.sources.of(root)
        if store.sources.is_root(folder) and store.sources.of(folder) != source:
            taken = store.sources.of(folder)
            raise WinnowError(f"{one_line(folder, 4096)} is a folder of the source {one_line(taken)} already")
        store.begin()
        if folder != root:
            store.sources.move(root, folder)
        query = "SELECT count(*) FROM pages WHERE source = ? AND root = ?"
        files = [path for (path,) in store.db.execute(_FILES, [source, folder, LOOKED_AT])]
        is_seen = not files or not all(is_gone(folder, path) for path in files)
        return source, int(store.db.execute(query, [source, folder]).fetchone()[0]), is_seen
    finally:
        store.close()


def listed(database: Path) -> Iterator[tuple[str, int, list[str]]]:
    """Yield the sources by name, with the number of their pages and their roots. Raises `StartError`."""
    with closing(open_to_read(database, any_schema=False)) as db:
        for (source, pages), rows in groupby(db.execute(_LISTED).fetchall(), lambda row: (row[0], row[1])):
            yield source, pages, [root for *_, root in rows if root is not None]


def _root(sources: Sources, given: str) -> str:
    """Return the root that was meant: as it is written in the database, or as this system names a folder."""
    path = os.path.expanduser(given)
    ways = [given, *(escape_path(os.fsencode(way(path))) for way in (os.path.abspath, os.path.realpath))]
    root = next((way for way in ways if sources.is_root(way)), None)
    if root is None:
        raise WinnowError(f"no source was read from {one_line(given, 4096)}: {_named(sources.roots)}")
    return root


def _named(roots: Iterable[str]) -> str:
    known = sorted(one_line(root, 4096) for root in roots if root)
    more = f", and {len(known) - NAMED} more (`scrapy moved --list`)" if len(known) > NAMED else ""
    return f"there is {', '.join(known[:NAMED])}{more}" if known else "there is none with a folder"


def _folder(given: str) -> str:
    path = os.path.expanduser(given)
    if not os.path.isdir(path):
        raise WinnowError(f"{one_line(given, 4096)} is no folder: name the place where the pages are now")
    return escape_path(os.fsencode(os.path.realpath(path)))
