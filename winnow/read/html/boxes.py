"""The boxes (block elements) of a page, and what their tags and attributes say of the lines in them."""

from __future__ import annotations

from collections.abc import Container
from itertools import islice

from lxml import etree

from winnow.read.html.looks import BlockKind, Look
from winnow.read.html.tags import HEADINGS

FOLDING = 3  # boxes from a line up to the one that unfolds what follows, at most
LOOKED_AT = 100  # links of a box that are looked at: the box may hold thousands of lines


class Box:
    """A block element while the page is walked, and what its lines need to know of it afterwards."""

    __slots__ = (
        "all_names", "apart", "article", "body", "children", "depth", "element", "hidden", "index", "kind", "lines",
        "lists", "main", "names", "note", "number", "parent", "signature", "tag",
    )  # fmt: skip

    def __init__(
        self, number: int, look: Look, parent: Box | None, lines: int, element: etree._Element | None = None
    ) -> None:
        self.number = number
        self.element = element  # None around a fragment
        self.tag = look.tag
        self.parent = parent
        self.names = names = look.names  # bits of the container groups of its own tag and names
        self.apart = look.apart  # the same without words that any part of a text may have as its name
        self.children = 0
        self.lines = lines  # lines before it: the number of the first line inside it
        if parent is None:
            self.all_names = names  # with those of the boxes around it
            self.signature = 0  # equal for boxes with the same tags and classes on the way from the root
            self.depth = self.index = self.article = self.lists = 0
            self.main = self.body = self.hidden = self.note = False
            self.kind: BlockKind = "paragraph"
            return
        parent.children = self.index = parent.children + 1  # among the boxes of its parent
        self.all_names = parent.all_names | names
        self.signature = hash((parent.signature, look.shape))
        self.depth = parent.depth + 1
        self.lists = parent.lists + look.lists  # lists around it
        self.kind = look.kind or (parent.kind if parent.kind != "item" else _kind_in_item(look.tag, parent, element))
        self.article = parent.article + look.articles  # <article> elements around it
        self.main = parent.main or look.main
        self.body = parent.body or look.body
        self.note = parent.note or look.note  # a footnote
        self.hidden = parent.hidden or look.hidden  # until a script shows it: mostly menus, but some articles too

    @property
    def near_names(self) -> int:
        """Return the bits of the container groups of the box and of the one around it."""
        return self.names | self.parent.names if self.parent else self.names

    @property
    def near_apart(self) -> int:
        """Return the same without words that any part of a text may have as its name."""
        return self.apart | self.parent.apart if self.parent else self.apart


def _kind_in_item(tag: str, item: Box, element: etree._Element | None) -> BlockKind:
    """Return the kind of the lines in a box with this tag in a list item: <li><p>…</p></li> is one item.

    So is <li><div><p>…</p></div></li>, as editors and LaTeXML write it; a box of other boxes may be a card.
    """
    if item.children > 1 or tag not in ("p", "div"):
        return "paragraph"
    return "item" if tag == "p" or (element is not None and _is_wrapper(element)) else "paragraph"


def _is_wrapper(element: etree._Element) -> bool:
    """Return whether a box holds all of its list item, in paragraphs and nothing else."""
    is_all = element.getprevious() is None and element.getnext() is None
    return is_all and len(element) > 0 and all(inner.tag == "p" for inner in element)


def nearest(box: Box | None, tags: Container[str]) -> Box | None:
    """Return the box itself or the nearest around it that has one of the tags, None where there is none."""
    while box is not None and box.tag not in tags:
        box = box.parent
    return box


def links_in(box: Box) -> list[etree._Element]:
    """Return the first links in a box; none around a fragment."""
    return [] if box.element is None else list(islice(box.element.iter("a"), LOOKED_AT))


def folds(box: Box) -> bool:
    """Return whether a box, or one close around it, unfolds what follows, as it tells screen readers; menus pop up."""
    for _ in range(FOLDING):
        element = box.element
        if element is not None and element.get("aria-expanded") is not None:
            return element.get("aria-haspopup") is None
        if box.parent is None:
            return False
        box = box.parent
    return False


def cell_of(box: Box | None, row: Box) -> Box | None:
    """Return the cell of `row` in which a box stands, None outside of that row."""
    while box is not None and box.parent is not row:
        box = box.parent
    return box


def level_of(box: Box | None) -> int:
    """Return the level (1 to 6) of the heading in which a box stands; 0 outside of headings."""
    while box is not None:
        if box.tag in HEADINGS:
            return HEADINGS[box.tag]
        box = box.parent
    return 0
