"""Tell the format of a file by its first bytes, for formats that are no page: what to call it, and what would help.

The bytes go before the name: a name is only what somebody has called a file. Each pattern of a format is matched at the
first byte, formats in their order. HTML and plain text have no entry: what is not told here may be a page.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass, replace

from winnow.items import Reason, Rejection

# Controls that text files do hold: tab, line feed, form feed, carriage return, escape (of old terminal captures).
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = bytes(byte for byte in range(256) if CONTROL.match(bytes([byte])))
LOOKED_AT = 64 << 10  # bytes at the beginning of a file that tell its format
_GZIP = b"\x1f\x8b\x08"
_LONG = 400  # characters of a string in a line of JSON, from which on it may be a page's text


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is no page: its name for a sentence, and what would help a person who has such a file.

    `container` is the name of the kind of container (`winnow.sources.containers`) that reads the format, "" where
    Winnow does not read it; `named` is a kind that reads it too, where the file's name says so. `is_text` says that
    the file is text all the same. `part` is what a file is counted as that is made to be a part of pages, and no page.
    """

    what: str
    begins: re.Pattern[bytes]
    help: str
    container: str = ""
    named: str = ""
    is_text: bool = False
    part: str = ""

    @property
    def rejection(self) -> Rejection:
        """Return why a page that turns out to be of this format is none."""
        if self.is_text:
            return Rejection(Reason.NO_ARTICLE, f"{self.what}: {self.help}")
        return Rejection(Reason.NOT_TEXT, f"{self.what} (binary data): {self.help}")


# Endings of files that programs read, which begin like any text.
MACHINE_TEXTS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
_TAKE_OUT = "take it out of the file that holds it, or give it a name of its own"
_UNPACK = "unpack it"
_SAVE_AS_HTML = "save it as HTML or as text"
_NAMED_PAGES = "save the pages that it names"
_NOTHING = "it holds no text"
_TO_LINES = "write its pages to a .jsonl file, one object a line with html or text, url and date"
_IN_BOOK = "unpack it (it is a ZIP) and read its HTML files"
_XML = rb"(?:\xef\xbb\xbf)?+(?:\s++|<!--[^>]*-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\])?+[^>]*+>|<\?[^>]*\?>)*+<"
_HTML = re.compile(
    rb"(?>[\xef\xbb\xbf\s]+|<!--(?>.*?-->)|<\?xml[^>]*+>)*+<(!doctype\s++html|html|head|body)\b", re.I | re.S
)
# A line that is an address, also with a mark or a number before it and a day behind it; lines that are remarks.
_ADDRESS = (
    rb"\s*+(?:(?:[-*]|\d{1,5}[.)])[ \t]+)?+<?(?:https?|ftp)://[^\s<>]++>?(?:[ \t]+[\d:T.Z+-]++)*+[ \t]*+(?=[\r\n]|\Z)"
)
_REMARK = rb"\s*+#[^\r\n]*+"
_ADDRESSES = rb"(?:" + _REMARK + rb")*+" + _ADDRESS + rb"(?:" + _ADDRESS + rb"|" + _REMARK + rb")*+\s*+\Z"
_FIELD = rb"[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*"  # a header line, folded ones with it
_HEADER = rb"(?:" + _FIELD + rb"){0,60}?(?:%s):[^\n]*\n(?:" + _FIELD + rb"|[ \t][^\n]*\n)*+\r?\n"
_RELATED = rb"Content-Type:\s*multipart/related"
_SOURCE_MAP = rb'\s*\{\s*"version"\s*:\s*3\s*,\s*"(?:file|names|sources|sourceRoot|sourcesContent|mappings|sections)"'
_CORPUS = rb"(?:DOC(?:\s[^>]*)?>\s*<(?:DOCNO|DOCID|HEADLINE|TEXT|DATE)[\s>]|REUTERS\s)"
_STRING = rb'"(?:[^"\\\n]|\\.){0,200}"'


def _binary(
    what: str, begins: bytes, help: str = _NOTHING, container: str = "", named: str = "", part: str = ""
) -> Format:
    return Format(what, re.compile(begins, re.S), help, container, named, part=part)


def _text(what: str, begins: bytes, help: str, container: str = "", named: str = "") -> Format:
    return Format(what, re.compile(begins, re.S | re.I), help, container, named, is_text=True)


def _xml(what: str, root: bytes, help: str, container: str = "", part: str = "") -> Format:
    return replace(_text(what, _XML + rb"(?:" + root + rb")[\s>/]", help, container), part=part)


def _member(name: bytes) -> bytes:
    """Return the pattern of a ZIP file that has a member of this name near its beginning."""
    return rb"PK\x03\x04(?=.{26}(?:" + name + rb")|.{0,65000}?PK\x03\x04.{26}(?:" + name + rb"))"


FORMATS = (
    _binary("a PDF", rb"(?:\xef\xbb\xbf|\s){0,8}%PDF-", "pip install pypdfium2 (the extra pdf) to read it", "PDF"),
    _binary("a Safari web archive", rb"bplist0\d.{0,400}Web(?:MainResource|Subresources|Resource)", _TAKE_OUT,
            "web archive"),
    _text("a Safari web archive", _XML + rb"plist[^>]*>\s*<dict>\s*<key>Web(?:Main|Sub)", _TAKE_OUT, "web archive"),
    _binary("a property list", rb"bplist0\d"),
    _binary("an EPUB book", rb"PK\x03\x04.{26}mimetype.{0,40}application/epub", _IN_BOOK, "ZIP"),
    _binary("an EPUB book", _member(rb"META-INF/container\.xml"), _IN_BOOK, "ZIP"),
    _binary("an OpenDocument file", rb"PK\x03\x04.{26}mimetype.{0,40}application/vnd\.oasis", _SAVE_AS_HTML),
    _binary("an Office document", _member(rb"\[Content_Types\]\.xml"), _SAVE_AS_HTML),
    _binary("a program (JAR or APK)", _member(rb"META-INF/MANIFEST|AndroidManifest")),
    _binary("a WACZ file", _member(rb"datapackage\.json"), _TAKE_OUT, "WACZ", "ZIP"),
    _binary("a ZIP file", rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", _TAKE_OUT, "ZIP", "WACZ"),
    _binary("a WARC file", rb"WARC/[01]\.\d+\r?\n", _TAKE_OUT, "WARC"),
    _text("an ARC file", rb"filedesc://\S{1,2000} \S+ \d{8,14} ", _TAKE_OUT, "ARC"),
    _binary("a file packed with zstd", rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", _UNPACK, named="WARC"),
    _binary("a 7z archive", rb"7z\xbc\xaf\x27\x1c", _UNPACK),
    _binary("a RAR archive", rb"Rar!\x1a\x07", _UNPACK),
    _binary("a tar archive", rb".{257}ustar[\0 ]", _UNPACK),
    _binary("a file packed with bzip2", rb"BZh[1-9]1AY&SY", _UNPACK),
    _binary("a file packed with xz", rb"\xfd7zXZ\0", _UNPACK),
    _binary("a file packed with LZ4", rb"\x04\x22\x4d\x18", _UNPACK),
    _binary("a ZIM file", rb"ZIM\x04", "pip install libzim (the extra zim) to read it", "ZIM"),
    _binary("an old Office document", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _SAVE_AS_HTML),
    _binary("an RTF document", rb"\{\\rtf\d", _SAVE_AS_HTML),
    _binary("a PostScript file", rb"%!PS-", "turn it into text, as with ps2ascii"),
    _binary("a MOBI book", rb".{60}BOOKMOBI", "turn it into EPUB, unpack that and read its HTML files"),
    _binary("an SQLite database", rb"SQLite format 3\0", _TO_LINES),
    _binary("a Parquet file", rb"PAR1\x15", _TO_LINES),
    _binary("a picture", rb"\x89PNG\r\n|GIF8[79]a|\xff\xd8\xff|RIFF....WEBP|....ftyp(?:avi|hei|mif)|BM....\0{4}",
            part="pictures"),
    _binary("a picture", rb"II\x2a\0|MM\0\x2a|\0\0[\x01\x02]\0[^\0]\0|\x8aMNG|8BPS\0", part="pictures"),
    _binary("a film", rb"\0..[^\0]ftyp|RIFF....AVI |\x1a\x45\xdf\xa3|FLV\x01", part="films"),
    _binary("a sound", rb"ID3[\x02-\x04]|OggS\0|RIFF....WAVE|fLaC\0", part="sounds"),
    _binary("a font", rb"wOF[F2]\0|wOF[F2]OTTO|OTTO\0|\0\x01\0\0\0[^\0]|true\0|ttcf\0", part="fonts"),
    _binary("a program", rb"\x7fELF|MZ.{58}..\0\0|\xfe\xed\xfa[\xce\xcf]|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe"),
    _binary("a program (WebAssembly)", rb"\0asm\x01", part="scripts"),
    _text("a mailbox (mbox)", rb"From \S+ +[a-z]{3} [a-z]{3} [ \d]\d \d[^\n]{1,60}\n" + _FIELD, _TAKE_OUT, "mbox"),
    _text("an e-mail", _HEADER % rb"Received|Return-Path|Delivered-To|Message-ID", _TAKE_OUT, "mail", "MHTML"),
    _text("a page saved as MHTML", _HEADER % rb"Snapshot-Content-Location", _TAKE_OUT, "MHTML"),
    _text("a page saved as MHTML", rb"(?:" + _FIELD + rb"){0,60}?" + _RELATED, _TAKE_OUT, "MHTML", "mail"),
    _text("an e-mail", _HEADER % rb"MIME-Version", _TAKE_OUT, "mail", "MHTML"),
    _xml("an Evernote export", rb"en-export", _TAKE_OUT, "notes"),
    _xml("a feed", rb"rss|feed", _TAKE_OUT, "feed"),
    _xml("a feed", rb"rdf:RDF(?=[^>]*purl\.org/rss)", _TAKE_OUT, "feed"),
    _xml("an RDF file", rb"rdf:RDF", _NAMED_PAGES),
    _xml("a sitemap", rb"urlset|sitemapindex", _NAMED_PAGES),
    _xml("a list of feeds (OPML)", rb"opml", _NAMED_PAGES),
    _xml("a wiki's export", rb"mediawiki", "save its pages as HTML"),
    _xml("a drawing (SVG)", rb"svg", _NOTHING, part="pictures"),
    _xml("an XML export of items", rb"items|articles|posts|documents|livejournal|tumblr", _TAKE_OUT, "XML items"),
    _text("a corpus in SGML", _XML + _CORPUS, _TAKE_OUT, "XML items"),
    _xml("an XML export of trafilatura", rb"doc(?=\s[^>]*\b(?:sitename|hostname)=)", _TAKE_OUT, "XML documents"),
    _xml("a TEI document", rb"TEI|teiCorpus", _SAVE_AS_HTML, "XML documents"),
    _xml("a property list", rb"plist", _NOTHING),
    _text("a list of bookmarks", rb"\s*<!DOCTYPE NETSCAPE-Bookmark-file", _NAMED_PAGES),
    _text("an index of archives (CDX)", rb" CDX(?: [a-z]){3}|[\w.,:-]{1,999}\)\S{0,2000} \d{14} \{", _NOTHING),
    _text("a calendar or an address book", rb"BEGIN:V(?:CARD|CALENDAR)\r?\n", _NOTHING),
    _text("a list of addresses", _ADDRESSES, _NAMED_PAGES),
    _text("a shortcut", rb"\[InternetShortcut\]\r?\n", "save the page that it names"),
    replace(_text("a source map", _SOURCE_MAP, _NOTHING), part="styles"),
    replace(_text("an index of ArchiveBox", rb'\s*\{\s*"archive_path"\s*:', _NOTHING), part="data"),
    _text("a HAR file", rb'(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:\s*\{', _TAKE_OUT, "JSON"),
    _text("a JSON file", rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*" + _STRING + rb"\s*:", _TO_LINES, "JSON", "JSON Lines"),
    _text("a JSON file", rb"(?:\xef\xbb\xbf)?\s*\[\s*" + _STRING + rb"\s*[,\]]", _TO_LINES, "", "JSON Lines"),
)  # fmt: skip
_UTF_16 = {b"\xff\xfe<\0": "utf-16", b"\xfe\xff\0<": "utf-16", b"<\0?\0": "utf-16-le", b"\0<\0?": "utf-16-be"}
_LINES = _text("a file of JSON Lines", rb"\s*\{", _TAKE_OUT, "JSON Lines")


def is_binary(body: bytes) -> bool:
    """Return whether bytes are no text in an encoding in which ASCII is itself: some of them are controls."""
    return control_bytes(body) > len(body) // 500


def control_bytes(body: bytes) -> int:
    """Return how many bytes are controls that texts do not hold."""
    return len(body) - len(body.translate(None, _CONTROL_BYTES))


def format_of(begin: bytes) -> Format | None:
    """Return the format of a file that begins with these bytes; None for what may be a page.

    Give all bytes where they are at hand, else `LOOKED_AT` of them. Gzipped bytes are not unpacked (see `unpacked`).
    """
    if begins_as_html(begin):  # as most pages do, which are spared the search
        return None
    found = next((each for each in FORMATS if each.begins.match(begin, 0, LOOKED_AT)), None)
    return _LINES if found and found.named == _LINES.container and _is_lines(begin) else found


def begins_as_html(begin: bytes) -> bool:
    """Return whether a file begins with a tag of HTML or its document type, after comments and an XML declaration."""
    return _HTML.match(begin, 0, LOOKED_AT) is not None


def unpacked(begin: bytes) -> bytes:
    """Return what the beginning of a gzipped file unpacks to, `LOOKED_AT` bytes at most; other bytes as they are."""
    if not begin.startswith(_GZIP):
        return begin
    try:
        return zlib.decompressobj(31).decompress(begin, LOOKED_AT)
    except zlib.error:
        return b""


def utf_16(begin: bytes) -> str | None:
    """Return the name of the encoding where bytes begin as XML in UTF-16, with a mark or without; else None.

    >>> utf_16(b"\\xff\\xfe<\\0"), utf_16(b"\\0<\\0?"), utf_16(b"<?xm"), utf_16(b"\\xff\\xfea\\0")
    ('utf-16', 'utf-16-be', None, None)
    """
    return next((name for begins, name in _UTF_16.items() if begin.startswith(begins)), None)


def xml_in_utf_8(begin: bytes) -> bytes:
    """Return the beginning of an XML file in UTF-16 as UTF-8; other bytes as they are."""
    named = utf_16(begin)
    return begin[: len(begin) // 2 * 2].decode(named, "replace").encode("utf-8", "replace") if named else begin


def _is_lines(begin: bytes) -> bool:
    """Return whether the first line is an object with a long text, and the next begins like another one."""
    line, end, rest = begin.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    if not end or rest.strip()[:1] not in (b"{", b""):
        return False
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    strings = value.values() if isinstance(value, dict) else ()
    return any(isinstance(each, str) and len(each) >= _LONG for each in strings)
