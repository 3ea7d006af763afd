"""Text pages: from the lines of a capture, whose HTML is gone, to the article and its head.

`read` splits a capture into lines, lets a trained model judge every line, and chooses the article's lines;
`article_text` writes these as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from winnow.items import Kind
from winnow.read.lines.choose import FLOOR, SURE, choose, drop_islands, drop_stragglers, drop_strangers, keep_the_end
from winnow.read.lines.comments import drop_comments, keep_comments
from winnow.read.lines.interruptions import drop_appeals
from winnow.read.lines.legal import drop_legal
from winnow.read.lines.line import PROSE, Line, split_lines
from winnow.read.lines.model_file import ModelError
from winnow.read.lines.pieces import MAX_LINES
from winnow.read.lines.repeats import drop_contents, drop_copies
from winnow.read.lines.steps import Judged, Step, Trace, follow
from winnow.read.lines.views import Bools, Ints, view
from winnow.read.plain.captions import drop_alternatives, drop_captions
from winnow.read.plain.documents import keep_document
from winnow.read.plain.doubt import drop_tail, keep_below, keep_between, keep_code
from winnow.read.plain.ends import keep_last_sentence
from winnow.read.plain.flattened import is_flat, keep_sentences, keep_text, may_be_title, parts, together_again
from winnow.read.plain.footnotes import keep_footnotes
from winnow.read.plain.head import read_head
from winnow.read.plain.kind import SURE_THREAD, told_by
from winnow.read.plain.lead import keep_lead
from winnow.read.plain.letters import keep_letter
from winnow.read.plain.menus import drop_menus
from winnow.read.plain.model import Model, ask_again, is_english, is_in_doubt, load, load_for, look
from winnow.read.plain.no_article import gather, why_no_article
from winnow.read.plain.page import BodyLine, Evidence, LineKind, TextPage, together
from winnow.read.plain.render import article_lines, article_text, numbered, shown, text_of, to_markdown
from winnow.read.plain.threads import thread_in

__all__ = [
    "BodyLine",
    "Evidence",
    "Line",
    "Model",
    "ModelError",
    "TextPage",
    "article_lines",
    "article_text",
    "is_english",
    "load",
    "read",
    "read_lines",
    "split_lines",
    "text_of",
    "to_markdown",
    "together",
    "why_no_article",
]


CAPTIONS, CAPTION = 2, 25  # lines between a heading and its text, and their words, at most
LIKELY = 0.5  # probability of such a heading, at least
MARKED = 0.2  # share of the long lines that end with a mark, from which a script marks its sentences
ENCLOSED = 40  # words from which on a doubtful paragraph stays in the middle of an article


@dataclass(frozen=True, slots=True)
class JudgedText(Judged):
    """A judged capture, with a flag for each line: whether it looks like a heading."""

    heading: Bools


def read(
    text: str,
    model: Model | None = None,
    trace: Trace | None = None,
    with_comments: bool = False,
    is_whole: bool = False,
) -> TextPage:
    """Return the article and the head of a capture; a page without an article has an empty or an unlikely body.

    `with_comments` keeps the comments below the article, `is_whole` all lines, where nothing but a text is known to be
    there. No text raises an error; `ModelError` is raised where no model can be loaded.
    """
    lines = split_lines(text)
    page = read_lines(lines[:MAX_LINES], model, trace, with_comments, is_whole)
    return replace(page, is_cut=True) if len(lines) > MAX_LINES else page


def read_lines(
    lines: Sequence[Line],
    model: Model | None = None,
    trace: Trace | None = None,
    with_comments: bool = False,
    is_whole: bool = False,
) -> TextPage:
    """Return the article and the head of a capture's lines; a trace is filled with what every step did."""
    known = look(view(lines))
    told = told_by(known.page, known.columns)
    thread = thread_in(known.page, known.columns, told.read_as is Kind.DISCUSSION)
    told = SURE_THREAD if thread else told
    model = model or load_for(known.page, told.read_as)
    first = model.judge(known)
    in_doubt = is_in_doubt(first)
    found = ask_again(known, first) if in_doubt else first
    judged = JudgedText(found.page, found.columns, found.probability, _headings(found))
    first_of_all, last_of_all = ((), FLAT) if is_flat(judged) else (IN_DOUBT if in_doubt else (), ())
    steps = [*first_of_all, *steps_for(told.read_as, with_comments), *last_of_all]
    steps += MANUAL if told.is_manual and not is_flat(judged) else ()
    steps = list(WHOLE) if is_whole else steps
    steps += [Step("post of a thread", thread.keep_posts)] if thread else []
    chosen, expected = _article(judged, steps, trace)
    head = read_head(model, judged, chosen, first if in_doubt else None)
    head = head if may_be_title(judged, chosen, head.at) else head.untitled()
    of_head = (Step("title", head.drop_head), Step("standfirst below the title", head.keep_standfirst))
    chosen = follow(of_head, judged, chosen, trace)
    evidence = gather(judged, chosen)
    chosen = follow([Step("author or day below the title", head.drop_credits)], judged, chosen, trace)
    at = np.nonzero(chosen)[0]
    words = judged.page.words[at]
    consented = words * (judged.probability[at] >= FLOOR)
    return TextPage(
        title=shown(head.title),
        standfirst=shown(head.standfirst),
        section=head.section,
        date=head.date,
        byline=shown(head.byline),
        body=tuple(together_again(judged, at.tolist(), _kinds(judged, at))),
        expected_f1=expected,
        confidence=float((judged.probability[at] * consented).sum() / max(float(consented.sum()), 1.0)),
        words=int(words.sum()),
        evidence=evidence,
        told=told,
    )


def _article(judged: JudgedText, steps: Sequence[Step[JudgedText]], trace: Trace | None) -> tuple[Bools, float]:
    """Return the article's lines, and the word-F1 that can be expected of the model's choice."""
    chosen, expected = choose(judged.probability, judged.page.words)
    return follow(steps, judged, chosen, trace), expected


def _headings(judged: Judged) -> Bools:
    """Return which lines look like headings: short, set off by a blank line, no list items, without a full stop.

    Where a capture marks headings below the title, these are all.
    """
    levels = np.array([line.level for line in judged.page.lines], np.int64)
    if (levels > 1).any():
        return levels > 0
    page, columns = judged.page, judged.columns
    long = page.words >= 2 * PROSE
    is_marked = not long.any() or columns["terminal"][long].mean() >= MARKED
    most = 14 if is_marked else PROSE - 1  # sentences of Thai and Lao end with no mark
    short = (page.words <= most) & (columns["terminal"] == 0) | (columns["ends_question"] > 0) & (page.words <= 14)
    set_off = (columns["gap_before"] > 0) | (np.arange(len(page)) == 0)
    found: Bools = short & set_off & (columns["ends_colon"] == 0) & (columns["starts_low"] == 0)
    found &= (columns["commas"] < 0.2) & (columns["bullet"] == 0)
    found[[*numbered([line.text for line in page.lines])]] = False
    return found & ~parts(judged)


def drop_idle_headings(judged: JudgedText, chosen: Bools) -> Bools:
    """Return the choice without headings that head nothing of it, as those of appeals and teasers do.

    Such headings stand right above running text that was not chosen, or are unsure and stand below all other
    chosen lines. A likely heading may have a caption between itself and its text.
    """
    left_out = (judged.page.words >= PROSE) & ~chosen
    below: Bools = np.append(left_out[1:], False) & ~_above_captions(judged, chosen)
    others = np.flatnonzero(chosen & ~(judged.heading & (judged.probability < SURE)))
    end = others[-1] + 1 if len(others) else 0
    below[end:] |= not chosen[end:].all()
    return chosen & ~(judged.heading & below)


def _above_captions(judged: JudgedText, chosen: Bools) -> Bools:
    """Return which lines are likely, and have no more than a caption or two between themselves and a chosen line."""
    found = np.zeros_like(chosen)
    at, words = np.flatnonzero(chosen), judged.page.words
    for line, following in zip(at.tolist(), at[1:].tolist(), strict=False):
        is_near = following - line - 1 <= CAPTIONS and words[line + 1 : following].sum() <= CAPTION
        found[line] = is_near and judged.probability[line] >= LIKELY
    return found


def keep_whole(_: JudgedText, chosen: Bools) -> Bools:
    """Return the choice of all lines."""
    return np.ones_like(chosen)


def drop_text_strangers(judged: JudgedText, chosen: Bools) -> Bools:
    """Return the choice without strangers, but with the long paragraphs in the middle of what was chosen.

    Such a paragraph has running text above and below it, and no line in between that was left out. In other languages
    than English all lines stay: they share fewer words where words have many forms, or run together.
    """
    kept, words = drop_strangers(judged, chosen), judged.page.words
    if kept is chosen or not is_english(judged.page):
        return chosen
    at, left_out = np.flatnonzero(chosen & (words >= PROSE)), np.cumsum(~chosen)
    for above, line, below in zip(at.tolist(), at[1:].tolist(), at[2:].tolist(), strict=False):
        kept[line] |= words[line] >= ENCLOSED and left_out[above] == left_out[below]
    return kept


def drop_text_stragglers(judged: JudgedText, chosen: Bools) -> Bools:
    """Return the choice of an English capture without stray passages.

    In other languages the model doubts last paragraphs more often than it is wrong about what stands below them.
    """
    return drop_stragglers(judged, chosen) if is_english(judged.page) else chosen


def _kinds(judged: JudgedText, at: Ints) -> Iterator[LineKind]:
    """Yield the kinds of the lines of these numbers."""
    for i in at.tolist():
        yield "item" if judged.page.lines[i].bullet else "heading" if judged.heading[i] else "paragraph"


_SHOWN = "what a picture shows"
STEPS: tuple[Step[JudgedText], ...] = (
    Step("far from the rest", drop_islands),
    Step("last line of all", keep_the_end),
    Step("last sentence", keep_last_sentence),
    Step("row of a menu", drop_menus),
    Step("lead of the article", keep_lead),
    Step("comments", drop_comments),
    Step("consent or small print", drop_legal),
    Step("caption of a picture", drop_captions),
    Step(_SHOWN, drop_alternatives),
    Step("interrupts the article", drop_appeals),
    Step("shown twice", drop_copies),
    Step("table of contents", drop_contents),
    Step("stray passage", drop_text_stragglers),
    Step("about something else", drop_text_strangers),
    Step("heads nothing kept", drop_idle_headings),
    Step("footnote", keep_footnotes),
    Step("part of a letter", keep_letter),
    Step("document by itself", keep_document),
)
# Before these, of captures in other languages than English of which the model is in doubt.
IN_DOUBT: tuple[Step[JudgedText], ...] = (
    Step("within the text", keep_between),
    Step("goes on below the text", keep_below),
    Step("list below the text", drop_tail),
)
# After these, of manuals, whose code, tables and lists of options stand within the text.
MANUAL: tuple[Step[JudgedText], ...] = (Step("within the text", keep_code),)
# The same of captures whose line ends were lost.
FLAT: tuple[Step[JudgedText], ...] = (
    Step("part of a sentence", keep_sentences),
    Step("nothing but a text", keep_text),
)
# In place of all others, of captures that are known to hold nothing but a text.
WHOLE: tuple[Step[JudgedText], ...] = (Step("nothing but a text", keep_whole), Step("table of contents", drop_contents))
_ELSE = "about something else"
_APART = ("far from the rest", "stray passage", _ELSE)  # what comments are, too
# Steps that captures of a kind are read without. The posts of a thread are no comments on it; a listing's entries stand
# apart, and each is about something else.
_NOT_FOR = {
    Kind.DISCUSSION: ("comments", _SHOWN, *_APART),
    Kind.DOCUMENTATION: (_SHOWN, *_APART),
    Kind.SERVICE: (_SHOWN, _ELSE),
    Kind.PRODUCT: (_SHOWN, _ELSE),
    Kind.LISTING: ("comments", _SHOWN, *_APART),
    Kind.COLLECTION: ("comments", _SHOWN, *_APART),
}
_COMMENTS: Step[JudgedText] = Step("comment that is wanted", keep_comments)


def steps_for(kind: Kind, with_comments: bool = False) -> list[Step[JudgedText]]:
    """Return the steps by which a capture of a kind is read, without or with the comments below an article."""
    if with_comments and kind is Kind.ARTICLE:
        return [_COMMENTS if step.why == "comments" else step for step in STEPS if step.why not in _APART]
    return [step for step in STEPS if step.why not in _NOT_FOR.get(kind, ())]
