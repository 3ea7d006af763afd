"""Steps that leave an article without holes: what belongs to chosen lines is chosen with them.

The choice by probability takes each line by itself. A row, an item, a question or a heading is short and says little,
and so is left out where a paragraph in its place would be kept: a reader then has half of a table, or an answer
without its question. The boxes say which lines belong together. Lines in a box that is named like furniture stay out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import bits_of
from winnow.read.html.boxes import Box, nearest
from winnow.read.html.features import outer
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.tags import LISTS, PREFORMATTED
from winnow.read.lines.line import PROSE
from winnow.read.lines.views import Bools
from winnow.text import ONE_UNSPACED

# Groups of names of boxes whose content is no part of the text around them.
FURNITURE = bits_of(
    "nav footer side related share comment promo appeal caption author meta tags consent card pages form hidden toc"
)
WRAPPED = bits_of("caption card")  # names of boxes around tables and lists, such as `figure` and `wp-list`
TOOLS = bits_of("caption card nav form")  # of boxes around code, such as `figure`, `code-toolbar` and `input`
LOOKS = bits_of("card caption meta tags hidden author pages share")  # of looks, which some editors give to all boxes
COMMENT, _FORM, LEAD, CAPTION = map(bits_of, ("comment", "form", "summary", "caption"))
SPEAKER = bits_of("author footer")
BYLINE = bits_of("author meta")
# Groups of names of boxes that no part of an article stands in; leads stand in boxes named `header`, `meta` or `card`.
ELSEWHERE = bits_of("nav footer related share comment consent form caption")
SURE = 0.3  # probability of the lines above and below a hole, at least
POSSIBLE = 0.1  # probability of any other line in a hole, of a lead or a footnote, at least
NEXT = 0.03  # the same for a sentence right below the top heading, in its box
APPEAL = 0.3  # probability of a paragraph in a hole, at least: less likely ones between paragraphs are appeals
APART = 0.6  # the same for a paragraph in a box of its own
CREDIT = 0.5  # words of credit in 15 words of a sentence, at most
PLAIN = 0.2  # the same for a sentence that asks nothing of its reader
ITEM = 0.04  # the same for an item of a list: short items say little
PARAGRAPH = 25  # words from which a plain sentence is told from an appeal by itself, whatever box it stands in
FOR_LOOKS = ("center", "font")  # boxes that set a paragraph otherwise, and say nothing of it
UNLIKELY = 0.03  # probability of a heading or a plain paragraph in a hole, at least
BOLD = 0.9  # share of a line in bold from which it is a heading, if it is short
HOLE = 3  # parts of a hole, at most: lines, lists, tables, boxes
NEAR = 3  # boxes from a line's box up to the box that it shares with another, at most
LINKED = 0.5  # share of link text, above which a line rather leads elsewhere
SHARE = 0.2  # share of a list's or table's lines, from which all are kept
LONG = 25  # words of a heading, at most
SENTENCE = 10  # words of a lead, and of a linked line that reads like a paragraph, at least
TITLES = ("from_h1", "from_titled")  # features: lines from the top heading, and from a line that says the page's title
ABOVE = 12  # lines of a page between a lead and the article, at most
DAY = 6  # words of a line that says when an article was published, at most
WHOLE = LISTS | {"table"}  # tags of boxes that are kept whole
HELD = WHOLE | {"blockquote"}  # tags of boxes that a figure may hold instead of a picture
DATA = frozenset(("table", "dl"))  # tags of lists that hold facts


def keep_whole(judged: JudgedBlocks, chosen: Bools, share: float = SHARE) -> Bools:
    """Return the choice with the other lines of every list, table and piece of code of which a share is chosen.

    Tables and lists of terms that follow right below a chosen line are kept as well. A list's items are no longer kept
    where they are links, as in menus; a table's rows are. What all items are named after says nothing
    of one where half of them are chosen.
    """
    blocks, kept = judged.blocks, chosen.copy()
    for group, lines in groups_of(blocks).values():
        is_chosen = chosen[lines]
        if not is_chosen.all() and (is_chosen.mean() >= share or _follows(judged, chosen, group, lines)):
            links = 1.0 if group.tag == "table" else LINKED
            names = [names_inside(blocks[i], group) for i in lines]
            others = FURNITURE & ~(reduce(and_, names) & WRAPPED if 2 * is_chosen.sum() >= len(lines) else 0)
            own = [i for i, named in zip(lines, names, strict=True) if not named & others]
            kept[[i for i in own if blocks[i].linked <= links]] = True
    return kept


def _follows(judged: JudgedBlocks, chosen: Bools, group: Box, lines: Sequence[int]) -> bool:
    """Return whether a table, or a list of terms, follows right below a chosen line of the same box."""
    above = lines[0] - 1
    if group.tag not in DATA or above < 0 or not chosen[above] or judged.probability[lines].mean() < POSSIBLE:
        return False
    shared = shared_box(judged.blocks[above].box, group)
    return shared is not None and not names_inside(judged.blocks[lines[-1]], shared) & FURNITURE & ~WRAPPED


@dataclass(frozen=True, slots=True)
class Hole:
    """Lines that were not chosen, between two chosen lines."""

    above: int  # the chosen line above
    below: int
    shared: Box | None  # the box that both stand in
    level: float  # mean probability of the lines


def fill_holes(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the few lines, and with all code, that stand between two sure lines of one box.

    Captions, and the numbers beside lines of code, are passed over.
    """
    blocks, probability, kept = judged.blocks, judged.probability, chosen.copy()
    at = np.flatnonzero(chosen)
    for k in np.flatnonzero(np.diff(at) > 1).tolist():
        first, last = int(at[k]) + 1, int(at[k + 1])
        above, below = _edge(judged, chosen, first - 1, -1), _edge(judged, chosen, last, 1)
        shared = shared_box(blocks[above].box, blocks[below].box)
        if shared is None or min(probability[above], probability[below]) < SURE:
            continue
        hole = Hole(above, below, shared, float(probability[first:last].mean()))
        inside = [i for i in range(first, last) if not (is_caption(blocks[i]) or is_numbering(blocks[i]))]
        fitting = [i for i in inside if fits(judged, i, hole)]
        is_whole = len(fitting) == len(inside) and _parts([blocks[i] for i in inside], shared) <= HOLE
        kept[fitting if is_whole else [i for i in fitting if blocks[i].kind == "code"]] = True
    return kept


def _edge(judged: JudgedBlocks, chosen: Bools, line: int, step: int) -> int:
    """Return the line at the edge of a hole; the one beyond a chosen table there whose rows are doubted."""
    blocks = judged.blocks
    while (
        blocks[line].kind == "row" and judged.probability[line] < SURE and chosen[line + step : line + step + 1].any()
    ):
        line += step
    return line


def is_caption(block: Block) -> bool:
    """Return whether a line is the caption of a picture; a table or a quote that a figure holds is none."""
    return bool(block.box.near_apart & CAPTION) and nearest(block.box, HELD) is None and block.kind != "code"


def is_in(box: Box | None, outer: Box) -> bool:
    """Return whether a box is another one or stands in it."""
    while box is not None and box is not outer:
        box = box.parent
    return box is outer


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
    parent = block.box.parent
    is_next = line > 0 and columns["from_h1"][line] == 1 and judged.blocks[line - 1].box.parent is parent
    is_next = is_next and is_sentence and is_plain(judged, line) and not names_inside(block, parent) & BYLINE
    return bool(
        (block.box.near_names & LEAD or is_sentence)
        and judged.page.words[line] >= SENTENCE
        and judged.probability[line] >= (NEXT if is_next else POSSIBLE)
        and block.linked <= LINKED
        and not names_inside(block, common_box(block.box, judged.blocks[first].box)) & ELSEWHERE
    )


def is_numbering(block: Block) -> bool:
    """Return whether a line holds the numbers of the lines of code beside it, in a box of their own."""
    return block.kind == "code" and block.line.text.replace(" ", "").isdecimal()


def keep_comments(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the running text below the article's first line that stands in boxes of comments."""
    first = int(np.append(chosen, True).argmax())
    kept = chosen.copy()
    for i in range(first, len(chosen)):
        block = judged.blocks[i]
        is_comment = block.box.all_names & COMMENT and not block.box.all_names & _FORM
        kept[i] |= bool(is_comment) and judged.page.words[i] >= PROSE and block.linked <= LINKED
    return kept


def groups_of(blocks: Sequence[Block]) -> dict[int, tuple[Box, list[int]]]:
    """Return the tables, innermost lists and preformatted texts of a page by number, each with its lines' numbers."""
    groups: dict[int, tuple[Box, list[int]]] = {}
    for i, block in enumerate(blocks):
        if block.kind in ("row", "item", "code") or block.box.tag in ("th", "td"):
            group = nearest(block.box, PREFORMATTED if block.kind == "code" else WHOLE)
            if group is not None:
                groups.setdefault(group.number, (group, []))[1].append(i)
    return groups


def _parts(blocks: Sequence[Block], shared: Box | None) -> int:
    """Return how many parts the lines are: those in one box inside of the shared box are one."""
    return len(
        {-i if block.box is shared else inner_box(block.box, shared).number for i, block in enumerate(blocks, 1)}
    )


def inner_box(box: Box, outer: Box | None) -> Box:
    """Return the outermost box around another inside of `outer`."""
    while box.parent is not None and box.parent is not outer:
        box = box.parent
    return box


def fits(judged: JudgedBlocks, line: int, hole: Hole) -> bool:
    """Return whether a line in a hole may belong to the box that the lines above and below share.

    Names of a look that the boxes of both these lines have, too, say nothing of the line.
    """
    block, columns = judged.blocks[line], judged.columns
    is_short = judged.page.words[line] <= DAY and not columns["terminal"][line]
    is_day = block.kind == "paragraph" and columns["date_line"][line] > 0 and is_short
    is_whole, is_held = (nearest(block.box, tags) is not None for tags in (WHOLE, HELD))
    leads_away = block.linked > LINKED and not _is_sentence(judged, line)
    around = [names_inside(judged.blocks[i], hole.shared) for i in (hole.above, hole.below)]
    harmless = around[0] & around[1] & LOOKS | (TOOLS if block.kind == "code" else WRAPPED if is_held else 0)
    return bool(
        (_is_possible(judged, line, hole) or block.kind in ("row", "code") or block.box.tag == "th")
        and not is_day
        and (not leads_away or block.kind == "row" or (is_whole and columns["ends_colon"][hole.above]))
        and not names_inside(block, hole.shared) & FURNITURE & ~harmless
    )


def _is_possible(judged: JudgedBlocks, line: int, hole: Hole) -> bool:
    """Return whether a line is likely enough to fill a hole; short lines are judged together."""
    block, likely, words = judged.blocks[line], judged.probability[line], judged.page.words[line]
    if (block.kind == "heading" and words <= LONG) or looks_like_heading(judged, line):
        return bool(likely >= UNLIKELY)
    if is_paragraph(judged, line) and (likely >= UNLIKELY or outer(block.box).tag in FOR_LOOKS):
        return True
    is_plain_item = block.kind == "item" and block.box.lists and not block.links and words < PARAGRAPH
    if words < SENTENCE or is_plain_item:
        return max(float(likely), hole.level) >= (ITEM if block.kind == "item" and block.box.lists else POSSIBLE)
    is_apart = stands_apart(judged.blocks, line, hole.above, hole.below)
    if not is_running(block) or (block.links and (not is_apart or is_plain(judged, line))):
        return bool(likely >= POSSIBLE)
    return bool(likely >= (PLAIN if is_plain(judged, line) else APART if is_apart else APPEAL))


def looks_like_heading(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line is a short paragraph in bold, no sentence, no link, no credit and no label."""
    block = judged.blocks[line]
    is_bold = is_running(block) and block.bold >= BOLD and not block.links and judged.page.words[line] < SENTENCE
    return is_bold and not any(judged.columns[sign][line] > 0 for sign in ("terminal", "ends_colon", "cue_credit"))


def is_plain(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line makes a sentence, is no credit, and asks nothing of its reader."""
    columns = judged.columns
    return bool(columns["terminal"][line] and columns["cue_credit"][line] <= CREDIT and not asks(judged, line))


def asks(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line asks something of its reader."""
    columns = judged.columns
    to_reader = columns["cue_person1"][line] + columns["cue_person2"][line] > 0
    return bool(to_reader and any(columns[cue][line] > 0 for cue in ("cue_site", "cue_request", "cue_appeal")))


def is_paragraph(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line is a plain paragraph of running text, long and without links or terms of use.

    In scripts without spaces, where nothing tells what an appeal says to its reader, no line is one.
    """
    block = judged.blocks[line]
    is_long = judged.page.words[line] >= PARAGRAPH and not judged.columns["cue_legal"][line]
    is_told = is_long and is_running(block) and not block.links and not ONE_UNSPACED.search(block.line.text)
    return bool(is_told and is_plain(judged, line))


def is_running(block: Block) -> bool:
    """Return whether a line is a paragraph, or an item outside of any list."""
    return block.kind == "paragraph" or (block.kind == "item" and not block.box.lists)


def stands_apart(blocks: Sequence[Block], line: int, above: int, below: int) -> bool:
    """Return whether a line stands in a box in which neither the line above nor the line below stands."""
    return outer(blocks[line].box) not in (outer(blocks[above].box), outer(blocks[below].box))


def _is_sentence(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line reads like a paragraph, and not like the title of what it may lead to."""
    return bool(judged.page.words[line] >= SENTENCE and judged.columns["terminal"][line])


def shared_box(one: Box, other: Box) -> Box | None:
    """Return the innermost box that holds both boxes, None where either lies more than `NEAR` boxes deeper in it."""
    box = common_box(one, other)
    return box if box is not None and max(one.depth, other.depth) - box.depth <= NEAR else None


def common_box(one: Box | None, other: Box) -> Box | None:
    """Return the innermost box that holds both boxes."""
    a: Box | None = one
    b: Box | None = other
    while a is not b and a is not None and b is not None:
        a, b = (a.parent, b) if a.depth >= b.depth else (a, b.parent)
    return a


def names_inside(block: Block, outer: Box | None, also_inline: bool = True) -> int:
    """Return the bits of the names of the elements around a line, inside of `outer`, but for those of any part.

    Within a line of code, names such as `comment` and `keyword` say how to colour it.
    """
    names = block.inline if also_inline and block.kind != "code" else 0
    box: Box | None = block.box
    while box is not None and box is not outer:
        names |= box.apart
        box = box.parent
    return names
