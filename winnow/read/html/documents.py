"""Pages that are a document and nothing else: a paper, a chapter, a letter, as converters and mail programs write them.

A page of a site has menus, teasers and footers, which are links. Where a page has neither, and hardly any link that
leads elsewhere, what stands between the first and the last sentence of the text is text, whatever the model says of
its single lines: it has learnt from sites, on which the end of a page is mostly no part of an article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, takewhile

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import TAG_BITS, bits_of, bits_of_names
from winnow.read.html.boxes import Box, links_in
from winnow.read.html.contents import leads_within
from winnow.read.html.footnotes import leads_back
from winnow.read.html.insets import is_button
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import CREDIT, LINKED, TOOLS, asks, common_box, is_caption
from winnow.read.lines.interruptions import interrupts
from winnow.read.lines.legal import is_rights
from winnow.read.lines.views import Bools

SIZE = 150  # words of a document, at least
AWAY = 10  # lines of a document that lead elsewhere, at most
MENU = 3  # such lines in a row, or links in such a line, that are a menu
AWAY_WORDS = 0.2  # share of its words that stands in such lines, at most
TAKEN = 0.4  # share of its words that is chosen, at least
UNLINKED = 0.25  # the same where no line leads elsewhere
REPEATED = 0.2  # share of its lines that come again, at most: menus and teasers do
LEAST = 5  # words of its last sentence, and of a sentence above those that are chosen, at least
SALUTATION = 6  # words of the salutation of a letter, at most
_GREETS = (",", "،", "，", "、", "!", "！", ":")
# How converters say at the end that they have written the page; they say so in English.
_MADE = re.compile(
    r"(?:this|the) (?:document|page|file) was (?:\w+ )?(?:generated|created|converted|translated)\b"
    r"|generated (?:on|by|with|from)\b",
    re.I,
)
_PARTS = frozenset(("dt", "dd", "li", "td", "th", "pre"))  # tags of boxes of a word or two
_BESIDE = bits_of("nav footer side related share comment promo appeal consent form pages author")


def keep_document(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice; on a page that is nothing but one document, with all between its first and last sentence."""
    if not chosen.any() or not _is_document(judged, chosen):
        return chosen
    start = int(chosen.argmax())
    first = min(takewhile(lambda i: _may_lead(judged, i, start), range(start - 1, -1, -1)), default=start)
    told = [i for i in np.flatnonzero(~chosen).tolist() if i > first and _ends(judged, i, start)]
    last = max([int(np.flatnonzero(chosen)[-1]), *told])
    kept = chosen.copy()
    kept[first : last + 1] |= [is_of_text(judged, i, start) for i in range(first, last + 1)]
    return kept


def _is_document(judged: JudgedBlocks, chosen: Bools) -> bool:
    """Return whether hardly a line leads elsewhere, as menus and teasers do, and much of the page is chosen."""
    words = judged.page.words
    size, taken = words.sum(), words[chosen].sum()
    if size < SIZE or taken < UNLINKED * size:
        return False
    linked = np.flatnonzero(judged.columns["linked"] > LINKED).tolist()
    away = list(islice((i for i in linked if not _is_anchor(judged.blocks[i])), AWAY + 1))
    if (away and taken < TAKEN * size) or len(away) > AWAY or words[away].sum() > AWAY_WORDS * size:
        return False
    in_a_row = any(last - first == MENU - 1 for first, last in zip(away, away[MENU - 1 :], strict=False))
    if in_a_row or any(judged.blocks[i].kind == "heading" or judged.blocks[i].links >= MENU for i in away):
        return False
    texts = Counter(block.line.text for block in judged.blocks if block.kind in ("paragraph", "item"))
    return sum(count for count in texts.values() if count > 1) <= REPEATED * len(judged.blocks)


def _is_anchor(block: Block) -> bool:
    """Return whether a link of a line leads to a named place on the page, or is one; buttons have the address `#`."""
    links = links_in(block.box)
    is_place = bool(links) and not any("href" in link.attrib for link in links)
    return is_place or any("#" in link.get("href", "")[:-1] for link in links)


def _may_lead(judged: JudgedBlocks, line: int, first: int) -> bool:
    """Return whether a line above the first chosen one may be of the text; a name, a place or a day is not."""
    block = judged.blocks[line]
    is_salutation = judged.page.words[line] <= SALUTATION and block.line.text.endswith(_GREETS)
    is_told = is_sentence(judged, line) or is_salutation or bool(judged.columns["ends_colon"][line])
    return (is_told or block.kind == "heading") and is_of_text(judged, line, first)


def _heads_contents(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line is the heading of the page's contents: the line below leads to a place on the page."""
    if judged.blocks[line].kind != "heading" or line + 1 == len(judged.blocks):
        return False
    below = judged.blocks[line + 1]
    return not _is_head(below) and below.linked > LINKED and leads_within(below)


def is_sentence(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line ends as a sentence does and is long enough for one."""
    return bool(judged.page.words[line] >= LEAST and judged.columns["terminal"][line])


def _ends(judged: JudgedBlocks, line: int, first: int) -> bool:
    """Return whether a line may be the last of a text: a note, code, or a sentence that asks for nothing."""
    block = judged.blocks[line]
    is_note = block.box.note or leads_back(block.line.text)
    is_last = is_note or block.kind == "code" or (is_sentence(judged, line) and not judged.columns["cue_appeal"][line])
    return bool(is_last and is_of_text(judged, line, first))


def is_of_text(judged: JudgedBlocks, line: int, first: int) -> bool:
    """Return whether a line may be text, by where it stands beside the first chosen one and by what it asks."""
    block = judged.blocks[line]
    columns = judged.columns
    is_day = columns["date_line"][line] > 0 and not columns["terminal"][line] and block.kind == "paragraph"
    is_credit = columns["cue_credit"][line] > CREDIT or is_day
    is_link = block.linked > LINKED and not (_is_head(block) and _is_anchor(block))
    text = judged.blocks[first].box
    names = _BESIDE & ~TOOLS if block.kind == "code" else _BESIDE
    is_beside = _stands_beside(block.box, common_box(block.box, text), text, names)
    is_apart = is_link or is_beside or is_caption(block) or _heads_contents(judged, line)
    is_apart |= block.box.hidden or (is_button(block) and block.box.tag not in _PARTS)
    is_appeal = columns["cue_appeal"][line] > 0 and asks(judged, line)
    is_small_print = columns["cue_legal"][line] > 0 or is_rights(block.line.text) or "©" in block.line.text
    is_small_print |= _MADE.match(block.line.text) is not None or interrupts(block.line.text.lower(), block.linked)
    return not (is_credit or is_apart or is_appeal or is_small_print)


def _is_head(block: Block) -> bool:
    """Return whether a line heads what follows; converters make links to themselves of such lines."""
    return block.kind == "heading" or block.box.tag == "dt"


def _stands_beside(box: Box, around: Box | None, like: Box, names: int) -> bool:
    """Return whether a box has some of the names of what is no part of a text, and others than those of its first line.

    Converters give sections ids of what their headings say, and all paragraphs of a look the name of one of them.
    """
    named = [each for each in _inside(box, around) if each.apart & names]
    alike = {_class_of(each) for each in _inside(like, around)} if named else set()
    for each in named:
        if each.element is not None and _class_of(each) not in alike:
            said = f"{each.element.get('class', '')} {each.element.get('role', '')}"
            tag = 0 if each.tag == "aside" else TAG_BITS.get(each.tag, 0)  # a note as much as a sidebar
            if (tag | bits_of_names(said)[2]) & names:
                return True
    return False


def _inside(box: Box | None, around: Box | None) -> Iterator[Box]:
    """Yield a box and those around it, up to the one that holds the text."""
    while box is not None and box is not around and box.element is not None:
        yield box
        box = box.parent


def _class_of(box: Box) -> tuple[str, str | None, str | None]:
    """Return what a box is, as its author says it."""
    element = box.element
    return box.tag, *((None, None) if element is None else (element.get("class"), element.get("role")))
