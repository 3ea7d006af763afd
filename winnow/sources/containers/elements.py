"""Cut a large XML file into the elements of one name, such as the items of a feed: one is in memory at a time.

The file is cut by bytes, not parsed as a whole: a fault in one element, or none of the closing tags of a file that was
cut off, costs no other element.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase

from lxml import etree

from winnow.formats import utf_16

_READ = 256 << 10
_MAX_HEAD = 1 << 20  # bytes before the first element
_TAG = 64 << 10  # bytes in which a tag fits
_ROOT = re.compile(rb"<([A-Za-z_][\w:.-]*)(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?>")
_CLOSED = re.compile(rb"<[\w:.-]+(?:\s(?:[^<>\"'/]|/(?!>)|\"[^\"]*\"|'[^']*')*+)?/>")  # an element without content
_PROLOG = re.compile(rb"<\?xml[^>]*\?>")
_AMPERSAND = re.compile(rb"&(?!#?\w{1,10};)")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>")


@dataclass(frozen=True, slots=True)
class Cut:
    """One element; None where it is larger than the limit, or `is_cut` off by the end of the file."""

    element: etree._Element | None
    is_cut: bool = False


class Elements:
    """The elements of a file whose names, without a prefix, match `names`; each may have `limit` bytes."""

    def __init__(self, file: BufferedIOBase, names: bytes, limit: int) -> None:
        self._file, self._limit, self._seen = file, limit, bytearray(file.read(_READ))
        named = utf_16(bytes(self._seen[:4]))
        self._decoder = codecs.getincrementaldecoder(named)("replace") if named else None
        if self._decoder:
            self._seen = bytearray(self._decoder.decode(bytes(self._seen)).encode("utf-8", "replace"))
        self._begin = re.compile(rb"<((?:[\w.-]+:)?(?:%s))(?=[\s>/])" % names)
        found = self._search(self._begin, _MAX_HEAD)
        self._head = bytes(self._seen[: found.start()] if found else self._seen)
        del self._seen[: len(self._head)]
        root = _ROOT.search(_DOCTYPE.sub(b"", self._head))
        self._root = root[0] if root else b"<root>"

    @property
    def head(self) -> etree._Element | None:
        """Return the root element with all that stands before the first element that is cut out."""
        return parsed(_PROLOG.sub(b"", self._head, count=1) if self._decoder else self._head)

    def __iter__(self) -> Iterator[Cut]:
        """Yield the elements in their order."""
        while found := self._next_begin():
            if closed := self._closed():
                yield Cut(self._within_root(closed[0]))
                del self._seen[: closed.end()]
                continue
            end = re.compile(rb"</%s\s*>" % re.escape(found[1]))
            last = self._search(end, self._limit)
            if last:
                yield Cut(self._within_root(bytes(self._seen[: last.end()])))
                del self._seen[: last.end()]
            elif len(self._seen) > self._limit:
                yield Cut(None)
                self._pass_over(end)
            else:
                yield Cut(None, is_cut=True)
                return

    def _closed(self) -> re.Match[bytes] | None:
        """Return the element that begins here where it is a tag that closes itself."""
        while len(self._seen) < _TAG and (more := self._more()):
            self._seen += more
        return _CLOSED.match(self._seen, 0, _TAG)

    def _more(self) -> bytes:
        """Return the next bytes, in UTF-8 where the file is in UTF-16."""
        more = self._file.read(_READ)
        return self._decoder.decode(more, not more).encode("utf-8", "replace") if self._decoder else more

    def _within_root(self, raw: bytes) -> etree._Element | None:
        """Return an element, parsed with the encoding and the prefixes that the file declares at its beginning."""
        prolog = None if self._decoder else _PROLOG.match(self._head.removeprefix(b"\xef\xbb\xbf"))
        name = self._root[1:].split(None, 1)[0].rstrip(b"/>")
        root = parsed((prolog[0] if prolog else b"") + self._root.replace(b"/>", b">") + raw + b"</" + name + b">")
        return root[0] if root is not None and len(root) else None

    def _search(self, pattern: re.Pattern[bytes], limit: int) -> re.Match[bytes] | None:
        """Find a pattern in what is in sight, after bringing up to `limit` bytes in sight."""
        begin = 0
        while True:
            found = pattern.search(self._seen, begin)
            if found or len(self._seen) > limit:
                return found
            begin = max(0, len(self._seen) - _TAG)
            if not (more := self._more()):
                return None
            self._seen += more

    def _next_begin(self) -> re.Match[bytes] | None:
        while True:
            found = self._search(self._begin, _READ)
            if found:
                del self._seen[: found.start()]
                return self._begin.match(self._seen)
            if len(self._seen) <= _READ:
                return None
            del self._seen[:-_TAG]

    def _pass_over(self, end: re.Pattern[bytes]) -> None:
        """Go behind the end of an element without keeping it."""
        while True:
            found = end.search(self._seen)
            if found:
                del self._seen[: found.end()]
                return
            del self._seen[: max(0, len(self._seen) - _TAG)]
            if not (more := self._more()):
                self._seen.clear()
                return
            self._seen += more


def parsed(raw: bytes) -> etree._Element | None:
    """Return an element that is well-formed, or as much of it as can be read; a bare ampersand is one in the text."""
    for recover, text in ((False, raw), (True, _AMPERSAND.sub(b"&amp;", raw))):
        parser = etree.XMLParser(
            recover=recover, resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True
        )
        with contextlib.suppress(etree.XMLSyntaxError, ValueError):
            return etree.fromstring(text, parser)
    return None


def local(element: etree._Element) -> str:
    """Return the name of an element without its prefix; "" for what is no element."""
    return re.split("[}:]", element.tag)[-1] if isinstance(element.tag, str) else ""


def text_of(element: etree._Element, *names: str) -> str | None:
    """Return the text of the first child that has one of the names and a text, the names in their order."""
    return next(iter(texts_of(element, *names)), None)


def texts_of(element: etree._Element, *names: str) -> list[str]:
    """Return the texts of all children with these names, as far as there are any."""
    found = [(names.index(local(child)), child) for child in element if local(child) in names]
    texts = ("".join(child.itertext()).strip() for _, child in sorted(found, key=lambda each: each[0]))
    return [text for text in texts if text]
