"""The labelled HTML pages: parsed, read into lines with trafilatura's choice, labelled by aligning tokens."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from lxml import etree

from lab.training import words
from lab.training.data import Sample, line_weights
from lab.training.evidence import Prepared, WordModels
from lab.training.html_labels import labelled
from lab.training.html_sets import ARTICLES, Page, Row, tree_of
from lab.training.likeness import units
from winnow.read.html import features
from winnow.read.html import second_opinions as choice
from winnow.read.html.blocks import Block
from winnow.read.html.boxes import Box
from winnow.read.html.model import Known
from winnow.read.html.walk import read_content
from winnow.read.lines.line import Line
from winnow.read.lines.pieces import Piece
from winnow.read.lines.views import Floats, Ints, view
from winnow.read.lines.word_model import chances

THERE = 0.3  # words of the labelled text that must be on a page at least, or else its labels are of something else
FOREIGN = 3.0  # what a line that was put in weighs more: real pages hold few of the kind


@dataclass(frozen=True)
class HtmlSample:
    """A page for training: its labelled lines, the boxes they stand in, and what trafilatura and the page say."""

    sample: Sample
    blocks: tuple[Block, ...] = field(repr=False)
    stated: Floats = field(repr=False)
    choice: choice.Choice | None = field(repr=False)
    title: str

    def respelled(self, lines: Sequence[Line], kind: str) -> HtmlSample:
        """Make a copy with other words in the same boxes."""
        blocks = tuple(replace(block, line=line) for block, line in zip(self.blocks, lines, strict=True))
        sample = self.sample.altered(lines, self.sample.labels.tolist(), kind)
        return HtmlSample(sample, blocks, self.stated, self.choice, "")


def sample(
    row: Row, tree: etree._Element, kind: str = "plain", inserted: frozenset[str] = frozenset(), asked: bool = True
) -> HtmlSample:
    """Read and label a parsed page; lines whose key is among the inserted ones are not article.

    `asked` says whether trafilatura is: models must know pages with and without its choice.
    """
    content = read_content(tree)
    blocks = content.blocks
    keys = choice.keys(blocks)
    stated = choice.stated(content)
    found = choice.ask(tree, blocks) if asked else None
    lines = tuple(block.line for block in blocks)
    labels, trust = labelled(blocks, row)
    foreign = [int(key in inserted) for key in keys]
    labels[np.array(foreign) > 0] = 0
    if trust:
        trust = tuple(np.maximum(trust, foreign).tolist())
    key = row["id"] + ("" if kind == "plain" else "#" + kind)
    made = Sample(key, row["domain"], "html", lines, labels, row, kind, tuple(foreign), trust)
    _forget_elements(blocks)
    return HtmlSample(made, tuple(blocks), stated, found, content.title)


def _forget_elements(blocks: Sequence[Block]) -> None:
    """Let the tree of a page go, gigabytes for all pages; what the lines need to know of their boxes stays."""
    for block in blocks:
        box: Box | None = block.box
        while box is not None and box.element is not None:
            box.element = None
            box = box.parent


def samples(pages: Sequence[Page]) -> list[HtmlSample]:
    """Read and label all pages that have lines and on which what is labelled stands."""
    out = []
    for row, content in pages:
        tree = tree_of(content)
        if tree is not None and (row["main_content"] or row["with"]):
            made = sample(row, tree)
            if made.blocks and is_there(made.sample):
                out.append(made)
    return out


def is_there(made: Sample) -> bool:
    """Return whether the words of the lines labelled article are a good part of the labelled text's."""
    wanted = len(units(made.row["main_content"]))
    found = sum(len(units(line.text)) for line, label in zip(made.lines, made.labels, strict=True) if label)
    return found >= THERE * wanted and found > 0


@dataclass
class HtmlPrepared(Prepared):
    """A sample with everything that does not depend on a model."""

    html: HtmlSample = field(repr=False)
    groups: list[tuple[str, Ints]] = field(repr=False)


def prepare(made: HtmlSample) -> HtmlPrepared:
    """Compute the model-free features of a sample."""
    page = view(made.sample.lines)
    columns = features.plain(page, made.blocks, made.title)
    groups = features.groups(made.blocks)
    weights = line_weights(made.sample, FOREIGN)
    return HtmlPrepared(made.sample, page, words.sparse(page), columns, weights, html=made, groups=groups)


def html_features(page: HtmlPrepared, models: WordModels, *folds: int, asked: bool) -> Floats:
    """Compute the whole feature array (features x lines) of a page under word models that have not seen the folds."""
    found = chances(page.page, models.without(*folds), models.asides_without(*folds))
    known = Known(
        Piece(0, 0, len(page.page), len(page.page)), page.page, page.columns, page.groups, page.html.stated, found
    )
    return known.features(page.html.choice if asked else None)


def ways(page: HtmlPrepared) -> tuple[bool, ...]:
    """Say in which ways a model learns a page, trafilatura asked or not: an article in both, other pages in one."""
    if page.sample.kind != "plain":
        return (page.html.choice is not None,)
    if page.sample.row["set"] == ARTICLES:
        return (False, True)
    return (int(hashlib.md5(page.sample.key.encode()).hexdigest(), 16) % 2 == 0,)
