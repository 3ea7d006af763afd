"""A saved page as it stands in its source today, and what was saved with it: files beside it, members, parts, records.

Nothing outside the folder of the source is opened, whatever a path, a link or the page says.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import os
import plistlib
import posixpath
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from io import BufferedReader
from typing import Any
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from winnow.files import NotRegular, escape_path, is_bomb, open_regular, unescape_path
from winnow.items import MAX_PAGE_BYTES, Page, StartError
from winnow.sources.beside import is_hidden
from winnow.sources.containers import KIND_NAMED, records
from winnow.sources.containers.headers import read_headers
from winnow.sources.containers.http_body import unpacked_body
from winnow.sources.containers.messages import Part, parse
from winnow.sources.containers.records import BEGINNING, ContainerOptions, Place, Record, Unreadable
from winnow.sources.containers.warc import load_fastwarc
from winnow.sources.containers.warc_frames import Frame, frames
from winnow.sources.containers.webarchive import resources

MAX_PART = 10 << 20  # bytes of a picture or a style sheet
MAX_FILE = 100 << 20  # bytes of a file that holds a page and its pictures, read as a whole
SCANNED = 5_000  # records of a WARC file behind a page that may be its pictures
SCANNED_BYTES = 256 << 20
OPTIONS = ContainerOptions()
# What is wrong with a hostile file is told by many exceptions of the libraries that read it.
_BROKEN = (OSError, ValueError, zipfile.BadZipFile, RuntimeError, EOFError, KeyError, TypeError, AttributeError)

Parts = dict[str, bytes]


class Gone(Exception):
    """Raised where a page cannot be had as it was read; the message says why to a person."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where an archive says that a page is: `root` and `path` as in `pages`, with the digest of its bytes.

    `container` and `kind` are those of the container that it is a record of; `url` is the address of its capture.
    """

    root: str
    path: str
    sha256: str
    container: str | None = None
    kind: str | None = None
    url: str | None = None

    @property
    def record(self) -> str:
        """Return the name of the record in its container."""
        return self.path[len(self.container or "") + 1 :]

    @property
    def file(self) -> str:
        """Return the name of the file that the page is in, as this system names files."""
        return os.path.join(unescape_path(self.root), unescape_path(self.container or self.path))


def open_within(root: str, path: str) -> BufferedReader:
    """Open a regular file in the folder of a source. Raises `Gone` if it is not there, or leads out of the folder."""
    folder = os.path.realpath(unescape_path(root))
    file = os.path.realpath(os.path.join(folder, unescape_path(path)))
    if os.path.commonpath([folder, file]) != folder:
        raise Gone("its path leads out of the folder of its source")
    try:
        return open_regular(file)
    except NotRegular as error:
        raise Gone(str(error)) from None
    except OSError as error:
        raise Gone(f"the file cannot be read: {error.strerror or type(error).__name__}") from None


def saved(where: Where) -> Page:
    """Return a page with the bytes that it had when it was read. Raises `Gone` where these are not there any more."""
    with open_within(where.root, where.container or where.path) as file:
        try:
            page = _record(file, where) if where.container else Page(where.path, body=file.read(MAX_PAGE_BYTES + 1))
        except (Unreadable, StartError) as error:
            raise Gone(str(error)) from None
        except _BROKEN as error:
            raise Gone(f"the file is damaged: {type(error).__name__}") from None
    if page is None or hashlib.sha256(page.body).hexdigest() != where.sha256:
        raise Gone("the file has changed since it was read")
    return page


def _record(file: BufferedReader, where: Where) -> Page | None:
    kind, name = KIND_NAMED[where.kind or ""], where.record
    starts = [Place(int(name))] if kind.name == "WARC" and name.isascii() and name.isdigit() else []
    for start in [*starts, BEGINNING]:
        file.seek(0)
        for item in records(file, kind, OPTIONS, start):
            if isinstance(item, Record) and item.page.path == name:
                return item.page
            if starts and start is not BEGINNING:
                break
    return None


def parts(where: Where, page: Page, wanted: Collection[str]) -> Parts:
    """Return what the page refers to by some addresses, as far as it was saved with it; nothing is fetched."""
    found = {address: data for address in wanted if (data := _data(address)) is not None}
    others = [address for address in wanted if address not in found and not address.lower().startswith("data:")]
    read: Callable[[Where, Page, Collection[str]], Parts] | None
    read = {None: _beside, "ZIP": _members, "MHTML": _attached, "web archive": _resources, "WARC": _captured}.get(
        where.kind
    )
    if read and others:
        with contextlib.suppress(Gone, Unreadable, StartError, *_BROKEN):
            found |= read(where, page, others)
    return found


def _data(address: str) -> bytes | None:
    """Return the bytes in a `data:` address; None for any other."""
    head, comma, packed = address.partition(",")
    if head[:5].lower() != "data:" or not comma or len(packed) > MAX_PART * 4 // 3:
        return None
    raw = unquote_to_bytes(packed)
    if not head.lower().endswith(";base64"):
        return raw
    with contextlib.suppress(binascii.Error, ValueError):
        return base64.b64decode(raw)
    return None


def _local(address: str, page_path: str) -> str | None:
    """Return the path of what a page refers to by a relative address; None for what is elsewhere or hidden."""
    try:
        told = urlsplit(address.strip())
    except ValueError:
        return None
    if told.scheme or told.netloc or not told.path or told.path.startswith("/"):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page_path), unquote(told.path)))
    return None if path.startswith("../") or path == ".." or is_hidden(path) or "\0" in path else path


def _beside(where: Where, _page: Page, wanted: Collection[str]) -> Parts:
    found = Parts()
    for address in wanted:
        # The page's own path is escaped, what it says is not.
        path = _local(address, os.fsencode(unescape_path(where.path)).decode("utf-8", "surrogateescape"))
        if path is None:
            continue
        with contextlib.suppress(Gone), open_within(where.root, escape_path(os.fsencode(path))) as file:
            data = file.read(MAX_PART + 1)
            if len(data) <= MAX_PART:
                found[address] = data
    return found


def _members(where: Where, _page: Page, wanted: Collection[str]) -> Parts:
    found = Parts()
    with open_within(where.root, where.container or "") as file, zipfile.ZipFile(file) as archive:
        there = {member.filename: member for member in archive.infolist()}
        for address in wanted:
            member = there.get(_local(address, where.record) or "")
            if member is None or member.file_size > MAX_PART or is_bomb(member.compress_size, member.file_size):
                continue
            with contextlib.suppress(*_BROKEN), archive.open(member) as inner:
                found[address] = inner.read(MAX_PART + 1)
    return found


def _by_address(page: Page, wanted: Collection[str], there: Iterator[tuple[str, Callable[[], bytes]]]) -> Parts:
    """Return what is kept under the full addresses that a page refers to."""
    meant: dict[str, list[str]] = {}
    for address in wanted:
        with contextlib.suppress(ValueError):
            for full in {address, urljoin(page.url or "", address)}:
                meant.setdefault(full.partition("#")[0], []).append(address)
    found = Parts()
    for full, read in there:
        for address in meant.get(full.partition("#")[0], ()):
            data = found.get(address) or read()
            if len(data) <= MAX_PART:
                found[address] = data
        if len(found) == len(wanted):
            break
    return found


def _attached(where: Where, page: Page, wanted: Collection[str]) -> Parts:
    with open_within(where.root, where.container or "") as file:
        _, pieces = parse(file.read(MAX_FILE))
    named = [(str(piece.headers.get("Content-Location") or "").strip(), piece) for piece in pieces]
    named += [("cid:" + str(piece.headers.get("Content-ID") or "").strip("<> "), piece) for piece in pieces]
    return _by_address(page, wanted, ((name, partial(_body, piece)) for name, piece in named))


def _resources(where: Where, page: Page, wanted: Collection[str]) -> Parts:
    with open_within(where.root, where.container or "") as file:
        told = plistlib.loads(file.read(MAX_FILE))
    held = [each for each, _ in resources(told) if isinstance(each.get("WebResourceData"), bytes)]
    return _by_address(page, wanted, ((str(each.get("WebResourceURL")), partial(_held, each)) for each in held))


def _body(piece: Part) -> bytes:
    return piece.body


def _held(each: dict[str, Any]) -> bytes:
    return bytes(each["WebResourceData"])


def _captured(where: Where, page: Page, wanted: Collection[str]) -> Parts:
    """Return what a WARC file holds behind a page, where crawlers put what belongs to it."""
    start = Place(int(where.record))
    with open_within(where.root, where.container or "") as file:
        return _by_address(page, wanted, _responses(frames(file, start, MAX_PART)))


def _responses(found: Iterator[Frame | Record]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    fastwarc, seen = load_fastwarc(), 0
    for count, frame in enumerate(found):
        if count > SCANNED or seen > SCANNED_BYTES:
            return
        if not isinstance(frame, Frame) or frame.is_cut:
            continue
        seen += len(frame.raw)
        headers = read_headers(frame.raw)
        block, kind = frame.raw[headers.end :], headers.get("WARC-Type")
        if kind == "resource" or (kind == "response" and block.startswith(b"HTTP/")):
            read = partial(_content, fastwarc, bytes(block), kind == "response")
            yield (headers.get("WARC-Target-URI") or "").strip("<> "), read


def _content(fastwarc: Any, block: bytes, is_http: bool) -> bytes:
    http = read_headers(block)
    return unpacked_body(fastwarc, http, block[http.end :], MAX_PART + 1) if is_http else block
