"""Soft 404: a site that answers "200 OK" for pages that it does not have, as an address made up at random shows."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from winnow.read.parser import page_parser
from winnow.text import tokens

MAX_WORDS = 5_000  # of a page that are compared
MAX_BYTES = 4 << 20
_FEW, _PART = 4, 0.1  # words, and part of the probe's words, in which a page may differ that says the same
_UNSEEN = ("script", "style", "noscript", "template", "title")


def probe_address(url: str, word: str | None = None) -> str:
    """Return an address of a site that no page has; `word` is its made-up name, at random if none is given."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{word or secrets.token_hex(12)}.html"


@dataclass(frozen=True, slots=True)
class Probe:
    """What a site said to an address that it cannot have: the digest of the bytes, and the words that it shows."""

    status: int
    digest: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, status: int, content: bytes) -> Probe:
        """Return what an answer says."""
        return cls(status, hashlib.sha256(content).hexdigest(), seen_words(content))

    @property
    def is_soft(self) -> bool:
        """Return whether the site says "found" to what it does not have."""
        return 200 <= self.status < 300

    def says_the_same(self, content: bytes, url: str = "") -> bool:
        """Return whether a page says what the probe said, in its bytes or its words: then there is no such page.

        Words of the page's own address `url` do not count: such pages like to repeat it.
        """
        if not self.is_soft:
            return False
        if hashlib.sha256(content).hexdigest() == self.digest:
            return True
        page, own, named = Counter(seen_words(content)), Counter(self.words), set(tokens(url))
        if not own:
            return not page and not content.strip()
        more = sum(count for word, count in (page - own).items() if word not in named)
        return max(more, (own - page).total()) <= max(_FEW, _PART * own.total())


def seen_words(content: bytes) -> tuple[str, ...]:
    """Return the words of a page that are shown, from its beginning; none for what is no page."""
    try:
        root = etree.fromstring(content[:MAX_BYTES], page_parser())
    except (etree.LxmlError, ValueError):
        return ()
    if root is None:
        return ()
    texts: list[str] = []
    for element in root.iter():
        if element.tag not in _UNSEEN and element.text:
            texts.append(element.text)
        if element.tail:
            texts.append(element.tail)
    return tuple(tokens(" ".join(texts))[:MAX_WORDS])
