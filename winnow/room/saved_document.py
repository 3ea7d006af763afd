"""A saved page made safe to be shown: no script, no frame, nothing from elsewhere; and its pictures, with their places.

It works on hostile pages, and so only ever in the process of `saved_process.py`, which has limits.
"""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from lxml import etree

from winnow.items import HTML, MAX_PAGE_BYTES, Rejection
from winnow.read.decode import decode
from winnow.sources.saved import Gone, Where, parts, saved

MAX_PICTURES = 40
MAX_BYTES = 30 << 20  # of all pictures of a page
MAX_STYLES = 2 << 20  # bytes of all style sheets
SMALLEST = 80  # pixels; smaller pictures are icons and counters
LEAST = 600  # bytes
NEIGHBOURS = 3  # texts before and after a picture that tell its place
_TYPES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.S), "image/webp"),
    (re.compile(rb"....ftypavi[fs]", re.S), "image/avif"),
)
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data-srcset", "srcset")
_DROPPED = {
    *("script", "object", "embed", "applet", "iframe", "frame", "frameset", "base", "portal", "template"),
    *("audio", "video", "track", "source"),
}
_IMPORT = re.compile(r"@import\b[^;{}]*;?", re.I)
_LOADED = re.compile(r"""(?:url|src|image|image-set)\(\s*(?!["']?data:)[^)]*\)""", re.I)
_BLOCK = re.compile(
    r"(?:address|article|aside|blockquote|br|d[ltd]|div|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|"
    r"pre|section|t[dhr]|table|ul)\Z"
)
_HIDDEN = re.compile(r"(?:script|style|noscript|template|head|title)\Z")


@dataclass(slots=True)
class Picture:
    """A picture of a page: its type and bytes, its words, and texts before and after it, the nearest first."""

    media_type: str
    data: bytes
    alt: str
    caption: str
    width: int | None
    height: int | None
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """Return all but the bytes."""
        names = ("media_type", "alt", "caption", "width", "height", "before", "after")
        return {name: getattr(self, name) for name in names}


class Document:
    """A saved page that was opened. Raises `Gone` where it is not there as it was read."""

    def __init__(self, where: Where) -> None:
        self._where, self._page = where, saved(where)
        found = decode(self._page, MAX_PAGE_BYTES)
        if isinstance(found, Rejection):
            raise Gone(found.detail)
        self.is_html, self._text = found.media_type == HTML, found.text
        self._pictures: list[Picture] | None = None

    def _tree(self) -> Any:
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", self._text)
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace") or b"<p>", parser=parser)
        return tree

    @property
    def pictures(self) -> list[Picture]:
        """Return the pictures that were saved with the page, in their order, without icons."""
        if self._pictures is None:
            self._pictures = list(self._found()) if self.is_html else []
        return self._pictures

    def _found(self) -> Iterator[Picture]:
        tree = self._tree()
        texts, places = _texts_and_places(tree)
        images = [image for image in tree.iter("img") if image in places and not _is_small(image)][: 3 * MAX_PICTURES]
        wanted = {address for image in images for address in _addresses(image)}
        there = parts(self._where, self._page, sorted(wanted))
        seen, size, count = set[bytes](), 0, 0
        for image in images:
            data = next((there[each] for each in _addresses(image) if type_of(there.get(each, b""))), b"")
            kind = type_of(data)
            if kind is None or len(data) < LEAST or data in seen or count == MAX_PICTURES or size > MAX_BYTES:
                continue
            across, down = size_of(data)
            if (across or SMALLEST) < SMALLEST or (down or SMALLEST) < SMALLEST:
                continue
            seen.add(data)
            size, count = size + len(data), count + 1
            place = places[image]
            before = [text for text in reversed(texts[max(0, place - 8) : place]) if len(text) > 20][:NEIGHBOURS]
            after = [text for text in texts[place : place + 8] if len(text) > 20][:NEIGHBOURS]
            words = " ".join((image.get("alt") or "").split())[:500]
            yield Picture(
                kind, data, words, _caption(image), across, down, [t[-200:] for t in before], [t[:200] for t in after]
            )

    def safe(self) -> str:
        """Return the page as HTML that is whole in itself, without scripts, frames and addresses to load from."""
        if not self.is_html:
            return ""
        tree = self._tree()
        doctype = tree.getroottree().docinfo.doctype or "<!DOCTYPE html>"
        self._style(tree)
        self._show(tree)
        for each in list(tree.iter(etree.Element)):
            self._tame(each)
        etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, with_tail=False)
        return f"{doctype}\n{lxml.html.tostring(tree, encoding='unicode')}"

    @property
    def text(self) -> str:
        """Return the page's text, of one that is no HTML."""
        return self._text

    def _style(self, tree: Any) -> None:
        links = [each for each in tree.iter("link") if "stylesheet" in (each.get("rel") or "").lower().split()]
        there = parts(self._where, self._page, [each.get("href") or "" for each in links])
        left = MAX_STYLES
        for link in links:
            sheet = there.get(link.get("href") or "", b"").decode("utf-8", "replace")
            parent = link.getparent()
            if sheet and len(sheet) <= left and parent is not None:
                left -= len(sheet)
                style = etree.Element("style")
                if media := link.get("media"):
                    style.set("media", media)
                style.text = re.sub(r"</(style)", r"<\\/\1", sheet, flags=re.I)
                parent.insert(parent.index(link), style)

    def _tame(self, each: Any) -> None:
        tag = each.tag if isinstance(each.tag, str) else ""
        if tag in _DROPPED or tag == "link" or (tag == "meta" and (each.get("http-equiv") or each.get("charset"))):
            if each.getparent() is not None:
                each.drop_tree()
            return
        for name in list(each.attrib):
            lower = name.lower()
            if (
                lower.startswith("on")
                or lower
                in (
                    "srcset",
                    "srcdoc",
                    "ping",
                    "target",
                    "background",
                    "action",
                    "formaction",
                )
                or (
                    lower in ("href", "xlink:href", "src")
                    and re.match(r"[\s\x00-\x1f]*(?:javascript|vbscript|data|blob)", each.get(name), re.I)
                    and tag != "img"
                )
            ) or (lower.endswith("href") and tag not in ("a", "area") and not each.get(name).startswith("#")):
                del each.attrib[name]
            elif lower == "style":
                each.set(name, _without_loads(each.get(name)))
        if tag == "style":
            each.text = _without_loads(each.text or "")
        if tag == "a":
            each.set("rel", "noreferrer noopener external")

    def _show(self, tree: Any) -> None:
        """Put the pictures that were saved with the page into it."""
        images = list(tree.iter("img"))
        wanted = {address for image in images for address in _addresses(image)}
        there, left = parts(self._where, self._page, sorted(wanted)), MAX_BYTES
        for image in images:
            data = next((there[each] for each in _addresses(image) if type_of(there.get(each, b""))), b"")
            for name in _SOURCES:
                image.attrib.pop(name, None)
            if data and len(data) <= left:
                left -= len(data)
                image.set("src", f"data:{type_of(data)};base64,{base64.b64encode(data).decode()}")


def _without_loads(style: str) -> str:
    """Return a style without what it would load; the policy of the page forbids what is not seen here."""
    return _LOADED.sub("none", _IMPORT.sub("", style))


def type_of(data: bytes) -> str | None:
    """Return the media type of a picture that may be shown, by its first bytes; None for anything else."""
    return next((kind for begin, kind in _TYPES if begin.match(data)), None)


def size_of(data: bytes) -> tuple[int | None, int | None]:
    """Return width and height of a PNG, GIF, JPEG or WebP picture in pixels; None where they are not told."""
    try:
        if data.startswith(b"\x89PNG"):
            return struct.unpack(">II", data[16:24])
        if data.startswith(b"GIF8"):
            return struct.unpack("<HH", data[6:10])
        if data[:4] == b"RIFF" and data[12:16] == b"VP8X":
            return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
        if data[:4] == b"RIFF" and data[12:16] == b"VP8 ":
            across, down = struct.unpack("<HH", data[26:30])
            return across & 0x3FFF, down & 0x3FFF
        if data.startswith(b"\xff\xd8"):
            return _size_of_jpeg(data)
    except (struct.error, IndexError):
        pass
    return None, None


def _size_of_jpeg(data: bytes) -> tuple[int | None, int | None]:
    place = 2
    while data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            down, across = struct.unpack(">HH", data[place + 5 : place + 9])
            return across, down
        place += 2 + max(2, length)
    return None, None


def _is_small(image: Any) -> bool:
    return any((size := image.get(name) or "").isdigit() and int(size) < SMALLEST for name in ("width", "height"))


def _addresses(image: Any) -> list[str]:
    """Return the addresses at which a picture may be, the likeliest first."""
    found = list[str]()
    holders = [image]
    if (parent := image.getparent()) is not None and parent.tag == "picture":
        holders += parent.findall("source")
    for each in holders:
        for name in _SOURCES:
            told = (each.get(name) or "").strip()
            if name.endswith("srcset") and not told.startswith("data:"):
                found += [part.split()[0] for part in told.split(",") if part.split()]
            elif told:
                found.append(told)
    return list(dict.fromkeys(found))[:12]


def _caption(image: Any) -> str:
    for parent in image.iterancestors("figure"):
        caption = next(parent.iter("figcaption"), None)
        return " ".join(caption.text_content().split())[:500] if caption is not None else ""
    return ""


def _texts_and_places(tree: Any) -> tuple[list[str], dict[Any, int]]:
    """Return the texts of a page's blocks in their order, and for each picture how many of them come before it."""
    texts, places, run = list[str](), dict[Any, int](), list[str]()

    def end() -> None:
        text = " ".join("".join(run).split())
        run.clear()
        if text:
            texts.append(text)

    skipped = 0
    for event, each in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = each.tag if isinstance(each.tag, str) else ""
        is_hidden = bool(tag and _HIDDEN.match(tag))
        if event == "start":
            skipped += is_hidden
            if _BLOCK.match(tag):
                end()
            if tag == "img" and not skipped:
                places[each] = len(texts) + bool("".join(run).strip())
            if not skipped:
                run.append(each.text or "")
        else:
            skipped -= is_hidden if event == "end" else 0
            if _BLOCK.match(tag):
                end()
            if not skipped:
                run.append(each.tail or "")
    end()
    return texts, places
