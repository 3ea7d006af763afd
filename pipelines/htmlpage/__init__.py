"""HTML pages: from a parsed page to the article's text.

`read` turns the page into lines, lets a trained model judge every line by its words and its boxes, and writes the
article's lines as text. Where the model is not sure, trafilatura is asked which lines it would keep, and the model
judges again with that choice before it.
"""

from __future__ import annotations

from lxml import etree

from pipelines.textpage.choose import choose
from pipelines.textpage.model import ModelError

from .blocks import read_blocks
from .choice import ask, lean, stated
from .kind import gather, why_no_article
from .model import Model, load
from .page import Evidence, HtmlPage
from .parse import parse
from .render import render

__all__ = ["SURE", "Evidence", "HtmlPage", "Model", "ModelError", "load", "parse", "read", "why_no_article"]


SURE = (
    0.9  # word-F1 that can be expected of a choice; below, trafilatura is asked too (it costs as much as all the rest)
)


def read(tree: etree._Element, model: Model | None = None) -> HtmlPage:
    """Read a parsed page, which is not changed. Never raises on any tree; a page without article has little text."""
    model = model or load()
    title = tree.findtext(".//title") or ""
    small = lean(tree)
    blocks = read_blocks(small)
    known = model.look(blocks, stated(tree, blocks), title)
    page, probability = known.page, model.judge(known)
    chosen, expected = choose(probability, page.words)
    if expected < SURE:
        probability = model.judge(known, ask(tree, small, blocks))
        chosen, expected = choose(probability, page.words)
    words = page.words * chosen
    return HtmlPage(
        text=render(blocks, chosen.tolist()),
        words=int(words.sum()),
        expected_f1=expected,
        confidence=float((probability * words).sum() / max(float(words.sum()), 1.0)),
        evidence=gather(title, blocks, page, chosen),
    )
