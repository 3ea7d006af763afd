"""From the chosen lines of a text page to the article's text: as semantic HTML, from which trafilatura takes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import unescape
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor
from trafilatura.utils import sanitize

from winnow.read import markdown
from winnow.read.parser import element_parser
from winnow.read.plain.page import BodyLine, LineKind
from winnow.text import storable

HEADING, ITEM = "heading", "item"
_KINDS: dict[str, LineKind] = {"head": "heading", "item": "item", "p": "paragraph"}
_PARSER = element_parser()
_NUMBER = re.compile(r"(\d{1,3})[.)] (?=\S)")


def article_text(body: Sequence[BodyLine]) -> str:
    """Return the text of an article's lines: a blank line between all but the items of a list."""
    return text_of(article_lines(body))


def article_lines(body: Sequence[BodyLine]) -> list[BodyLine]:
    """Return the lines that trafilatura takes from an article's lines.

    trafilatura drops buttons that are left among the lines, and lines that come twice.
    """
    found = bare_extraction(to_html(body), options=_options())
    return list(_lines(found.body)) if isinstance(found, Document) else []


def text_of(lines: Iterable[BodyLine]) -> str:
    """Return lines as text, with a blank line between all but the items of a list."""
    return _joined(("- " if line.kind == ITEM else "") + line.text for line in lines)


def _joined(lines: Iterable[str]) -> str:
    """Return lines as one text: a blank line between all but those that begin with the mark of a list."""
    text: list[str] = []
    last = ""
    for line in lines:
        text += "\n" if line.startswith("- ") and last.startswith("- ") else "\n\n", line
        last = line
    return "".join(text[1:])


def to_markdown(lines: Iterable[BodyLine]) -> str:
    """Return the lines of an article as Markdown; all its headings are of the second level."""
    lines = list(lines)
    return _joined(map(_written, lines, numbered([line.text for line in lines])))


def numbered(texts: Sequence[str]) -> list[bool]:
    """Return which lines are items of a numbered list: the line above or below has the number before or after."""
    numbers = [int(found[1]) if (found := _NUMBER.match(text)) else None for text in texts]
    around = zip([None, *numbers], numbers, [*numbers[1:], None], strict=False)
    return [at is not None and (above == at - 1 or below == at + 1) for above, at, below in around]


def _written(line: BodyLine, is_numbered: bool) -> str:
    if is_numbered:
        number, _, text = line.text.partition(" ")
        return f"{number} {markdown.line([markdown.Run(text)])}"
    runs = [markdown.Run(line.text)]
    if line.kind == HEADING:
        return markdown.heading(2, runs)
    return ("- " if line.kind == ITEM else "") + markdown.line(runs)


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


def _lines(body: etree._Element) -> Iterator[BodyLine]:
    """Yield the lines of trafilatura's tree; as in trafilatura's own text, entities are resolved once more."""
    for block in body.iter("head", "p", "item"):
        kind = _KINDS[str(block.tag)]
        for line in storable(unescape(sanitize(block.text or "", True) or "")).splitlines():
            if text := line.strip():
                yield BodyLine(text, kind)
