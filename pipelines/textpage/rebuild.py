"""Rebuild a judged text page as a small semantic HTML page from which trafilatura takes exactly the chosen lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lxml import etree, html
from trafilatura.settings import Extractor

from .page import BodyLine, TextPage

HEADING, ITEM = "heading", "item"


def to_html(page: TextPage) -> html.HtmlElement:
    """Build the tree: metadata in the head, the article, everything else in an aside."""
    root = html.Element("html")
    head = etree.SubElement(root, "head")
    if page.title:
        etree.SubElement(head, "title").text = page.title
    for name, value in (
        ("description", page.standfirst),
        ("author", page.byline),
        ("article:section", page.section),
        ("article:published_time", page.date),
    ):
        if value:
            key = "property" if ":" in name else "name"
            etree.SubElement(head, "meta", {key: name, "content": value})
    body = etree.SubElement(root, "body")
    header = etree.SubElement(body, "header")
    if page.title:
        etree.SubElement(header, "h1").text = page.title
    if page.standfirst:
        etree.SubElement(header, "p").text = page.standfirst
    article = etree.SubElement(body, "article")
    _fill(article, page.body)
    if page.rest:
        aside = etree.SubElement(body, "aside")
        for text in page.rest:
            etree.SubElement(aside, "p").text = text
    return root


def _fill(article: etree._Element, body: Sequence[BodyLine]) -> None:
    # A heading that nothing follows would be dropped as a leftover: it is a paragraph then.
    last_text = max((i for i, line in enumerate(body) if line.kind != HEADING), default=-1)
    position = 0
    for kind, run in groupby(body, key=lambda line: line.kind):
        lines = list(run)
        if kind == ITEM:
            block = etree.SubElement(article, "ul")
            for line in lines:
                etree.SubElement(block, "li").text = line.text
        else:
            for offset, line in enumerate(lines):
                heading = kind == HEADING and position + offset < last_text
                etree.SubElement(article, "h2" if heading else "p").text = line.text
        position += len(lines)


def extraction_options(with_metadata: bool = False) -> Extractor:
    """Give the trafilatura options under which a rebuilt page comes out whole.

    Recall keeps short and repeated blocks; a minimum of 0 characters keeps the fallbacks away, which would look into
    the aside; fast skips the comparison with other extractors.
    """
    options = Extractor(output_format="python", fast=True, recall=True, comments=False, with_metadata=with_metadata)
    options.min_extracted_size = 0
    return options
