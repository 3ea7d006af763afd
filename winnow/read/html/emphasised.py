"""Words of which programs that make pages easier to read have set the beginnings in bold: `<b>rea</b>ding`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from winnow.read.parser import drop_all
from winnow.text import MARKS, UNSPACED

TAGS = ("b", "strong", "span", "font", "em", "i")
_MANY = 40  # words that are taken apart, at least: initials and syllables are fewer
_BEGINNING = re.compile(r"\S*\w[^\s\w]?")
_REST = re.compile(rf"[^\W_{UNSPACED}]|[{MARKS}]")


def join_words(elements: Iterable[HtmlElement]) -> None:
    """Take out the elements that end within words, of a page that has many; `elements` are those with `TAGS`."""
    found = [element for element in elements if element.tail and _REST.match(element.tail) and _is_beginning(element)]
    if len(found) < _MANY:
        return
    for element in found:
        element.tail = f"{element.text}{element.tail}"
    drop_all(found)


def _is_beginning(element: HtmlElement) -> bool:
    """Return whether an element holds the beginning of a word, and nothing else but what is empty."""
    text = element.text
    return bool(text and _BEGINNING.fullmatch(text)) and "".join(element.itertext()) == text
