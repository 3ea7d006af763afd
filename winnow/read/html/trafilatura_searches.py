"""Make trafilatura's searches cheaper: find the same elements by looking at each kind of element once.

Most of its XPath expressions judge an element by nothing but its tag and a few of its attributes, with regular
expressions that cost some microseconds per element. Elements that look alike recur on a page and from page to page of a
site, so the answers are worth remembering.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree
from trafilatura import xpaths

REMEMBERED = 1 << 14  # looks per expression
_NAME = re.compile(r"@([\w-]+)")
# Expressions that look at one element: no step to another, and nothing of its content.
_SINGLE = re.compile(r"\s*\(?\.//\*(?!.*(?:/|\.\.|(?<!self)::|text\(|last\()).*", re.DOTALL)
# The predicate on the tag that most begin with; it is quick, and leaves fewer elements to look at.
_TAGS = re.compile(r"\s*\(?\.//\*(\[self::\w+(?: or self::\w+)*\])")


class Search:
    """An XPath expression over single elements; gives what it finds one by one, in document order.

    Where the expression itself ends in `[1]`, more than the first may be given: trafilatura takes the first.
    """

    def __init__(self, expression: Any) -> None:
        self._expression = expression
        self._names = frozenset(_NAME.findall(expression.path))
        tags = _TAGS.match(expression.path)
        with_any = " or ".join(f"@{name}" for name in sorted(self._names))
        self._marked = etree.XPath(f".//*{tags[1] if tags else ''}[{with_any}]")
        self._matches = lru_cache(REMEMBERED)(self._look)

    def __call__(self, tree: etree._Element) -> Iterator[etree._Element]:
        """Search below an element."""
        names, matches = self._names, self._matches
        for element in self._marked(tree):
            if matches(element.tag, *[item for item in element.items() if item[0] in names]):
                yield element

    def _look(self, tag: str, *attributes: tuple[str, str]) -> bool:
        """Ask the expression about an element that looks like this. Attributes count in their order."""
        around = etree.Element("html")
        etree.SubElement(around, tag if tag.isalnum() else "x", dict(attributes))
        return bool(self._expression(around))


def is_single(expression: Any) -> bool:
    """Tell whether an expression judges each element by its tag and attributes, and needs an attribute to say yes.

    Those without regular expressions are fast enough as they are.
    """
    if not isinstance(expression, etree.XPath) or "re:" not in expression.path:
        return False
    if not _SINGLE.fullmatch(expression.path):
        return False
    bare = etree.Element("html")
    for tag in re.findall(r"self::(\w+)", expression.path) or ["x"]:
        etree.SubElement(bare, tag)
    return not expression(bare)


def speed_up() -> None:
    """Replace the expressions in trafilatura's lists, in which its users change them too."""
    lists: list[list[Any]] = [
        xpaths.BODY_XPATH,
        xpaths.OVERALL_DISCARD_XPATH,
        xpaths.RAW_TREE_PRUNE_XPATH,
        xpaths.REMOVE_COMMENTS_AND_LISTS_XPATH,
    ]
    for expressions in lists:
        expressions[:] = [Search(each) if is_single(each) else each for each in expressions]
