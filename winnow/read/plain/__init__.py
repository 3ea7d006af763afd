"""Text pages: from the lines of a capture whose HTML is gone to the article and its head.

`read` splits a capture into lines, lets a trained model judge every line, and chooses the article's; `article_text`
rebuilds those as semantic HTML, out of which trafilatura takes the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from winnow.read.lines.choose import SURE, choose, drop_islands, drop_stragglers, drop_strangers, keep_the_end
from winnow.read.lines.comments import comment_threads
from winnow.read.lines.line import PROSE, Line, split_lines
from winnow.read.lines.model_file import ModelError
from winnow.read.lines.repeats import drop_contents, drop_copies
from winnow.read.lines.views import Bools, Ints, View, view
from winnow.read.plain.head import read_head
from winnow.read.plain.model import Judged, Model, load
from winnow.read.plain.no_article import gather, why_no_article
from winnow.read.plain.page import BodyLine, Evidence, Kind, TextPage
from winnow.read.plain.render import article_text

__all__ = [
    "BodyLine",
    "Evidence",
    "Line",
    "Model",
    "ModelError",
    "TextPage",
    "article_text",
    "load",
    "read",
    "read_lines",
    "split_lines",
    "why_no_article",
]

MAX_LINES = 20_000  # lines beyond are not judged: no article is that long


def read(text: str, model: Model | None = None) -> TextPage:
    """Read a capture. Never raises on any text; a page without an article has an empty or an unlikely body."""
    return read_lines(split_lines(text)[:MAX_LINES], model)


def read_lines(lines: Sequence[Line], model: Model | None = None) -> TextPage:
    """Read a page that is split into lines already."""
    model = model or load()
    judged = model.judge(view(lines))
    heading = _headings(judged)
    chosen, expected = _article(judged, heading)
    head = read_head(model, judged, chosen)
    for i in head.used:
        chosen[i] = False
    at = np.nonzero(chosen)[0]
    words = judged.page.words[at]
    return TextPage(
        title=head.title,
        standfirst=head.standfirst,
        section=head.section,
        date=head.date,
        byline=head.byline,
        body=tuple(
            BodyLine(lines[i].text, kind) for i, kind in zip(at.tolist(), _kinds(judged.page, at, heading), strict=True)
        ),
        expected_f1=expected,
        confidence=float((judged.probability[at] * words).sum() / max(float(words.sum()), 1.0)),
        words=int(words.sum()),
        evidence=gather([line.text for line in lines], judged.page.words, chosen),
    )


def _article(judged: Judged, heading: Bools) -> tuple[Bools, float]:
    """Choose the article's lines, and give the word-F1 that can be expected of the model's choice."""
    page, probability = judged.page, judged.probability
    chosen, expected = choose(probability, page.words)
    drop_islands(chosen, probability, page.words)
    keep_the_end(chosen, probability, page.words)
    chosen &= ~comment_threads(page, judged.columns, chosen)
    drop_copies(chosen, page)
    drop_contents(chosen, page)
    drop_stragglers(chosen, probability, page)
    drop_strangers(chosen, probability, page)
    chosen &= ~_heads_nothing(judged, heading, chosen)
    return chosen, expected


def _headings(judged: Judged) -> Bools:
    """Find the lines that look like headings: short, set off, no items of a list, and without a full stop."""
    page, columns = judged.page, judged.columns
    short = (page.words <= 14) & (columns["terminal"] == 0) | (columns["ends_question"] > 0) & (page.words <= 14)
    set_off = (columns["gap_before"] > 0) | (np.arange(len(page)) == 0)
    item = np.array([bool(line.bullet) for line in page.lines], np.bool_)
    found: Bools = short & set_off & ~item & (columns["ends_colon"] == 0) & (columns["starts_low"] == 0)
    return found & (columns["commas"] < 0.2)


def _heads_nothing(judged: Judged, heading: Bools, chosen: Bools) -> Bools:
    """Find the headings right above running text that was not chosen, and unsure ones below which nothing was.

    They head an appeal or a teaser.
    """
    left_out = (judged.page.words >= PROSE) & ~chosen
    below: Bools = np.append(left_out[1:], False)
    others = np.flatnonzero(chosen & ~(heading & (judged.probability < SURE)))
    end = others[-1] + 1 if len(others) else 0
    below[end:] |= not chosen[end:].all()
    return heading & below


def _kinds(page: View, at: Ints, heading: Bools) -> Iterator[Kind]:
    """Tell headings and list items from paragraphs."""
    for i in at.tolist():
        yield "item" if page.lines[i].bullet else "heading" if heading[i] else "paragraph"
