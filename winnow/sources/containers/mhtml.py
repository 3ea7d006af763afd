"""MHTML, in which browsers save a page with its pictures and styles: one part is the page, the others are counted."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from io import BufferedIOBase

from winnow.items import Page
from winnow.sources.containers.records import (
    ContainerOptions,
    Item,
    Passed,
    Place,
    Record,
    Unreadable,
    too_large,
)
from winnow.sources.containers.stated import MEDIA_TYPES, address
from winnow.sources.no_pages import no_page
from winnow.times import moment

_PICTURES = 5  # times the limit of a page is the limit of the whole file


def read_mhtml(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the page of an MHTML file: the part that the file names as its start, or the first that is HTML or text.

    Raises `Unreadable` for a file without such a part, or of more than five times `options.max_bytes` bytes.
    """
    raw = file.read(options.max_bytes * _PICTURES + 1)
    if len(raw) > options.max_bytes * _PICTURES:
        raise Unreadable(f"an MHTML file of more than {options.max_bytes * _PICTURES} bytes")
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()]
    pages = [part for part in parts if part.get_content_type() in MEDIA_TYPES and "Content-Type" in part]
    if not pages:  # `email` takes anything for a message
        raise Unreadable("an MHTML file without a part that is HTML or text")
    page = next((part for part in pages if _content_id(part) and _content_id(part) == _start_id(message)), pages[0])
    yield _record(message, page, str(1 + parts.index(page)), options.max_bytes)
    for part in parts:
        if part is not page:
            yield Passed(no_page(part.get_content_type()))


def _start_id(message: Message) -> str:
    return str(message.get_param("start") or "").strip("<> ")


def _content_id(part: Message) -> str:
    return str(part.get("Content-ID") or "").strip("<> ")


def _record(message: Message, part: Message, name: str, limit: int) -> Record:
    body = part.get_payload(decode=True)
    body = body if isinstance(body, bytes) else b""
    url = address(_line(message.get("Snapshot-Content-Location") or part.get("Content-Location")))
    captured = moment(_line(message.get("Date")))
    page = Page(name, url=url, captured=captured)
    if len(body) > limit:
        return too_large(page, limit)
    charset = part.get_param("charset")
    charset = charset if isinstance(charset, str) else None
    return Record(replace(page, body=body, media_type=MEDIA_TYPES[part.get_content_type()], charset=charset))


def _line(value: object) -> str | None:
    """Return the value of a header as one line; an address may be folded into several."""
    return "".join(str(value).split("\r\n")).replace("\n", "").strip() if value else None
