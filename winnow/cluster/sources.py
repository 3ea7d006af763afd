"""What is to be read: files here or in an object store, cut into shards; and their bytes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from urllib.parse import quote

import pyarrow.fs as pafs

from winnow.cluster.places import below, is_uri, resolved
from winnow.files import escape_path, filled, load
from winnow.items import Page, Reason, Rejection, StartError
from winnow.sources.containers import kind_of
from winnow.sources.folder import Skipped, resolve_root, seed_files
from winnow.times import utc_time

SHARD_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """A file that holds one page or many. `path` is relative to `root`, as the database has it; `file` opens it."""

    path: str
    root: str
    file: str
    size: int
    modified: str | None


@dataclass(frozen=True, slots=True)
class Shard:
    """Some files in a row that are read together, and whose pages are written to one file."""

    number: int
    sources: tuple[Source, ...]

    @property
    def name(self) -> str:
        """Return a name that changes with the files, so that nothing is taken for read that has changed since."""
        digest = hashlib.sha256(self.as_json().encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return f"{self.number:06}-{digest}"

    def as_json(self) -> str:
        """Write the shard as one string, for its way to a worker."""
        return json.dumps({"number": self.number, "sources": [asdict(source) for source in self.sources]})

    @classmethod
    def from_json(cls, text: str) -> Shard:
        """Read what `as_json` wrote."""
        given = json.loads(text)
        return cls(given["number"], tuple(Source(**source) for source in given["sources"]))


def list_sources(places: Iterable[str]) -> Iterator[Source]:
    """List the files of folders, single files and URIs, in the order given, each sorted bytewise by path."""
    seen: set[str] = set()
    for place in places:
        found = _listed_remote(place) if is_uri(place) else _listed(place)
        for source in found:
            if source.file in seen:
                raise StartError(f"{source.file} is given twice: name each folder or file once")
            seen.add(source.file)
            yield source


def shards(sources: Iterable[Source], pages: int) -> Iterator[Shard]:
    """Cut the list into shards of at most so many files, and of so many bytes; a container is a shard of its own."""
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


def page_of(source: Source, limit: int) -> Page:
    """Return the page that a file is, with its problem where the bytes cannot be had."""
    page = Page(source.path, source.root, b"", source.size, source.modified)
    if not is_uri(source.file):
        return replace(load(replace(page, file=source.file), limit), file=None)
    try:
        system, path = resolved(source.file)
        with system.open_input_stream(path, compression=None) as file:
            return filled(page, file, source.size, limit)
    except Exception as error:  # every store has errors of its own
        return replace(page, problem=Rejection(Reason.UNREADABLE, f"cannot be read: {type(error).__name__}"))


@contextlib.contextmanager
def local_file(source: Source) -> Iterator[str]:
    """Yield the name of a file on this machine with the bytes of a source; those of an object store are copied."""
    if not is_uri(source.file):
        yield source.file
        return
    system, path = resolved(source.file)
    with tempfile.NamedTemporaryFile(prefix="winnow-") as copy:
        with system.open_input_stream(path, compression=None) as file:
            shutil.copyfileobj(file, copy)
        copy.flush()
        yield copy.name


def _listed(place: str) -> Iterator[Source]:
    folder, only = resolve_root(place)
    root = escape_path(os.fsencode(folder))
    for found in seed_files(folder, only):
        if not isinstance(found, Skipped):
            yield Source(found.path, root, found.file, found.size, found.modified)


def _listed_remote(place: str) -> Iterator[Source]:
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
        if each.type == pafs.FileType.File and not any(part.startswith(".") for part in path.split("/")):
            yield Source(
                escape_path(path.encode()), uri, below(uri, quote(path)), each.size, utc_time(each.mtime_ns or 0)
            )
