"""The images of an article: which of a page's images belong to it, where from, with which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import compress, islice

from lxml import etree

from winnow.read.html.blocks import Block, Image
from winnow.read.html.boxes import Box, nearest
from winnow.read.lines.line import clean, squeeze
from winnow.read.markdown import image, safe_url

MOST = 2_000  # images of an article
SMALLEST = 80  # pixels; smaller are icons
LONGEST = 600  # characters of an alternative text or a caption
CAPTION = ("figcaption",)
# Where scripts load images, src is a pixel.
_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_DECORATION = re.compile(
    r"(?:^|[^a-z])(?:avatar|gravatar|icons?|logo|emoji|smiley|wp-smiley|spacer|pixel|tracking|beacon|blank|placeholder"
    r"|sprite|spinner|loading|badge|button|latex|mwe-math\S*)(?:[^a-z]|$)",
    re.I,
)
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$")


def images_of(
    images: Sequence[Image], blocks: Sequence[Block], chosen: Sequence[bool], base: str | None
) -> Iterator[tuple[int, Box, str]]:
    """Yield the images of the article whose lines are chosen, as Markdown, with place and box; each address once."""
    last = max(compress(range(len(blocks)), chosen), default=-1)
    rows = {block.box for block in blocks if block.kind == "row"} if images else set()
    seen: set[str] = set()
    near = (each for each in images if each.place <= last and _belongs(each, blocks, chosen))
    for found in islice(near, MOST):
        if rows and not rows.isdisjoint(_outer(found.box)):
            continue
        url = _source(found.element, base)
        if url is None or url in seen:
            continue
        seen.add(url)
        yield found.place, found.box, image(url, *_words(found, blocks, chosen))


def _belongs(found: Image, blocks: Sequence[Block], chosen: Sequence[bool]) -> bool:
    """Return whether the line that stands nearest to an image, as its boxes say, is chosen; captions do not count."""
    before, after = found.place - 1, found.place
    if after < len(blocks) - 1 and not chosen[after] and nearest(blocks[after].box, CAPTION):
        after += 1
    if before > 0 and not chosen[before] and nearest(blocks[before].box, CAPTION):
        before -= 1
    if not (chosen[after] or (before >= 0 and chosen[before])):
        return False
    outer = _outer(found.box)
    return max((_shared(outer, blocks[i].box), chosen[i]) for i in (before, after) if i >= 0)[1]


def _outer(box: Box | None) -> set[Box]:
    """Return a box and those around it."""
    found: set[Box] = set()
    while box is not None:
        found.add(box)
        box = box.parent
    return found


def _shared(outer: set[Box], box: Box | None) -> int:
    """Return the depth of the innermost box around `box` that is one of `outer`."""
    while box is not None and box not in outer:
        box = box.parent
    return box.depth if box is not None else 0


def _source(element: etree._Element, base: str | None) -> str | None:
    """Return the address of an image; None where it has none, or is an icon, a pixel, an avatar and their kind."""
    shown = element if element.tag == "img" else element.find(".//img")
    if shown is None or _is_decoration(shown):
        return None
    sources = [shown.get(name) for name in _SOURCES]
    sets = [each.get(name) for each in (shown, *element.iter("source")) for name in _SETS]
    sources += [(source or "").strip().partition(" ")[0].rstrip(",") for source in sets]
    for source in sources:
        url = safe_url(source, base)
        if url and not url.startswith("#") and url.partition(":")[0].lower() not in ("mailto", "tel", "ftp"):
            return None if _DECORATION.search(url.rpartition("/")[2]) else url
    return None


def _is_decoration(shown: etree._Element) -> bool:
    names = " ".join(filter(None, map(shown.get, ("class", "id", "alt"))))[:LONGEST]
    sizes = [_PIXELS.match(shown.get(name) or "") for name in ("width", "height")]
    return (
        any(size is not None and int(size[1]) < SMALLEST for size in sizes)
        or shown.get("role") == "presentation"
        or _DECORATION.search(names) is not None
    )


def _words(found: Image, blocks: Sequence[Block], chosen: Sequence[bool]) -> tuple[str, str]:
    """Return the alternative text of an image, and its caption if that is none of the article's lines."""
    shown = found.element if found.element.tag == "img" else found.element.find(".//img")
    alternative = _one_line((shown.get("alt") or shown.get("title") or "") if shown is not None else "")
    figure = nearest(found.box, ("figure",))
    if figure is None or figure.element is None:
        return alternative, ""
    caption = figure.element.find(".//figcaption")
    near = range(figure.lines, min(figure.lines + 10, len(blocks)))
    captions = [box.element for i in near if chosen[i] and (box := nearest(blocks[i].box, CAPTION))]
    if caption is None or caption in captions:
        return alternative, ""
    return alternative, _one_line(" ".join(map(str, caption.itertext())))


def _one_line(text: str) -> str:
    return squeeze(clean(text))[:LONGEST].strip()
