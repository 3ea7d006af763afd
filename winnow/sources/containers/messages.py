"""Messages of e-mail, in which MHTML is written, too: their headers, and their parts as pages."""

from __future__ import annotations

import email
import email.policy
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from winnow.items import HTML
from winnow.sources.containers.records import ALTERNATIVE, NO_TEXT, Item, Passed
from winnow.sources.containers.stated import MEDIA_TYPES
from winnow.sources.no_pages import no_page
from winnow.text import tokens

_TEXT_WORDS = 20  # with fewer words a frame is an advertisement, a button or a counter
_LOOKED_AT = 1 << 20  # bytes of a frame
_NO_WORDS = re.compile(rb"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that holds no other parts; `number` counts from 1, `is_choice` says that it is one of alternatives."""

    number: int
    message: Message
    is_choice: bool

    @property
    def media_type(self) -> str | None:
        """Return the media type of a part that may be a page, None for any other."""
        is_file = self.message.get_content_disposition() == "attachment"
        kind = MEDIA_TYPES.get(self.message.get_content_type()) if "Content-Type" in self.message else None
        return None if is_file else kind

    @property
    def charset(self) -> str | None:
        """Return the charset that the part states."""
        charset = self.message.get_param("charset")
        return charset if isinstance(charset, str) else None

    @property
    def body(self) -> bytes:
        """Return the bytes of the part, unpacked."""
        body = self.message.get_payload(decode=True)
        return body if isinstance(body, bytes) else b""


def parse(raw: bytes) -> Message:
    """Return the message; whatever the bytes are, they are taken for one."""
    return email.message_from_bytes(raw, policy=email.policy.compat32)


def parts_of(message: Message) -> list[Part]:
    """Return the parts of a message in their order."""
    return [Part(number, part, choice) for number, (part, choice) in enumerate(_leaves(message, False), 1)]


def _leaves(message: Message, is_choice: bool) -> Iterator[tuple[Message, bool]]:
    if not message.is_multipart():
        yield message, is_choice
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _leaves(part, is_choice or message.get_content_subtype() == "alternative")


def best_of(parts: list[Part]) -> Part | None:
    """Return the part that is the page: the first that is HTML, else the first that is text; None without either."""
    pages = [part for part in parts if part.media_type]
    return next((part for part in pages if part.media_type == HTML), pages[0] if pages else None)


def passed_over(part: Part) -> Item:
    """Return why a part is no page of its own."""
    if part.is_choice and part.media_type:
        return Passed(ALTERNATIVE)
    return Passed(NO_TEXT if part.media_type == HTML else no_page(part.message.get_content_type()))


def carries_text(body: bytes, charset: str | None) -> bool:
    """Return whether the HTML of a frame shows enough words to be a page of its own."""
    shown = _NO_WORDS.sub(b" ", body[:_LOOKED_AT])
    try:
        text = shown.decode(charset or "utf-8", "replace")
    except LookupError:
        text = shown.decode("utf-8", "replace")
    return len(tokens(html.unescape(text))) >= _TEXT_WORDS


def header(message: Message, name: str) -> str | None:
    """Return the value of a header as one line, with encoded words decoded; an address may be folded into several."""
    value = message.get(name)
    if not value:
        return None
    try:
        text = str(make_header(decode_header(value)))
    except (LookupError, ValueError, MessageError):
        text = str(value)
    return "".join(text.split("\r\n")).replace("\n", "").strip() or None
