"""Tell which source the folders and files belong to that a run is to read: a known one, or a new one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from winnow.archive.store import Store
from winnow.items import StartError
from winnow.sources.folder import Folder, source_name
from winnow.text import one_line

_ANY_OTHER = "SELECT root FROM pages WHERE NOT EXISTS (SELECT 1 FROM pages WHERE source = ?) LIMIT 1"


def folders_of(
    store: Store, places: Iterable[tuple[Path, str | None]], name: str | None = None
) -> tuple[list[Folder], list[str]]:
    """Return the folders to read, and lines for a person on those that are new; `name` is the name of their source.

    Raises `StartError` for a name of no use, and where a folder belongs to a source of another name.
    """
    if name is not None and not (name.isprintable() and name.strip()):
        raise StartError("-a source=… cannot be used: give a name of printable characters")
    finder = _Finder(store, name)
    return [finder.folder(place, only) for place, only in places], finder.said


class _Finder:
    def __init__(self, store: Store, name: str | None) -> None:
        self._store, self._sources, self._name = store, store.sources, name
        self.said: list[str] = []

    def folder(self, place: Path, only: str | None) -> Folder:
        """Return a folder with the roots that its files belong to; a folder outside all roots becomes one."""
        here = source_name(place)
        root = self._sources.above(here)
        if root is None:
            root = here
            self._begin(here)
        source = self._sources.of(root)
        if self._name not in (None, source):
            where = "" if root == here else f"lies in {one_line(root, 4096)}, which "
            raise StartError(f"{one_line(here, 4096)} {where}is the source {source}: leave -a source=… out")
        self._greet(here, source)
        return Folder(place, only, root, self._sources.below(here))

    def _begin(self, here: str) -> None:
        is_known = self._name in self._sources.names
        self._sources.of(here, self._name)
        if is_known:
            self.said.append(f"takes {one_line(here, 4096)} for one more folder of the source {self._name}")

    def _greet(self, here: str, source: str) -> None:
        """Say so where the database holds pages, but none of this source."""
        found = self._store.db.execute(_ANY_OTHER, [source]).fetchone()
        if found:
            held = f"pages from {one_line(found[0], 4096)}" if found[0] else "other pages"
            called = "" if source == here.rpartition("/")[2] else f", and calls this source {source}"
            self.said.append(f"has read nothing from {one_line(here, 4096)} before; it holds {held}{called}")
