"""Write WARC 1.1 (ISO 28500:2017) as it is read everywhere: each record a gzip member, every digest right.

A body is stored without its chunks, since readers take the payload's digest either before or after they undo them; the
header that names them becomes `X-Crawler-Transfer-Encoding`, and `Content-Length` is added. All else of a head stays
as it came, and so does the content coding.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from winnow.sites.exchange import Exchange
from winnow.sites.ledger import at as moment
from winnow.text import one_line

WRITING = ".writing"
PAGES, DISCOVERY = "pages", "discovery"
MAX_FILE_BYTES = 1 << 30
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
NOT_MODIFIED, SAME_PAYLOAD = f"{_REVISIT}server-not-modified", f"{_REVISIT}identical-payload-digest"
_LEVEL, _LEVEL_PACKED = 6, 1  # of zlib; a body that is packed already hardly shrinks
_CHUNKED = re.compile(rb"^(transfer-encoding)(?=[ \t]*:)", re.I | re.M)
_LENGTH = re.compile(rb"^(content-length)(?=[ \t]*:)", re.I | re.M)
_READ = 1 << 20

Fields = Iterable[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: the file below the folder of the sites, the offset in bytes, and the record's id."""

    warc: str
    offset: int
    record_id: str


@dataclass(frozen=True, slots=True)
class Original:
    """The capture that a revisit points to: the id of its record, the moment as the ledger has it, the digest."""

    record_id: str
    captured: str
    digest: str


def payload_digest(body: bytes) -> str:
    """Return the digest of a payload as WARC writes it: SHA-1 in base32.

    >>> payload_digest(b"")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    return f"sha1:{base64.b32encode(hashlib.sha1(body).digest()).decode()}"


def stored_head(head: bytes, body_bytes: int) -> bytes:
    """Return the head of an answer as it is stored beside its body without chunks."""
    if not _CHUNKED.search(head):
        return head
    head = _LENGTH.sub(rb"X-Crawler-\1", _CHUNKED.sub(rb"X-Crawler-\1", head))
    end = b"\r\n" if head.endswith(b"\r\n") else b"\n"
    return head.removesuffix(end) + b"Content-Length: %d" % body_bytes + end + end


class WarcFiles:
    """The WARC files of one kind that a run writes, one after the other; each begins with a `warcinfo` record.

    A file stands in the hidden folder `.writing` until it is closed, so that no crawl of the pages reads half a file.
    `kind` is the folder that the files end in, `started` the run's start in seconds since 1970.
    """

    def __init__(
        self, folder: Path, kind: str, started: float, info: Mapping[str, str], max_bytes: int = MAX_FILE_BYTES
    ) -> None:
        self._folder, self._kind, self._info, self._max_bytes = folder, kind, info, max_bytes
        self._stamp = re.sub(r"[-:]|\+.*", "", moment(started))
        self._number = 0
        self._name = ""
        self._started = moment(started)
        self._fd = -1
        self._size = 0

    def capture(self, exchange: Exchange, about: Fields = ()) -> Place:
        """Write an answer, its request, and what is known about both; return where the answer stands."""
        head = stored_head(exchange.head, len(exchange.body)) if not exchange.truncated else exchange.head
        fields = [
            ("WARC-Payload-Digest", payload_digest(exchange.body)),
            ("WARC-Truncated", exchange.truncated),
            ("Content-Type", "application/http;msgtype=response"),
        ]
        is_packed = b"content-encoding" in head.lower()
        place = self._write("response", exchange, fields, head + exchange.body, is_packed)
        self._beside(place, exchange, [("fetchTimeMs", str(exchange.ms)), *about])
        return place

    def revisit(self, exchange: Exchange, profile: str, original: Original) -> Place:
        """Write that an answer was as before: its head, its request, and which capture holds its body."""
        fields = [
            ("WARC-Profile", profile),
            ("WARC-Payload-Digest", original.digest),
            ("WARC-Refers-To", original.record_id),
            ("WARC-Refers-To-Target-URI", exchange.url),
            ("WARC-Refers-To-Date", _date(original.captured)),
            ("Content-Type", "application/http;msgtype=response"),
        ]
        place = self._write("revisit", exchange, fields, stored_head(exchange.head, 0))
        self._beside(place, exchange, ())
        return place

    def without_answer(self, url: str, at: float, about: Fields) -> Place:
        """Write what is known of a request that no answer came to."""
        return self._metadata(url, moment(at), about)

    def _beside(self, place: Place, exchange: Exchange, about: Fields) -> None:
        fields = [
            ("WARC-Target-URI", exchange.url),
            ("WARC-Concurrent-To", place.record_id),
            ("Content-Type", "application/http;msgtype=request"),
        ]
        self._record("request", moment(exchange.at), fields, exchange.request, beside=place.record_id)
        if known := list(about):
            self._metadata(exchange.url, moment(exchange.at), known, place.record_id)

    def _metadata(self, url: str, at: str, about: Fields, concurrent_to: str | None = None) -> Place:
        block = "".join(f"{name}: {one_line(value)}\r\n" for name, value in about if value is not None).encode()
        fields = [
            ("WARC-Target-URI", url),
            ("WARC-Concurrent-To", concurrent_to),
            ("Content-Type", "application/warc-fields"),
        ]
        return self._record("metadata", at, fields, block)

    def _write(self, kind: str, exchange: Exchange, fields: Fields, block: bytes, is_packed: bool = False) -> Place:
        about = [("WARC-Target-URI", exchange.url), ("WARC-IP-Address", exchange.ip), *fields]
        return self._record(kind, moment(exchange.at), about, block, is_packed)

    def _record(
        self, kind: str, at: str, fields: Fields, block: bytes, is_packed: bool = False, beside: str | None = None
    ) -> Place:
        if self._fd < 0 or (self._size >= self._max_bytes and kind in ("response", "revisit")):
            self.close()
            self._open()
        record_id = _beside(beside) if beside else _new_id()
        member = _member(kind, record_id, at, fields, block, _LEVEL_PACKED if is_packed else _LEVEL)
        place = Place(self._name, self._size, record_id)
        data = memoryview(member)
        while data:
            data = data[os.write(self._fd, data) :]
        self._size += len(member)
        return place

    def _open(self) -> None:
        path = self._folder
        while path.exists():  # a run that began in the same second has left its own
            self._number += 1
            self._name = f"{self._kind}/{self._stamp[:4]}/{self._stamp}Z-{self._number:05}.warc.gz"
            path = self._folder / self._name
        path = self._folder / WRITING / self._name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o644)
        self._size = 0
        name = self._name.rpartition("/")[2]
        block = "".join(f"{key}: {one_line(value)}\r\n" for key, value in self._info.items()).encode()
        fields = [("WARC-Filename", name), ("Content-Type", "application/warc-fields")]
        self._record("warcinfo", self._started, fields, block)

    def flush(self) -> None:
        """Bring all that was written to the disk: from now on, rows may point into it. Raises `OSError`."""
        if self._fd >= 0:
            os.fsync(self._fd)

    def close(self) -> None:
        """Finish the file, if there is one, and move it to where it is read. Raises `OSError`."""
        if self._fd < 0:
            return
        self.flush()
        os.close(self._fd)
        self._fd = -1
        _move_in(self._folder, self._folder / WRITING / self._name)


def _new_id() -> str:
    """Return the id of a record, which ends in 0: those that stand beside it end in another digit."""
    return f"<urn:uuid:{str(uuid4())[:-1]}0>"


def _beside(record_id: str) -> str:
    """Return the id of the request of an answer. It differs in the last digit alone, and so packs to nearly nothing."""
    return f"{record_id[:-2]}1>"


def take_over(folder: Path) -> list[str]:
    """Move the files in that a killed run has left behind, each cut after its last whole record.

    Return their names below the folder. Raises `OSError`.
    """
    taken = []
    for path in sorted((folder / WRITING).rglob("*.warc.gz")):
        whole, records = _whole_members(path)
        if records < 2:  # nothing but what the file is
            path.unlink()
            _remove_empty(path.parent, folder)
            continue
        if whole < path.stat().st_size:
            os.truncate(path, whole)
        taken.append(_move_in(folder, path))
    return taken


def _whole_members(path: Path) -> tuple[int, int]:
    """Return where the last whole gzip member of a file ends, and how many there are."""
    end = members = 0
    inflater = zlib.decompressobj(31)
    with path.open("rb") as file:
        data = b""
        while data or (data := file.read(_READ)):
            try:
                inflater.decompress(data, _READ)
            except zlib.error:
                break
            data = inflater.unconsumed_tail
            if inflater.eof:
                data = inflater.unused_data
                end, members = file.tell() - len(data), members + 1
                inflater = zlib.decompressobj(31)
    return end, members


def _move_in(folder: Path, path: Path) -> str:
    name = path.relative_to(folder / WRITING)
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise FileExistsError(f"{target} is there already, so {path} stays where it is")
    path.rename(target)
    _remove_empty(path.parent, folder)
    for each in (target.parent, target.parent.parent):
        fd = os.open(each, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(fd)
        os.close(fd)
    return name.as_posix()


def _remove_empty(place: Path, folder: Path) -> None:
    """Remove folders that have become empty, from one up to another, which stays."""
    with contextlib.suppress(OSError):
        while place != folder:
            place.rmdir()
            place = place.parent


def _member(kind: str, record_id: str, at: str, fields: Fields, block: bytes, level: int) -> bytes:
    named = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", record_id),
        ("WARC-Date", _date(at)),
        *fields,
        ("WARC-Block-Digest", payload_digest(block)),
        ("Content-Length", str(len(block))),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in named if value is not None)
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    parts = (f"WARC/1.1\r\n{head}\r\n".encode(), block, b"\r\n\r\n")
    return b"".join(packer.compress(part) for part in parts) + packer.flush()


def _date(at: str) -> str:
    """Return a moment of the ledger as WARC writes it.

    >>> _date("2026-11-29T10:00:00+00:00")
    '2026-11-29T10:00:00Z'
    """
    return at.replace("+00:00", "Z")
