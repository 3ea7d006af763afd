"""MHTML, in which browsers save a page with its frames, pictures and styles: frames with a text are pages, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from io import BufferedIOBase

from winnow.items import HTML, Page
from winnow.sources.containers.messages import (
    Part,
    best_of,
    carries_text,
    header,
    parse,
    passed_over,
)
from winnow.sources.containers.records import ContainerOptions, Item, Place, Record, Unreadable, too_large, whole
from winnow.sources.containers.stated import address
from winnow.times import moment


def read_mhtml(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the page of an MHTML file, and each frame that carries a text; a page's name is the number of its part.

    The page is the part that the file names as its start, else the best one. Raises `Unreadable` for a file without a
    part that is HTML or text, or of more than five times `options.max_bytes` bytes.
    """
    message, parts = parse(whole(file, options.max_bytes, "an MHTML file"))
    start = str(message.get_param("start") or "").strip("<> ")
    named = [part for part in parts if start and part.media_type and _content_id(part) == start]
    page = named[0] if named else best_of(parts)
    if page is None:  # `email` takes anything for a message
        raise Unreadable("an MHTML file without a part that is HTML or text")
    for part in parts:
        if part is page or _is_frame(part):
            yield _record(message, part, part is page, options.max_bytes)
        else:
            yield passed_over(part)


def _is_frame(part: Part) -> bool:
    return part.media_type == HTML and not part.is_choice and carries_text(part.body, part.charset)


def _content_id(part: Part) -> str:
    return str(part.headers.get("Content-ID") or "").strip("<> ")


def _record(message: Message, part: Part, is_main: bool, limit: int) -> Record:
    own = header(part.headers, "Content-Location")
    url = address((header(message, "Snapshot-Content-Location") if is_main else None) or own)
    page = Page(str(part.number), url=url, captured=moment(header(message, "Date")))
    body = part.body
    if len(body) > limit:
        return too_large(page, limit)
    return Record(replace(page, body=body, media_type=part.media_type, charset=part.charset))
