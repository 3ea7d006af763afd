"""Page to article: HTML through trafilatura; text pages rebuilt as HTML and then the same way."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor
from trafilatura.utils import load_html
from trafilatura.xml import xmltotxt

from pipelines import textpage
from pipelines.decode import TEXT, Decoded
from pipelines.items import Article, Reason, Rejection
from pipelines.metadata import read_metadata
from pipelines.text import storable, tokens

MIN_WORDS = 20  # fewer words are a caption, a notice or a slogan

_LIST_OR_TABLE_LINE = re.compile(r"(?:- |\| |\d+\. )")


def extract(decoded: Decoded, url: str | None = None) -> Article | Rejection:
    """Extract the article of a decoded page, or say why there is none.

    `url` is where the page was captured, if known; the page's own canonical link goes before it.
    """
    article = _from_text(decoded.text) if decoded.media_type == TEXT else _from_html(decoded.text)
    if isinstance(article, Rejection):
        return article
    words = len(tokens(article.text))
    if words < MIN_WORDS:
        return Rejection(Reason.NO_ARTICLE, f"only {words} words of running text" if words else "no running text")
    return article if article.url or not url else replace(article, url=url)


def _from_html(text: str) -> Article | Rejection:
    tree = load_html(text)
    if tree is None:
        return Rejection(Reason.NO_ARTICLE, "no HTML could be parsed")
    found = read_metadata(tree)
    return Article(
        text=body_text(tree),
        title=found.title,
        author=found.author,
        date=found.date,
        url=found.url,
        hostname=found.hostname,
        sitename=found.sitename,
        section=found.section,
        description=found.description,
        tags=found.tags,
        language=found.language,
        image=found.image,
    )


def _from_text(text: str) -> Article:
    page = textpage.read(text)
    return Article(
        text=body_text(textpage.to_html(page), textpage.extraction_options()),
        title=page.title,
        author=page.byline,
        date=page.date,
        section=page.section,
        description=page.standfirst,
    )


def body_text(tree: HtmlElement, options: Extractor | None = None) -> str:
    """Give the main text that trafilatura finds in a tree; empty if none."""
    # Extractor options are stateful, so every page gets its own.
    found = bare_extraction(tree, options=options or Extractor(comments=False))
    if not isinstance(found, Document):
        return ""
    return paragraphs(xmltotxt(found.body, include_formatting=False))


def paragraphs(lines: str) -> str:
    """Separate lines by one blank line; those of one list or table stay together."""
    text = ""
    for raw in storable(lines).splitlines():
        line = raw.strip()
        if line:
            last = text.rpartition("\n")[2]
            together = _LIST_OR_TABLE_LINE.match(line) and _LIST_OR_TABLE_LINE.match(last)
            text += ("\n" if together else "\n\n" if text else "") + line
    return text
