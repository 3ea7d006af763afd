"""Tell of what kind an HTML page is: an article, a discussion, a product, …

A logistic model weighs signs of the page and its words. Signs are what it states (`kind_signs.py`), its links and
forms (`kind_links.py`), its lines as the line model judges them (`kind_lines.py`); words are those of `kind_words.py`.
The environment variable `WINNOW_KIND_MODEL` names another file than the shipped one, so that benchmarks can judge pages
by a model that has not seen their site.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from winnow.items import Kind
from winnow.model_files import KIND
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.kind_entries import has_entries, is_plain_text
from winnow.read.html.kind_lines import line_signs
from winnow.read.html.kind_links import form_parts, form_signs, link_signs
from winnow.read.html.kind_signs import Stated, address_signs, class_signs, stated, stated_kind
from winnow.read.html.kind_words import words_of
from winnow.read.html.posts import told_by_posts
from winnow.read.html.recipe_data import Recipe
from winnow.read.html.signed import is_signed
from winnow.read.html.walk import Content
from winnow.read.lines.kind_model import KINDS, KindModel, Signs, Words, read_model
from winnow.read.lines.views import Bools

SHIPPED, VARIABLE = KIND.shipped, KIND.variable
THREADLIKE = (Kind.ARTICLE, Kind.LISTING, Kind.DOCUMENTATION)  # what threads of boards, and lists, are taken for


def load(path: str | Path | None = None) -> KindModel:
    """Return the model of a file: `path`, else the one in use; cached."""
    return read_model(path or KIND.path())


class Told(NamedTuple):
    """What the tree of a page tells of its kind."""

    said: Stated
    signs: Signs
    parts: Sequence[etree._Element]  # what `form_parts` returns


def told_by(tree: etree._Element, content: Content, recipe: Recipe | None = None) -> Told | Kind:
    """Return the kind that a page states plainly, also by the one recipe that it states, else what its tree tells.

    A tree that has just been walked over is in the processor's caches: it is best looked at before the lines are.
    """
    said = stated(tree, content)
    is_recipe = recipe is not None and len(recipe.names) == 1
    return stated_kind(said) or (Kind.ARTICLE if is_recipe else _signs_of(tree, said))


def _signs_of(tree: etree._Element, said: Stated) -> Told:
    signs = said.signs | class_signs(tree) | address_signs(said.address) | link_signs(tree, said.address)
    parts = form_parts(tree)
    return Told(said, signs | form_signs(parts), parts)


def facts_of(
    tree: etree._Element, content: Content, judged: JudgedBlocks, chosen: Bools, expected: float
) -> tuple[Signs, Words]:
    """Return the signs and the words of a judged page; the signs have the same names for every page.

    `chosen` are the lines that the line model chooses, `expected` is the word-F1 that this choice may expect.
    """
    return _facts(_signs_of(tree, stated(tree, content)), content, judged, chosen, expected)


def _facts(told: Told, content: Content, judged: JudgedBlocks, chosen: Bools, expected: float) -> tuple[Signs, Words]:
    return told.signs | line_signs(judged, chosen, expected), words_of(content.title, told.said, judged, told.parts)


def kind_of(told: Told | Kind, content: Content, judged: JudgedBlocks, chosen: Bools, expected: float) -> Kind:
    """Return the kind of a judged page: the one that it states plainly, else that of its posts, else the likeliest.

    `told` is what `told_by` returns, the other arguments are those of `facts_of`.
    """
    if isinstance(told, Kind):
        return told
    facts = _facts(told, content, judged, chosen, expected)
    likeliest = KINDS[int(load().probabilities(*facts).argmax())]
    if is_signed(judged, chosen):
        return Kind.DISCUSSION
    if likeliest not in THREADLIKE:
        return likeliest
    return told_by_posts(judged, chosen) or _by_entries(likeliest, judged, chosen)


def _by_entries(likeliest: Kind, judged: JudgedBlocks, chosen: Bools) -> Kind:
    """Return the likeliest kind; of an article and a listing the other one where its entries say so."""
    if likeliest is Kind.ARTICLE and has_entries(judged, chosen):
        return Kind.LISTING
    is_short = likeliest is Kind.LISTING and is_plain_text(judged, chosen)
    return Kind.ARTICLE if is_short else likeliest
