"""Pieces of a page that a server sends later than their places, and that a script of the page puts there.

React renders what it waits for out of order: a template marks the place, the piece follows hidden at the end of the
page, and a call names both. https://react.dev/reference/react-dom/server/renderToPipeableStream
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement

_CALLS = ("$RC(", "$RS(", "$RR(")
_CALL = re.compile(r'\$R([CRS])\("([^"\\]{1,80})","([^"\\]{1,80})"')
_find_pieces = etree.XPath("descendant::*[@hidden and contains(@id, ':')]")


def put_in_place(tree: HtmlElement, text: str, templates: Iterable[HtmlElement]) -> None:
    """Change a tree, which was read from a text, so that every piece that came later stands in its place."""
    if not any(map(text.__contains__, _CALLS)):
        return
    places = {template.get("id"): template for template in templates}
    pieces = {piece.get("id"): piece for piece in _find_pieces(tree)}
    for call, first, second in _CALL.findall(text):
        place, piece = (second, first) if call == "S" else (first, second)
        if place in places and piece in pieces:
            _move(pieces.pop(piece), places.pop(place))


def _move(piece: HtmlElement, place: HtmlElement) -> None:
    """Put what a piece holds in the place of a template, if that does not stand in the piece."""
    parent = place.getparent()
    if parent is None or piece in place.iterancestors():
        return
    piece.drop_tree()
    piece.tail, place.tail = place.tail, None
    parent.replace(place, piece)
    del piece.attrib["hidden"], piece.attrib["id"]
    if piece.tag == "div":
        piece.drop_tag()
