"""WARC: tell which records are pages, and what they hold. fastwarc decodes the HTTP body."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedIOBase
from typing import Any

from winnow.formats import begins_as_html
from winnow.items import StartError
from winnow.sources.containers.headers import Headers, read_headers
from winnow.sources.containers.http_body import unpacked_body
from winnow.sources.containers.records import (
    NO_ADDRESS,
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
from winnow.sources.containers.stated import MEDIA_TYPES, address, page_of, split_type
from winnow.sources.containers.warc_frames import Frame, frames
from winnow.sources.no_pages import no_page, no_page_by_name
from winnow.text import storable
from winnow.times import moment

_SAME_PAYLOAD = "/identical-payload-digest"
_MAX_DIGEST = 256
_HEADER_ROOM = 128 << 10  # bytes for the headers of a record, beside the page
_HTTP = b"HTTP/"
# Types that servers state of HTML, beside its own: of such an answer the first bytes tell whether it is HTML.
_MAY_BE_HTML = re.compile(
    r"text/(?!css|javascript|csv)|application/(?:xml|octet-stream|x-httpd-|unknown)|[^/]*$|.*/unknown$"
)
_STATUS = re.compile(r"HTTP/\S+\s+(\d)\d\d(?!\d)")


def load_fastwarc() -> Any:
    """Return the module `fastwarc.warc`. Raises `StartError` where it is not installed."""
    try:
        return importlib.import_module("fastwarc.warc")
    except ImportError:
        raise StartError("WARC, ARC and WACZ files need fastwarc (the extra warc): pip install fastwarc") from None


def read_warc(file: BufferedIOBase, options: ContainerOptions, start: Place) -> Iterator[Item]:
    """Yield the records of a WARC file; a record's name is its offset in bytes.

    Raises `Unreadable` for a file that is no WARC file, and `StartError` without fastwarc.
    """
    fastwarc = load_fastwarc()
    for frame in frames(file, start, options.max_bytes + _HEADER_ROOM):
        yield _item(fastwarc, frame, options.max_bytes) if isinstance(frame, Frame) else frame


def read_record(frame: Frame, limit: int) -> Item:
    """Return what one record of a WARC file is. Raises `StartError` without fastwarc."""
    return _item(load_fastwarc(), frame, limit)


def _item(fastwarc: Any, frame: Frame, limit: int) -> Item:
    headers = read_headers(frame.raw)
    block = frame.raw[headers.end :]
    kind = (headers.get("WARC-Type") or "").lower()
    if kind == "revisit":
        return _revisit(frame, headers, block)
    if kind in ("resource", "conversion"):
        return _resource(headers, block, frame, limit)
    if kind != "response":
        return Passed(NO_RESPONSE, frame.after)
    return _response(fastwarc, headers, block, frame, limit)


def _revisit(frame: Frame, headers: Headers, block: bytes) -> Item:
    """Return the page that points to an earlier capture; what is sure to be no page is passed over, as that was."""
    url = address(headers.get("WARC-Target-URI"))
    original = address(headers.get("WARC-Refers-To-Target-URI")) or url
    media_type = split_type(read_headers(block).get("Content-Type"))[0] if block.startswith(_HTTP) else ""
    if media_type and media_type not in MEDIA_TYPES:
        return Passed(no_page(media_type), frame.after)
    if not url or not original:
        return Passed(NO_ADDRESS, frame.after)
    if not media_type and (named := no_page_by_name(url)):
        return Passed(named, frame.after)
    revisits = (original, moment(headers.get("WARC-Refers-To-Date")))
    # With another profile, the digest may be that of the revisit's own empty body.
    is_same = (headers.get("WARC-Profile") or "").endswith(_SAME_PAYLOAD)
    digest = _payload_digest(headers) if is_same else None
    return Record(replace(page_of(frame.name, headers), revisits=revisits, payload_digest=digest), frame.after)


def _payload_digest(headers: Headers) -> str | None:
    digest = storable(headers.get("WARC-Payload-Digest") or "")
    return digest if 0 < len(digest) < _MAX_DIGEST else None


def _resource(headers: Headers, block: bytes, frame: Frame, limit: int) -> Item:
    """Return the page of a record that was stored without HTTP: a file, or a text made of a page (WET)."""
    media_type, charset = split_type(headers.get("Content-Type"))
    if media_type not in MEDIA_TYPES:
        return Passed(no_page(media_type), frame.after)
    if not address(headers.get("WARC-Target-URI")):
        return Passed(NO_ADDRESS, frame.after)
    return _page(frame, headers, block, media_type, charset, limit)


def _response(fastwarc: Any, headers: Headers, block: bytes, frame: Frame, limit: int) -> Item:
    if not block.startswith(_HTTP):
        return Passed(NO_RESPONSE, frame.after)
    http = read_headers(block)
    status = _STATUS.match(http.first)
    if not status or status[1] != "2":
        return Passed(NO_SUCCESS if status else NO_RESPONSE, frame.after)
    media_type, charset = split_type(http.get("Content-Type"))
    is_stated = not media_type or media_type in MEDIA_TYPES
    if not is_stated and not _MAY_BE_HTML.match(media_type):
        return Passed(no_page(media_type), frame.after)
    try:
        body = unpacked_body(fastwarc, http, block[http.end :], limit + 1)
    except (OSError, ValueError) as error:
        return damaged(page_of(frame.name, headers), f"damaged record at {frame.name}: {error}", frame.after)
    if not is_stated and not begins_as_html(body):
        return Passed(no_page(media_type), frame.after)
    return _page(frame, headers, body, media_type, charset, limit)


def _page(frame: Frame, headers: Headers, body: bytes, media_type: str, charset: str | None, limit: int) -> Record:
    page = page_of(frame.name, headers)
    if len(body) > limit or frame.is_cut:
        return too_large(page, limit, frame.after)
    kind, digest = MEDIA_TYPES.get(media_type), _payload_digest(headers)
    return Record(replace(page, body=body, media_type=kind, charset=charset, payload_digest=digest), frame.after)
