"""ARC, in which the Internet Archive kept captures before WARC: each record is read as the WARC record it would be.

A record is one line (address, host, fourteen digits of time, media type, length; more fields in version 2) and what was
sent. Source: https://archive.org/web/researcher/ArcFileFormat.php
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase

from winnow.items import Page
from winnow.sources.containers.packed import is_gzip
from winnow.sources.containers.packed_members import GzipMember, Members
from winnow.sources.containers.records import ContainerOptions, Item, Place, Unreadable, damaged, too_large
from winnow.sources.containers.warc import read_record
from winnow.sources.containers.warc_frames import Frame
from winnow.times import moment

_HEAD = re.compile(rb"(\S.*?) (\S+) (\d{14}|\d{12}|\d{8}) (\S+)(?: .*)? (\d{1,15})\r?\n")
_FIRST = re.compile(rb"filedesc:")
_MAX_LINE = 64 << 10
_CHUNK = 1 << 20
_READ = 64 << 10
_GZIP = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class _Head:
    url: bytes
    time: bytes
    media_type: bytes
    length: int


def read_arc(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the records of an ARC file, gzipped or not; a record's name is its offset, in what a file unpacks to.

    Raises `Unreadable` for a file that is no ARC file, and `StartError` without fastwarc.
    """
    if not is_gzip(file):
        yield from _records(file, options.max_bytes, 0)
        return
    members, begin = Members(file, _GZIP, GzipMember, _HEAD), 0
    while True:
        unpacked = io.BufferedReader(members, _READ)
        try:
            yield from _records(unpacked, options.max_bytes, begin)
            return
        except (gzip.BadGzipFile, EOFError) as error:
            unpacked.detach()
            at, found = members.begin, members.resume()
            if found is None and not at:
                raise Unreadable(f"damaged gzip: {error}") from None
            if found is None:
                yield damaged(str(at), f"damaged gzip: {error}; the file is lost from {at} on")
                return
            begin = found[0]
            yield damaged(str(at), f"damaged record at {at}: {error}; {found[1]:,} packed bytes passed over")


def _records(file: BufferedIOBase, limit: int, position: int) -> Iterator[Item]:
    """Yield the records from a place on, to which the file has been brought."""
    while line := file.readline(_MAX_LINE):
        begin, position = position, position + len(line)
        if not line.strip():
            continue
        head = _head(line)
        if begin == 0 and (head is None or not _FIRST.match(line)):
            raise Unreadable("it does not begin with the record of an ARC file")
        if head is None:
            skipped, position = _next_head(file, position)
            yield damaged(str(begin), f"damaged record at {begin}: no ARC record; {skipped} bytes passed over")
            continue
        body = file.read(min(head.length, limit + _MAX_LINE))
        left = head.length - len(body)
        position += len(body) + (_skip(file, left) if len(body) > limit else 0)
        yield _item(str(begin), head, body, left, limit)


def _head(line: bytes) -> _Head | None:
    found = _HEAD.fullmatch(line)
    return _Head(found[1], found[3], found[4], int(found[5])) if found else None


def _item(name: str, head: _Head, body: bytes, left: int, limit: int) -> Item:
    if left and len(body) <= limit:
        return damaged(name, f"damaged record at {name}: the file ends within it")
    if left:
        return too_large(Page(name), limit)
    raw = _as_warc(head, body)
    return read_record(Frame(name, raw, Place()), limit)


def _as_warc(head: _Head, body: bytes) -> bytes:
    """Return a record as a WARC record; what was sent over HTTP begins with its status line."""
    kind, media_type = (
        (b"response", b"application/http") if body.startswith(b"HTTP/") else (b"resource", head.media_type)
    )
    if head.url.startswith(b"filedesc:"):
        kind = b"warcinfo"
    date = (moment(head.time.ljust(14, b"0").decode()) or "").encode()
    lines = [b"WARC/1.0", b"WARC-Type: " + kind, b"WARC-Target-URI: " + head.url, b"WARC-Date: " + date,
             b"Content-Type: " + media_type, b"Content-Length: %d" % len(body), b"", b""]  # fmt: skip
    return b"\r\n".join(lines) + body + b"\r\n\r\n"


def _skip(file: BufferedIOBase, size: int) -> int:
    skipped = 0
    while skipped < size and (part := file.read(min(_CHUNK, size - skipped))):
        skipped += len(part)
    return skipped


def _next_head(file: BufferedIOBase, position: int) -> tuple[int, int]:
    """Go to the next line that begins a record; return the bytes before it and its position."""
    begin = position
    while line := file.readline(_MAX_LINE):
        if _head(line) and b"://" in line:
            file.seek(position)
            break
        position += len(line)
    return position - begin, position
