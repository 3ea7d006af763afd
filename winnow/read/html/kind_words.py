"""The words that tell of what kind a page is: those of its title, its description, its headings and short lines.

Words are kept as numbers, never as text, and each counts once a place: where it stands is part of what it says. Words
of menus and footers are left out, since they are the site's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from zlib import crc32

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from winnow.read.html.walk import Content
from winnow.read.lines.features_line import Columns
from winnow.read.lines.views import View

Words = list[NDArray[np.uint32]]  # for each place, the numbers of its words, each once

SHORT, LABEL = 12, 4  # words of a line at most whose words are looked at, and of one that is looked at as a whole
_WORD = re.compile(r"[^\W\d_]{2,20}")


def words_of(content: Content, page: View, columns: Columns) -> Words:
    """Return the words of a page by place: title, description, headings, short lines, and short lines as a whole."""
    blocks = content.blocks
    title = _words(content.title)
    heads: list[str] = []
    short: list[str] = []
    labels: list[str] = []
    apart = (columns["around_nav"] > 0) | (columns["around_footer"] > 0)
    for i in np.flatnonzero(~apart & ((page.words <= SHORT) | (columns["kind_heading"] > 0))).tolist():
        found = _words(blocks[i].line.text)
        if blocks[i].kind == "heading":
            heads += found
        if page.words[i] <= SHORT:
            short += found
        if page.words[i] <= LABEL:
            labels.append(" ".join(found))
    about = _words(" ".join(_about(content.stating("meta"))))
    places = ([*title, *map(" ".join, pairwise(title))], about, heads, short, labels)
    return [numbers(place, words) for place, words in enumerate(places)]


def _about(metas: Iterable[etree._Element]) -> Iterator[str]:
    """Yield the descriptions that a page states."""
    for meta in metas:
        if meta.get("name") == "description" or meta.get("property") == "og:description":
            yield meta.get("content", "")


def numbers(place: int, words: Iterable[str]) -> NDArray[np.uint32]:
    """Return the numbers of words that stand at a place, each once, in order of size."""
    return np.unique(np.fromiter(_numbers(place, set(words)), np.uint32))


def _numbers(place: int, words: Iterable[str]) -> Iterator[int]:
    return (crc32(word.encode("utf-8", "replace"), place) for word in words if word)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
