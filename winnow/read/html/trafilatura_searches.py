"""Faster searches for trafilatura, which find the same elements: elements that look alike are judged once.

Most of trafilatura's XPath expressions judge an element by nothing but its tag and a few attributes, with regular
expressions that cost some microseconds per element. Elements that look alike recur on a page and from page to page of a
site, so the answers are remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from lxml import etree
from trafilatura import xpaths

REMEMBERED = 1 << 14  # answers per expression
_NAME = re.compile(r"@([\w-]+)")
# Expressions that look at one element: with no step to another element, and not at its content.
_SINGLE = re.compile(r"\s*\(?\.//\*(?!.*(?:/|\.\.|(?<!self)::|text\(|last\()).*", re.DOTALL)
# The predicate on the tag with which most expressions begin: it is quick, and leaves fewer elements to look at.
_TAG = re.compile(r"self::(\w+)")
_TAGS = re.compile(r"\s*\(?\.//\*(\[self::\w+(?: or self::\w+)*\])")


class Search:
    """An XPath expression over single elements: a call returns the elements that it finds, in document order.

    Where the expression ends in `[1]`, the call may return more than one element: trafilatura takes the first.
    """

    def __init__(self, expression: Any) -> None:
        self._expression = expression
        self._names = frozenset(_NAME.findall(expression.path))
        tags = _TAGS.match(expression.path)
        self._tags: list[Any] = _TAG.findall(tags[1]) if tags else [etree.Element]
        self._matches = lru_cache(REMEMBERED)(self._look)

    def __call__(self, tree: etree._Element) -> list[etree._Element]:
        """Return the elements below `tree` that the expression finds."""
        names, matches = self._names, self._matches
        elements: Iterable[Any] = tree.iterdescendants(*self._tags)
        return [
            element
            for element in elements
            if (telling := [item for item in element.items() if item[0] in names]) and matches(element.tag, *telling)
        ]

    def _look(self, tag: str, *attributes: tuple[str, str]) -> bool:
        """Return whether the expression finds an element with this tag and these attributes, in this order."""
        around = etree.Element("html")
        etree.SubElement(around, tag if tag.isalnum() else "x", dict(attributes))
        return bool(self._expression(around))


def is_single(expression: Any) -> bool:
    """Return whether an expression judges each element by its tag and attributes, and finds none without attributes."""
    if not isinstance(expression, etree.XPath) or not _SINGLE.fullmatch(expression.path):
        return False
    bare = etree.Element("html")
    for tag in _TAG.findall(expression.path) or ["x"]:
        etree.SubElement(bare, tag)
    return not expression(bare)


def speed_up() -> None:
    """Replace the expressions in trafilatura's lists, the place where trafilatura lets its users change them."""
    lists: list[list[Any]] = [
        xpaths.BODY_XPATH,
        xpaths.OVERALL_DISCARD_XPATH,
        xpaths.RAW_TREE_PRUNE_XPATH,
        xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH,
        xpaths.TEASER_DISCARD_XPATH,
        xpaths.DISCARD_IMAGE_ELEMENTS,
    ]
    for expressions in lists:
        expressions[:] = [Search(each) if is_single(each) else each for each in expressions]
