"""Read a file packed in many members (of gzip) or frames (of zstd): where one is damaged, go on with the next."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Callable
from io import BufferedIOBase
from typing import Any, Protocol

from winnow.files import MAX_RATIO, is_bomb

_READ = 64 << 10
_CHUNK = 1 << 20
_LOOKED_AT = 4096  # packed bytes of a member that show how it begins
_MAX_BEGIN = 1024


class Unpacker(Protocol):
    """What unpacks one member, as the standard library's unpackers of bzip2, xz and zstd do."""

    @property
    def eof(self) -> bool:
        """Return whether the member has come to its end."""

    @property
    def needs_input(self) -> bool:
        """Return whether more bytes have to be given before more can be returned."""

    @property
    def unused_data(self) -> bytes:
        """Return what was given behind the end of the member."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Return at most `max_length` unpacked bytes."""


class GzipMember:
    """An `Unpacker` of one gzip member."""

    def __init__(self) -> None:
        self._member, self._needs_input = zlib.decompressobj(31), True

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return at most `max_length` unpacked bytes."""
        out = self._member.decompress(self._member.unconsumed_tail + data, max_length)
        self._needs_input = not self._member.unconsumed_tail and len(out) < max_length
        return out

    @property
    def needs_input(self) -> bool:
        """Return whether more bytes have to be given before more can be returned."""
        return self._needs_input

    @property
    def eof(self) -> bool:
        """Return whether the member has come to its end."""
        return self._member.eof

    @property
    def unused_data(self) -> bytes:
        """Return what was given behind the end of the member."""
        return self._member.unused_data.lstrip(b"\0")  # as some programs fill up to a whole block


class Members(io.RawIOBase):
    """The unpacked bytes of a file of members that begin with `magic`, each unpacked by an `unpacker` of its own.

    Reading raises `gzip.BadGzipFile` or `EOFError` where a member is damaged or cut off, and where `files.is_bomb` says
    so; after that the file is at its end, unless `resume` finds a member behind the damage.
    """

    def __init__(
        self,
        file: BufferedIOBase,
        magic: bytes,
        unpacker: Callable[[], Unpacker],
        begins: re.Pattern[bytes],
        faults: tuple[type[Exception], ...] = (zlib.error,),
    ) -> None:
        self._file, self._magic, self._unpacker, self._begins, self._faults = file, magic, unpacker, begins, faults
        self._go(0, 0)

    def _go(self, place: int, position: int) -> None:
        self._file.seek(place)
        self._place, self._taken, self._rest = place, place, b""  # where a member begins; what was read of the file
        self._begin = self._position = position  # in what the file unpacks to
        self._member: Unpacker | None = None
        self._is_lost = False

    def readable(self) -> bool:
        """Return that the file can be read."""
        return True

    def seekable(self) -> bool:
        """Return that another place can be gone to; going back means to unpack everything before once more."""
        return True

    @property
    def begin(self) -> int:
        """Return the place where the member that is being read begins, in what the file unpacks to."""
        return self._begin

    def tell(self) -> int:
        """Return the place in what the file unpacks to."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to another place; on the way to one that is counted from the beginning, over damaged members as well."""
        target = offset + (self._position if whence == io.SEEK_CUR else 0)
        if target < self._position:
            self._go(0, 0)
        while self._position < target:
            try:
                if not self._more(min(_READ, target - self._position)):
                    break
            except (gzip.BadGzipFile, EOFError):
                if whence != io.SEEK_SET or self.resume() is None:
                    raise
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with the next bytes; return their number, 0 at the end."""
        part = self._more(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def _more(self, size: int) -> bytes:
        """Return the next bytes of the member, or of the next one."""
        while not self._is_lost:
            member = self._next() if self._member is None or self._member.eof else self._member
            if member is None:
                return b""
            part = self._unpack(member, size)
            self._position += len(part)
            if part:
                return part
        return b""

    def _next(self) -> Unpacker | None:
        """Return the next member, None at the end of the file."""
        self._rest = (self._member.unused_data if self._member else b"") or self._read()
        self._place, self._begin = self._taken - len(self._rest), self._position
        self._member = self._unpacker() if self._rest else None
        return self._member

    def _read(self) -> bytes:
        more = self._file.read(_READ)
        self._taken += len(more)
        return more

    def _unpack(self, member: Unpacker, size: int) -> bytes:
        if member.needs_input and not self._rest:
            self._rest = self._read()
            if not self._rest:
                self._is_lost = True
                raise EOFError("the file ends within it")
        given, self._rest = (self._rest, b"") if member.needs_input else (b"", self._rest)
        try:
            part = member.decompress(given, size)
        except self._faults as error:
            self._is_lost = True
            raise gzip.BadGzipFile(str(error)) from None
        if is_bomb(self._taken, self._position):
            self._is_lost = True
            raise gzip.BadGzipFile(f"it unpacks to more than {MAX_RATIO} times its size")
        return part

    def resume(self) -> tuple[int, int] | None:
        """Go to the next member that begins as it should, behind the one that is damaged.

        Return the place where it begins in what the file unpacks to, which is one byte behind the beginning of the
        damaged one, however much of that was unpacked; and the packed bytes that were passed over. None: there is none.
        """
        begin, place = self._begin, self._place
        found = self._find(place + 1)
        if found is None:
            return None
        self._go(found, begin + 1)
        return begin + 1, found - place

    def _find(self, place: int) -> int | None:
        while True:
            self._file.seek(place)
            chunk = self._file.read(_CHUNK + _LOOKED_AT)
            at = chunk.find(self._magic)
            while 0 <= at < _CHUNK:
                if self._begins_at(chunk[at : at + _LOOKED_AT]):
                    return place + at
                at = chunk.find(self._magic, at + 1)
            if len(chunk) <= _CHUNK:
                return None
            place += _CHUNK

    def _begins_at(self, packed: bytes) -> bool:
        try:
            return self._begins.match(self._unpacker().decompress(packed, _MAX_BEGIN)) is not None
        except self._faults:
            return False
