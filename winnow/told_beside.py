"""What the files beside a page, and the names of its folders, tell of where and when the page was saved.

ArchiveBox keeps an `index.json` beside its snapshots of a page, ScrapBook an `index.dat` in the folder of each,
WebScrapBook one list of all (`tree/meta.js`), HTTrack a cache whose records name their files; wget and others name
folders like hosts. A page is read with what these tell at that time.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from io import BufferedIOBase
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from winnow.files import NotRegular, escape_path, open_regular, unescape_path
from winnow.host_folders import HostFolder, address_in, host_folder
from winnow.items import Page
from winnow.times import moment

Told = tuple[str | None, str | None]  # the address and the time of the capture (ISO 8601 in UTC)

NOTHING: Told = (None, None)
_MAX_BYTES = 32 << 20  # of a list of pages; HTTrack's cache, which holds the pages, may have any size
_MAX_LISTS = 16  # that are kept in memory
_SNAPSHOT = re.compile(r"\d{9,11}(?:\.\d+)?")  # seconds since 1970, as ArchiveBox writes them
_SCRAP = re.compile(r"(?:(?P<above>.*)/)?(?P<id>\d{14}|\d{17})(?:/index\.html?|\.html?)")
_META = re.compile(r"\bscrapbook\.meta\(\s*(\{.*\})\s*\)", re.DOTALL)
_CACHE = "hts-cache/new.zip"
_FAULTS = (OSError, NotRegular, ValueError, KeyError, TypeError, AttributeError, RecursionError, EOFError, RuntimeError,
           NotImplementedError, zlib.error, zipfile.BadZipFile)  # fmt: skip


class Files(Protocol):
    """The files among which a page lies, by their paths as that of the page is written."""

    @property
    def root(self) -> str:
        """Return the name of the folder that the paths begin in; "" where it has none."""

    def state(self, path: str) -> object:
        """Return what changes with a file, also that it is this one and no other; None where there is none."""

    def open(self, path: str) -> BufferedIOBase:
        """Open a file, which can be sought in. Raises `OSError` or another of `_FAULTS`."""


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The files below a folder on this machine."""

    folder: str

    @classmethod
    def around(cls, page: Page) -> FolderFiles | None:
        """Return the files below the folder that the path of a page begins in; None for a page without a file."""
        path = unescape_path(page.path)
        if page.file is None or not page.file.endswith(f"/{path}"):
            return None
        return cls(page.file[: -len(path)])

    @property
    def root(self) -> str:
        """Return the name of the folder."""
        return escape_path(os.fsencode(os.path.basename(self.folder.rstrip("/"))))

    def state(self, path: str) -> object:
        """Return the whole path of a file, its size and its time."""
        whole = self.folder + unescape_path(path)
        with contextlib.suppress(OSError):
            info = os.stat(whole)
            return (whole, info.st_size, info.st_mtime_ns)
        return None

    def open(self, path: str) -> BufferedIOBase:
        """Open a regular file."""
        return open_regular(self.folder + unescape_path(path))


def told_beside(path: str, body: bytes, files: Files) -> Told:
    """Return what is told of the page at a path, which has these bytes; None for what is not told."""
    folder, _, name = path.rpartition("/")
    for told in (_archive_box(folder, name, files), _scrap_book(path, files)):
        if told[0]:
            return told
    if found := host_folder(path, files.root):
        return _in_host_folder(found, body, files)
    return NOTHING


def _in_host_folder(found: HostFolder, body: bytes, files: Files) -> Told:
    """Return what is told of a page of a mirror: HTTrack says where its files come from, and changes their names."""
    start = "" if found.host == files.root else f"{found.host}/"
    if cache := _list(f"{found.above}{_CACHE}", files, _httrack):
        return cache.get(f"{found.host}/{found.below}", NOTHING)
    url = address_in(found, body, lambda path: files.state(f"{found.above}{start}{path}") is not None)
    if url is None:
        return NOTHING
    snapshot = _list(f"{found.above}index.json", files, _snapshot).get("", NOTHING)
    is_same = _bare(snapshot[0]) == _bare(url)
    return (snapshot[0] if is_same else url, snapshot[1])


def _bare(url: str | None) -> str:
    """Return an address without its scheme, and without what tools add to the names of files."""
    return re.sub(r"(?:index)?(?:\.html?)?$", "", unquote((url or "").partition("://")[2])).rstrip("/")


def _archive_box(folder: str, name: str, files: Files) -> Told:
    """Return what ArchiveBox says of one of its snapshots, which lie beside its `index.json` or one folder below."""
    above = folder.rpartition("/")[0] if "/" in folder else "" if folder else None
    if not name.startswith("index."):  # which is its own page about the snapshots
        told = _list(f"{folder}/index.json".lstrip("/"), files, _snapshot).get("", NOTHING)
        if told[0]:
            return told
    if above is None or host_folder(f"{folder}/{name}"):
        return NOTHING
    return _list(f"{above}/index.json".lstrip("/"), files, _snapshot).get("", NOTHING)


def _snapshot(file: BufferedIOBase) -> dict[str, Told]:
    said = json.loads(file.read(_MAX_BYTES))
    stamp, url = str(said["timestamp"]), _address(said["url"])
    return {"": (url, moment(float(stamp)))} if url and _SNAPSHOT.fullmatch(stamp) else {}


def _scrap_book(path: str, files: Files) -> Told:
    """Return what ScrapBook or WebScrapBook says of a page that it has saved, in a folder or as one file."""
    found = _SCRAP.fullmatch(path)
    if not found:
        return NOTHING
    folder, _, name = path.rpartition("/")
    if name.startswith("index.") and (told := _list(f"{folder}/index.dat", files, _scrap).get("", NOTHING))[0]:
        return told
    above = found["above"] or ""
    while True:
        start = f"{above}/" if above else ""
        for place in (".wsb/tree/meta.js", "tree/meta.js"):
            if listed := _list(start + place, files, _scraps).get(path.removeprefix(start)):
                return listed
        if not above:
            return NOTHING
        above = above.rpartition("/")[0]


def _scrap(file: BufferedIOBase) -> dict[str, Told]:
    lines = file.read(_MAX_BYTES).decode("utf-8-sig", "replace").splitlines()
    said = {name: value.strip() for name, sign, value in (line.partition("\t") for line in lines) if sign}
    return {"": (_address(said["source"]), moment(said["id"][:14]))}


def _scraps(file: BufferedIOBase) -> dict[str, Told]:
    found = _META.search(file.read(_MAX_BYTES).decode("utf-8-sig", "replace"))
    said: dict[str, dict[str, Any]] = json.loads(found[1]) if found else {}
    told = {}
    for name, each in said.items():
        when = each.get("create") or name
        told[str(each.get("index") or f"{name}/index.html")] = (_address(each.get("source")), moment(str(when)[:14]))
    return told


def _httrack(file: BufferedIOBase) -> dict[str, Told]:
    """Return the addresses of the files of a mirror, by their paths; each record of the cache says both."""
    told: dict[str, Told] = {}
    with zipfile.ZipFile(file) as cache:
        for member in cache.infolist():
            file.seek(member.header_offset)
            header = file.read(30)
            name = file.read(int.from_bytes(header[26:28], "little"))
            lines = file.read(int.from_bytes(header[28:30], "little")).split(b"\r\n")
            said = dict(line.split(b": ", 1) for line in lines if b": " in line)
            url = _address(name.decode("utf-8", "replace"))
            if url and b"X-Save" in said and said.get(b"X-StatusCode", b"200").startswith(b"2"):
                told[escape_path(said[b"X-Save"])] = (url, None)
    return told


def _address(value: object) -> str | None:
    if not isinstance(value, str) or not value.isprintable():
        return None
    parts = urlsplit(value.strip())
    return value.strip() if parts.scheme in ("http", "https") and parts.hostname else None


def _list(path: str, files: Files, read: Callable[[BufferedIOBase], dict[str, Told]]) -> dict[str, Told]:
    """Return what a file tells, by the paths of pages below its folder; "" is the one page that it tells of.

    Nothing is told by a file that is not there or cannot be understood. Whoever reads page after page reads it once.
    """
    state = files.state(path)
    return {} if state is None else _read(_File(state, path, files), read)


@dataclass(frozen=True, slots=True)
class _File:
    """A file in a state, by which it is known."""

    state: object
    path: str = field(compare=False)
    files: Files = field(compare=False)


@lru_cache(_MAX_LISTS)
def _read(file: _File, read: Callable[[BufferedIOBase], dict[str, Told]]) -> dict[str, Told]:
    with contextlib.suppress(*_FAULTS), file.files.open(file.path) as opened:
        return read(opened)
    return {}
