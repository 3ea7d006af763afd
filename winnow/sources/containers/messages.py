"""Messages of e-mail, in which MHTML is written, too: their headers, and their parts as pages."""

from __future__ import annotations

import binascii
import html
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from winnow.items import HTML
from winnow.sources.containers.records import ALTERNATIVE, NO_TEXT, Item, Passed
from winnow.sources.containers.stated import MEDIA_TYPES
from winnow.sources.no_pages import no_page
from winnow.text import tokens

_TEXT_WORDS = 20  # with fewer words a frame is an advertisement, a button or a counter
_LOOKED_AT = 1 << 20  # bytes of a frame
MAX_DEPTH = 20  # of parts in parts, and of messages in messages
MESSAGE = "message/rfc822"
_HTML_NAMES = (".html", ".htm", ".xhtml", ".xht")
_MAX_HEAD = 1 << 20  # bytes of headers
_HEADERS = BytesHeaderParser(policy=compat32)
_BLANK_LINE = re.compile(rb"(?:^|(?<=\n)|\r?\n)\r?\n")
_LINE_END = re.compile(rb"[ \t]*(?:\r?\n|\Z)")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_NO_WORDS = re.compile(rb"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that holds no other parts; `number` counts from 1, `is_choice` says that it is one of alternatives."""

    number: int
    headers: Message
    raw: bytes
    is_choice: bool

    @property
    def media_type(self) -> str | None:
        """Return the media type of a part that may be a page, None for any other."""
        is_file = self.headers.get_content_disposition() == "attachment"
        kind = MEDIA_TYPES.get(self.headers.get_content_type()) if "Content-Type" in self.headers else None
        return None if is_file else kind

    @property
    def is_message(self) -> bool:
        """Return whether the part is a message that was attached as a whole."""
        return self.headers.get_content_type() == MESSAGE

    @property
    def is_page_file(self) -> bool:
        """Return whether the part is a file of HTML that was attached, as its type or its name says."""
        name = (self.headers.get_filename() or "").lower()
        is_html = MEDIA_TYPES.get(self.headers.get_content_type()) == HTML or name.endswith(_HTML_NAMES)
        return is_html and self.headers.get_content_disposition() == "attachment"

    @property
    def charset(self) -> str | None:
        """Return the charset that the part states."""
        charset = self.headers.get_param("charset")
        return charset if isinstance(charset, str) else None

    @property
    def body(self) -> bytes:
        """Return the bytes of the part, unpacked."""
        packing = str(self.headers.get("Content-Transfer-Encoding") or "").strip().lower()
        if packing == "quoted-printable":
            return binascii.a2b_qp(self.raw)
        return _from_base64(self.raw) if packing == "base64" else self.raw


def parse(raw: bytes) -> tuple[Message, list[Part]]:
    """Return the headers of a message and its parts, in their order; whatever the bytes are, they are taken for one.

    A message that is attached as a whole is one part.

    The package `email` would cut a message into lines, which takes longer than all else. Here it reads the headers, and
    bodies are cut where their boundaries stand.
    """
    leaves = list(_leaves(raw, False, 0))
    return _split(raw)[0], [Part(number, *leaf) for number, leaf in enumerate(leaves, 1)]


def _split(raw: bytes) -> tuple[Message, bytes]:
    """Return the headers and the body of a message or a part."""
    blank = _BLANK_LINE.search(raw)
    head, body = (raw[: blank.start()], raw[blank.end() :]) if blank else (raw, b"")
    return _HEADERS.parsebytes(head[:_MAX_HEAD].lstrip(b"\r\n") + b"\n\n"), body


def _leaves(raw: bytes, is_choice: bool, depth: int, usual: str = "") -> Iterator[tuple[Message, bytes, bool]]:
    """Yield the parts that hold no others; `usual` is the type of one that states none."""
    headers, body = _split(raw)
    if usual and "Content-Type" not in headers:
        headers["Content-Type"] = usual
    kind = headers.get_content_subtype()
    boundary = headers.get_boundary() if headers.get_content_maintype() == "multipart" else None
    if depth < MAX_DEPTH and boundary:
        for part in _cut(body, boundary.encode("utf-8", "surrogateescape")):
            yield from _leaves(part, is_choice or kind == "alternative", depth + 1, MESSAGE if kind == "digest" else "")
    elif not depth and headers.get_content_type() == MESSAGE:
        yield from _leaves(body, is_choice, depth + 1)
    else:
        yield headers, body, is_choice


def _cut(body: bytes, boundary: bytes) -> list[bytes]:
    """Return the parts of a body; what stands before the first boundary and behind the last is none."""
    mark = b"--" + boundary
    parts: list[bytes] = []
    for piece in body.split(mark)[1:]:
        if piece.startswith(b"--") and _LINE_END.match(piece, 2):
            break
        if _LINE_END.match(piece):
            parts.append(piece.partition(b"\n")[2])
        elif parts:  # the mark is the beginning of another one
            parts[-1] += mark + piece
    return [part.removesuffix(b"\n").removesuffix(b"\r") for part in parts]


def _from_base64(raw: bytes) -> bytes:
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:  # its end is missing
        signs = _NO_BASE64.sub(b"", raw)
        return binascii.a2b_base64(signs[: len(signs) // 4 * 4])


def best_of(parts: list[Part]) -> Part | None:
    """Return the part that is the page: the first that is HTML, else the first that is text; None without either."""
    pages = [part for part in parts if part.media_type]
    return next((part for part in pages if part.media_type == HTML), pages[0] if pages else None)


def passed_over(part: Part) -> Item:
    """Return why a part is no page of its own."""
    if part.is_choice and part.media_type:
        return Passed(ALTERNATIVE)
    return Passed(NO_TEXT if part.media_type == HTML else no_page(part.headers.get_content_type()))


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
    value = _written(message, name)
    if not value:
        return None
    try:
        text = str(make_header(decode_header(value)))
    except (LookupError, ValueError, MessageError):
        text = value
    return "".join(text.split("\r\n")).replace("\n", "").strip() or None


def _written(message: Message, name: str) -> str | None:
    """Return a header as it is written. Bytes that need a charset are UTF-8, as in RFC 6532, or in that of the text."""
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), None)
    if value is None or value.isascii():
        return value
    raw = value.encode("utf-8", "surrogateescape")
    for charset in ("utf-8", message.get_content_charset()):
        with suppress(LookupError, UnicodeError):
            return raw.decode(charset or "cp1252")
    return raw.decode("cp1252", "replace")
