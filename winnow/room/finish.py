"""Finish an article's HTML, which is ours: headings to jump to, highlights where they stand, pictures in their places.

The HTML comes from `markdown.py` or from the templates: its tags are whole, and `<` and `>` in texts are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from winnow.marks.anchors import Anchor, Letters

FEWEST = 3  # headings from which on a long text has a table of contents
LONG = 600  # words
_TAG = re.compile(r"(<[^>]*>)")
_HEADING = re.compile(r"<(h[2-6])([^>]*)>(.*?)</\1>", re.S)
_UNIT = re.compile(r"&(?:#\d+|#x[0-9a-f]+|\w+);|.", re.S | re.I)
_OPENS = re.compile(r"<(p|h[2-6]|ul|ol|blockquote|pre|table|div|hr)\b")
_CLOSES = re.compile(r"</(p|h[2-6]|ul|ol|blockquote|pre|table|div)>")
_NEIGHBOUR = 24  # letters of a neighbouring text by which a picture finds its place


class Heading(NamedTuple):
    """A heading of a text: its place in the page, its level (2 to 6) and its words."""

    anchor: str
    level: int
    words: str


class Finished(NamedTuple):
    """An article's HTML, its table of contents, and the ids of highlights that do not stand in it any more."""

    html: Markup
    contents: list[Heading]
    gone: list[int]


def finished(
    html: str, highlights: Iterable[Mapping[str, Any]] = (), pictures: Sequence[Mapping[str, Any]] = (), words: int = 0
) -> Finished:
    """Return an article's HTML with all that belongs to it; a table of contents is only made for a long text."""
    marked, gone = highlighted(str(html), list(highlights))
    with_headings, contents = sections(marked)
    is_long = words >= LONG and len(contents) >= FEWEST
    return Finished(Markup(pictured(with_headings, pictures)), contents if is_long else [], gone)


def sections(html: str) -> tuple[str, list[Heading]]:
    """Return HTML whose headings have ids, and these headings."""
    found: list[Heading] = []

    def named(match: re.Match[str]) -> str:
        anchor = f"s{len(found) + 1}"
        text = " ".join(unescape(_TAG.sub("", match[3])).split())
        found.append(Heading(anchor, int(match[1][1]), text[:200]))
        return f'<{match[1]} id="{anchor}"{match[2]}>{match[3]}</{match[1]}>'

    return _HEADING.sub(named, html), found


def highlighted(html: str, highlights: Sequence[Mapping[str, Any]]) -> tuple[str, list[int]]:
    """Return HTML with the quotes of highlights marked, and the ids of those whose quotes are not there."""
    if not highlights:
        return html, []
    pieces = [(piece, [] if piece.startswith("<") else _UNIT.findall(piece)) for piece in _TAG.split(html)]
    plain = "".join(unescape(unit)[:1] or " " for _, units in pieces for unit in units)
    letters, gone = Letters(plain), list[int]()
    covered: dict[int, Mapping[str, Any]] = {}
    for each in highlights:
        span = letters.find(Anchor(each["quote"], each["prefix"], each["suffix"]))
        if span is None:
            gone.append(each["id"])
        else:
            covered |= {place: each for place in range(*span) if place not in covered}
    out, place, opened = list[str](), 0, set[int]()
    for piece, units in pieces:
        if not units:
            out.append(piece)
            continue
        out.append(_wrapped(units, [covered.get(place + number) for number in range(len(units))], opened))
        place += len(units)
    return "".join(out), gone


def _wrapped(units: list[str], marks: list[Mapping[str, Any] | None], opened: set[int]) -> str:
    out: list[str] = []
    now: Mapping[str, Any] | None = None
    if not "".join(units).strip():
        return "".join(units)
    for unit, mark in zip(units, marks, strict=True):
        if mark is not now:
            out.append("</mark>" if now else "")
            out.append(_opening(mark, opened) if mark else "")
            now = mark
        out.append(unit)
    return "".join(out) + ("</mark>" if now else "")


def _opening(mark: Mapping[str, Any], opened: set[int]) -> str:
    place = "" if mark["id"] in opened else f' id="m{mark["id"]}"'
    opened.add(mark["id"])
    said = f' title="{escape(mark["note"])}"' if mark.get("note") else ""
    return f'<mark class="own"{place}{said}>'


def pictured(html: str, pictures: Sequence[Mapping[str, Any]]) -> str:
    """Return HTML with pictures behind the text that stood before them, else before the text that followed.

    A picture has `src`, `alt`, `caption`, and texts `before` and `after` it, the nearest first; one whose
    neighbours are not there is left out: it is no part of the article.
    """
    if not pictures:
        return html
    blocks = _blocks(html)
    texts = [Letters(unescape(_TAG.sub(" ", block))).letters for block in blocks]
    behind: dict[int, list[str]] = {}
    said: set[int] = set()  # blocks in which the article says only what the picture says
    for picture in pictures:
        place = _place(texts, picture)
        if place is not None:
            behind.setdefault(place, []).append(_figure(picture))
            words = {Letters(picture["alt"]).letters, Letters(picture["caption"]).letters}
            said |= {
                number for number in (place, place + 1) if texts[number : number + 1] and texts[number] in words - {""}
            }
    return "".join(
        "".join(behind.get(number, ())) + ("" if number in said else block)
        for number, block in enumerate([*blocks, ""])
    )


def _blocks(html: str) -> list[str]:
    """Return the outermost blocks of HTML, in their order; together they are the HTML."""
    blocks, start, depth = list[str](), 0, 0
    for tag in _TAG.finditer(html):
        if _OPENS.match(tag[0]) and not tag[0].startswith("<hr"):
            if depth == 0 and html[start : tag.start()].strip():
                blocks.append(html[start : tag.start()])
                start = tag.start()
            depth += 1
        elif _CLOSES.match(tag[0]):
            depth = max(0, depth - 1)
            if depth == 0:
                blocks.append(html[start : tag.end()])
                start = tag.end()
    return [*blocks, html[start:]]


def belongs(letters: str, picture: Mapping[str, Any]) -> bool:
    """Return whether a picture belongs to a text, given by its letters: a text beside the picture stands there."""
    return _place([letters], picture) is not None


def _place(texts: Sequence[str], picture: Mapping[str, Any]) -> int | None:
    """Return the number of the block before which a picture belongs; None if none of its neighbours is there."""
    for name, part, beyond in (("before", slice(-_NEIGHBOUR, None), 1), ("after", slice(_NEIGHBOUR), 0)):
        for neighbour in picture[name]:
            wanted = Letters(neighbour).letters[part]
            if len(wanted) == _NEIGHBOUR and (found := [number for number, text in enumerate(texts) if wanted in text]):
                return found[0] + beyond
    return None


def _figure(picture: Mapping[str, Any]) -> str:
    caption = f"<figcaption>{escape(picture['caption'])}</figcaption>" if picture["caption"] else ""
    size = "".join(f' {name}="{int(picture[name])}"' for name in ("width", "height") if picture.get(name))
    image = f'<img src="{escape(picture["src"])}" alt="{escape(picture["alt"])}" loading="lazy" decoding="async"{size}>'
    return f"<figure>{image}{caption}</figure>"
