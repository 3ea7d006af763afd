"""Steps that keep the headings, questions and terms of what is kept, and the answers to questions that are."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import TAG_BITS, bits_of
from winnow.read.html.boxes import folds, nearest
from winnow.read.html.features import outer
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import (
    FURNITURE,
    LINKED,
    LONG,
    SENTENCE,
    WHOLE,
    is_caption,
    is_plain,
    names_inside,
    shared_box,
)
from winnow.read.lines.views import Bools

HEADING = 0.1  # probability of a heading above a chosen line, at least
QUESTION = 0.02  # the same for a question
HEADS = frozenset(("summary", "dt"))  # tags of questions and terms, beside the headings
BUTTON = TAG_BITS["button"]
FOLDED = bits_of("card hidden")  # names of boxes of questions with answers to unfold, such as `item` and `collapse`
CONTROL = BUTTON | bits_of("meta tags")  # names of a button and its parts
MANY = 4  # short lines in boxes alike, at least
LIKELY = 0.5  # probability of a line right below which questions go on, at least
_ASKS = ("?", "？", "؟", ";")  # how a question ends; the last one is Greek


def keep_headings(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the headings, questions and terms whose content is chosen.

    Those above the first chosen line are kept only where they look like one that is kept further down.
    """
    blocks, kept = judged.blocks, chosen.copy()
    found = [i for i in range(len(blocks) - 1) if is_head(blocks[i])]
    first = int(np.append(chosen, True).argmax())
    for i in reversed(found):
        if kept[i + 1] and not kept[i] and heads(judged, i):
            kept[i] = i > first or any(kept[j] and blocks[j].box.signature == blocks[i].box.signature for j in found)
    return kept


def keep_alike(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the headings of what is chosen, however unlikely, that look like one that is chosen.

    A heading that leads elsewhere, as the name of a speaker above what is said does, looks like one that is chosen and
    leads elsewhere.
    """
    blocks, kept = judged.blocks, chosen.copy()
    first = max(int(np.append(chosen, True).argmax()) - 1, 0)
    found = [i for i in range(first, len(blocks)) if blocks[i].kind == "heading"]
    alike = {blocks[i].box.signature for i in found if kept[i]}
    linked = {blocks[i].box.signature for i in found if kept[i] and blocks[i].linked > LINKED}
    for i in reversed(found):
        if not kept[i] and blocks[i].box.signature in alike:
            below = next((j for j in range(i + 1, len(blocks)) if not is_caption(blocks[j])), i)
            is_speaker = blocks[i].box.signature in linked and blocks[below].kind != "heading"
            kept[i] = kept[below] and (blocks[i].linked <= LINKED or is_speaker) and judged.page.words[i] <= LONG
    return kept


def keep_most(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with all short lines in boxes alike of which most are chosen: names of speakers, years, scores.

    The boxes have names of their own and stand between chosen lines; links and captions do not count.
    """
    blocks, kept = judged.blocks, chosen.copy()
    short = judged.page.words < SENTENCE
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for i in np.flatnonzero(short & (np.cumsum(chosen) > 0) & (np.cumsum(chosen[::-1])[::-1] > 0)).tolist():
        box = blocks[i].box
        is_named = box.element is not None and bool(box.element.get("class"))
        if is_named and blocks[i].kind == "paragraph" and blocks[i].linked <= LINKED and not is_caption(blocks[i]):
            alike[box.signature].append(i)
    for lines in alike.values():
        if len(lines) >= MANY and 2 * chosen[lines].sum() >= len(lines):
            kept[lines] = True
    return kept


def keep_questions(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with all questions that look alike and their answers, where they go on what is chosen.

    They do so where the first of them stands right below a sure line, or where one of them or an answer is chosen.
    What unfolds is read as a question, whatever it says, but not for where it stands: filters may stand below a text.
    """
    alike: defaultdict[int, list[range]] = defaultdict(list)
    for i in range(len(chosen) - 1):
        if folds(judged.blocks[i].box) or (is_head(judged.blocks[i]) and _asks(judged.blocks[i])):
            lines = _with_answer(judged, i)
            if len(lines) > 1:
                alike[judged.blocks[i].box.signature].append(lines)
    kept = chosen.copy()
    for group in alike.values():
        is_below = _asks(judged.blocks[group[0][0]]) and _is_below(judged, kept, group[0][0])
        is_wanted = is_below or any(kept[lines].any() for lines in group)
        plain = sum(is_plain(judged, lines[1]) for lines in group)
        if len(group) > 1 and 2 * plain >= len(group) and is_wanted:
            kept[[i for lines in group for i in lines]] = True
    return kept


def _with_answer(judged: JudgedBlocks, question: int) -> range:
    """Return the lines of a question and its answer: all in the answer's box; none where they are furniture."""
    blocks, after = judged.blocks, question + 1
    asked, box = blocks[question].box, outer(blocks[after].box)
    shared = shared_box(asked, box)
    own = CONTROL if folds(asked) else BUTTON  # a button has a label and a sign
    names = names_inside(blocks[question], shared) & ~own | names_inside(blocks[after], shared)
    if shared is None or names & FURNITURE & ~FOLDED or blocks[after].links:
        return range(0)
    end = after + 1
    while box is not shared and end < len(blocks) and outer(blocks[end].box) is box and blocks[end].linked <= LINKED:
        end += 1
    return range(question, end)


def _is_below(judged: JudgedBlocks, chosen: Bools, line: int) -> bool:
    """Return whether a line stands right below a sure line, near by and in no furniture."""
    if not line or not chosen[line - 1] or judged.probability[line - 1] < LIKELY:
        return False
    shared = shared_box(judged.blocks[line - 1].box, judged.blocks[line].box)
    return shared is not None and not names_inside(judged.blocks[line], shared) & FURNITURE & ~FOLDED & ~BUTTON


def _asks(block: Block) -> bool:
    return block.line.text.endswith(_ASKS) and not block.links


def is_head(block: Block) -> bool:
    """Return whether a line may head what follows; a button does so where it asks a question."""
    asks = block.box.tag == "button" and block.line.text.endswith(_ASKS)
    return asks or block.kind == "heading" or block.box.tag in HEADS


def heads(judged: JudgedBlocks, line: int) -> bool:
    """Return whether a line may be the heading of the line that follows it."""
    block, following = judged.blocks[line : line + 2]
    shared = shared_box(block.box, following.box)
    if shared is None and (group := nearest(following.box, WHOLE)):  # a list's items may hold boxes of their own
        shared = shared_box(block.box, group)
    least = QUESTION if block.line.text.endswith(_ASKS) else HEADING
    if shared is None or judged.probability[line] < least or judged.page.words[line] > LONG:
        return False
    names = names_inside(block, shared, block.kind != "heading") & ~(BUTTON if block.box.tag == "button" else 0)
    return not (names | names_inside(following, shared)) & FURNITURE
