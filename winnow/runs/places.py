"""Tell which source the folders and files belong to that a run is to read: a known one, a moved one, or a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path

from winnow.archive.moved import is_gone
from winnow.archive.store import Store
from winnow.files import load
from winnow.items import Page, StartError
from winnow.sources.containers.batches import ends_of
from winnow.sources.folder import Folder, SeedFile, seed_files, source_name
from winnow.text import one_line

LISTED = 300  # files by which a folder is known that has moved
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


def moved_from(store: Store, place: Path, roots: Iterable[str]) -> str | None:
    """Return the one of some roots whose files have moved to a folder, None if none have.

    These must be most of the files that are listed first: with the same path and size, the same time or else bytes, and
    gone from below the root.
    """
    seeds = [found for found in islice(seed_files(place), LISTED) if isinstance(found, SeedFile)]
    found = {root: sum(_same(store, root, seeds)) for root in roots}
    best = max(found, key=lambda root: found[root], default=None)
    return best if best is not None and found[best] > len(seeds) / 2 else None


def _same(store: Store, root: str, seeds: Sequence[SeedFile]) -> Iterator[bool]:
    """Tell of each file whether it was at the same path below a root and is gone from there."""
    files = store.known_files(root, [seed.path for seed in seeds])
    containers = store.containers.known(store.source_of(root), [seed.path for seed in seeds])
    for seed in seeds:
        if known := files.get(seed.path):
            size, modified, digest, measure = known.size, known.modified, known.sha256, _sha256
        elif seed.path in containers:
            (size, modified, digest), measure = containers[seed.path], ends_of
        else:
            continue
        is_same = size == seed.size and (modified == seed.modified or digest == measure(seed.file, seed.size))
        yield is_same and is_gone(root, seed.path)


def _sha256(name: str, size: int) -> str | None:
    body = load(Page("", file=name), size)
    return None if body.problem else sha256(body.body).hexdigest()


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
            self._begin(here, place if only is None else None)
        source = self._sources.of(root)
        if self._name not in (None, source):
            where = "" if root == here else f"lies in {one_line(root, 4096)}, which "
            raise StartError(f"{one_line(here, 4096)} {where}is the source {source}: leave -a source=… out")
        self._greet(here, source)
        return Folder(place, only, root, self._sources.below(here))

    def _begin(self, here: str, place: Path | None) -> None:
        """Let a folder be the root of a source: of one that has moved there, of a known one, or of a new one."""
        is_known, shown = self._name in self._sources.names, one_line(here, 4096)
        known = self._sources.roots.items()
        roots = [root for root, source in known if root.startswith("/") and self._name in (None, source)]
        old = moved_from(self._store, place, roots) if place and roots else None
        if old is not None:
            self._sources.move(old, here)
            source, was = self._sources.of(here), one_line(old, 4096)
            self.said.append(f"knows what is in {shown}: it is the source {source}, which was in {was}")
            return
        self._sources.of(here, self._name)
        if is_known:
            self.said.append(f"takes {shown} for one more folder of the source {self._name}")

    def _greet(self, here: str, source: str) -> None:
        """Say so where the database holds pages, but none of this source."""
        found = self._store.db.execute(_ANY_OTHER, [source]).fetchone()
        if found:
            held = f"pages from {one_line(found[0], 4096)}" if found[0] else "other pages"
            called = "" if source == here.rpartition("/")[2] else f", and calls this source {source}"
            self.said.append(f"has read nothing from {one_line(here, 4096)} before; it holds {held}{called}")
