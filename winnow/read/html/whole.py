"""Steps that leave an article without holes: what belongs to chosen lines is chosen with them.

The choice by probability takes each line by itself. A row, an item, a question or a heading is short and says little,
and so is left out where a paragraph in its place would be kept: a reader then has half of a table, or an answer
without its question. The boxes say which lines belong together. Lines in a box that is named like furniture stay out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import TAG_BITS, bits_of
from winnow.read.html.boxes import Box, nearest
from winnow.read.html.features import outer
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.tags import LISTS
from winnow.read.lines.line import PROSE
from winnow.read.lines.views import Bools

# Groups of names of boxes whose content is no part of the text around them.
FURNITURE = bits_of(
    "nav footer side related share comment promo appeal caption author meta tags consent card pages form hidden toc"
)
BUTTON = TAG_BITS["button"]
COMMENT, _FORM, LEAD, CAPTION = map(bits_of, ("comment", "form", "summary", "caption"))
# Groups of names of boxes that no part of an article stands in; leads stand in boxes named `header`, `meta` or `card`.
ELSEWHERE = bits_of("nav footer related share comment consent form caption")
SURE = 0.3  # probability of the lines above and below a hole, at least
POSSIBLE = 0.1  # probability of any other line in a hole, of a lead or a footnote, at least
UNLIKELY = 0.03  # probability of a heading in a hole, at least
APPEAL = 0.3  # probability of a paragraph in a hole, at least: less likely ones between paragraphs are appeals
APART = 0.6  # the same for a paragraph in a box of its own
PARAGRAPH = 25  # words of a paragraph in a hole, from which it is kept however unlikely a box for looks makes it
FOR_LOOKS = ("center", "font")  # boxes that set a paragraph otherwise, and say nothing of it
HEADING = 0.15  # probability of a heading above a chosen line, at least
HOLE = 3  # lines of a hole, at most; a list or a table counts as one
NEAR = 3  # boxes from a line's box up to the box that it shares with another, at most
LINKED = 0.5  # share of link text, above which a line rather leads elsewhere
SHARE = 0.2  # share of a list's or table's lines, from which all are kept
LONG = 25  # words of a heading, at most
SENTENCE = 10  # words of a lead, and of a linked line that reads like a paragraph, at least
TITLES = ("from_h1", "from_titled")  # features: lines from the top heading, and from a line that says the page's title
ABOVE = 12  # lines of a page between a lead and the article, at most
DAY = 6  # words of a line that says when an article was published, at most
WHOLE = LISTS | {"table"}  # tags of boxes that are kept whole
HEADS = frozenset(("summary", "dt"))  # tags of questions and terms, beside the headings
_MARK = re.compile(r"\[\d{1,3}\]")  # of a footnote
_BACK = re.compile(r"[↩⏎⤴↵↑]\ufe0e?\s*$|^\s*[\^↑]\s")
_ASKS = ("?", "？", "؟", ";")  # how a question ends; the last one is Greek


def keep_whole(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the other lines of every list and every table, of which a share is chosen already.

    A list's items are no longer kept where they are links, as in menus; a table's rows are.
    """
    blocks, kept = judged.blocks, chosen.copy()
    for group, lines in _groups(blocks).values():
        is_chosen = chosen[lines]
        if not is_chosen.all() and is_chosen.mean() >= SHARE:
            links = 1.0 if group.tag == "table" else LINKED
            kept[[i for i in lines if blocks[i].linked <= links and not _names(blocks[i], group) & FURNITURE]] = True
    return kept


def fill_holes(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the few lines that stand between two sure lines of one box; captions are passed over."""
    blocks, probability, kept = judged.blocks, judged.probability, chosen.copy()
    at = np.flatnonzero(chosen)
    for k in np.flatnonzero(np.diff(at) > 1).tolist():
        above, below = int(at[k]), int(at[k + 1])
        if min(probability[above], probability[below]) < SURE:
            continue
        inside = [i for i in range(above + 1, below) if not blocks[i].box.near_names & CAPTION]
        shared = _shared(blocks[above].box, blocks[below].box)
        if _parts([blocks[i] for i in inside]) <= HOLE and all(
            _fits(judged, i, shared, stands_apart(blocks, i, above, below)) for i in inside
        ):
            kept[inside] = True
    return kept


def keep_last_list(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the list or the table that directly follows its last line in the same box."""
    blocks, at = judged.blocks, np.flatnonzero(chosen)
    first = int(at[-1]) + 1 if len(at) else len(blocks)
    if first == len(blocks):
        return chosen
    group, outer = nearest(blocks[first].box, WHOLE), blocks[first - 1].box.parent
    if group is None or outer is None or group.parent is not outer:
        return chosen
    lines = list(takewhile(lambda i: _is_in(blocks[i].box, group), range(first, len(blocks))))
    kept = chosen.copy()
    kept[lines] = all(_fits(judged, i, outer, is_apart=False) for i in lines)
    return kept


def _is_in(box: Box | None, outer: Box) -> bool:
    """Return whether a box is another one or stands in it."""
    while box is not None and box is not outer:
        box = box.parent
    return box is outer


def keep_headings(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the headings, questions and terms whose content is chosen.

    Those above the first chosen line are kept only where they look like one that is kept further down.
    """
    blocks, kept = judged.blocks, chosen.copy()
    heads = [i for i in range(len(blocks) - 1) if _is_head(blocks[i])]
    first = int(np.append(chosen, True).argmax())
    for i in reversed(heads):
        if kept[i + 1] and not kept[i] and _heads(judged, i):
            kept[i] = i > first or any(kept[j] and blocks[j].box.signature == blocks[i].box.signature for j in heads)
    return kept


def keep_lead(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the paragraphs close above the first line that are the article's lead."""
    kept = chosen.copy()
    if chosen.any():
        first = int(chosen.argmax())
        below = below_title(judged)
        kept[[i for i in range(max(first - ABOVE, 0), first) if _leads(judged, i, first, bool(below[i]))]] = True
    return kept


def below_title(judged: JudgedBlocks) -> Bools:
    """Return whether each line stands close below the title, or below the top heading."""
    places = np.stack([judged.columns[title] for title in TITLES])
    below: Bools = np.logical_or.reduce((places > 0) & (places <= ABOVE))
    return below


def _leads(judged: JudgedBlocks, line: int, first: int, is_below: bool) -> bool:
    """Return whether a line above an article may be its lead, by its box's name or as a sentence below the title."""
    block, columns = judged.blocks[line], judged.columns
    is_sentence = is_below and columns["terminal"][line] and not columns["cue_credit"][line]
    return bool(
        (block.box.near_names & LEAD or is_sentence)
        and judged.page.words[line] >= SENTENCE
        and judged.probability[line] >= POSSIBLE
        and block.linked <= LINKED
        and not _names(block, _common(block.box, judged.blocks[first].box)) & ELSEWHERE
    )


def keep_footnotes(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the footnotes: lines with an arrow back to the text, or with a mark that stands in it."""
    blocks, kept = judged.blocks, chosen.copy()
    marks = {mark for i in np.flatnonzero(chosen).tolist() for mark in _MARK.findall(blocks[i].line.text)}
    for i in np.flatnonzero(~chosen & (judged.probability >= POSSIBLE)).tolist():
        text = blocks[i].line.text
        own = _MARK.match(text)
        is_note = _BACK.search(text) is not None or (own is not None and own[0] in marks)
        kept[i] = is_note and blocks[i].linked <= LINKED and not blocks[i].box.all_names & ELSEWHERE
    return kept


def keep_comments(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the running text below the article's first line that stands in boxes of comments."""
    first = int(np.append(chosen, True).argmax())
    kept = chosen.copy()
    for i in range(first, len(chosen)):
        block = judged.blocks[i]
        is_comment = block.box.all_names & COMMENT and not block.box.all_names & _FORM
        kept[i] |= bool(is_comment) and judged.page.words[i] >= PROSE and block.linked <= LINKED
    return kept


def _is_head(block: Block) -> bool:
    """Return whether a line may head what follows; a button does so where it asks a question."""
    asks = block.box.tag == "button" and block.line.text.endswith(_ASKS)
    return asks or block.kind == "heading" or block.box.tag in HEADS


def _heads(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line may be the heading of the line that follows it."""
    block, following = judged.blocks[line : line + 2]
    shared = _shared(block.box, following.box)
    if shared is None or judged.probability[line] < HEADING or judged.page.words[line] > LONG:
        return False
    names = _names(block, shared) & ~(BUTTON if block.box.tag == "button" else 0) | _names(following, shared)
    return not names & FURNITURE


def _groups(blocks: Sequence[Block]) -> dict[int, tuple[Box, list[int]]]:
    """Return the tables and the innermost lists of a page by number, each with the numbers of its lines."""
    groups: dict[int, tuple[Box, list[int]]] = {}
    for i, block in enumerate(blocks):
        if block.kind in ("row", "item") or block.box.tag in ("th", "td"):
            group = nearest(block.box, WHOLE)
            if group is not None:
                groups.setdefault(group.number, (group, []))[1].append(i)
    return groups


def _parts(blocks: Sequence[Block]) -> int:
    """Return how many parts the lines are: every list and table is one, and so is every other line."""
    groups = [nearest(block.box, WHOLE) for block in blocks]
    return len({-i if group is None else group.number for i, group in enumerate(groups, 1)})


def _fits(judged: JudgedBlocks, line: int, shared: Box | None, is_apart: bool) -> bool:
    """Return whether a line in a hole may belong to the box that the lines above and below share."""
    block = judged.blocks[line]
    is_paragraph = judged.page.words[line] >= SENTENCE and is_running(block)
    least = POSSIBLE if not is_paragraph else APART if is_apart else POSSIBLE if block.links else APPEAL
    is_long = judged.page.words[line] >= PARAGRAPH and judged.columns["terminal"][line] > 0
    is_sure = is_long and outer(block.box).tag in FOR_LOOKS
    is_head = block.kind == "heading" and judged.probability[line] >= UNLIKELY and judged.page.words[line] <= LONG
    is_part = block.kind in ("row", "code") or block.box.tag == "th"
    is_possible = judged.probability[line] >= least or is_sure or is_head or is_part
    is_day = block.kind == "paragraph" and judged.columns["date_line"][line] > 0 and judged.page.words[line] <= DAY
    return bool(
        shared is not None
        and is_possible
        and not is_day
        and (block.linked <= LINKED or block.kind == "row" or _is_sentence(judged, line))
        and not _names(block, shared) & FURNITURE
    )


def is_running(block: Block) -> bool:
    """Return whether a line is a paragraph, or an item outside of any list."""
    return block.kind == "paragraph" or (block.kind == "item" and not block.box.lists)


def stands_apart(blocks: Sequence[Block], line: int, above: int, below: int) -> bool:
    """Return whether a line stands in a box in which neither the line above nor the line below stands."""
    own = outer(blocks[line].box)
    return own.tag not in FOR_LOOKS and own not in (outer(blocks[above].box), outer(blocks[below].box))


def _is_sentence(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line reads like a paragraph, and not like the title of what it may lead to."""
    return bool(judged.page.words[line] >= SENTENCE and judged.columns["terminal"][line])


def _shared(one: Box, other: Box) -> Box | None:
    """Return the innermost box that holds both boxes, None where either lies more than `NEAR` boxes deeper in it."""
    box = _common(one, other)
    return box if box is not None and max(one.depth, other.depth) - box.depth <= NEAR else None


def _common(one: Box, other: Box) -> Box | None:
    """Return the innermost box that holds both boxes."""
    a: Box | None = one
    b: Box | None = other
    while a is not b and a is not None and b is not None:
        a, b = (a.parent, b) if a.depth >= b.depth else (a, b.parent)
    return a


def _names(block: Block, outer: Box | None) -> int:
    """Return the bits of the names of the elements around a line, inside of `outer`."""
    names = block.inline
    box: Box | None = block.box
    while box is not None and box is not outer:
        names |= box.names
        box = box.parent
    return names
