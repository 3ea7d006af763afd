"""What others say of the lines: the choice of trafilatura, and the article body that a page states for machines."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from winnow.read.html.blocks import Block
from winnow.read.html.tags import DROPPED, UNDRESSED
from winnow.read.html.trafilatura_searches import speed_up
from winnow.read.html.walk import Content
from winnow.read.lines.line import clean
from winnow.read.lines.views import Floats
from winnow.read.parser import element_parser

speed_up()

MAX_ELEMENTS = 30_000  # trafilatura's time grows faster than the page; for a larger page it is not asked
SHORT = 24  # characters without spaces; a shorter line must match as a whole or right after a match
PROBE = 16  # characters of a sample of a line
LONG = 60  # characters of a line of running text, at least
ENOUGH = 0.15  # share of the running text that trafilatura should have kept, at least

# trafilatura drops these elements first of all; where they are gone already, its searches take a quarter less time.
_UNWANTED = ("aside", "button", "dialog", "fieldset", "footer", "label", "menu", "nav", "time")
_BODY = re.compile(r'"(?:articleBody|reviewBody)"')


@dataclass(frozen=True, slots=True)
class Choice:
    """How much of each line trafilatura kept (0 to 1), and whether it stands behind the last match (1) or not (0)."""

    kept: Floats
    in_order: Floats

    def of(self, lines: slice) -> Choice:
        """Return the choice among some of the lines."""
        return Choice(self.kept[lines], self.in_order[lines])


_PARSER = element_parser()


def lean(root: etree._Element) -> HtmlElement:
    """Return a copy of a tree without head, scripts, styles and comments."""
    out: Any = _PARSER.makeelement("html")
    if root.tag == "html":
        out.extend([copy.deepcopy(child) for child in root if child.tag != "head"])
    elif isinstance(root.tag, str):
        out.append(copy.deepcopy(root))
    etree.strip_elements(out, *DROPPED, with_tail=False)
    etree.strip_tags(out, etree.Comment, etree.ProcessingInstruction, *UNDRESSED)
    return cast(HtmlElement, out)


@cache
def options(fast: bool = True) -> Extractor:
    """Return trafilatura's options: no comments, no metadata, no minimum, and no text beside the tree."""
    out = Extractor(output_format="xml", comments=False, fast=fast)
    out.min_output_size = 0
    return out


def extraction(root: HtmlElement, fast: bool = True) -> list[str]:
    """Return the pieces of text that trafilatura takes from a lean tree; none when it fails or the page is huge."""
    if root.xpath("count(.//*)") > MAX_ELEMENTS:
        return []
    try:
        document = bare_extraction(root, options=options(fast))
    except Exception:  # whatever trafilatura trips over, the page can be judged without its choice
        return []
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    return list(document.body.itertext())


def stated_body(scripts: Iterable[etree._Element]) -> str:
    """Return the article bodies of the JSON-LD in a page's scripts, joined by newlines; "" when it has none."""
    bodies: list[str] = []
    for script in scripts:
        text = script.text
        if text and "ld+json" in script.get("type", "") and _BODY.search(text):
            try:
                bodies.extend(_bodies(json.loads(text, strict=False)))
            except (ValueError, RecursionError):
                continue
    return "\n".join(bodies)


def _bodies(data: Any) -> Iterator[str]:
    """Yield the article and review bodies anywhere in JSON data."""
    items = [data]
    while items:
        item = items.pop()
        if isinstance(item, list):
            items.extend(item)
        elif isinstance(item, dict):
            for key, value in item.items():
                if key in ("articleBody", "reviewBody") and isinstance(value, str):
                    yield value
                elif isinstance(value, (dict, list)):
                    items.append(value)


def key(text: str) -> str:
    """Return a text without white space and invisible characters, which differ between two readings of one page."""
    text = "".join(text.split())
    return text if text.isprintable() else clean(text)


def keys(blocks: Sequence[Block]) -> list[str]:
    """Return the key of every line; table rows without their bars."""
    return [key("".join(block.cells) if block.cells else block.line.text) for block in blocks]


def ask(root: etree._Element, blocks: Sequence[Block]) -> Choice:
    """Return how much of each line trafilatura keeps of a page, whose tree is not changed.

    trafilatura's comparison with other extractors costs a third more time and changes little, except where trafilatura
    itself keeps little. So a first run, without the comparison, sees the page without menus and the like; a second
    run, with it, sees the whole page, if the first kept less than `ENOUGH` of the running text.
    """
    small = lean(root)
    line_keys = keys(blocks)
    etree.strip_elements(small, *_UNWANTED, with_tail=False)
    etree.strip_tags(small, "span")
    kept, in_order = matches(line_keys, extraction(small))
    size = np.array([len(line) for line in line_keys])
    prose = np.array([block.linked < 0.3 for block in blocks], bool) & (size > LONG)
    if prose.any() and (kept * size)[prose].sum() < ENOUGH * size[prose].sum():
        kept, in_order = matches(line_keys, extraction(lean(root), fast=False))
    return Choice(kept, in_order)


def stated(content: Content) -> Floats:
    """Return how much of each line (0 to 1) the article body holds that the page states; -1 where it states none."""
    body = stated_body(content.stating("script"))
    return matches(keys(content.blocks), [body])[0] if body else np.full(len(content.blocks), -1, np.float32)


def matches(line_keys: Sequence[str], pieces: Sequence[str]) -> tuple[Floats, Floats]:
    """Return how much of each line occurs in the pieces (0 to 1), and whether it stands behind the last match (0 or 1).

    The pieces are searched as one string without spaces, so that line breaks do not matter on either side. A short line
    could occur anywhere by chance: it must be a whole piece, or stand right after the last match.
    """
    wholes = {key(piece) for piece in pieces}
    text = "".join(key(piece) for piece in pieces)
    kept = np.zeros(len(line_keys), np.float32)
    in_order = np.zeros(len(line_keys), np.float32)
    place = 0
    for i, line in enumerate(line_keys):
        if not line:
            continue
        if text.startswith(line, place):
            found = place
        elif len(line) < SHORT:
            if line in wholes:
                kept[i] = 1
            continue
        else:
            found = text.find(line, place)
            if found < 0:
                found = text.find(line, 0, place + len(line) - 1)
        if found >= 0:
            kept[i] = 1
            in_order[i] = found >= place
            place = found + len(line)
        else:
            kept[i] = _parts(line, text)
    return kept, in_order


def _parts(line: str, text: str) -> float:
    """Return the share of up to five samples of a line, `PROBE` characters each, that occur in a text."""
    count = min(max(len(line) // PROBE, 1), 5)
    step = max((len(line) - PROBE) // max(count - 1, 1), 1)
    probes = [line[k * step : k * step + PROBE] for k in range(count)]
    return sum(probe in text for probe in probes) / count
