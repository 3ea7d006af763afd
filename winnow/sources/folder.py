"""List the seed files of a folder: sorted bytewise by path, lazily, without opening any."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from winnow.files import escape_path
from winnow.items import StartError
from winnow.sources.containers import kind_of
from winnow.times import utc_time


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A regular file below the root: `path` is relative to the root, with `/`, and escaped; `file` is for `open`.

    `size` is in bytes, `modified` ISO 8601 in UTC.
    """

    path: str
    file: str
    size: int
    modified: str | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path in the folder that is no seed, and why; `is_refused` where the system did not let anybody look."""

    path: str
    why: str
    is_refused: bool = False


_NOWHERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)  # a link that leads nowhere, or what has gone since it was listed


def resolve_root(path: str) -> tuple[Path, str | None]:
    """Return the folder to crawl and, when `path` names one file, that file's name. Raises `StartError`."""
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


def source_name(root: Path, only: str | None = None) -> str:
    """Return the name of a folder to crawl, or of the one file `only` in it, as it is written in the database."""
    return escape_path(os.fsencode(root / only if only else root))


def seed_files(root: Path, only: str | None = None) -> Iterator[SeedFile | Skipped]:
    """Yield the seed files below a folder, or the one file `only`, in the order of their whole paths as bytes.

    Hidden files and folders, the file system's own `lost+found`, links that leave the folder, links to folders, folders
    that cannot be listed and everything that is no regular file are yielded as `Skipped`.
    """
    if only is not None:
        yield _classify(root, str(root / only), os.fsencode(only))
        return
    waiting = [(b"", b"", str(root))]  # a stack, not recursion: folders may be nested a thousand deep
    while waiting:
        prefix, key, path = waiting.pop()
        name = prefix + key
        if key.startswith(b".") or name == b"lost+found/":
            yield Skipped(escape_path(name), "hidden")
        elif key and not key.endswith(b"/"):
            yield _classify(root, path, name)
        else:
            try:
                waiting += [(name, *entry) for entry in sorted(_entries(path), reverse=True)]
            except OSError as error:
                yield _refused(escape_path(name), "the folder cannot be listed", error)


def _entries(folder: str) -> Iterator[tuple[bytes, str]]:
    with os.scandir(folder) as found:
        yield from ((_sort_key(entry), entry.path) for entry in found)


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

    A fast guess: names alone tell which is which, hidden files are left out, and only containers' sizes are looked up.
    """
    pages = size = 0
    for folder, folders, files in [(str(root), [], [only])] if only else os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.startswith(".") and not only:
                continue
            if kind_of(name) is None:
                pages += 1
            else:
                with contextlib.suppress(OSError):
                    size += os.stat(os.path.join(folder, name)).st_size
    return pages, size
