"""What the tag and the attributes of an element say: how a walk over the page enters it, and what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from winnow.read.html.box_names import ATTRIBUTES, AUTHOR, TAG_BITS, TAG_ZONES, bits_of_names
from winnow.read.html.notes import ROLES
from winnow.read.html.tags import BOLD, BOXES, HEADINGS, LISTS, OUTERMOST, PREFORMATTED, TIGHT, UNDRESSED

BlockKind = Literal["paragraph", "heading", "item", "quote", "code", "row"]
# Bits of `Look.how`.
BOX, INLINE, LINK, STRONG, PRE, CLOSE, MARKED, DATED, ZONED = (1 << bit for bit in range(9))

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DIGITS = re.compile(r"\d+")
_TELLING = ATTRIBUTES | {"style", "hidden"}  # attributes that say something
_PLACES = frozenset(("name", "id"))  # attributes of an element that others lead to
_MARKED = frozenset(("a", "time", "abbr", "h1", "h2"))
_BARE = OUTERMOST | {"button"}  # tags that tell no metadata, whatever their names are
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    "blockquote": "quote",
}


@dataclass(slots=True)  # not frozen, as those take three times as long to make; shared, and never changed
class Look:
    """What an element's tag and attributes say."""

    tag: str
    how: int  # bits: a box or inline, a link, bold, …; MARKED and ZONED where it may tell metadata, or where to look
    kind: BlockKind | None  # of the lines in it, None where that is up to the boxes around it
    names: int = 0  # bits of container groups
    apart: int = 0  # the same without those of words that any part of a text may have as its name
    shape: int = 0  # hash of the tag, and of the class without digits
    hidden: bool = False
    main: bool = False  # <main> or role=main
    body: bool = False  # itemprop=articleBody
    note: bool = False  # role of a footnote
    lists: int = 0  # 1 for a list
    articles: int = 0  # 1 for <article>
    own: int = 0  # bits of zones and cues, of its class and id
    zones: int = 0  # bits of zones and cues, also of its tag
    itemprop: str = ""  # in lower case


def look_of(tag: str, attributes: list[tuple[str, str]]) -> Look:
    """Return what the tag and the attributes (name, value) of an element say."""
    if not attributes:
        return _look(tag)
    if tag == "a" and all(name in _PLACES for name, _ in attributes):
        tag = "span"  # an anchor leads nowhere: the text in it, maybe all that follows, is no link
    if len(attributes) == 1 and attributes[0][0] == "class":
        return _look(tag, attributes[0])
    telling = []
    for item in attributes:
        if item[0] in _TELLING:
            telling.append(_style(item[1]) if item[0] == "style" else item)
    return _look(tag, *telling)


def _style(value: str) -> tuple[str, str]:
    """Return what a style tells, whether it hides, as an attribute: styles themselves are long and seldom alike."""
    return ("hidden" if hides(value) else "style", "")


def hides(style: str) -> bool:
    """Return whether a style hides its element."""
    return ("none" in style or "hidden" in style) and bool(_HIDING.search(style))


@lru_cache(1 << 13)
def _look(tag: str, *attributes: tuple[str, str]) -> Look:
    bits = TAG_BITS.get(tag, 0)
    look = Look(tag, 0, _KINDS.get(tag), bits, bits, main=tag == "main")
    style = ""
    for name, value in attributes:
        if name == "hidden":
            look.hidden = look.hidden or value != "until-found"
        elif name != "style":
            plain = _DIGITS.sub("0", value)  # numbers differ from page to page, and say nothing
            groups, cues, apart = bits_of_names(plain)
            look.names |= groups
            look.apart |= apart
            if name in ("class", "id"):
                look.own |= cues
            if name == "class":
                style = plain.replace("0", "")
            look.main = look.main or (name == "role" and value == "main")
            look.note = look.note or (name == "role" and value in ROLES)
            if name == "itemprop":
                look.itemprop = value.lower()
                look.body = look.body or "articlebody" in look.itemprop
    if tag in ("body", "html"):  # the classes of these two speak of the whole page
        look.names = look.apart = 0
    look.shape = hash((tag, style))
    look.lists, look.articles = int(tag in LISTS), int(tag == "article")
    look.zones = look.own | TAG_ZONES.get(tag, 0)
    look.how = _how(look)
    return look


def _how(look: Look) -> int:
    tag = look.tag
    how = BOX if tag in BOXES or "-" in tag else 0 if tag in UNDRESSED else INLINE
    if tag == "a":
        how |= LINK
    elif tag in BOLD:
        how |= STRONG
    elif tag in PREFORMATTED:
        how |= PRE
    elif tag in TIGHT:
        how |= CLOSE
    if look.itemprop or tag in ("time", "abbr"):
        how |= DATED
    if tag in _MARKED or ((look.itemprop or look.own & AUTHOR) and tag not in _BARE):
        how |= MARKED
    return how | ZONED if look.zones or tag in _BARE else how
