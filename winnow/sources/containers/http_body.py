"""Unpack the body of an HTTP answer, of which the header does not always say rightly how it was packed."""

from __future__ import annotations

import zlib
from typing import Any

from winnow.sources.containers.headers import Headers

_CODINGS = ("Transfer-Encoding", "Content-Encoding")
# Tried in turn: many writers store the body unpacked, but keep the header that says how it was packed.
_DECODINGS = ("all", "content", "transfer", "none")


def unpacked_body(fastwarc: Any, http: Headers, body: bytes, limit: int) -> bytes:
    """Return a body without its codings, `limit` bytes of it at most. Raises `OSError` for one that is damaged."""
    codings = [(name, value) for name in _CODINGS if (value := http.get(name))]
    if not codings:
        return body[:limit]
    head = "HTTP/1.1 200 OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in codings) + "\r\n"
    block = head.encode() + body
    size = f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n".encode()
    raw = b"WARC/1.0\r\nWARC-Type: response\r\n" + size + block
    problem: OSError | None = None
    for decoding in _DECODINGS:
        record = fastwarc.WarcRecord.from_bytes(raw)
        try:
            record.parse_http(auto_decode=decoding)
            found = bytes(record.reader.read(limit))
        except OSError as error:
            problem = error
            continue
        is_left = decoding in ("transfer", "none") and "deflate" in (http.get("Content-Encoding") or "").lower()
        return _inflated(found, limit) if is_left else found
    raise problem or OSError("no body")


def _inflated(body: bytes, limit: int) -> bytes:
    """Return what a body unpacks to as DEFLATE without its wrapping, as old servers send it; any other as it is."""
    unpacker = zlib.decompressobj(-15)
    try:
        found = unpacker.decompress(body, limit)
    except zlib.error:
        return body
    return found if unpacker.eof or len(found) == limit else body
