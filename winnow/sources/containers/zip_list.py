"""Tell by the list of members at the end of a ZIP file which of them an earlier run has read, and read the others.

The module `zipfile` takes five times as long for a list, so it gets only the entries of the members that are read.
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Iterable
from functools import cached_property, lru_cache
from hashlib import blake2b
from io import BufferedIOBase

from winnow.sources.containers.kinds import LISTED
from winnow.sources.containers.records import DIGEST, Place
from winnow.sources.containers.zip_statements import states

_END, _END_OF_LARGE, _ENTRY = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), struct.Struct("<28x3H12x")
_FACTS = slice(16, 28)  # of an entry: checksum and sizes
_TAIL = 0xFFFF + _END.size + 20 + _END_OF_LARGE.size  # the longest comment, and what stands behind the list
_MOST = 0xFFFFFFFF  # bytes before a list, as the end of a list states them


def listed(file: BufferedIOBase) -> bytes:
    """Return a digest of `DIGEST` bytes of each member, in order: of its name, checksum and sizes.

    Return none where the file must be read whole whenever it changes, because what one member gives depends on others:
    where a name comes twice, or members state something of others. The same goes for a list that cannot be read, and
    for a file of more than 4 GB.
    """
    try:
        members = list_of(file)
    except (struct.error, ValueError, OSError):
        return b""
    return b"" if any(states(name.decode("latin-1")) for name in members.entries) else members.digests


@lru_cache(1)  # it is asked for twice
def list_of(file: BufferedIOBase) -> MemberList:
    """Return the list of a file. Raises as `MemberList`."""
    return MemberList(file)


class MemberList:
    """The entries of a ZIP file's list, as they are written, by the names of the members as they are written.

    Raises `ValueError` or `struct.error` for a list that cannot be read, and one with a name that comes twice.
    """

    def __init__(self, file: BufferedIOBase) -> None:
        self.file, self.entries, at = file, dict[bytes, bytes](), 0
        found = self._read()
        while at < len(found):
            name, extra, comment = _ENTRY.unpack_from(found, at)
            begin, end = at + _ENTRY.size, at + _ENTRY.size + name + extra + comment
            key = found[begin : begin + name]
            if not found.startswith(LISTED, at) or key in self.entries:
                raise ValueError
            self.entries[key], at = found[at:end], end

    @cached_property
    def digests(self) -> bytes:
        """Return the digests of all members."""
        facts = (entry[_FACTS] + name for name, entry in self.entries.items())
        return b"".join(blake2b(each, digest_size=DIGEST).digest() for each in facts)

    def unknown(self, start: Place) -> list[bytes]:
        """Return the entries of the members that a place does not know."""
        known = {*start.digests}
        found = zip(self.entries.values(), Place(members=self.digests).digests, strict=True)
        return [entry for entry, digest in found if digest not in known]

    def archive(self, entries: Iterable[bytes]) -> zipfile.ZipFile:
        """Return the file as one that has only these of its members."""
        found = b"".join(entries)
        end = _END.pack(b"PK\x05\x06", 0, 0, 0, 0, len(found), self._stated, 0)
        return zipfile.ZipFile(_Spliced(self.file, self._begin, found + end))

    def _read(self) -> bytes:
        """Return the list as it is written, and note where it begins and where its end says that it does."""
        end = self.file.seek(0, os.SEEK_END)
        self.file.seek(max(0, end - _TAIL))
        tail = self.file.read(_TAIL)
        at = tail.rindex(b"PK\x05\x06")
        size, self._stated = _END.unpack_from(tail, at)[5:7]
        if tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):  # of a file with more members, or larger ones
            at -= 20 + _END_OF_LARGE.size
            size, self._stated = _END_OF_LARGE.unpack_from(tail, at)[8:10]
        if self._stated > _MOST or size > _MOST:
            raise ValueError
        self._begin = self.file.seek(end - len(tail) + at - size)
        return self.file.read(size)


class _Spliced(io.BufferedIOBase):
    """The first `length` bytes of a file, and others behind them."""

    def __init__(self, file: BufferedIOBase, length: int, behind: bytes) -> None:
        self._file, self._length, self._behind, self._at = file, length, behind, 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at}.get(whence, self._length + len(self._behind))
        self._at = base + offset
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes, as many as `size` says."""
        end = self._length + len(self._behind)
        until = end if size is None or size < 0 else min(end, self._at + size)
        self._file.seek(self._at)
        found = self._file.read(max(0, min(until, self._length) - self._at))
        found += self._behind[max(0, self._at - self._length) : max(0, until - self._length)]
        self._at += len(found)
        return found
