"""Cut a WARC file into records: a plain file, one gzipped record by record, or one gzipped as a whole.

The reader of fastwarc is not used for this, because a damaged record must cost that record alone: fastwarc stops at the
first damaged record, and tells neither where that record begins nor where the next one might.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedIOBase

from winnow.files import MAX_RATIO
from winnow.sources.containers.headers import BLANK_LINE, MAX_BYTES, read_headers
from winnow.sources.containers.packed import Unpacked, is_packed, is_zstd, unzstd
from winnow.sources.containers.packed_members import Members
from winnow.sources.containers.records import Place, Record, Unreadable, damaged, too_large
from winnow.sources.containers.stated import page_of

_GZIP = b"\x1f\x8b\x08"
_FIRST_LINE = re.compile(rb"WARC/[01]\.\d+\r?\n")
_NEXT_RECORD = re.compile(rb"\n(WARC/[01]\.\d+\r?\n[A-Za-z-]+:)")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.I | re.M)
# All in bytes:
_READ = 64 << 10
_CHUNK = 1 << 20
_SNIFFED = 4 << 20  # unpacked to tell whether a whole file is one gzip stream
_SALVAGED = 8 << 10  # of a damaged member, in which the header of its record stands
_TAIL = 64  # looked at after a record
_OVERLAP = 256  # in which the first lines of a record fit


@dataclass(frozen=True, slots=True)
class Frame:
    """The bytes of one record, as many as the limit allows; `is_cut` says that the record has more."""

    name: str
    raw: bytes
    after: Place
    is_cut: bool = False


def frames(file: BufferedIOBase, start: Place, limit: int) -> Iterator[Frame | Record]:
    """Yield the frames of a WARC file, each of at most `limit` bytes; a damaged record as a `Record` with its problem.

    Raises `Unreadable` for a file that is no WARC file.
    """
    file.seek(0)
    head = file.read(_CHUNK)
    if not head:
        return
    if is_zstd(head):
        yield from _plain(_unzstd(file), start, limit)
    elif not head.startswith(_GZIP):
        if not _FIRST_LINE.match(head) and not _NEXT_RECORD.search(head):
            raise Unreadable("it does not begin with a WARC record")
        yield from _plain(file, start, limit)
    elif not _begins_record(head) and _next_member(file, 1) is None:
        raise Unreadable("damaged gzip, or what it unpacks to does not begin with a WARC record")
    elif _is_one_stream(head):
        file.seek(0)
        with Unpacked(file) as unpacked:
            yield from _plain(unpacked, start, limit)
    else:
        yield from _members(file, start, limit)


def _unzstd(file: BufferedIOBase) -> BufferedIOBase:
    """Return what a file packed with zstd unpacks to. Raises `Unreadable` where that does not begin with a record."""
    try:
        unpacked = io.BufferedReader(unzstd(file, _FIRST_LINE), _READ)
        if _FIRST_LINE.match(unpacked.peek(_OVERLAP)):
            return unpacked
    except (gzip.BadGzipFile, EOFError, ValueError) as error:
        raise Unreadable(f"damaged zstd: {error}") from None
    raise Unreadable("what it unpacks to does not begin with a WARC record")


def _is_one_stream(head: bytes) -> bool:
    """Return whether the first gzip member goes on after the first record."""
    try:
        start = zlib.decompressobj(31).decompress(head, _SNIFFED)
    except zlib.error:
        return False
    end = _record_end(start)
    return end is not None and bool(_FIRST_LINE.match(start[end:].lstrip(b"\r\n")))


def _record_end(raw: bytes) -> int | None:
    """Return the length of the record at the beginning of `raw`, headers and body, as the record states it."""
    header = BLANK_LINE.search(raw, 0, MAX_BYTES)
    length = _LENGTH.search(raw, 0, header.start() + 2) if header else None
    return header.end() + int(length[1]) if header and length else None


class _Window:
    """A stream that is read forwards; `seen` holds the bytes in sight, from `position` on."""

    def __init__(self, file: BufferedIOBase, position: int) -> None:
        self._file = file
        self.is_packed = is_packed(file)
        self.problem = ""  # why the stream ends early, if it does; what was unpacked before is in sight
        self.go(position)

    def go(self, position: int) -> None:
        """Read on from another place; going backwards in a packed stream is slow."""
        self.position, self.seen = position, bytearray()
        with self._ending_here():
            self._file.seek(position)

    def see(self, size: int) -> bytearray:
        """Return the bytes in sight, after bringing at least `size` in sight, fewer at the end of the stream."""
        with self._ending_here():
            while len(self.seen) < size and (more := self._file.read1(max(_READ, size - len(self.seen)))):
                self.seen += more
        return self.seen

    def skip(self, size: int) -> None:
        """Go `size` bytes forward."""
        if size > len(self.seen):
            with self._ending_here():
                self._file.seek(size - len(self.seen), io.SEEK_CUR)
        self.position += size
        del self.seen[:size]

    @contextlib.contextmanager
    def _ending_here(self) -> Iterator[None]:
        try:
            yield
        except (zlib.error, EOFError, gzip.BadGzipFile) as error:
            self.problem = f"damaged {'gzip' if isinstance(self._file, Unpacked) else 'zstd'}: {error}"

    def resume(self) -> int | None:
        """Go to a record behind the damage that ends the stream; return the packed bytes up to it, None without one."""
        file = self._file
        if not self.problem or not isinstance(file, io.BufferedReader) or not isinstance(file.raw, Members):
            return None
        members = file.raw
        found = members.resume()
        if found is None:
            return None
        file.detach()
        self._file = io.BufferedReader(members, _READ)
        self.position, self.seen, self.problem = found[0], bytearray(), ""
        return found[1]

    def skip_blank(self) -> None:
        """Go forward over line ends."""
        while seen := self.see(_READ):
            blank = len(seen) - len(seen.lstrip(b"\r\n"))
            self.skip(blank)
            if self.seen:
                return

    def find_next(self) -> bool:
        """Go forward to where the next record seems to begin; return False where the stream ends before."""
        self.skip(1)
        while True:
            found = _NEXT_RECORD.search(self.seen)
            if found:
                self.skip(found.start(1))
                return True
            self.skip(max(0, len(self.seen) - _OVERLAP))
            known = len(self.seen)
            if len(self.see(_CHUNK)) == known:
                self.skip(known)
                return False


def _plain(file: BufferedIOBase, start: Place, limit: int) -> Iterator[Frame | Record]:
    """Yield the records by the lengths that they state; where a length leads to no next record, search for one."""
    window, has_more = _Window(file, start.position), True
    while has_more:
        window.skip_blank()
        head = bytes(window.see(MAX_BYTES)[:MAX_BYTES])
        if not head and not window.problem:
            return
        begin = window.position
        length = _record_end(head) if _FIRST_LINE.match(head) else None
        raw = bytes(window.see(min(length, limit))[: min(length, limit)]) if length else b""
        problem = _problem(window, length, limit)
        if problem is None:
            yield Frame(str(begin), raw, Place(window.position), is_cut=len(raw) != length)
            continue
        record, has_more = _pass_over(window, head, problem)
        yield record


def _pass_over(window: _Window, head: bytes, problem: str) -> tuple[Record, bool]:
    """Go behind a damaged record, or damage in the packing; return what is to be said, and whether there is more."""
    begin, is_found = window.position, bool(head) and window.find_next()
    size, cause = window.position - begin, window.problem
    if is_found:
        return _damaged(str(begin), head, problem, size, Place(window.position)), True
    if packed := window.resume():
        return _damaged(str(begin), head, cause, packed, Place(window.position), "packed bytes"), True
    if not head:
        return damaged(str(begin), f"{cause}; the file is lost from {begin} on", Place(begin)), False
    return _damaged(str(begin), head, problem, size, Place(begin)), False


def _problem(window: _Window, length: int | None, limit: int) -> str | None:
    """Go to the end of a record that ends where it says, and return None; else stay there and return what is wrong."""
    if length is None:
        return "no WARC record"
    if length <= limit:
        problem = _problem_after(bytes(window.see(length + _TAIL)[length - 1 : length + _TAIL]))
        if not problem:
            window.skip(length)
        return problem
    begin = window.position
    window.skip(length - 1)
    problem = _problem_after(bytes(window.see(_TAIL)[:_TAIL]))
    if not problem:
        window.skip(1)
    elif not window.is_packed:  # going back in a packed stream means to unpack everything before once more
        window.go(begin)
    return problem


def _problem_after(tail: bytes) -> str | None:
    """Return what is wrong with the bytes after a record, or None; `tail` begins with the record's last byte."""
    if not tail:
        return "the file ends within it"
    left = tail[1:].lstrip(b"\r\n")
    is_end = not left or _FIRST_LINE.match(left) or BLANK_LINE.match(tail, 1)
    return None if is_end else "it does not end where it says"


def _members(file: BufferedIOBase, start: Place, limit: int) -> Iterator[Frame | Record]:
    """Yield the records of each gzip member; after a damaged member, search for the next that begins a record."""
    position = start.position
    while True:
        member = _unpack(file, position, limit)
        if member is None:
            return
        if member.problem:
            after = _next_member(file, position + 1)
            place = Place(position if after is None else after)
            name, end = str(position), file.seek(0, io.SEEK_END) if after is None else after
            if member.is_bomb:
                yield too_large(page_of(name, read_headers(member.raw)), limit, place)
            else:
                yield _damaged(name, member.raw, member.problem, end - position, place)
            if after is None:
                return
            position = after
            continue
        yield from _records_of(member, position, limit)
        position = member.end


@dataclass(frozen=True, slots=True)
class _Member:
    raw: bytes
    end: int
    is_cut: bool = False
    problem: str = ""
    is_bomb: bool = False


def _unpack(file: BufferedIOBase, position: int, limit: int) -> _Member | None:
    """Unpack one member and keep at most `limit` bytes of it; return None at the end of the file."""
    file.seek(position)
    unpacker, out, taken, total = zlib.decompressobj(31), bytearray(), 0, 0
    while not unpacker.eof:
        packed = unpacker.unconsumed_tail or file.read(_READ)
        if not packed:
            return _Member(bytes(out), position, problem="the file ends within it") if taken else None
        taken += 0 if unpacker.unconsumed_tail else len(packed)
        try:
            part = unpacker.decompress(packed, _CHUNK)
        except zlib.error as error:
            return _Member(bytes(out) or _begin_at(file, position), position, problem=str(error))
        total += len(part)
        out += part[: limit - len(out)]
        if total > limit and total > MAX_RATIO * taken:
            return _Member(bytes(out), position, problem="bomb", is_bomb=True)
    return _Member(bytes(out), position + taken - len(unpacker.unused_data), is_cut=total > limit)


def _begin_at(file: BufferedIOBase, position: int) -> bytes:
    """Return what the beginning of a damaged member unpacks to, as far as the damage; a few bytes at a time."""
    file.seek(position)
    packed, unpacker, out = file.read(_SALVAGED), zlib.decompressobj(31), bytearray()
    with contextlib.suppress(zlib.error):
        for at in range(0, len(packed), 16):
            out += unpacker.decompress(packed[at : at + 16], MAX_BYTES)
    return bytes(out)


def _damaged(name: str, raw: bytes, problem: str, size: int, after: Place, unit: str = "bytes") -> Record:
    """Return a record that cannot be read, with what its header states, and say how many bytes were passed over."""
    page = page_of(name, read_headers(raw if _FIRST_LINE.match(raw) else b""))
    return damaged(page, f"damaged record at {name}: {problem}; {size:,} {unit} passed over", after)


def _records_of(member: _Member, position: int, limit: int) -> Iterator[Frame | Record]:
    """Yield a member's record, or its records where there are more than one."""
    raw, after = member.raw, Place(member.end)
    end = _record_end(raw) if _FIRST_LINE.match(raw) else None
    if end is None:
        if raw.strip(b"\r\n\0"):
            yield _damaged(str(position), b"", "no WARC record", member.end - position, after)
        return
    if member.is_cut or not raw[end:].strip(b"\r\n"):
        if not member.is_cut and len(raw) < end:
            yield _damaged(str(position), raw, "it ends before it says", member.end - position, after)
        else:
            yield Frame(str(position), raw[:end], after, member.is_cut)
        return
    for each in _plain(io.BytesIO(raw), Place(), limit):
        within = each.name if isinstance(each, Frame) else each.page.path
        name = str(position) if within == "0" else f"{position}.{within}"
        if isinstance(each, Frame):
            yield Frame(name, each.raw, after)
        elif each.page.problem:
            yield Record(replace(each.page, path=name), after)


def _next_member(file: BufferedIOBase, position: int) -> int | None:
    """Return the position of the next gzip member that begins a WARC record, None if there is none."""
    while True:
        file.seek(position)
        chunk = file.read(_CHUNK)
        at = chunk.find(_GZIP)
        while at >= 0:
            if _begins_record(chunk[at : at + 4096]) or (len(chunk) - at < 4096 and _begins_at(file, position + at)):
                return position + at
            at = chunk.find(_GZIP, at + 1)
        if len(chunk) < _CHUNK:
            return None
        position += _CHUNK - len(_GZIP) + 1


def _begins_at(file: BufferedIOBase, position: int) -> bool:
    file.seek(position)
    return _begins_record(file.read(4096))


def _begins_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, 5) == b"WARC/"
    except zlib.error:
        return False
