"""Invented pages that state their title, author, day and the like, and what is read of them."""

from __future__ import annotations

import json

from lxml.html import HtmlElement, HTMLParser, document_fromstring

from winnow.items import Metadata
from winnow.read.metadata import read_metadata

PROSE = (
    "<p>" + "The ferry left the harbour late and nobody on the quay could say why it had waited so long. " * 6 + "</p>"
)
TITLE = "Why the night ferry to Sandholm runs late"


def parse(html: str | bytes) -> HtmlElement:
    data = html.encode() if isinstance(html, str) else html
    return document_fromstring(data, parser=HTMLParser(encoding="utf-8"))


def read(body: str = "", head: str = "", html: str = 'lang="en"') -> Metadata:
    return read_metadata(parse(f"<html {html}><head>{head}</head><body>{body}</body></html>"))


def article(byline: str = "", after: str = "", head: str = "", html: str = 'lang="en"', title: str = TITLE) -> Metadata:
    return read(f"<main><h1>{title}</h1>{byline}{PROSE * 3}{after}</main>", head, html)


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def linked(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'
