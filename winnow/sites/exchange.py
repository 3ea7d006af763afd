"""A request and its answer as they went over the wire, and what can be read from the answer's head."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property

_CHUNK = 64 << 10


@dataclass(frozen=True)
class Exchange:
    """What was sent and received, as it was, but for the body: taken out of its chunks, its content coding kept.

    `head` ends with the empty line; interim answers (1xx) are left out. `truncated` is None, or why the body is not
    whole: `length`, `time` or `disconnect`, as WARC calls it. `at` is the moment of the request in seconds since 1970.
    """

    url: str
    request: bytes
    head: bytes
    body: bytes
    at: float
    ms: int
    ip: str | None = None
    truncated: str | None = None

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """Return the values of each header, by its name in lower case."""
        return head_fields(self.head)

    @cached_property
    def status(self) -> int:
        """Return the status of the answer; 0 if there is none."""
        words = self.head.split(None, 2)
        return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0

    def field(self, name: str) -> str | None:
        """Return the first value of a header, by its name in lower case."""
        return self.fields.get(name, [None])[0]

    @property
    def media_type(self) -> str:
        """Return the media type that the answer states, in lower case; "" for none."""
        return (self.field("content-type") or "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """Return the encoding that the answer states."""
        for part in (self.field("content-type") or "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None


def head_fields(head: bytes) -> dict[str, list[str]]:
    r"""Return the values of each header of a head, by its name in lower case; lines without a colon are passed over.

    >>> head_fields(b"HTTP/1.1 200 OK\r\nEtag: a\r\nLink: b,\r\n c\r\nETag: d\r\nno colon\r\n\r\n")
    {'etag': ['a', 'd'], 'link': ['b, c']}
    """
    fields: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in head.decode("latin-1").replace("\r\n", "\n").split("\n")[1:]:
        if line[:1] in (" ", "\t"):
            if last:
                last[-1] = f"{last[-1]} {line.strip()}"
            continue
        name, colon, value = line.partition(":")
        last = fields.setdefault(name.strip().lower(), []) if colon else None
        if last is not None:
            last.append(value.strip())
    return fields


def final_head(received: bytes) -> bytes:
    r"""Return the head of the final answer at the beginning of what was received, without interim answers (1xx).

    >>> final_head(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody")
    b'HTTP/1.1 200 OK\r\n\r\n'
    """
    while True:
        end = _head_end(received)
        head, received = received[:end], received[end:]
        words = head.split(None, 2)
        if len(words) < 2 or words[1][:1] != b"1" or words[1] == b"101" or not received:
            return head


def _head_end(received: bytes) -> int:
    ends = [at + len(mark) for mark in (b"\r\n\r\n", b"\n\n", b"\n\r\n") if (at := received.find(mark)) >= 0]
    return min(ends, default=len(received))


def unpacked(exchange: Exchange, limit: int) -> bytes:
    """Return the body without its content coding: gzip or deflate.

    Raises `ValueError` for another coding, for one that is damaged, and for more than `limit` bytes.
    """
    try:
        return _unpacked(exchange, limit)
    except zlib.error as error:
        raise ValueError(f"the packed body is damaged: {error}") from None


def _unpacked(exchange: Exchange, limit: int) -> bytes:
    body = exchange.body
    codings = [
        each.strip().lower() for value in exchange.fields.get("content-encoding", []) for each in value.split(",")
    ]
    for coding in reversed([each for each in codings if each not in ("", "identity")]):
        if coding in ("gzip", "x-gzip"):
            body = _inflated(body, 31, limit)
        elif coding == "deflate":
            try:
                body = _inflated(body, 15, limit)
            except zlib.error:  # servers send it with or without the frame of zlib
                body = _inflated(body, -15, limit)
        else:
            raise ValueError(f"content coding {coding}, which was not asked for")
    if len(body) > limit:
        raise ValueError(f"more than {limit} bytes")
    return body


def _inflated(body: bytes, bits: int, limit: int) -> bytes:
    parts, size = [], 0
    while body:
        inflater = zlib.decompressobj(bits)
        while body and not inflater.eof:
            part = inflater.decompress(body, _CHUNK)
            body = inflater.unconsumed_tail
            parts.append(part)
            size += len(part)
            if size > limit:
                raise ValueError(f"unpacks to more than {limit} bytes")
        if not inflater.eof:
            raise ValueError("the packed body is cut off")
        body = inflater.unused_data if bits == 31 and inflater.unused_data.startswith(b"\x1f\x8b") else b""
    return b"".join(parts)
