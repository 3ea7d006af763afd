"""A parser whose HTML elements cost little to look at."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from lxml import etree
from lxml.html import HtmlElement


def element_parser(**options: Any) -> Any:
    """Return an lxml parser that gives every element the same class; `options` are those of `etree.HTMLParser`.

    lxml.html looks for the class in Python each time that an element is touched: a tenth of the time spent on a page.
    """
    parser = etree.HTMLParser(**options)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    return parser


@cache
def page_parser() -> Any:
    """Return the parser of pages in UTF-8, which leaves out comments and processing instructions.

    Without `huge_tree` it would end a page, in silence, at a script or picture of ten megabytes or the 256th level.
    """
    return element_parser(
        collect_ids=False,
        default_doctype=False,
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )


def drop_all(elements: Iterable[HtmlElement]) -> None:
    """Drop elements from their tree; the text behind each of them stays.

    `drop_tree` joins that text to the text before, each time: of many elements that costs the square of their number.
    """
    texts: dict[tuple[HtmlElement, str], list[str]] = {}  # to be joined to a text or tail
    for element in elements:
        parent, before = element.getparent(), element.getprevious()
        if parent is not None:
            behind = [element.tail or "", *texts.pop((element, "tail"), ())]
            texts.setdefault((parent, "text") if before is None else (before, "tail"), []).extend(behind)
            element.tail = None
            parent.remove(element)
    for (place, name), behind in texts.items():
        setattr(place, name, "".join((getattr(place, name) or "", *behind)) or None)
