"""List the seed files of a folder: sorted bytewise by path, lazily, without opening any."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from winnow.files import escape_path
from winnow.items import Page, StartError
from winnow.sources.beside import HIDDEN, beside
from winnow.sources.containers import kind_of
from winnow.sources.no_pages import no_page_by_name
from winnow.times import utc_time


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A regular file: `path` is relative to `root`, with `/`, and both are escaped; `file` is for `open`.

    `root` is known once it is known which source the file belongs to, and `path` is relative to the folder that was
    listed until then. `size` is in bytes, `modified` ISO 8601 in UTC.
    `anew` says that the file is read though both are as they were, `is_named` that a person has named the very file,
    which is read whatever it is.
    """

    path: str
    file: str
    size: int
    modified: str | None
    root: str = ""
    anew: bool = False
    is_named: bool = False

    @property
    def page(self) -> Page:
        """Return the page in the file, which is not read yet; of a container, what its pages have in common."""
        return Page(self.path, self.root, size=self.size, modified=self.modified, file=self.file, anew=self.anew)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to read, or the one file `only` in it, and to which roots of sources its files belong.

    A file belongs to the deepest root that it lies in: one of the `inner` roots, which are below the folder, else
    `root`, which is the folder itself or above it. So the files of a source stay its own, whichever folder is named.
    """

    place: Path
    only: str | None
    root: str
    inner: frozenset[str] = frozenset()
    _start: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_start", source_name(self.place).rstrip("/") + "/")

    @property
    def name(self) -> str:
        """Return the name of what is read, as it is written in the database."""
        return source_name(self.place, self.only)

    def seeds(self) -> Iterator[SeedFile | Skipped]:
        """Yield what `seed_files` does, the files with their roots and their paths below these."""
        for found in seed_files(self.place, self.only):
            yield self.placed(found) if isinstance(found, SeedFile) else found

    def placed(self, seed: SeedFile) -> SeedFile:
        """Return a file of the folder with its root, and its path below that."""
        if self.root == self._start[:-1] and not self.inner:
            return replace(seed, root=self.root)
        whole, root, start = self._start + seed.path, self.root, self._start
        if self.inner:
            above = (whole[:end] for end in range(len(whole) - 1, len(start) - 1, -1) if whole[end] == "/")
            root = next((folder for folder in above if folder in self.inner), root)
        return replace(seed, root=root, path=whole[len(root.rstrip("/")) + 1 :])


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path in the folder that is no seed, and why; `is_refused` where the system did not let anybody look.

    `seed` is the file where it was opened to tell that, and need not be again.
    """

    path: str
    why: str
    is_refused: bool = False
    seed: SeedFile | None = None


_NOWHERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)  # a link that leads nowhere, or what has gone since it was listed


def resolve_root(path: str) -> tuple[Path, str | None]:
    """Return the folder to crawl and, when `path` names one file, that file's name. Raises `StartError`."""
    if not path.strip():  # of a variable that is not set, and the current folder to `Path`
        raise StartError("path is empty; give a folder or a file with -a path=…")
    place = Path(path).expanduser().absolute()
    try:
        mode = place.stat().st_mode
    except OSError as error:
        raise StartError(f"cannot read {place}: {error.strerror}; give a folder or a file with -a path=…") from None
    if stat.S_ISDIR(mode):
        if not os.access(place, os.R_OK | os.X_OK):
            raise StartError(f"cannot list {place}: Permission denied; check the permissions of the folder")
        return Path(os.path.realpath(place)), None
    place = Path(os.path.realpath(place))  # a link may lead anywhere if the user names the link itself
    if not stat.S_ISREG(mode):
        raise StartError(f"{place} is neither a folder nor a regular file")
    return place.parent, place.name


def resolve_roots(given: str | Sequence[str]) -> list[tuple[Path, str | None]]:
    """Return what `resolve_root` does for each path that is given; one string may hold several, divided by commas.

    A string that is the path of something is one path, whatever commas it has. Raises `StartError`, also for a folder
    or file that comes twice.
    """
    paths = [path for each in ([given] if isinstance(given, str) else given) for path in _divided(each)]
    found = [resolve_root(path) for path in paths]
    for outer, inner in pairwise(sorted(source_name(*place) + "/" for place in found)):
        if inner.startswith(outer):
            raise StartError(f"{inner[:-1]} lies in {outer[:-1]}, which is read as well: name one of the two")
    return found


def _divided(given: str) -> list[str]:
    if "," not in given or os.path.lexists(os.path.expanduser(given)):
        return [given]
    return [part.strip() for part in given.split(",") if part.strip()] or [""]


def source_name(root: Path, only: str | None = None) -> str:
    """Return the name of a folder to crawl, or of the one file `only` in it, as it is written in the database."""
    return escape_path(os.fsencode(root / only if only else root))


def seed_files(root: Path, only: str | None = None) -> Iterator[SeedFile | Skipped]:
    """Yield the seed files below a folder, or the one file `only`, in the order of their whole paths as bytes.

    Hidden files and folders, the file system's own `lost+found`, links that leave the folder, links to folders, folders
    that cannot be listed, what stands beside pages and everything that is no regular file are yielded as `Skipped`.
    """
    if only is not None:
        found = _classify(root, str(root / only), os.fsencode(only))
        yield replace(found, is_named=True) if isinstance(found, SeedFile) else found
        return
    # A stack, not recursion: folders may be nested a thousand deep. Of a folder only the names that are left are kept.
    waiting = [(b"", str(root), [b""])]
    while waiting:
        prefix, folder, left = waiting[-1]
        if not left:
            waiting.pop()
            continue
        key = left.pop()
        name, path = prefix + key, os.path.join(folder, os.fsdecode(key))
        if key.startswith(b".") or name == b"lost+found/":
            yield Skipped(escape_path(name), HIDDEN)
        elif key and not key.endswith(b"/"):
            why = beside(escape_path(name))
            yield Skipped(escape_path(name), why) if why else _classify(root, path, name)
        else:
            try:
                waiting.append((name, path, sorted(_sort_keys(path), reverse=True)))
            except OSError as error:
                yield _refused(escape_path(name), "the folder cannot be listed", error)


def _sort_keys(folder: str) -> Iterator[bytes]:
    with os.scandir(folder) as found:
        yield from map(_sort_key, found)


def _sort_key(entry: os.DirEntry[str]) -> bytes:
    """Return the name of an entry, a folder's with a slash: so it sorts as the paths of the files in it do."""
    name = os.fsencode(entry.name)
    return name + b"/" if entry.is_dir(follow_symlinks=False) else name


def _classify(root: Path, file: str, name: bytes) -> SeedFile | Skipped:
    path = escape_path(name)
    try:
        info = os.lstat(file)
        if stat.S_ISLNK(info.st_mode):
            target = Path(os.path.realpath(file))
            if not target.is_relative_to(root):
                return Skipped(path, "a link that leaves the folder")
            info = os.stat(file)
            if stat.S_ISDIR(info.st_mode):
                return Skipped(path, "a link to a folder, which is read at its own place")
    except OSError as error:
        return _refused(path, "cannot be looked at", error)
    if not stat.S_ISREG(info.st_mode):
        return Skipped(path, "not a regular file")
    return SeedFile(path, file, info.st_size, utc_time(info.st_mtime_ns))


def _refused(path: str, why: str, error: OSError) -> Skipped:
    return Skipped(path, f"{why}: {error.strerror}", error.errno not in _NOWHERE)


def count_files(root: Path, only: str | None = None) -> tuple[int, int]:
    """Return the number of files that are pages and the bytes of those that are containers, for a progress bar.

    A fast guess: names alone tell which is which, hidden files, those beside pages and pictures, styles and the like
    are left out, and only the sizes of containers are looked up.
    """
    pages = size = 0
    for folder, folders, files in [(str(root), [], [only])] if only else os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = os.path.relpath(folder, root)
        for name in files:
            if not only and (name.startswith(".") or beside(f"{below}/{name}") or no_page_by_name(name)):
                continue
            if kind_of(name) is None:
                pages += 1
            else:
                with contextlib.suppress(OSError):
                    size += os.stat(os.path.join(folder, name)).st_size
    return pages, size
