"""WARC: tell which records are pages, and what they hold. fastwarc reads the headers and decodes the HTTP body."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedIOBase
from typing import Any

from winnow.items import Page, StartError
from winnow.sources.containers.records import (
    NO_PAGE,
    NO_RESPONSE,
    NO_SUCCESS,
    ContainerOptions,
    Item,
    Passed,
    Place,
    Record,
    damaged,
    too_large,
)  # fmt: skip
from winnow.sources.containers.stated import MEDIA_TYPES, address, split_type
from winnow.sources.containers.warc_frames import Frame, frames
from winnow.text import storable
from winnow.times import moment

_SAME_PAYLOAD = "/identical-payload-digest"
_MAX_DIGEST = 256
_HEADER_ROOM = 128 << 10  # bytes for the headers of a record, beside the page
# Tried in turn: many writers store the body unpacked, but keep the header that says how it was packed.
_DECODINGS = ("all", "content", "transfer", "none")


def load_fastwarc() -> Any:
    """Return the module `fastwarc.warc`. Raises `StartError` where it is not installed."""
    try:
        return importlib.import_module("fastwarc.warc")
    except ImportError:
        raise StartError("WARC and WACZ files need fastwarc (the extra warc): pip install fastwarc") from None


def read_warc(file: BufferedIOBase, options: ContainerOptions, start: Place) -> Iterator[Item]:
    """Yield the records of a WARC file; a record's name is its offset in bytes.

    Raises `Unreadable` for a file that is no WARC file, and `StartError` without fastwarc.
    """
    fastwarc = load_fastwarc()
    for frame in frames(file, start, options.max_bytes + _HEADER_ROOM):
        yield _item(fastwarc, frame, options.max_bytes) if isinstance(frame, Frame) else frame


def _item(fastwarc: Any, frame: Frame, limit: int) -> Item:
    try:
        record = fastwarc.WarcRecord.from_bytes(frame.raw)
        headers = _Headers(record.headers)
        kind = str(record.record_type)
        if kind == "revisit":
            return _revisit(frame, headers)
        if kind in ("resource", "conversion"):
            return _resource(record, headers, frame, limit)
        if kind != "response":
            return Passed(NO_RESPONSE, frame.after)
        return _response(fastwarc, headers, frame, limit)
    except (OSError, ValueError) as error:
        return damaged(frame.name, f"damaged record at {frame.name}: {error}", frame.after)


class _Headers:
    """The headers of a record, without white space and angle brackets around their values."""

    def __init__(self, headers: Any) -> None:
        self._headers = headers

    def get(self, name: str) -> str | None:
        value = self._headers.get(name) if self._headers is not None else None
        return value.strip("<> \t") or None if value else None


def _revisit(frame: Frame, headers: _Headers) -> Item:
    url = address(headers.get("WARC-Target-URI"))
    original = address(headers.get("WARC-Refers-To-Target-URI")) or url
    if not url or not original:
        return Passed(NO_PAGE, frame.after)
    revisits = (original, moment(headers.get("WARC-Refers-To-Date")))
    # With another profile, the digest may be that of the revisit's own empty body.
    is_same = (headers.get("WARC-Profile") or "").endswith(_SAME_PAYLOAD)
    digest = _payload_digest(headers) if is_same else None
    captured = moment(headers.get("WARC-Date"))
    page = Page(frame.name, url=url, captured=captured, revisits=revisits, payload_digest=digest)
    return Record(page, frame.after)


def _payload_digest(headers: _Headers) -> str | None:
    digest = storable(headers.get("WARC-Payload-Digest") or "")
    return digest if 0 < len(digest) < _MAX_DIGEST else None


def _resource(record: Any, headers: _Headers, frame: Frame, limit: int) -> Item:
    """Return the page of a record that was stored without HTTP: a file, or a text made of a page (WET)."""
    media_type, charset = split_type(headers.get("Content-Type"))
    if media_type not in MEDIA_TYPES or not address(headers.get("WARC-Target-URI")):
        return Passed(NO_PAGE, frame.after)
    return _page(frame, headers, record.reader.read(limit + 1), media_type, charset, limit)


def _response(fastwarc: Any, headers: _Headers, frame: Frame, limit: int) -> Item:
    problem: Exception | None = None
    for decoding in _DECODINGS:
        record = fastwarc.WarcRecord.from_bytes(frame.raw)
        try:
            record.is_http = True  # some writers leave out the header by which fastwarc knows
            record.parse_http(auto_decode=decoding)
            status = record.http_headers.status_code if record.http_headers is not None else None
            if status is None or not 200 <= status < 300:
                return Passed(NO_SUCCESS if status else NO_RESPONSE, frame.after)
            media_type, charset = split_type(record.http_headers.get("Content-Type"))
            if media_type and media_type not in MEDIA_TYPES:
                return Passed(NO_PAGE, frame.after)
            return _page(frame, headers, record.reader.read(limit + 1), media_type, charset, limit)
        except OSError as error:
            problem = error
    return damaged(frame.name, f"damaged record at {frame.name}: {problem}", frame.after)


def _page(frame: Frame, headers: _Headers, body: bytes, media_type: str, charset: str | None, limit: int) -> Record:
    url, captured = address(headers.get("WARC-Target-URI")), moment(headers.get("WARC-Date"))
    page = Page(frame.name, url=url, captured=captured)
    if len(body) > limit or frame.is_cut:
        return too_large(page, limit, frame.after)
    kind, digest = MEDIA_TYPES.get(media_type), _payload_digest(headers)
    return Record(replace(page, body=body, media_type=kind, charset=charset, payload_digest=digest), frame.after)
