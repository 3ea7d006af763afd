"""ZIP and WACZ: every member of a ZIP that may be a page, and the records of the WARC files in a WACZ."""

from __future__ import annotations

import contextlib
import mimetypes
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedIOBase
from typing import cast

from winnow.files import MAX_RATIO, escape_path, is_bomb
from winnow.items import Page, Reason, Rejection
from winnow.sources.containers.records import (
    NESTED,
    NO_PAGE,
    ContainerOptions,
    Item,
    Passed,
    Place,
    Record,
    Unreadable,
    damaged,
    too_large,
)
from winnow.sources.containers.stated import MEDIA_TYPES
from winnow.sources.containers.warc import read_warc

_MAX_MEMBERS = 1_000_000
_BOMB = Rejection(Reason.TOO_LARGE, f"the member unpacks to more than {MAX_RATIO} times its size")
_SAYS_UTF8 = 0x800  # the flag of a member whose name is UTF-8
_NESTED = (".zip", ".wacz", ".warc", ".warc.gz", ".jsonl", ".jsonl.gz", ".mhtml", ".mht")
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)


def read_zip(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the members of a ZIP file that may be pages; names are the members' names, a repeated name with a number.

    Nothing is written to disk, so a name like `../x` is harmless. Containers inside are not opened. Raises `Unreadable`
    for a file that is no ZIP, or one of more than a million members.
    """
    seen: set[str] = set()
    with _open(file) as archive:
        for member in archive.infolist():
            if member.filename.endswith("/"):
                continue
            if not _may_be_page(member.filename):
                yield Passed(NESTED if member.filename.lower().endswith(_NESTED) else NO_PAGE)
                continue
            name = _unused(_name(member), seen)
            yield _read(archive, member, name, options.max_bytes)


def read_wacz(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the records of the WARC files in a WACZ; names are the files' names with the offsets.

    Raises `Unreadable` as `read_zip` does, and `StartError` without fastwarc.
    """
    with _open(file) as archive:
        for member in archive.infolist():
            name = member.filename
            if not name.startswith("archive/") or not name.endswith((".warc", ".warc.gz")):
                continue
            yield from _records(archive, member, options)


def _records(archive: zipfile.ZipFile, member: zipfile.ZipInfo, options: ContainerOptions) -> Iterator[Item]:
    name = _name(member)
    if is_bomb(member.compress_size, member.file_size):
        yield Record(Page(name, problem=_BOMB))
        return
    try:
        with archive.open(member) as inner:
            for item in read_warc(cast(zipfile.ZipExtFile, inner), options, Place()):
                if isinstance(item, Record):
                    yield Record(replace(item.page, path=f"{name}#{item.page.path}"))
                else:
                    yield Passed(item.why)
    except (Unreadable, *_BROKEN) as error:
        yield damaged(name, f"damaged member: {error}")


def _open(file: BufferedIOBase) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN as error:
        raise Unreadable(f"damaged ZIP: {error}") from None
    if len(archive.infolist()) > _MAX_MEMBERS:
        raise Unreadable(f"a ZIP of more than {_MAX_MEMBERS} members")
    return archive


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limit: int) -> Record:
    if member.flag_bits & 1:
        return damaged(name, "the member is encrypted")
    if member.file_size > limit:
        return too_large(Page(name), limit)
    if is_bomb(member.compress_size, member.file_size):
        return Record(Page(name, problem=_BOMB))
    try:
        with archive.open(member) as inner:
            body = inner.read(limit + 1)
    except _BROKEN as error:
        return damaged(name, f"damaged member: {error}")
    return Record(Page(name, body=body)) if len(body) <= limit else too_large(Page(name), limit)


def _may_be_page(name: str) -> bool:
    """Return whether to read a member: not where the ending of its name says that it is no page."""
    if name.lower().endswith(_NESTED):
        return False
    kind, packing = mimetypes.guess_type(name.partition("?")[0])
    return (kind is None and packing in (None, "gzip")) or kind in MEDIA_TYPES


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name, escaped as names of files are.

    The standard library decodes a name that is not said to be UTF-8 as code page 437, the character set of DOS. Most
    such names are UTF-8 all the same, so the name is taken back to its bytes.
    """
    name = member.filename.encode()
    if not member.flag_bits & _SAYS_UTF8:
        with contextlib.suppress(UnicodeEncodeError):  # an extra field with a UTF-8 name has replaced the name
            name = member.filename.encode("cp437")
    return escape_path(name)


def _unused(name: str, seen: set[str]) -> str:
    number, free = 1, name
    while free in seen:
        number += 1
        free = f"{name}#{number}"
    seen.add(free)
    return free
