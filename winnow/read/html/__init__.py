"""HTML pages: from a parsed page to the article's text.

`read` turns the page into lines, lets a trained model judge every line by its words and its boxes, and writes the
article's lines as text. Where the model is not sure, trafilatura is asked which lines it would keep, and the model
judges again with that choice before it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from lxml import etree

from winnow.read.html.blocks import Block
from winnow.read.html.model import Model, load
from winnow.read.html.no_article import gather, why_no_article
from winnow.read.html.page import Evidence, HtmlPage
from winnow.read.html.parse import parse
from winnow.read.html.render import render
from winnow.read.html.second_opinions import ask, stated
from winnow.read.html.walk import Content, read_content
from winnow.read.lines.choose import choose, drop_islands, drop_strangers
from winnow.read.lines.comments import comment_threads
from winnow.read.lines.model_file import ModelError
from winnow.read.lines.repeats import drop_contents, drop_copies
from winnow.read.lines.views import Bools, Floats

__all__ = [
    "SURE", "Content", "Evidence", "HtmlPage", "Model", "ModelError", "load", "parse", "read", "read_content",
    "why_no_article",
]  # fmt: skip


END = 0.2  # probability of a last line that is kept
# Word-F1 that can be expected of a choice; below, trafilatura is asked too, which costs half as much as all the rest.
SURE = 0.9
# Boxes say what belongs together: to expect that all lines of a page are off by the same gains nothing here.
SPREAD = 0.0


def read(tree: etree._Element, model: Model | None = None, content: Content | None = None) -> HtmlPage:
    """Read a parsed page, which is not changed. Never raises on any tree; a page without article has little text.

    `content` is what `read_content` has read of it, if the caller has that already.
    """
    model = model or load()
    title = tree.findtext(".//title") or ""
    blocks = (content or read_content(tree)).blocks
    known = model.look(blocks, stated(tree, blocks), title)
    page, probability = known.page, model.judge(known)
    chosen, expected = choose(probability, page.words, SPREAD)
    if expected < SURE:
        probability = model.judge(known, ask(tree, blocks))
        chosen, expected = choose(probability, page.words, SPREAD)
    drop_islands(chosen, probability, page.words)
    keep_the_end(chosen, probability, blocks)
    chosen &= ~comment_threads(page, known.columns, chosen)
    code = np.array([block.kind == "code" for block in blocks], np.bool_)  # has words of its own, and says things twice
    text = chosen & ~code
    drop_copies(text, page)
    drop_contents(text, page)
    drop_strangers(text, probability, page)
    chosen &= text | code
    words = page.words * chosen
    return HtmlPage(
        text=render(blocks, chosen.tolist()),
        words=int(words.sum()),
        expected_f1=expected,
        confidence=float((probability * words).sum() / max(float(words.sum()), 1.0)),
        evidence=gather(title, blocks, page, chosen),
    )


def keep_the_end(chosen: Bools, probability: Floats, blocks: Sequence[Block]) -> None:
    """Choose, in place, the line after the last chosen one too, if it is not unlikely and its like in the same box.

    A model that has learnt what follows articles doubts their last paragraphs most.
    """
    at = int(np.flatnonzero(chosen)[-1]) if chosen.any() else len(blocks)
    if at + 1 < len(blocks) and probability[at + 1] >= END:
        last, following = blocks[at].box, blocks[at + 1].box
        chosen[at + 1] = following.parent is last.parent and following.tag == last.tag
