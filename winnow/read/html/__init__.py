"""HTML pages: from a parsed page to the article's text.

`read` turns the page into lines, lets a trained model judge every line by its words and its boxes, and writes the
article's lines as text. Where the model is not sure, `read` asks trafilatura which lines it would keep, and the model
judges again, with trafilatura's choice among its features.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import numpy as np
from lxml import etree

from winnow.items import Kind
from winnow.read.html.asides import (
    drop_interruptions,
    drop_next_articles,
    drop_paging,
    drop_pull_quotes,
    drop_repeated,
    drop_strays,
    drop_terms,
)
from winnow.read.html.captions import keep_captions
from winnow.read.html.columns import keep_columns, keep_manual
from winnow.read.html.contents import keep_listed
from winnow.read.html.documents import keep_document
from winnow.read.html.ends import goes_on, is_headed, keep_contact, keep_last_list, keep_the_end
from winnow.read.html.entries import drop_controls, drop_others, keep_entries
from winnow.read.html.features import outer, plain
from winnow.read.html.footnotes import keep_footnotes
from winnow.read.html.heads import keep_alike, keep_headings, keep_most, keep_questions
from winnow.read.html.inline import base_of
from winnow.read.html.insets import keep_insets
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.kind import kind_of, told_by
from winnow.read.html.letters import is_letter, keep_letter
from winnow.read.html.markdown import write_markdown
from winnow.read.html.model import Model, load
from winnow.read.html.no_article import gather, keep_a_stretch, why_no_article
from winnow.read.html.page import HtmlEvidence, HtmlPage
from winnow.read.html.parse import parse, parse_page
from winnow.read.html.posts import keep_posts
from winnow.read.html.recipe_data import Recipe, stated_recipe
from winnow.read.html.recipes import keep_recipe
from winnow.read.html.render import render
from winnow.read.html.scripted import read_whole, unread
from winnow.read.html.second_opinions import ask, stated
from winnow.read.html.walk import Content, read_content
from winnow.read.html.whole import (
    below_title,
    fill_holes,
    is_paragraph,
    keep_comments,
    keep_lead,
    keep_whole,
)
from winnow.read.lines.choose import choose, drop_islands, drop_strangers
from winnow.read.lines.comments import drop_comments
from winnow.read.lines.legal import drop_legal, drop_rights
from winnow.read.lines.line import PROSE
from winnow.read.lines.model_file import ModelError
from winnow.read.lines.pieces import join_columns
from winnow.read.lines.repeats import drop_contents, drop_copies
from winnow.read.lines.steps import Step, Trace, follow
from winnow.read.lines.views import Bools, view

__all__ = [
    "SURE", "Content", "HtmlEvidence", "HtmlPage", "Model", "ModelError", "base_of", "judge", "load", "parse",
    "parse_page", "plain", "read", "read_content", "read_whole", "unread", "why_no_article", "write_markdown",
]  # fmt: skip


# Expected word-F1 of a choice of lines, below which trafilatura is asked too: that costs half as much as all the rest.
SURE = 0.9
# Boxes say which lines belong together: an error that all lines of a page have in common need not be expected here.
SPREAD = 0.0
ENCLOSING = 0.5  # probability of the chosen lines above and below a paragraph that is no stranger, at least
MOST = 0.5  # share of a list's lines that are no strangers, from which none is
BETA = 1.5  # how much more recall counts than precision where the model doubts too much
ISLAND = 0.4  # mean probability, weighted by words, that lines far from the rest must have


def read(
    tree: etree._Element,
    model: Model | None = None,
    content: Content | None = None,
    trace: Trace | None = None,
    with_comments: bool = False,
) -> HtmlPage:
    """Return the article of a parsed page, whose tree is not changed; a page without an article has little text.

    `content` is what `read_content` returns for the tree, if the caller has that already; a trace is filled with what
    every step did; `with_comments` keeps the comments below an article. No tree raises an error; `ModelError` is raised
    where no model can be loaded.
    """
    content = content or read_content(tree)
    recipe = stated_recipe(content)
    told = told_by(tree, content, recipe)
    judged, chosen, expected = judge(tree, content, model or load(), trace, recipe)
    kind = kind_of(told, content, judged, chosen, expected)
    first = chosen
    chosen = follow(steps_for(kind, with_comments), judged, chosen, trace)
    words = judged.page.words * chosen
    sure = words * first if is_letter(judged) else words  # the stories of a digest look like teasers to the model
    flags: list[bool] = chosen.tolist()
    return HtmlPage(
        text=render(content.blocks, flags),
        chosen=flags,
        kind=kind,
        words=int(words.sum()),
        expected_f1=expected,
        confidence=float((judged.probability * sure).sum() / max(float(sure.sum()), 1.0)),
        evidence=gather(content.title, judged, chosen),
    )


def judge(
    tree: etree._Element, content: Content, model: Model, trace: Trace | None = None, recipe: Recipe | None = None
) -> tuple[JudgedBlocks, Bools, float]:
    """Return the judged lines of a page, those that the model chooses, and the word-F1 that the choice may expect.

    `content` is what `read_content` returns for the tree; a trace is filled with what the model thought first. The
    recipe that the page states is handed on to the steps.
    """
    blocks = content.blocks
    page = view([block.line for block in blocks])
    known = model.look(page, blocks, stated(content), content.title)
    probability = model.judge(known)
    chosen, expected = choose(probability, page.words, SPREAD)
    if expected < SURE:
        if trace is not None:
            trace.first = probability
        probability = model.judge(known, ask(tree, blocks))
        chosen, expected = choose(probability, page.words, SPREAD)
    code = np.array([block.kind == "code" for block in blocks], np.bool_)
    columns = join_columns([each.piece for each in known], [each.columns for each in known])
    return JudgedBlocks(page, columns, probability, blocks, code, recipe), chosen, expected


def keep_more(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with less likely lines, for pages of which the model doubts too many.

    An offer of a service speaks like the appeals around an article, from which the model has learnt to keep away.
    """
    return chosen | choose(judged.probability, judged.page.words, SPREAD, BETA)[0]


def drop_far_islands(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without islands; boxes make far lines less doubtful than they are in plain text.

    What stands close below the title is no island, however much the page says further down.
    """
    kept: Bools = drop_islands(judged, chosen, ISLAND) | chosen & below_title(judged)
    return kept


def drop_html_strangers(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice without strangers, but with the plain paragraphs amid likely lines, between two or at the end.

    What is set into the text by its name stays, too, and so do footnotes and the items of a list of which half stays.
    """
    kept = drop_strangers(judged, chosen)
    if (kept != chosen).any():
        kept |= chosen & keep_insets(judged, kept, must_be_named=True)
        kept |= chosen & keep_whole(judged, kept, MOST)
        kept |= chosen & keep_footnotes(judged, kept)
        for i in np.flatnonzero(chosen & ~kept).tolist():
            kept[i] = _is_amid(judged, kept, i)
    at = np.flatnonzero(chosen)
    sure, dropped = judged.probability[at] >= ENCLOSING, ~kept[at]
    for k in np.flatnonzero(dropped[1:-1] & sure[:-2] & sure[2:]).tolist():
        kept[at[k + 1]] = is_paragraph(judged, int(at[k + 1]))
    if len(at) > 1 and dropped[0]:
        kept[at[0]] = _opens(judged, int(at[0]), int(at[1]))
    if len(at) > 1 and dropped[-1]:
        kept[at[-1]] = goes_on(judged, int(at[-2]), int(at[-1])) or (
            kept[at[-1] - 1] and is_headed(judged, int(at[-1]))
        )
    return kept


def _is_amid(judged: JudgedBlocks, kept: Bools, line: int) -> bool:
    """Return whether a line is a plain paragraph in a box in which running text is kept both above and below it."""
    if not is_paragraph(judged, line):
        return False
    box = outer(judged.blocks[line].box)
    running = np.flatnonzero(kept & (judged.page.words >= PROSE) & (judged.probability >= ENCLOSING)).tolist()
    beside = [i for i in running if outer(judged.blocks[i].box) is box]
    return bool(beside) and beside[0] < line < beside[-1]


def _opens(judged: JudgedBlocks, line: int, following: int) -> bool:
    """Return whether a line is the paragraph between the title and the rest of the text, with nothing beside it."""
    return line + 1 == following and is_paragraph(judged, line) and bool(below_title(judged)[line])


def _but_code(change: Callable[[JudgedBlocks, Bools], Bools]) -> Callable[[JudgedBlocks, Bools], Bools]:
    """Return a step that sees and changes only the lines that are no code."""

    @wraps(change)
    def changed(judged: JudgedBlocks, chosen: Bools) -> Bools:
        return change(judged, chosen & ~judged.code) | chosen & judged.code

    return changed


def _told(judged: JudgedBlocks, kept: Bools) -> Bools:
    return keep_listed(judged, kept) | keep_document(judged, kept) | keep_letter(judged, kept)


def _but_told(change: Callable[[JudgedBlocks, Bools], Bools]) -> Callable[[JudgedBlocks, Bools], Bools]:
    """Return a step that drops nothing from listed sections, a document or a newsletter."""

    @wraps(change)
    def changed(judged: JudgedBlocks, chosen: Bools) -> Bools:
        kept = change(judged, chosen)
        is_same = (kept == chosen).all()
        return kept if is_same else kept | chosen & _told(judged, kept)

    return changed


STEPS: tuple[Step[JudgedBlocks], ...] = (
    Step("doubted too much", keep_more),
    Step("whose the page is", drop_rights),
    Step("review or other goods", drop_others),
    Step("one long text", keep_columns),
    Step("far from the rest", drop_far_islands),
    Step("part of a manual", keep_manual),
    Step("listed in the contents", keep_listed),
    Step("part of a list or table", keep_whole),
    Step("set into the text", keep_insets),
    Step("between two sure lines", fill_holes),
    Step("list that ends the article", keep_last_list),
    Step("question or answer", keep_questions),
    Step("footnote", keep_footnotes),
    Step("heads what is kept", keep_headings),
    Step("like a heading that is kept", keep_alike),
    Step("like most lines that are kept", keep_most),
    Step("lead of the article", keep_lead),
    Step("last line of all", keep_the_end),
    Step("document by itself", keep_document),
    Step("part of a newsletter", keep_letter),
    Step("terms below the text", drop_terms),
    Step("next article", drop_next_articles),
    Step("comments", drop_comments),
    Step("post of a thread", keep_posts),
    Step("consent or small print", _but_code(drop_legal)),
    Step("interrupts the article", drop_interruptions),
    Step("quotes the article", drop_pull_quotes),
    Step("shown twice", _but_code(drop_repeated)),
    Step("table of contents", _but_code(drop_contents)),
    Step("about something else", _but_told(_but_code(drop_html_strangers))),
    Step("menu or form", drop_controls),
    Step("part of all entries or of none", keep_entries),
    Step("looks like no part of it", _but_told(drop_strays)),
    Step("leads to the next page", drop_paging),
    Step("part of the recipe", keep_recipe),
    Step("beside a table", keep_captions),
    Step("whom to ask", keep_contact),
    Step("the only running text", keep_a_stretch),
)
_ELSE, _STRAYS = "about something else", "looks like no part of it"
_APART = ("comments", "far from the rest", _ELSE)
_LISTS = (Kind.LISTING, Kind.COLLECTION)
# Steps that only pages of some kinds are read with.
_ONLY_FOR = {
    _STRAYS: (Kind.ARTICLE,),
    "document by itself": (Kind.ARTICLE, Kind.DOCUMENTATION),
    "next article": (Kind.ARTICLE,),
    "beside a table": (Kind.ARTICLE, Kind.DOCUMENTATION),
    "whom to ask": (Kind.ARTICLE,),
    "set into the text": (Kind.ARTICLE, Kind.DOCUMENTATION),
    "like most lines that are kept": (Kind.ARTICLE, Kind.DOCUMENTATION),
    "like a heading that is kept": (Kind.ARTICLE, Kind.DISCUSSION, Kind.DOCUMENTATION),
    "post of a thread": (Kind.DISCUSSION,),
    "listed in the contents": (Kind.ARTICLE, Kind.DOCUMENTATION),
    "part of a manual": (Kind.DOCUMENTATION,),
    "doubted too much": (Kind.SERVICE,),
    "review or other goods": (Kind.PRODUCT,),
    "menu or form": (Kind.PRODUCT, *_LISTS),
    "part of all entries or of none": _LISTS,
}
# Steps that pages of a kind are read without. The posts of a thread are no comments on it; a listing's entries stand
# apart, and each is about something else; so are the facts of a product. A manual tells the same steps for each system.
_NOT_FOR = {
    Kind.DISCUSSION: _APART,
    Kind.DOCUMENTATION: (_ELSE, "shown twice"),
    Kind.SERVICE: (_ELSE,),
    Kind.PRODUCT: (_ELSE,),
    Kind.LISTING: _APART,
    Kind.COLLECTION: _APART,
}
_COMMENTS = Step("comment that is wanted", keep_comments)
_COPIES = Step("shown twice", _but_code(drop_copies))


def steps_for(kind: Kind, with_comments: bool = False) -> list[Step[JudgedBlocks]]:
    """Return the steps by which a page of a kind is read, in order, without or with the comments below an article."""
    left_out: tuple[str, ...] = _NOT_FOR.get(kind, ())
    others = {} if kind is Kind.ARTICLE else {_COPIES.why: _COPIES}  # in a thread, people quote each other
    if with_comments and kind is Kind.ARTICLE:
        others["comments"] = _COMMENTS
        left_out = ("far from the rest", _ELSE, _STRAYS)  # as comments are
    steps = [others.get(step.why, step) for step in STEPS]
    return [step for step in steps if step.why not in left_out and kind in _ONLY_FOR.get(step.why, Kind)]
