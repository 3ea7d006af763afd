"""Mail: one message a file (.eml, Maildir), or one after the other in an mbox. Newsletters are articles.

Messages that are attached to a message, and files of HTML, are pages of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.utils import parseaddr
from io import BufferedIOBase

from winnow.items import HTML, Page, Reason, Rejection
from winnow.sources.containers.messages import MAX_DEPTH, Part, best_of, carries_text, header, parse
from winnow.sources.containers.packed import packed_or_not
from winnow.sources.containers.records import (
    PICTURES,
    ContainerOptions,
    Item,
    Place,
    Record,
    Unreadable,
    damaged,
    too_large,
    whole,
)
from winnow.sources.containers.stated import address, facts
from winnow.times import moment

_FROM = re.compile(rb"From .*\d\d:\d\d")  # begins the messages of an mbox
_NEXT = re.compile(rb"\n\r?\n(?=From .*\d\d:\d\d)")
_QUOTED = re.compile(rb"^>(>*From )", re.M)
_READ, _OVERLAP = 256 << 10, 2000  # bytes


def read_mail(file: BufferedIOBase, options: ContainerOptions, _start: Place) -> Iterator[Item]:
    """Yield the page of a message, its best part, and those attached; a page's name is the number of its part.

    Raises `Unreadable` for a file without headers, or of more than five times `options.max_bytes` bytes.
    """
    message, parts = parse(whole(file, options.max_bytes, "a message"))
    if not message.keys():
        raise Unreadable("a message without headers")
    part = best_of(parts)
    yield _record(message, part, str(part.number if part else 1), options.max_bytes, None)
    yield from _attached(parts, "", options.max_bytes, None)


@packed_or_not
def read_mbox(file: BufferedIOBase, options: ContainerOptions, start: Place) -> Iterator[Item]:
    """Yield the page of each message of an mbox, and those attached; names are the messages' numbers from 1.

    Raises `Unreadable` for a file that begins with no message.
    """
    file.seek(start.position)
    if not start.position and not _FROM.match(file.readline(_OVERLAP)):
        raise Unreadable("it does not begin with a message")
    file.seek(start.position)
    for number, (raw, end) in enumerate(_messages(file, start.position, options.max_bytes * PICTURES), start.lines + 1):
        after = Place(end, number)
        if raw is None:
            yield too_large(Page(str(number)), options.max_bytes, after)
            continue
        message, parts = parse(_QUOTED.sub(rb"\1", raw) if b">From " in raw else raw)
        if message.keys():
            yield _record(message, best_of(parts), str(number), options.max_bytes, after)
            yield from _attached(parts, f"{number}.", options.max_bytes, after)
        else:
            yield damaged(str(number), f"message {number} has no headers", after)


def _messages(file: BufferedIOBase, position: int, limit: int) -> Iterator[tuple[bytes | None, int]]:
    """Yield the messages without the lines that begin them, None for one of more than `limit` bytes, and their ends."""
    seen, looked_at, is_long = bytearray(), 0, False
    while True:
        found = _NEXT.search(seen, looked_at)
        if found is None and (more := file.read(_READ)):
            looked_at = max(0, len(seen) - _OVERLAP)
            seen += more
            if len(seen) > limit + _READ:
                is_long, looked_at = True, 0
                position += len(seen) - _OVERLAP
                del seen[:-_OVERLAP]
            continue
        end = found.end() if found else len(seen)
        if not end:
            return
        position += end
        yield (None if is_long or end > limit else bytes(seen[:end]).partition(b"\n")[2]), position
        del seen[:end]
        looked_at, is_long = 0, False


def _record(message: Message, part: Part | None, name: str, limit: int, after: Place | None) -> Record:
    date = header(message, "Date")
    sender = parseaddr(header(message, "From") or "")[0]
    site = sender if _is_newsletter(message) else None
    stated = facts(title=header(message, "Subject"), author=sender, sitename=site, date=date)
    page = Page(
        name, url=address((header(message, "Archived-At") or "").strip("<> ")), captured=moment(date), stated=stated
    )
    if part is None or not part.media_type:
        problem = Rejection(Reason.NO_ARTICLE, "a message without a part that is HTML or text")
        return Record(replace(page, problem=problem), after)
    return _page(replace(page, media_type=part.media_type), part, limit, after)


def _is_newsletter(message: Message) -> bool:
    """Return whether a message was sent to subscribers, who cannot write to each other (RFC 2369)."""
    return header(message, "List-Unsubscribe") is not None and header(message, "List-Post") is None


def _attached(parts: list[Part], prefix: str, limit: int, after: Place | None, depth: int = 0) -> Iterator[Item]:
    """Yield the pages of the messages that are attached, and of the files of HTML that carry a text."""
    for part in parts:
        name = f"{prefix}{part.number}"
        if part.is_page_file and carries_text(part.body, part.charset):
            yield _page(Page(name, media_type=HTML), part, limit, after)
        elif part.is_message and depth < MAX_DEPTH:
            message, inner = parse(part.body)
            yield _record(message, best_of(inner), name, limit, after)
            yield from _attached(inner, f"{name}.", limit, after, depth + 1)


def _page(page: Page, part: Part, limit: int, after: Place | None) -> Record:
    body = part.body
    if len(body) > limit:
        return too_large(page, limit, after)
    return Record(replace(page, body=body, charset=part.charset), after)
