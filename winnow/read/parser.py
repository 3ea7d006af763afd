"""A parser whose HTML elements cost little to look at."""

from __future__ import annotations

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
    """Return the parser of pages in UTF-8, which leaves out comments and processing instructions."""
    return element_parser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
