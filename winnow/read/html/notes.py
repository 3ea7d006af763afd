"""Footnotes of a page, told by links that lead to and fro: from the mark in the text to the note, and back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, takewhile

from lxml.html import HtmlElement

from winnow.read.html.tags import BOXES

NOTE = "doc-footnote"  # the role that notes are given; https://www.w3.org/TR/dpub-aria-1.1/#doc-footnote
ROLES = frozenset((NOTE, "doc-endnote"))
CELLS = frozenset(("td", "th"))
FOLLOWING = frozenset(("p", "dd", "blockquote", "pre", "ul", "ol"))  # tags of boxes that follow the mark of a note
AROUND = 3  # elements around a link of which one may have the name that a link leads back to


def mark_notes(links: Iterable[HtmlElement]) -> None:
    """Give the boxes of footnotes their role; `links` are those of a page that lead to places on it, in order."""
    places = [(link, link.get("href", "").rpartition("#")[2], _names(link)) for link in links]
    by_name = {name: place for place in reversed(places) for name in place[2]}
    seen: set[HtmlElement] = set()
    for link, target, names in places:
        seen.add(link)
        note, back, _ = by_name.get(target, (link, "", names))
        if back in names and note not in seen:
            box = next((outer for outer in note.iterancestors() if outer.tag in BOXES), None)
            if box is not None and box.tag not in ("body", "html"):
                for each in _parts(box):
                    each.set("role", NOTE)


def _parts(box: HtmlElement) -> list[HtmlElement]:
    """Return the box of a note: of a cell its row, of a box with nothing but the mark also those that follow it."""
    if box.tag in CELLS:
        return [box, *islice(box.iterancestors("tr"), 1)]
    has_words = any(map(str.isalpha, box.text_content()))
    return [box, *takewhile(lambda each: each.tag in FOLLOWING, () if has_words else box.itersiblings())]


def _names(link: HtmlElement) -> set[str]:
    """Return the names by which other links lead to a link: its own, those close around it and of a bare anchor."""
    beside = [each for each in (link.getprevious(), link.getnext()) if each is not None and each.tag == "a"]
    anchors = [each for each in beside if "href" not in each.attrib and not each.text]
    near = (link, *anchors, *islice(link.iterancestors(), AROUND))
    return {name for each in near for name in (each.get("id"), each.get("name")) if name}
