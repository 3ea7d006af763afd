"""ZIP and WACZ: every member of a ZIP that may be a page or a container, and the records of the WARC files in a WACZ.

HTZ, MAFF, EPUB and the self-extracting pages of SingleFile are ZIP files, too; `zip_statements` reads what they state.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedIOBase
from typing import cast

from winnow.files import MAX_RATIO, escape_path, is_bomb, unescape_path
from winnow.formats import LOOKED_AT
from winnow.items import Page, Reason, Rejection
from winnow.sources.beside import HIDDEN, beside, is_hidden, passed_by_look
from winnow.sources.containers.kinds import ContainerKind, kind_of, records_inside
from winnow.sources.containers.records import (
    CONTENTS,
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
from winnow.sources.containers.warc import load_fastwarc
from winnow.sources.containers.zip_list import MemberList, list_of
from winnow.sources.containers.zip_statements import NO_PAGES, statements
from winnow.sources.no_pages import no_page
from winnow.told_beside import told_beside

_MAX_MEMBERS = 1_000_000
_BOMB = Rejection(Reason.TOO_LARGE, f"the member unpacks to more than {MAX_RATIO} times its size")
_DATA = (".csv", ".json", ".xml", ".rdf", ".opf", ".ncx")
_SAYS_UTF8 = 0x800  # the flag of a member whose name is UTF-8
_IN_MEMORY = 8 << 20  # bytes of a ZIP inside a ZIP, from which on a nameless file on disk holds it
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)


def read_zip(file: BufferedIOBase, options: ContainerOptions, start: Place) -> Iterator[Item]:
    """Yield the members of a ZIP file that may be pages; names are the members' names, a repeated name with a number.

    Those that `start` knows are left out.
    Members that are containers are read as well, down to `MAX_DEPTH`. Nothing is written to disk under a name, so a
    name like `../x` is harmless. Raises `Unreadable` for a file that is no ZIP, or one of more than a million members.
    """
    seen: set[str] = set()
    listed = list_of(file) if start.members else None
    with _open(file) if listed is None else listed.archive(listed.unknown(start)) as archive:
        told = statements(archive, options.max_bytes)
        files = _MemberFiles(archive) if listed is None else _ListedFiles(listed)
        for member in archive.infolist():
            if member.filename.endswith("/"):
                continue
            name = member.filename
            stated = told.get(name, {})
            if why := _why_passed(name, bool(told)) or (CONTENTS if stated is None else None):
                yield Passed(why)
                continue
            begin = _begin(archive, member)
            if kind := kind_of(name, begin) if member.file_size else None:
                yield from _records(archive, member, kind, _unused(_name(member), seen), options)
            elif why := passed_by_look(name, begin, member.file_size):
                yield Passed(why)
            else:
                found = _read(archive, member, _unused(_name(member), seen), options.max_bytes)
                beside = told_beside(escape_path(name.encode()), found.page.body, files)
                yield Record(replace(found.page, beside=beside, **(stated or {})))


def read_wacz(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the records of the WARC files in a WACZ, also those of the WACZ files in one of several.

    Names are the files' names with the offsets. Raises `Unreadable` as `read_zip` does, and for a file without any WARC
    file; `StartError` without fastwarc.
    """
    with _open(file) as archive:
        kinds = [(member, kind_of(member.filename)) for member in archive.infolist()]
        inner = [(member, kind) for member, kind in kinds if kind and kind.name in ("WARC", "WACZ")]
        if not inner:
            raise Unreadable("a WACZ that holds no WARC file")
        load_fastwarc()
        for member, kind in inner:
            depth = options.depth - (kind.name == "WARC")  # the WARC files of a WACZ are what it is made of
            yield from _records(archive, member, kind, _name(member), replace(options, depth=depth))


@dataclass(frozen=True, slots=True)
class _MemberFiles:
    """The members of a ZIP file, as files beside the pages among them."""

    archive: zipfile.ZipFile
    root: str = ""

    def state(self, path: str) -> object:
        """Return the file that holds the archive, the member's place in it, and its checksum."""
        member = self.archive.NameToInfo.get(unescape_path(path))
        return member and (id(self.archive), member.filename, member.header_offset, member.CRC, member.file_size)

    def open(self, path: str) -> BufferedIOBase:
        """Unpack a member. Raises one of `_BROKEN`."""
        return _unpacked(self.archive, self.archive.getinfo(unescape_path(path)))


@dataclass(frozen=True, slots=True)
class _ListedFiles:
    """The members of a ZIP file whose list alone was read, as files beside the pages among them."""

    members: MemberList
    root: str = ""

    def state(self, path: str) -> object:
        """Return the file's list, and the member's entry in it."""
        entry = self.members.entries.get(os.fsencode(unescape_path(path)))
        return entry and (id(self.members), entry)

    def open(self, path: str) -> BufferedIOBase:
        """Unpack a member. Raises one of `_BROKEN`, or `KeyError` where there is none."""
        archive = self.members.archive([self.members.entries[os.fsencode(unescape_path(path))]])
        return _unpacked(archive, archive.infolist()[0])


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BufferedIOBase:
    if is_bomb(member.compress_size, member.file_size):
        raise zipfile.BadZipFile
    copy = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - whoever asked closes it
    with archive.open(member) as file:
        shutil.copyfileobj(file, copy)
    copy.seek(0)
    return cast(BufferedIOBase, copy)


def _records(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, kind: ContainerKind, name: str, options: ContainerOptions
) -> Iterator[Item]:
    if is_bomb(member.compress_size, member.file_size):
        yield Record(Page(name, problem=_BOMB))
        return
    try:
        with archive.open(member) as inner, _seekable(cast(BufferedIOBase, inner), kind) as file:
            yield from records_inside(file, name, kind, options)
    except _BROKEN as error:
        yield damaged(name, f"damaged member: {error}")


@contextlib.contextmanager
def _seekable(file: BufferedIOBase, kind: ContainerKind) -> Iterator[BufferedIOBase]:
    """Yield a member as a file in which the kind's reader can go back, which in a packed member takes long."""
    if not kind.seeks:
        yield file
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        yield cast(BufferedIOBase, copy)


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


def _begin(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return the first bytes of a member, by which its format is told; none of one that cannot be read."""
    try:
        with archive.open(member) as inner:
            return inner.read(LOOKED_AT)
    except _BROKEN:
        return b""


def _why_passed(name: str, states: bool) -> str | None:
    """Return why a member of this name is passed over, as it would be in a folder.

    `states` says that the ZIP is of a format that states something of its pages: then its data was read for that.
    """
    if is_hidden(name):
        return HIDDEN
    if states and name.endswith(_DATA):
        return no_page("application/json")
    return NO_PAGE if name in NO_PAGES else beside(name)


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
