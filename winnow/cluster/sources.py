"""List the files to read, on this machine or in an object store, cut the list into shards, and load the files."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from io import BufferedIOBase
from typing import cast
from urllib.parse import quote

import pyarrow.fs as pafs

from winnow.cluster.places import below, is_uri, resolved
from winnow.files import escape_path, filled, load, unescape_path
from winnow.items import Page, Reason, Rejection, StartError
from winnow.sources.beside import HIDDEN, beside, is_hidden
from winnow.sources.containers import begin_in, kind_of, telling_bytes
from winnow.sources.folder import Skipped, resolve_root, seed_files
from winnow.times import utc_time
from winnow.told_beside import FolderFiles, told_beside

SHARD_BYTES = 256 << 20  # of all files of a shard; a larger file is a shard of its own


@dataclass(frozen=True, slots=True)
class Source:
    """A file that holds one page or many. `path` and `root` are those of its pages; `file` is the name to open.

    A file that a person has named itself (`is_named`) is read whatever it is.
    """

    path: str
    root: str
    file: str
    size: int
    modified: str | None
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Shard:
    """Some files in a row that are read together, and whose pages are written to one file."""

    number: int
    sources: tuple[Source, ...]

    @property
    def name(self) -> str:
        """Return a name that changes with the files, so that a shard with a changed file is not taken for read."""
        digest = hashlib.sha256(self.as_json().encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return f"{self.number:06}-{digest}"

    def as_json(self) -> str:
        """Return the shard as one string, in which form workers get it."""
        return json.dumps({"number": self.number, "sources": [asdict(source) for source in self.sources]})

    @classmethod
    def from_json(cls, text: str) -> Shard:
        """Return the shard that `as_json` wrote."""
        given = json.loads(text)
        return cls(given["number"], tuple(Source(**source) for source in given["sources"]))


def list_sources(places: Iterable[str], passed: Counter[str] | None = None) -> Iterator[Source]:
    """Yield the files of folders, single files and URIs, in the order given, each place in bytewise order of paths.

    What is no page by its path is counted in `passed`, by its reason. Raises `StartError` for a place that does not
    exist, or a file that comes twice.
    """
    seen: set[str] = set()
    passed = Counter() if passed is None else passed
    for place in places:
        found = _listed_remote(place) if is_uri(place) else _listed(place)
        for source in found:
            if isinstance(source, str):
                passed[source] += 1
                continue
            if source.file in seen:
                raise StartError(f"{source.file} is given twice: name each folder or file once")
            seen.add(source.file)
            yield source


def shards(sources: Iterable[Source], pages: int) -> Iterator[Shard]:
    """Yield shards of at most `pages` files and `SHARD_BYTES`, in order; a file named like a container is one alone."""
    waiting: list[Source] = []
    size = number = 0
    for source in sources:
        alone = kind_of(source.path) is not None
        if waiting and (alone or len(waiting) >= pages or size + source.size > SHARD_BYTES):
            yield Shard(number, tuple(waiting))
            waiting, size, number = [], 0, number + 1
        waiting.append(source)
        size += SHARD_BYTES if alone else source.size
    if waiting:
        yield Shard(number, tuple(waiting))


@dataclass(frozen=True, slots=True)
class _StoredFiles:
    """The files below a folder of an object store."""

    folder: str

    @property
    def root(self) -> str:
        """Return the name of the folder."""
        return self.folder.rpartition("/")[2]

    def state(self, path: str) -> object:
        """Return a file's address, size and time, as they were when this process first asked."""
        return _state(self._uri(path))

    def open(self, path: str) -> BufferedIOBase:
        """Open a file in which one can go back."""
        system, place = resolved(self._uri(path))
        return cast(BufferedIOBase, system.open_input_file(place))

    def _uri(self, path: str) -> str:
        return below(self.folder, quote(os.fsencode(unescape_path(path))))


@lru_cache(10_000)  # the files of a folder have the others in common
def _state(uri: str) -> object:
    system, path = resolved(uri)
    info = system.get_file_info(path)
    return (uri, info.size, info.mtime_ns) if info.type == pafs.FileType.File else None


def begin_of(source: Source) -> bytes:
    """Return the bytes by which a source's format is told; none if it cannot be read."""
    try:
        if not is_uri(source.file):
            return begin_in(source.file)
        system, path = resolved(source.file)
        with system.open_input_file(path) as file:
            return telling_bytes(file)
    except Exception:  # every store has errors of its own, which are told when the page is read
        return b""


def page_of(source: Source, limit: int) -> Page:
    """Return the page in a file, with `problem` set if it cannot be read or is larger than `limit` bytes."""
    page = Page(source.path, source.root, b"", source.size, source.modified)
    if not is_uri(source.file):
        page = load(replace(page, file=source.file), limit)
        files = FolderFiles.around(page)
        return replace(page, file=None, beside=told_beside(page.path, page.body, files) if files else None)
    try:
        system, path = resolved(source.file)
        with system.open_input_stream(path, compression=None) as file:
            page = filled(page, file, source.size, limit)
        return replace(page, beside=told_beside(page.path, page.body, _StoredFiles(source.root)))
    except Exception as error:  # every store has errors of its own
        return replace(page, problem=Rejection(Reason.UNREADABLE, f"cannot be read: {type(error).__name__}"))


@contextlib.contextmanager
def local_file(source: Source) -> Iterator[str]:
    """Yield the name of a file on this machine with the bytes of a source; a source in an object store is copied."""
    if not is_uri(source.file):
        yield source.file
        return
    system, path = resolved(source.file)
    with tempfile.NamedTemporaryFile(prefix="winnow-") as copy:
        with system.open_input_stream(path, compression=None) as file:
            shutil.copyfileobj(file, copy)
        copy.flush()
        yield copy.name


def _listed(place: str) -> Iterator[Source | str]:
    """Yield the files of a folder on this machine, or the one file that is named, and why others are passed over."""
    folder, only = resolve_root(place)
    root = escape_path(os.fsencode(folder))
    for found in seed_files(folder, only):
        if isinstance(found, Skipped):
            yield found.why
        else:
            yield Source(found.path, root, found.file, found.size, found.modified, found.is_named)


def _listed_remote(place: str) -> Iterator[Source | str]:
    system, base = resolved(place)
    info = system.get_file_info(base)
    if info.type == pafs.FileType.NotFound:
        raise StartError(f"{place} does not exist: name a folder or file")
    is_file = info.type == pafs.FileType.File
    found = [info] if is_file else system.get_file_info(pafs.FileSelector(base, recursive=True))
    uri = place.rstrip("/")
    if is_file:
        uri, base = uri.rpartition("/")[0], base.rpartition("/")[0]
    for each in sorted(found, key=lambda each: each.path.encode()):
        path = each.path.removeprefix(base).lstrip("/")
        if each.type != pafs.FileType.File:
            continue
        if why := HIDDEN if is_hidden(path) else None if is_file else beside(path):
            yield why
        else:
            modified = utc_time(each.mtime_ns or 0)
            yield Source(escape_path(path.encode()), uri, below(uri, quote(path)), each.size, modified, is_file)
