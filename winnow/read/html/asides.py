"""Steps that drop what interrupts an article, although it stands among its paragraphs and looks like one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, takewhile

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import bits_of
from winnow.read.html.boxes import Box
from winnow.read.html.insets import advises, is_noted
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.whole import (
    BYLINE,
    common_box,
    is_caption,
    is_plain,
    is_running,
    names_inside,
    shared_box,
    stands_apart,
)
from winnow.read.lines.interruptions import SHORT, interrupts
from winnow.read.lines.legal import RIGHTS
from winnow.read.lines.line import PROSE
from winnow.read.lines.repeats import drop_copies
from winnow.read.lines.steps import without
from winnow.read.lines.views import Bools

LINK = 0.8  # share of link text, above which a line is a link
SURE = 0.9  # probability of the lines between which a line may cut in, at least
DOUBTFUL = 0.7  # probability below which a line must look like a part of the text
MANY = 0.2  # share of the chosen lines that look like no part of a text, from which they are one
FEW = 10  # words of a short line, less than
QUOTE = bits_of("quote side")
QUOTED = 8  # words of a pull quote, at least
OWN = 100  # words of the page's own article, below which none of several articles is told as its own
BESIDE = 5  # lines between a heading and its day or byline, at most
QUOTES = 1_000  # quotes of a page that may be pull quotes, at most: each is looked for in all other lines
PAGING = 0.3  # share of link text of a line of links with labels between them, at least
MOST_LINKS = 8  # links of such a line, at most
_RELS = frozenset(("next", "prev", "previous", "up", "start", "first", "last", "contents", "index"))
FOOTER = bits_of("footer")  # names such as `copyright`
_RIGHTS = re.compile(
    r"©|copyright|\bCC[ -](?:BY|0)|creative ?commons|licen[cs]|lizenz|лиценз|авторск|lisans|许可|許可|版[权權]"
    r"|著作[权權権]|ライセンス|저작권|라이선스|ترخيص|حقوق|लाइसेंस",
    re.I,
)
_MARKS = re.compile(r"^[\W_]+|[\W_]+$")
_LETTER = re.compile(r"[^\W\d_]")


def drop_interruptions(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without the lines that lead to other articles or ask for something, told by how they begin.

    Such lines are "Read also: …" and "Follow us on …", in any language, and codes such as `[gallery ids="1,2"]`.
    """
    at = np.flatnonzero(chosen & (judged.page.words <= SHORT)).tolist()
    found = [i for i in at if interrupts(judged.blocks[i].line.text.lower(), judged.blocks[i].linked)]
    return without(chosen, found) if found else chosen


def drop_paging(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without the lines of links that lead to the pages before and after, as their `rel` says.

    Manuals have `Next: …, Previous: …, Up: …` above each chapter; `accesskey` says the same where there is no `rel`.
    """
    linked = np.flatnonzero(chosen & (judged.columns["linked"] > PAGING)).tolist()
    found = [i for i in linked if _is_paging(judged.blocks[i].box)]
    return without(chosen, found) if found else chosen


def _is_paging(box: Box) -> bool:
    """Return whether all links in a box lead to the pages around this one, or to the contents."""
    links = list(islice(box.element.iter("a"), MOST_LINKS)) if box.element is not None else []
    return bool(links) and all(
        _RELS.intersection((link.get("rel") or "").lower().split()) or link.get("accesskey", "-") in "npuh"
        for link in links
    )


def drop_repeated(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without the passages that are shown twice, but with those that sections have in common.

    Manuals and lists of exercises tell the same step in several sections: among others there, and below a heading.
    """
    kept = drop_copies(judged, chosen)
    for i in np.flatnonzero(chosen & ~kept).tolist():
        kept[i] = 0 < i < len(kept) - 1 and bool(kept[i - 1] and kept[i + 1]) and _is_said_again(judged.blocks, i)
    return kept


def _is_said_again(blocks: Sequence[Block], line: int) -> bool:
    """Return whether a line stands among others near by, and with a heading between it and the like line above."""
    block, text = blocks[line], blocks[line].line.text
    if any(shared_box(blocks[i].box, block.box) is None for i in (line - 1, line + 1)):
        return False
    between = list(takewhile(lambda other: other.line.text != text, reversed(blocks[:line])))
    first = blocks[line - len(between) - 1]  # the last line of all where none is alike
    is_headed = any(other.kind == "heading" for other in between)
    return is_headed and first.line.text == text and first.box.signature == block.box.signature


def drop_terms(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without the last lines that stand in a box of rights, one of which tells a licence or a right.

    Blogs repeat title, author, day and address there. The box is named so, and holds nothing of the text.
    """
    at = np.flatnonzero(chosen).tolist()
    top = judged.blocks[at[0]].box if at else None
    below = list(takewhile(lambda i: _is_of_rights(judged, i, top), reversed(at)))
    is_told = any(_RIGHTS.search(judged.blocks[i].line.text) for i in below)
    return without(chosen, below) if is_told else chosen


def _is_of_rights(judged: JudgedBlocks, line: int, top: Box | None) -> bool:
    """Return whether a short line stands in a box of rights in which the first line of the text does not."""
    block = judged.blocks[line]
    around = top and common_box(block.box, top)
    return judged.page.words[line] <= RIGHTS and bool(names_inside(block, around, also_inline=False) & FOOTER)


def drop_strays(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without doubtful lines that look like no part of a text.

    These are links and captions that make no sentence, short lines between lines that are both left out, and
    paragraphs in a box of their own between two sure lines. Where many lines look so, the page is made of them.
    """
    at = np.flatnonzero(chosen)
    doubtful = np.flatnonzero((judged.probability[at] < DOUBTFUL) & ~judged.code[at]).tolist()
    around = [-1, *at.tolist(), len(chosen)]
    found = [around[k + 1] for k in doubtful if _strays(judged, *around[k : k + 3])]
    return without(chosen, found) if len(found) <= MANY * len(at) else chosen


def _strays(judged: JudgedBlocks, above: int, line: int, below: int) -> bool:
    """Return whether a doubtful line looks like no part of a text between the chosen lines `above` and `below`."""
    block, words = judged.blocks[line], judged.page.words[line]
    is_alone = above < line - 1 and line + 1 < below
    is_short_caption = is_caption(block) and words <= SHORT
    is_link = is_running(block) and block.linked > LINK
    return bool(
        (is_alone and words < FEW and not block.box.note)
        or ((is_link or is_short_caption) and not judged.columns["terminal"][line])
        or (is_running(block) and words >= PROSE and _cuts_in(judged, above, line, below))
    )


def _cuts_in(judged: JudgedBlocks, above: int, line: int, below: int) -> bool:
    """Return whether a line stands in a box of its own between two sure lines, and is no plain sentence and no note."""
    blocks = judged.blocks
    is_between = above >= 0 and below < len(blocks) and judged.probability[[above, below]].min() >= SURE
    if not is_between or is_plain(judged, line) or not stands_apart(blocks, line, above, below):
        return False
    return not (advises(judged, line) and is_noted(judged, line, common_box(blocks[line].box, blocks[above].box)))


def drop_pull_quotes(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without the quotes that only repeat a sentence of another chosen line.

    In a discussion, people quote whole paragraphs of each other: these stay.
    """
    blocks, words = judged.blocks, judged.page.words
    long = chosen & (words >= QUOTED) & (words <= SHORT)
    quotes = [i for i in np.flatnonzero(long).tolist() if blocks[i].kind == "quote" or blocks[i].box.near_names & QUOTE]
    if not 0 < len(quotes) <= QUOTES:
        return chosen
    rest = [blocks[i].line.text for i in np.flatnonzero(without(chosen, quotes)).tolist()]
    repeated = [i for i in quotes if _repeats(_MARKS.sub("", blocks[i].line.text), rest)]
    return without(chosen, repeated) if repeated else chosen


def _repeats(said: str, texts: Sequence[str]) -> bool:
    """Return whether what is said is part of one of the texts, which says more."""
    return any(said in text and _LETTER.search(text.replace(said, "", 1)) for text in texts)


def drop_next_articles(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without the articles that a page loads below its own, as a reader scrolls.

    Each stands in an `<article>` of its own, as the page's article does, below a heading like the title's with a day or
    a name beside it.
    """
    blocks, titled = judged.blocks, judged.columns["titled"]
    if not len(blocks) or judged.columns["articles"][0] < 2:
        return chosen
    headings = [i for i, block in enumerate(blocks) if block.kind == "heading" and block.box.article]
    title = next((i for i in headings if titled[i]), None)
    if title is None:
        return chosen
    within = [_outermost_article(block.box) for block in blocks]
    below = (i for i in headings if i > title and blocks[i].level == blocks[title].level and not titled[i])
    others = {within[i] for i in below if _is_signed(judged, within, i)} - {within[title]}
    own = np.array([box is within[title] for box in within], np.bool_)
    if not others or (judged.page.words * chosen * own).sum() < OWN:
        return chosen
    left: Bools = chosen & ~np.array([box in others for box in within], np.bool_)
    return left


def _is_signed(judged: JudgedBlocks, within: Sequence[Box | None], heading: int) -> bool:
    """Return whether a day or who wrote stands beside a heading, in the same article."""
    near = range(max(heading - BESIDE, 0), min(heading + BESIDE + 1, len(within)))
    return any(
        within[i] is within[heading] and (judged.columns["date_line"][i] or judged.blocks[i].box.near_names & BYLINE)
        for i in near
    )


def _outermost_article(box: Box) -> Box | None:
    """Return the outermost `<article>` in which a box stands, None where it stands in none."""
    found, around = None, box if box.article else None
    while around is not None:
        found = around if around.tag == "article" else found
        around = around.parent
    return found
