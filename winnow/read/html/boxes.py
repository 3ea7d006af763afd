"""The boxes (block elements) of a page, and what their tags and attributes say of the lines in them."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import Literal, NamedTuple

from lxml import etree

from winnow.read.html.box_names import ATTRIBUTES, TAG_BITS, bits_of_names
from winnow.read.html.tags import HEADINGS, LISTS

BlockKind = Literal["paragraph", "heading", "item", "quote", "code", "row"]

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DIGITS = re.compile(r"\d+")
_TELLING = ATTRIBUTES | {"style", "hidden"}  # attributes that say something


class Look(NamedTuple):
    """What an element's attributes say."""

    names: int = 0  # bits of container groups
    style: int = 0  # hash of the class without digits
    hidden: bool = False
    main: bool = False  # role=main
    body: bool = False  # itemprop=articleBody
    zones: int = 0  # bits of zones and cues, of its class and id
    itemprop: str = ""  # in lower case


NOTHING = Look()


class Box:
    """A block element while the page is walked, and what its lines need to know of it afterwards."""

    __slots__ = (
        "all_names", "article", "body", "children", "depth", "element", "hidden", "index", "kind", "lines", "lists",
        "main", "names", "number", "parent", "signature", "tag",
    )  # fmt: skip

    def __init__(
        self, number: int, tag: str, parent: Box | None, look: Look, lines: int, element: etree._Element | None = None
    ) -> None:
        self.number = number
        self.element = element  # None around a fragment
        self.tag = tag
        self.parent = parent
        self.names = 0  # bits of the container groups of its own tag and names
        if tag not in ("body", "html"):  # the classes of these two speak of the whole page
            self.names = look.names | TAG_BITS.get(tag, 0)
        self.children = 0
        self.lines = lines  # lines before it: the number of the first line inside it
        if parent is None:
            self.all_names = self.names  # with those of the boxes around it
            self.signature = 0  # equal for boxes with the same tags and classes on the way from the root
            self.depth = self.index = self.article = self.lists = 0
            self.main = self.body = self.hidden = False
            self.kind: BlockKind = "paragraph"
            return
        parent.children += 1
        self.all_names = parent.all_names | self.names
        self.signature = hash((parent.signature, tag, look.style))
        self.depth = parent.depth + 1
        self.index = parent.children  # among the boxes of its parent
        self.lists = parent.lists + 1 if tag in LISTS else parent.lists  # lists around it
        self.kind = _kind(tag, parent)
        self.article = parent.article + 1 if tag == "article" else parent.article  # <article> elements around it
        self.main = parent.main or look.main or tag == "main"
        self.body = parent.body or look.body
        self.hidden = parent.hidden or look.hidden  # until a script shows it: mostly menus, but some articles too

    @property
    def near_names(self) -> int:
        """Return the bits of the container groups of the box and of the one around it."""
        return self.names | self.parent.names if self.parent else self.names


def _kind(tag: str, parent: Box) -> BlockKind:
    """Return the kind of the lines in a box with this tag and parent."""
    if tag == "div" and parent.kind == "paragraph":
        return "paragraph"
    if tag in HEADINGS:
        return "heading"
    if tag in ("li", "dt", "dd"):
        return "item"
    if tag == "blockquote" or parent.kind == "quote":
        return "quote"
    if tag == "p" and parent.kind == "item" and parent.children == 1:
        return "item"  # <li><p>…</p></li>
    return "heading" if parent.kind == "heading" else "paragraph"


def nearest(box: Box | None, tags: Container[str]) -> Box | None:
    """Return the box itself or the nearest around it that has one of the tags, None where there is none."""
    while box is not None and box.tag not in tags:
        box = box.parent
    return box


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


def look_of(attributes: list[tuple[str, str]]) -> Look:
    """Return what the attributes of an element (name, value) say."""
    if len(attributes) == 1 and attributes[0][0] == "class":
        return _class_look(attributes[0][1])
    telling = [_style(item[1]) if item[0] == "style" else item for item in attributes if item[0] in _TELLING]
    return _look(tuple(telling)) if telling else NOTHING


def _style(value: str) -> tuple[str, str]:
    """Return what a style tells, whether it hides, as an attribute: styles themselves are long and seldom alike."""
    return ("hidden" if hides(value) else "style", "")


def hides(style: str) -> bool:
    """Return whether a style hides its element."""
    return ("none" in style or "hidden" in style) and bool(_HIDING.search(style))


@lru_cache(1 << 13)
def _class_look(value: str) -> Look:
    return _look((("class", value),))


@lru_cache(1 << 13)
def _look(attributes: tuple[tuple[str, str], ...]) -> Look:
    names = style = zones = 0
    hidden = main = body = False
    itemprop = ""
    for name, value in attributes:
        if name == "hidden":
            hidden = hidden or value != "until-found"
        elif name != "style":
            plain = _DIGITS.sub("0", value)  # numbers differ from page to page, and say nothing
            groups, cues = bits_of_names(plain)
            names |= groups
            if name in ("class", "id"):
                zones |= cues
            if name == "class":
                style = hash(plain.replace("0", ""))
            main = main or (name == "role" and value == "main")
            if name == "itemprop":
                itemprop = value.lower()
                body = body or "articlebody" in itemprop
    return Look(names, style, hidden, main, body, zones, itemprop)
