"""A step that keeps the boxes that are set into a text: notes, facts, columns, tabs, tables of dates, questions.

A model has learnt to doubt what stands in boxes of their own, as teasers and appeals do. Between two lines that it is
sure of, a box that is not named like furniture, leads nowhere and asks nothing of its reader is part of the text, and a
block quotation is, unless it is mostly links. So is such a box below the text if its name says that it unfolds, or
tells what happened when.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise, takewhile

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import TAG_BITS, bits_of
from winnow.read.html.boxes import Box, folds, links_in
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import (
    CAPTION,
    CREDIT,
    FURNITURE,
    SENTENCE,
    SPEAKER,
    common_box,
    inner_box,
    is_in,
    is_numbering,
    is_plain,
    names_inside,
)
from winnow.read.lines.views import Bools

LIKELY = 0.4  # probability of the lines above and below, at least
LEVEL = 0.1  # mean probability of a box's lines, weighted by words, at least
NAMED_LEVEL = 0.01  # the same for a box whose name says that it is part of a text
ITEMS_LEVEL = 0.15  # the same for a list without sentences
LINKED = 0.3  # share of its text that is links, at most
QUOTE_LINKED = 0.5  # the same for a block quotation
BUTTON = 3  # words of a button, fewer than
LONG = 300  # words of a box, at most
MOST = 0.5  # share of the chosen words that stand in the text's box, more than
OUTWARD = 2  # boxes around the text's box in which a box may stand that follows it, at most
# Groups of names of boxes that are furniture only if they lead elsewhere: cards, dates, labels, what can be unfolded.
HARMLESS = bits_of("card meta tags hidden")
TITLE, CONSENT = bits_of("title"), bits_of("consent")  # a `notification` may be a note between two paragraphs
QUOTES = ("blockquote", "figure")  # boxes of quotations
QUOTED = CAPTION | SPEAKER | HARMLESS  # names of lines in a figure with a quotation
_INDENTED = re.compile(r"\b(?:padding|margin)-left:\s*[1-9]")
_APPEALS = ("cue_site", "cue_appeal")
NOTE, ASIDE = bits_of("box"), TAG_BITS["aside"]  # a box of facts is an `aside` as much as a sidebar
# Names of boxes that are part of a text: of notes, of those that unfold, that tell what happened when, and of others.
_ENDS = r"ps|post-?scriptum"  # as SPIP names what is added to an article
_NOTES = r"admonition|notes?|warning|caution|danger|important|tips?|hint|call-?out"
_SET = rf"{_ENDS}|{_NOTES}|accordions?|toggles?|tabs?|timeline|faqs?|steps?|expand(?:er)?|details|notice|panel-collapse"
_BETWEEN = rf"{_SET}|columns?|media-text|message|well|panel|highlight|notification"
_NAMES = {
    where: re.compile(rf"(?:^|[\s_-])(?:{names})(?:$|[\s_-])", re.I)
    for where, names in (("below", _SET), ("between", _BETWEEN), ("note", _NOTES))
}


def keep_insets(judged: JudgedBlocks, chosen: Bools, must_be_named: bool = False) -> Bools:
    """Return the choice with the boxes that belong to the text: between two likely lines, or below the last one.

    Boxes below it, and all where they must, have names that say that they are part of a text.
    """
    kept = chosen.copy()
    sure = np.flatnonzero(chosen & (judged.probability >= LIKELY)).tolist()
    for above, below in pairwise(sure):
        if below - above > 1 and not chosen[above + 1 : below].all():
            shared = common_box(judged.blocks[above].box, judged.blocks[below].box)
            for lines in _boxes(judged.blocks, range(above + 1, below), shared):
                kept[lines] |= not chosen[lines].all() and (
                    _is_quoted(judged, lines, shared)
                    or _belongs(judged, lines, shared, must_be_named, is_followed=lines[-1] + 1 == below)
                )
    if sure:
        place, around = int(np.flatnonzero(chosen)[-1]), _around(judged, sure)
        last = judged.blocks[place].box
        following = takewhile(lambda i: is_in(judged.blocks[i].box, around), range(place + 1, len(judged.blocks)))
        for lines in _boxes_below(judged.blocks, following, last):
            if all(_is_tab(judged.blocks[i].box) for i in lines):
                continue
            if not _belongs(judged, lines, common_box(judged.blocks[lines[0]].box, last), True, is_below=True):
                break
            kept[lines] = True
    return kept


def _around(judged: JudgedBlocks, sure: list[int]) -> Box:
    """Return the box in which most sure lines stand, by their words, with the boxes close around it; not the page."""
    words = np.append(0.0, np.cumsum(judged.page.words[sure]))
    text = judged.blocks[sure[-1]].box
    while text.parent is not None and words[-1] - words[bisect_left(sure, text.lines)] <= MOST * words[-1]:
        text = text.parent
    for _ in range(OUTWARD):
        if text.parent is None or text.tag in ("article", "main", "body") or text.parent.tag == "body":
            break
        text = text.parent
    return text


def _boxes_below(blocks: Sequence[Block], lines: Iterable[int], last: Box) -> Iterator[list[int]]:
    """Yield the lines below the box `last` in groups, as `_boxes` does inside of the box that both share."""
    for shared, group in groupby(lines, lambda i: common_box(blocks[i].box, last)):
        yield from _boxes(blocks, group, shared)


def _boxes(blocks: Sequence[Block], lines: Iterable[int], shared: Box | None) -> Iterator[list[int]]:
    """Yield the lines in groups: those in one box inside of the shared box are one group. Numbers of code are none."""

    def key(i: int) -> int:
        return -i if blocks[i].box is shared else inner_box(blocks[i].box, shared).number

    for _, group in groupby((i for i in lines if not is_numbering(blocks[i])), key):
        found = list(group)
        yield found[:-1] if len(found) > 1 and is_button(blocks[found[-1]]) else found


def is_button(block: Block) -> bool:
    """Return whether a line that ends a box looks like a button: one or two words, no figure and no sign."""
    words = block.line.text.split()
    return block.kind == "paragraph" and len(words) < BUTTON and all(map(str.isalpha, words))


def _is_quoted(judged: JudgedBlocks, lines: list[int], shared: Box | None) -> bool:
    """Return whether lines are a block quotation in the box of the text; a post that is quoted is named like a share.

    A quotation has other words than the text around it, in another language maybe. A figure may hold it, with who said
    it.
    """
    first = judged.blocks[lines[0]]
    if len(lines) == 1 and _is_indented(first.box) and not first.links and is_plain(judged, lines[0]):
        return not _names(first, shared) & FURNITURE
    around = inner_box(first.box, shared)
    if first.kind != "quote" or around.tag not in QUOTES:
        return False
    if around.tag == "figure" and any(names_inside(judged.blocks[i], shared) & FURNITURE & ~QUOTED for i in lines):
        return False
    size = float(judged.page.words[lines].sum())
    return size <= LONG and _linked_words(judged, lines) <= QUOTE_LINKED * size


def _is_indented(box: Box) -> bool:
    """Return whether a box stands farther right than what is around it, as quotations do in documents."""
    return box.element is not None and _INDENTED.search(box.element.get("style") or "") is not None


def _linked_words(judged: JudgedBlocks, lines: list[int]) -> float:
    """Return how many words of some lines stand in links that lead away."""
    leading = (i for i in lines if _leads_off(judged.blocks[i]))
    return float(sum(judged.blocks[i].linked * judged.page.words[i] for i in leading))


def _leads_off(block: Block) -> bool:
    """Return whether a line has links, other than one by which what has a place of its own is unfolded."""
    if not block.links:
        return False
    places = [link.get("href", "").startswith("#") for link in links_in(block.box)]
    return not (places and all(places))  # none are found in a line that stands in a link


def _belongs(
    judged: JudgedBlocks,
    lines: list[int],
    shared: Box | None,
    must_be_named: bool,
    is_below: bool = False,
    is_followed: bool = False,
) -> bool:
    """Return whether the lines of a box may be part of the text around it, or above it.

    Headings alone are, where a likely line follows right below (`is_followed`).
    """
    blocks, words = [judged.blocks[i] for i in lines], judged.page.words[lines]
    links = any(_leads_off(judged.blocks[i]) if is_below else leads_away(judged, i) for i in lines)
    size = float(words.sum())
    is_table = any(block.kind == "row" for block in blocks)
    is_data = not links and all(block.kind == "row" for block in blocks)
    where = "below" if must_be_named else "between"
    is_named = not links and any(_is_named(block, shared, where) for block in blocks)
    is_note = is_named and not is_below and any(_is_named(block, shared, "note") for block in blocks)
    harmless = (0 if links else HARMLESS) | (CAPTION if is_table or is_named else 0)
    if is_named and not must_be_named:
        harmless |= CONSENT
    if size > LONG or any(_names(block, shared) & FURNITURE & ~harmless for block in blocks):
        return False
    level = float((judged.probability[lines] * words).sum())
    if (
        _linked_words(judged, lines) > LINKED * size
        or level < (NAMED_LEVEL if is_named or is_data else LEVEL) * size
        or (must_be_named and not is_named)
    ):
        return False
    is_likely = is_named or level >= ITEMS_LEVEL * size
    heads = len(lines) == 1 and not links and bool(blocks[0].box.names & TITLE)
    heads |= is_followed and not links and is_likely and all(_is_headline(judged, i) for i in lines)
    least = BUTTON if is_named and (must_be_named or is_note) else SENTENCE
    long = [i for i in lines if judged.page.words[i] >= least and judged.columns["terminal"][i]]
    is_told = is_table or any(block.kind == "code" for block in blocks)
    is_list = not links and is_likely and sum(block.kind == "item" for block in blocks) > 1
    is_prose = any(judged.blocks[i].kind != "item" for i in long)
    return (is_told or is_list or is_prose or heads) and all(_is_text(judged, i, is_note) for i in long)


def _is_headline(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line is a heading that neither asks nor calls."""
    block = judged.blocks[line]
    return block.kind == "heading" and advises(judged, line) and block.line.text[-1:] not in "?!؟？！"


def _is_text(judged: JudgedBlocks, line: int, is_note: bool) -> bool:
    """Return whether a sentence is no small print and asks nothing of its reader, but where it stands in a note."""
    is_said = is_note and advises(judged, line)
    return (is_said or is_plain(judged, line)) and not judged.columns["cue_legal"][line]


def advises(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line is no credit and no appeal, whatever it asks its reader to do, as a note does."""
    columns = judged.columns
    return bool(columns["cue_credit"][line] <= CREDIT and not any(columns[cue][line] > 0 for cue in _APPEALS))


def is_noted(judged: JudgedBlocks, line: int, shared: Box | None) -> bool:
    """Return whether a line stands in a note inside of a box, and leads nowhere."""
    return not leads_away(judged, line) and _is_named(judged.blocks[line], shared, "note")


def leads_away(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line leads off and is no sentence, or mostly links: a sentence may name what it speaks of."""
    block = judged.blocks[line]
    return _leads_off(block) and bool(block.linked > LINKED or not judged.columns["terminal"][line])


def _names(block: Block, shared: Box | None) -> int:
    """Return the names of the boxes around a line; the tag of an aside says nothing if its names do not.

    A heading that is a button unfolds what stands below it, and so does the name of a tab.
    """
    names = names_inside(block, shared)
    is_heading = block.box.tag == "button" and (block.kind == "heading" or _is_tab(block.box))
    if is_heading or folds(block.box):
        names &= ~TAG_BITS["button"]
    is_note = names & ASIDE and (names & NOTE or names == ASIDE or _is_named(block, shared, "note"))
    return names & ~ASIDE if is_note else names


def _is_tab(box: Box) -> bool:
    """Return whether a box is the name of a tab, or holds it as its link."""
    element = box.element
    return element is not None and any(each.get("role") == "tab" for each in (element, *element.iterchildren("a")))


def _is_named(block: Block, shared: Box | None, where: str) -> bool:
    """Return whether a box around a line is named like a part of a text, `where` is a key of `_NAMES`."""
    box: Box | None = block.box
    if where == "between" and folds(block.box):  # filters may stand below
        return True
    while box is not None and box is not shared and box.element is not None:
        is_told = box.tag == "details" or _is_panel(box) or (where == "between" and box.apart & NOTE)
        if (is_told and where != "note") or _is_name(box.element.get("class") or "", where):
            return True
        box = box.parent
    return False


def _is_panel(box: Box) -> bool:
    """Return whether a box is what a tab or a heading shows, as it tells screen readers."""
    if box.element is None:
        return False
    role = box.element.get("role")
    return role == "tabpanel" or (role == "region" and box.element.get("aria-labelledby") is not None)


@lru_cache(1 << 12)
def _is_name(value: str, where: str) -> bool:
    return _NAMES[where].search(value) is not None
