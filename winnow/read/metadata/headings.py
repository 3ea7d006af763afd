"""Headings as a reader sees them: their text, the parts that a template puts beside the headline, links to the home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from lxml import etree

from winnow.read.html.tags import BOXES, SKIPPED
from winnow.read.metadata.values import clean_text, words

_FIRST_TEXTS = etree.XPath("(.//text())[position() <= 100]")
# What templates call the line above a headline (`dachzeile`, `overline`) and the one below it.
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:kicker|top-?(?:line|title)|over-?line|dachzeile|eyebrow|roof-?(?:line)?|spitzmarke|sup(?:er)?title"
    r"|pre-?title|label|topic|topic-?label|badge|category|rubrik|sub-?(?:title|line|head|headline))(?:$|[\s_-])",
    re.IGNORECASE,
)
_PARTS = 12  # more parts than this are a list


@dataclass
class Heading:
    """A h1 or h2: its text, level, the zones that it stands in, its line, None where the lines are left out, itself."""

    text: str
    level: int
    bits: int
    line: int | None
    element: etree._Element = field(repr=False)

    @cached_property
    def shorter(self) -> list[tuple[str, bool]]:
        """Its texts without what may stand beside the headline in it (a kicker), and whether its class says that."""
        return list(_shorter(self.element))

    @cached_property
    def is_home(self) -> bool:
        """Whether the heading is a link to the home page."""
        return self.link is not None and is_home(self.link)

    @cached_property
    def link(self) -> str | None:
        """The address that the heading leads to as a whole, None where it is no link."""
        link = next(self.element.iter("a"), None)
        return link.get("href") if link is not None and words(_inline_text(link)) == words(self.text) else None


def read_heading(element: etree._Element, level: int, bits: int, line: int | None) -> Heading | None:
    """Return a heading, None where it has no word."""
    text = clean_text(_inline_text(element), visible=True)
    return Heading(text, level, bits, line, element) if text else None


def is_home(href: str) -> bool:
    """Tell whether a link leads to the first page of a site; in an archive's address the site's own comes last."""
    start = href.rfind("http")
    address = href[start:] if start >= 0 else href.strip()
    slashes = address.count("/")
    if slashes > 3 or (slashes != 2 and address[-1:].isalnum()):  # most links, which need not be taken apart
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_rooted = bool(parts.netloc) or parts.path == "/"
    return is_rooted and parts.path in ("", "/") and not parts.query and not parts.fragment


def _shorter(element: etree._Element) -> Iterator[tuple[str, bool]]:
    """Yield the text of a heading without its first part, without its last, and whether that part's class allows it."""
    parts = list(_parts(element))
    if not 2 <= len(parts) <= _PARTS:
        return
    for (_, part), rest in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
        text = clean_text(" ".join(text for text, _ in rest), visible=True)
        if part is not None and text:
            told = " ".join(filter(None, (part.get("class"), "subtitle" if part.tag == "small" else "")))
            yield text.lstrip(":|–—- "), bool(_BESIDE.search(told)) and len(words(text)) > 1


def _parts(element: etree._Element) -> Iterator[tuple[str, etree._Element | None]]:
    """Yield the pieces that a heading is made of, each with its element, None for bare text."""
    while len(element) == 1 and not _own_texts(element):
        element = element[0]
    for text, child in _pieces(element):
        if words(text):
            yield text, child


def _own_texts(element: etree._Element) -> bool:
    return bool((element.text or "").strip() or any((child.tail or "").strip() for child in element))


def _pieces(element: etree._Element) -> Iterator[tuple[str, etree._Element | None]]:
    yield element.text or "", None
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield _inline_text(child), child
        yield child.tail or "", None


def _inline_text(element: etree._Element) -> str:
    """Return an element's text with a space only where a block or line break stands between words.

    A link of nothing but a sign, such as the ¶ behind headings of manuals, is none of the text.
    """
    parts: list[str] = []
    for text in _FIRST_TEXTS(element):
        parent = text.getparent()
        if not text.is_tail and (parent.tag in SKIPPED or parent.tag == "button"):
            continue
        if parent.tag == "a" and not text.is_tail and parent is not element and not words(text):
            continue
        if parent is not element and (parent.tag in BOXES or parent.tag == "br"):
            parts.append(" ")
        parts.append(text)
    return "".join(parts)
