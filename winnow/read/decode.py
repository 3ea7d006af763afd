"""From bytes to text: gzip is unpacked, the encoding found, and HTML, plain text and other data told apart."""

from __future__ import annotations

import codecs
import contextlib
import re
import zlib
from dataclasses import dataclass

from trafilatura.utils import detect_encoding

from winnow.files import MAX_RATIO, is_bomb
from winnow.formats import (
    CONTROL,
    LOOKED_AT,
    MACHINE_TEXTS,
    Format,
    begins_as_html,
    control_bytes,
    format_of,
    is_binary,
)
from winnow.items import HTML, TEXT, Page, Reason, Rejection
from winnow.read.lines.marked_up import is_marked_up

_HTML_SUFFIXES = {".html", ".htm", ".xhtml", ".xht", ".shtml"}
_TEXT_SUFFIXES = (".txt", ".text")
_MARKDOWN_SUFFIXES = (".md", ".markdown")
_BOMS = [  # UTF-32 first: its little-endian mark begins with the mark of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^(?:x-)+")
_HTML_START = re.compile(r"(?>\s+|<!--(?>.*?-->)|<\?xml[^>]*+>)*+<(!doctype\s++html|html|head|body)\b", re.I | re.S)
_MARKUP = re.compile(r"<[a-z!/?]|&(?:[a-z]+|#\w+);", re.IGNORECASE)
_HTML_TAG = re.compile(r"<(p|div|span|a|h[1-6]|ul|li|table|article|section|br|meta|title|script)\b[^<>]*>", re.I)
# The charsets that pages may declare: those of the Encoding Standard (encoding.spec.whatwg.org). For some of them,
# browsers read a wider charset. No other declaration, such as EBCDIC or one of Python's own codecs, is believed.
_AS_BROWSERS_DO = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}
# Names of the Encoding Standard that Python does not know; an `x-` before a name says nothing.
_ALSO_CALLED = {
    "windows-31j": "cp932",
    "windows-949": "cp949",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "koi": "koi8-r",
    "cn-big5": "big5",
}
_DECLARABLE = {
    *("utf-8", "gb18030", "big5", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949", "cp874", "tis-620", "cp866"),
    *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255"),
    *("cp1256", "cp1257", "cp1258", *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16))),
}
_HEAD_OF_MAIL = re.compile(rb"(?:[^\r\n]+\r?\n)*")
_IN_PARTS = re.compile(
    rb"^Content-(?:Type:\s*(?:multipart|text/html|application|image)|Transfer-Encoding:\s*base64)", re.I | re.M
)
_NAMES = {HTML: "page.html", TEXT: "page.txt"}  # a declared media type counts as much as a file's ending
_ZIP_END = b"PK\x05\x06"  # stands near the end of every ZIP file
_SNIFFED = 4096  # bytes or characters at the beginning of a page that are looked at
_MAX_GZIP_MEMBERS = 1000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, the media type that it was declared or found to have, and the encoding that was used."""

    text: str
    media_type: str
    encoding: str


def decode(page: Page, max_bytes: int) -> Decoded | Rejection:
    """Return the text of a page's bytes, or a rejection that says why there is none.

    gzip may unpack to `max_bytes`. The encoding is that of a byte order mark, else a charset declared beside the page,
    else one declared in the page, else the detected one.
    """
    name, body = _NAMES.get(page.media_type or "", page.path.lower()), page.body
    if name.endswith(".gz") or body[:2] == b"\x1f\x8b":
        unpacked = gunzip(body, max_bytes)
        if isinstance(unpacked, Rejection):
            return unpacked
        name, body = name.removesuffix(".gz"), unpacked
    if not body.strip():
        return Rejection(Reason.NO_ARTICLE, "the file is empty" if not body else "the file holds only white space")
    if (foreign := format_of(body)) and not _is_mail_as_text(name, body, foreign):
        return foreign.rejection
    if (machine := _machine_text(name)) and not begins_as_html(body):
        return machine
    text, encoding = _decode_bytes(body, page.charset)
    if text is None:
        return Rejection(Reason.NOT_TEXT, encoding)
    return Decoded(text, _media_type(name, text), encoding)


def gunzip(body: bytes, max_bytes: int) -> bytes | Rejection:
    """Return unpacked gzip, or a rejection where it is damaged or too large; members in a row are one file (RFC 1952).

    Too large is more than `max_bytes`, or a bomb (`winnow.files.is_bomb`).
    """
    out, rest = bytearray(), body
    for _ in range(_MAX_GZIP_MEMBERS):
        if not rest:
            return bytes(out)
        unpacker = zlib.decompressobj(31)
        try:
            out += unpacker.decompress(rest, max_bytes + 1 - len(out))
        except zlib.error as error:
            return Rejection(Reason.UNREADABLE, f"damaged gzip after {len(out)} bytes: {error}")
        if len(out) > max_bytes:
            return Rejection(Reason.TOO_LARGE, f"gzip unpacks to more than {max_bytes} bytes")
        if is_bomb(len(body), len(out)):
            return Rejection(Reason.TOO_LARGE, f"gzip unpacks to more than {MAX_RATIO} times its size")
        if not unpacker.eof:
            return Rejection(Reason.UNREADABLE, f"gzip ends early, after {len(out)} unpacked bytes")
        rest = unpacker.unused_data.lstrip(b"\0")
    return Rejection(Reason.TOO_LARGE, f"gzip of more than {_MAX_GZIP_MEMBERS} members")


def _is_mail_as_text(name: str, body: bytes, found: Format) -> bool:
    """Return whether a file that is named like a text is a mail of nothing but text, which reads as one."""
    is_text = found.container == "mail" and name.endswith((*_TEXT_SUFFIXES, *_MARKDOWN_SUFFIXES))
    head = _HEAD_OF_MAIL.match(body, 0, LOOKED_AT)
    return is_text and not (head and _IN_PARTS.search(head[0]))


def _machine_text(name: str) -> Rejection | None:
    """Return a rejection for a file whose name says that it is no page, such as the style sheets saved beside pages."""
    name = name.partition("?")[0]  # wget keeps the query of an address in the file's name
    suffix = "." + name.rpartition(".")[2]
    kind = MACHINE_TEXTS.get(suffix) if "." in name else None
    return Rejection(Reason.NO_ARTICLE, f"a {suffix} file ({kind}) is not a page") if kind else None


def _decode_bytes(body: bytes, charset: str | None) -> tuple[str | None, str]:
    """Return text and encoding, or None and the reason why the bytes are no text."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, errors="replace"), encoding
    has_controls = control_bytes(body) > 0
    if has_controls and (wide := _wide_encoding(body)):
        return body.decode(wide, errors="replace"), wide
    if has_controls and begins_as_html(body):  # browsers leave zeros out, which servers write into gaps of a template
        body = body.replace(b"\0", b"")
    if has_controls and is_binary(body) and (first := CONTROL.search(body)):
        if _ZIP_END in body[-_SNIFFED * 16 :]:
            return None, "HTML or text with a ZIP file behind it, as SingleFile writes: save the page as plain HTML"
        return None, f"binary data: byte 0x{body[first.start()]:02x} at {first.start()}"
    declared = _believed(charset, body) or _believed(_declared(body), body)
    if declared in (None, "utf-8") and (text := _nearly_utf8(body)) is not None:
        return text, "utf-8"
    for encoding in [*([declared] if declared else []), *detect_encoding(body)]:
        with contextlib.suppress(UnicodeError, LookupError):
            return body.decode(encoding), encoding
    return body.decode("utf-8", errors="replace"), "utf-8, with errors"


def _wide_encoding(body: bytes) -> str | None:
    """Return the encoding of UTF-16 without a byte order mark: every other byte of Latin letters and spaces is zero."""
    sample = body[: _SNIFFED & ~1]
    even, odd, half = sample[::2].count(0), sample[1::2].count(0), len(sample) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _declared(body: bytes) -> str | None:
    """Return the charset that a page declares in a `<meta>` or an XML declaration at its beginning."""
    match = _DECLARED.search(body, 0, _SNIFFED)
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def _believed(charset: str | None, body: bytes) -> str | None:
    """Return the encoding that browsers read for a declared charset, None where the declaration is not believed.

    Bytes that are UTF-8 are, whatever is declared: programs that save what they have read write UTF-8 below the old
    declaration, and texts in other encodings do not come out as UTF-8. Latin-1 means windows-1252. UTF-16 is not
    believed: pages in UTF-16 are recognised before, by their bytes.
    """
    label = _PREFIX.sub("", (charset or "").strip().lower())
    try:
        name = codecs.lookup(_ALSO_CALLED.get(label, label)).name
    except (LookupError, ValueError):
        return None
    name = _AS_BROWSERS_DO.get(name, name)
    if name not in _DECLARABLE:
        return None
    return "utf-8" if not body.isascii() and _is_utf8(body) else name


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _nearly_utf8(body: bytes) -> str | None:
    """Return the text of bytes that are UTF-8, with a few damaged ones at most, which detection would not recognise."""
    text = body.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    is_utf8 = not damaged or damaged <= (len(text) - len(text.encode("ascii", "ignore"))) // 20
    return text if is_utf8 else None


def _media_type(name: str, text: str) -> str:
    """Return whether a file is HTML or plain text: by its name, unless it begins as HTML or has no markup at all."""
    suffix = "." + name.rpartition(".")[2]
    if (suffix in _HTML_SUFFIXES and _MARKUP.search(text)) or _HTML_START.match(text[:_SNIFFED]):
        return HTML
    if suffix in _TEXT_SUFFIXES or (suffix in _MARKDOWN_SUFFIXES and is_marked_up(text[:_SNIFFED])):
        return TEXT
    return HTML if len(_HTML_TAG.findall(text[:_SNIFFED])) >= 3 else TEXT
