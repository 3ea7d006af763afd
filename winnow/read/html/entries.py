"""Steps for pages that a template fills with entries or facts: listings, collections of goods, products.

The lines of such a page are short and alike, and a model that judges lines by themselves is unsure of all of them. What
the template says of one entry it says of all, so a part of an entry is kept in every entry or in none. Filters, menus
and what buyers wrote are as short or as fluent as entries and descriptions, but their boxes are named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import MAX_LENGTH, bits_of
from winnow.read.html.boxes import Box
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.no_article import FEW
from winnow.read.lines.choose import choose
from winnow.read.lines.views import Bools, Ints

ENTRIES = 4  # entries of a page, at least
LINES, WORDS = 2, 6  # lines and words of an entry, at least: an entry is more than a link
TOLD = 0.02  # share of the words of all entries that is chosen, at least
LINK = 0.8  # share of link text of a line that is a link, at least
SMALL = 60  # words of an offer of other goods, at most
MOST = 0.6  # share of like boxes that show what all of them are, at least
SHARE = 0.2  # share of the words of one part of all entries, from which that part of every entry is kept
CONTROLS = tuple(map(bits_of, ("nav", "footer", "form")))
_APART = bits_of("nav footer form consent")
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_REVIEW = (
    "review reviews rating ratings bewertung bewertungen rezension rezensionen avis recensioni recensies opiniones"
    " valoraciones avaliacoes opinie otzyvy"
)
_REVIEWS = frozenset(_REVIEW.split())


def drop_controls(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without menus, footers and forms (filters, sizes, orders), unless they hold most of its words.

    Some templates put the whole of a page into a form, or call its main part a menu.
    """
    names = np.array([block.box.all_names for block in judged.blocks], np.int64)
    words = judged.page.words * chosen
    kept = chosen.copy()
    for bits in CONTROLS:
        inside = names & bits > 0
        if 2 * words[inside].sum() < words.sum():
            kept &= ~inside
    return kept


def keep_entries(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with each part of the page's entries in all of them or in none.

    A part is the lines with the same tags and classes around them: titles, prices, teasers. Of a page of which hardly
    anything is chosen, the entries are kept whole.
    """
    entry, words = _entries(judged), judged.page.words
    if not entry.any():
        return chosen
    if words[chosen].sum() < FEW:
        return chosen | entry
    if words[chosen & entry].sum() < TOLD * words[entry].sum():
        return chosen
    _, part = np.unique([block.box.signature for block in judged.blocks], return_inverse=True)
    size, taken = (np.bincount(part, words * flag) for flag in (entry, entry & chosen))
    return np.where(entry, (taken >= SHARE * size)[part], chosen)


def _entries(judged: JudgedBlocks) -> Bools:
    """Return which lines stand in entries: like boxes in one box, outside of menus and forms, with the most words."""
    before = np.append(0.0, np.cumsum(judged.page.words))
    entry, most = np.zeros(len(judged.blocks), np.bool_), 0.0
    for spans in _alike(judged.blocks):
        size = before[spans[:, 1]] - before[spans[:, 0]]
        full = (spans[:, 1] - spans[:, 0] >= LINES) & (size >= WORDS)
        if full.sum() >= ENTRIES and size[full].sum() > most:
            most = float(size[full].sum())
            entry = _inside(spans[full], len(judged.blocks))
    return entry


def _alike(blocks: Sequence[Block]) -> list[Ints]:
    """Return the groups of like boxes in one box: for each box its first line, and the line past its end."""
    lines = range(len(blocks))
    last = _reached(blocks, reversed(lines))
    groups: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for box, first in _reached(blocks, lines).items():
        if box.parent is not None and not box.all_names & _APART:
            groups[box.parent.number, box.signature].append((first, last[box] + 1))
    return [np.array(spans) for spans in groups.values() if len(spans) >= ENTRIES]


def _reached(blocks: Sequence[Block], lines: Iterable[int]) -> dict[Box, int]:
    """Return for each box the first of the lines, in their order, that stands in it."""
    reached: dict[Box, int] = {}
    for i in lines:
        box: Box | None = blocks[i].box
        while box is not None and box not in reached:
            reached[box] = i
            box = box.parent
    return reached


def _inside(spans: Ints, lines: int) -> Bools:
    steps = np.zeros(lines + 1, np.int64)
    steps[spans[:, 0]] += 1
    np.subtract.at(steps, spans[:, 1], 1)
    return np.cumsum(steps)[:-1] > 0


def drop_others(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the best choice without buyers' reviews and other goods, where such are chosen on the page of a product.

    Their many words raise the probability that a line must have to be worth its words: without them, more lines of the
    description are.
    """
    other = _reviews(judged.blocks) | _goods(judged)
    if not (other & chosen).any():
        return chosen
    rest, _ = choose(np.where(other, np.float32(0.0), judged.probability), judged.page.words, 0.0)
    return rest if rest.any() else chosen


def _goods(judged: JudgedBlocks) -> Bools:
    """Return which lines stand in offers of other goods: small boxes alike, most with a link and a price."""
    blocks = judged.blocks
    flags = (judged.page.words, [block.linked >= LINK for block in blocks], judged.page.money > 0)
    before = np.stack([np.append(0.0, np.cumsum(flag)) for flag in flags], 1)
    goods = np.zeros(len(blocks), np.bool_)
    for spans in _alike(blocks):
        words, links, prices = (before[spans[:, 1]] - before[spans[:, 0]]).T
        if ((words <= SMALL) & (links > 0) & (prices > 0)).mean() >= MOST:
            goods |= _inside(spans, len(blocks))
    return goods


def _reviews(blocks: Sequence[Block]) -> Bools:
    """Return which lines stand in boxes named as reviews; one that holds the first h1 is the page itself."""
    inside: dict[int, bool] = {}
    box: Box | None = next((block.box for block in blocks if block.box.tag == "h1"), None)
    while box is not None:
        inside[box.number], box = False, box.parent
    for block in blocks:
        path, box = [], block.box
        while box is not None and box.number not in inside:
            path.append(box)
            box = box.parent
        is_review = box is not None and inside[box.number]
        for each in reversed(path):
            inside[each.number] = is_review = is_review or _names_reviews(each)
    return np.array([inside[block.box.number] for block in blocks], np.bool_)


def _names_reviews(box: Box) -> bool:
    return box.element is not None and any(
        _is_review(box.element.get(name) or "") for name in ("class", "id", "itemprop")
    )


@lru_cache(1 << 12)
def _is_review(names: str) -> bool:
    return any(part.lower() in _REVIEWS for part in _NAME.findall(names[:MAX_LENGTH]))
