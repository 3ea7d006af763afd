"""From the chosen lines of a text page to the article's text: as semantic HTML, from which trafilatura takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor
from trafilatura.utils import sanitize

from winnow.read.parser import element_parser
from winnow.read.plain.page import BodyLine
from winnow.text import storable

HEADING, ITEM = "heading", "item"
_PARSER = element_parser()


def article_text(body: Sequence[BodyLine]) -> str:
    """Return the text that trafilatura takes from an article's lines: a blank line between all but the items of a list.

    trafilatura drops buttons that are left among the lines, and lines that come twice.
    """
    found = bare_extraction(to_html(body), options=_options())
    text: list[str] = []
    last = ""
    for raw in _lines(found.body) if isinstance(found, Document) else ():
        line = raw.strip()
        if line:
            text += "\n" if line.startswith("- ") and last.startswith("- ") else "\n\n", line
            last = line
    return "".join(text[1:])


def to_html(body: Sequence[BodyLine]) -> HtmlElement:
    """Return an HTML page that holds an article and nothing else."""
    root: HtmlElement = _PARSER.makeelement("html")
    article = etree.SubElement(etree.SubElement(root, "body"), "article")
    # trafilatura drops a heading that no text follows: such a heading is written as a paragraph.
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
    return root


@cache
def _options() -> Extractor:
    """Return the trafilatura options under which an article's lines come out whole.

    `recall` keeps short and repeated blocks; minima of 0 characters keep trafilatura from its fallbacks; `fast` skips
    the comparison with other extractors; with "xml" no text is made beside the tree.
    """
    options = Extractor(output_format="xml", fast=True, recall=True, comments=False)
    options.min_extracted_size = options.min_output_size = 0
    return options


def _lines(body: etree._Element) -> Iterator[str]:
    """Yield the lines of trafilatura's tree; as in trafilatura's own text, entities are resolved once more."""
    lines = [
        ("- " if block.tag == "item" else "") + block.text for block in body.iter("head", "p", "item") if block.text
    ]
    yield from storable(unescape(sanitize("\n".join(lines), True) or "")).splitlines()
