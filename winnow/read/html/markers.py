"""Markers of list items that a page writes itself, in an element before the item's paragraphs, as LaTeXML does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from winnow.read.html.tags import BOXES

_DIGITS = 10  # of the number of a list's first item, fewer
_BULLET = re.compile(r"[•◦▪‣·∙●○■□–—*-]")
_NUMBER = re.compile(r"(\d{1,3})[.)]?")
_MARKER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]|[ivxlc]{1,6})[.)]{0,2}", re.I)


def join_markers(items: Iterable[HtmlElement]) -> None:
    """Change the tree that list items, in document order, stand in: no marker stands in a line by itself.

    A marker goes where the list gives its item the same, and begins the item's first paragraph else.
    """
    places: dict[HtmlElement, int] = {}  # the number of the last item of an ordered list
    for item in items:
        place, parent = None, item.getparent()
        if parent is not None and parent.tag == "ol":
            place = places[parent] = places.get(parent, _start(parent) - 1) + 1
        _join(item, place)


def _start(ordered: HtmlElement) -> int:
    start = ordered.get("start") or ""
    return int(start) if start.isdecimal() and len(start) < _DIGITS else 1


def _join(item: HtmlElement, place: int | None) -> None:
    first = item[0] if len(item) and not (item.text or "").strip() else None
    if first is None or first.tag != "span" or (first.tail or "").strip():
        return
    following, marker = first.getnext(), first.text_content().strip()
    if following is None or following.tag not in BOXES or len(marker) > len("(viii)."):
        return
    number = _NUMBER.fullmatch(marker)
    if not (_BULLET.fullmatch(marker) or _MARKER.fullmatch(marker)):
        return
    item.remove(first)
    if not (_BULLET.fullmatch(marker) or (number and int(number[1]) == place)):
        while len(following) and not (following.text or "").strip() and following[0].tag in BOXES:
            following = following[0]
        following.text = f"{marker} {(following.text or '').lstrip()}"
