"""The links of a page, the feeds that it names, and what it says of its own address."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any
from urllib.parse import quote, urljoin

from lxml import etree
from lxml.html import HtmlElement

from winnow.read.parser import element_parser

MAX_LINKS = 5_000  # of one page that are kept
MAX_FEEDS = 50
MAX_BYTES = 4 << 20  # of one page that are looked at
MAX_HEAD = 256 << 10  # of a page in which its head stands
_LEADING = ("a", "area", "base", "link", "meta")
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_BLANKS = re.compile(r"\A[\0-\x20]+|[\0-\x20]+\Z|[\t\n\r]+")
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_REFRESH = re.compile(r"\s*([0-9]{1,4})(?:\.[0-9]*)?\s*[;,\s]\s*(?:url\s*=\s*)?([\"']?)(.*)", re.I | re.S)
_ORDERS = re.compile(r"[\s,;]+")
_WEB = ("http://", "https://")
_SOON = 10  # seconds after which at most a page that leads on does so


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page leads to, all as whole addresses without fragment, in their order and each once.

    `links` are those of its text, but those marked `nofollow`; `feeds` those that its head names; `canonical` is the
    address that it gives itself, `refresh` where it sends its readers. `nofollow` says that it asks not to follow any.
    """

    links: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    canonical: str | None = None
    nofollow: bool = False
    refresh: str | None = None


def read(content: bytes, url: str, encoding: str | None) -> Links:
    """Return the links of a page. `url` is its address, `encoding` the one that was declared beside it, if any."""
    used = _encoding(content[:MAX_BYTES], encoding)
    by_tag: dict[str, list[HtmlElement]] = {tag: [] for tag in _LEADING}
    for element in _elements(content[:MAX_BYTES].decode(used, "replace")):
        by_tag["a" if element.tag == "area" else str(element.tag)].append(element)
    heads, metas = by_tag["link"], by_tag["meta"]
    base = next(filter(None, (element.get("href") for element in by_tag["base"])), "")
    page = _Page(joined(url, base) or url, used)
    return Links(
        page.whole((each.get("href") for each in by_tag["a"] if not _has(each, "nofollow")), MAX_LINKS),
        page.whole((each.get("href") for each in heads if _has(each, "alternate") and _is_feed(each)), MAX_FEEDS),
        next(iter(page.whole((each.get("href") for each in heads if _has(each, "canonical")), 1)), None),
        any(_forbids(each) for each in metas),
        next(iter(page.whole(map(_refresh, metas), 1)), None),
    )


def canonical(content: bytes, url: str, encoding: str | None) -> str | None:
    """Return the address that a page gives itself in its head; None if it gives none."""
    lower = content[:MAX_HEAD].lower()
    end = lower.find(b"<body")
    end = end if end >= 0 else MAX_HEAD
    return read(content[:end], url, encoding).canonical if lower.find(b"canonical", 0, end) >= 0 else None


def joined(base: str, link: str) -> str | None:
    """Return the whole address of a link; None for one that leads nowhere on the web."""
    link = _BLANKS.sub("", link)
    if link[:8].lower().startswith(_WEB):
        return link
    try:
        whole = urljoin(base, link)
    except ValueError:
        return None
    return whole if whole[:8].lower().startswith(_WEB) else None


@cache
def _parser() -> Any:
    return element_parser(encoding="utf-8", huge_tree=True, collect_ids=False, remove_comments=True, remove_pis=True)


def _elements(text: str) -> Iterator[HtmlElement]:
    """Yield the elements that lead elsewhere, those too that the parser puts beside the page (behind `</html>`)."""
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), _parser())
    except (etree.LxmlError, ValueError):
        return
    if root is not None:
        top = root.getroottree().getroot()
        for each in chain([top], top.itersiblings()):
            yield from each.iter(*_LEADING)


def _encoding(content: bytes, declared: str | None) -> str:
    """Return a page's encoding: of its mark, declared beside it or in it, else UTF-8 if it is, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    stated = _CHARSET.search(content[:4096])
    if found := _known(declared) or (_known(stated[1].decode("ascii"), of_page=True) if stated else None):
        return found
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start > len(content) - 4 else "cp1252"
    return "utf-8"


def _known(name: str | None, of_page: bool = False) -> str | None:
    """Return the encoding that a name means in browsers; None for one that is unknown or, in a page, cannot be."""
    with contextlib.suppress(LookupError, ValueError, UnicodeError):
        found = codecs.lookup(name or "").name
        if of_page and found.startswith(("utf-16", "utf-32")):
            return "utf-8"
        b"a".decode(found)  # names of what is no encoding of text raise `LookupError`
        return {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(found, found)
    return None


def _has(element: HtmlElement, word: str) -> bool:
    relation = element.get("rel")
    return bool(relation) and word in str(relation).lower().split()


def _is_feed(element: HtmlElement) -> bool:
    return (element.get("type") or "").partition(";")[0].strip().lower() in _FEEDS


def _forbids(meta: HtmlElement) -> bool:
    """Return whether an element asks all crawlers not to follow the links of its page."""
    orders = _ORDERS.split((meta.get("content") or "").lower())
    return (meta.get("name") or "").strip().lower() == "robots" and not {"nofollow", "none"}.isdisjoint(orders)


def _refresh(meta: HtmlElement) -> str | None:
    """Return where an element sends the readers of its page soon; None if it sends them nowhere else."""
    if (meta.get("http-equiv") or "").strip().lower() != "refresh":
        return None
    found = _REFRESH.match(meta.get("content") or "")
    if not found or int(found[1]) > _SOON:
        return None
    return found[3].partition(found[2])[0] if found[2] else found[3]


class _Page:
    """What makes the links of one page whole."""

    def __init__(self, base: str, encoding: str) -> None:
        self._base, self._encoding = base, "utf-8" if encoding.startswith("utf") else encoding
        self._origin = "/".join(base.split("/", 3)[:3])

    def whole(self, links: Iterable[str | None], limit: int) -> tuple[str, ...]:
        """Return whole addresses, each once and at most `limit` of them."""
        found: dict[str, None] = {}
        for link in links:
            if len(found) >= limit:
                break
            if link and (place := self._whole(link)):
                found[place] = None
        return tuple(found)

    def _whole(self, link: str) -> str | None:
        """Return the whole address of a link; its query is escaped in the page's encoding, as browsers do it."""
        link = _BLANKS.sub("", link).partition("#")[0]
        if not link.isascii():
            path, mark, query = link.partition("?")
            link = path + mark + quote(query.encode(self._encoding, "replace"), safe="!$&'()*+,-./:;=?@_~%")
        if link[:1] == "/" and link[1:2] not in ("/", "\\") and "/." not in link:
            return self._origin + link  # most links of most pages; `urljoin` takes five times as long
        return joined(self._base, link) if link else None
