"""The labelled HTML pages: parsed, read into lines with trafilatura's choice, labelled by aligning tokens."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from lxml import etree
from trafilatura.utils import load_html

from lab.training import words
from lab.training.data import Archive, Sample, label, line_weights
from lab.training.evidence import Prepared, WordModels
from winnow.read.html import features
from winnow.read.html import second_opinions as choice
from winnow.read.html.blocks import Block
from winnow.read.html.model import Known
from winnow.read.html.walk import read_content
from winnow.read.lines.line import Line
from winnow.read.lines.views import Floats, Ints, view
from winnow.read.lines.word_model import chances

FOREIGN = 2.0  # what a line that was put in weighs more: boxes give it away more often than in text pages

Row = dict[str, Any]
Page = tuple[Row, bytes]


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


def load(data: Path) -> list[Page]:
    """Read (label row, bytes) of every labelled page of the folder `wcxb-dev` (or `wcxb-dev.tar.gz`)."""
    archive = Archive(data, "wcxb-dev", ".tar.gz")
    paths = sorted(path for path in archive.names() if path.startswith("ground-truth/") and path.endswith(".json"))
    out = []
    for path in paths:
        label_file = json.loads(archive.read(path))
        truth = label_file["ground_truth"]
        name = path.removeprefix("ground-truth/").removesuffix(".json")
        row = {key: truth.get(key) for key in ("title", "author", "publish_date")}
        row |= {key: truth.get(key) or [] for key in ("with", "without")}
        row |= {"main_content": truth.get("main_content") or "", "url": label_file["url"], "id": name}
        row["domain"] = site(label_file["url"])
        row["rendering"] = "html"
        out.append((row, gzip.decompress(archive.read(f"html/{name}.html.gz"))))
    return out


def site(url: str) -> str:
    """Return the host of an address, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def sample(
    row: Row, tree: etree._Element, kind: str = "plain", inserted: frozenset[str] = frozenset(), asked: bool = True
) -> HtmlSample:
    """Read and label a parsed page; lines whose key is among the inserted ones are not article.

    `asked` says whether trafilatura is: models must know pages with and without its choice.
    """
    blocks = read_content(tree).blocks
    keys = choice.keys(blocks)
    stated = choice.stated(tree, blocks)
    found = choice.ask(tree, blocks) if asked else None
    lines = tuple(block.line for block in blocks)
    labels = label([line.text for line in lines], row["main_content"])
    foreign = [int(key in inserted) for key in keys]
    labels[np.array(foreign) > 0] = 0
    key = row["id"] + ("" if kind == "plain" else "#" + kind)
    made = Sample(key, row["domain"], "html", lines, labels, row, kind, tuple(foreign))
    return HtmlSample(made, tuple(blocks), stated, found, tree.findtext(".//title") or "")


def samples(pages: Sequence[Page]) -> list[HtmlSample]:
    """Read and label all pages that have lines and a reference text."""
    out = []
    for row, content in pages:
        tree = load_html(content)
        if tree is not None and row["main_content"]:
            made = sample(row, tree)
            if made.blocks:
                out.append(made)
    return out


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
    known = Known(page.page, page.columns, page.groups, page.html.stated, found)
    return known.features(page.html.choice if asked else None)


def ways(page: HtmlPrepared) -> tuple[bool, ...]:
    """Say in which ways a model learns a page, trafilatura asked or not: a plain page in both, a copy in one."""
    return (False, True) if page.sample.kind == "plain" else (page.html.choice is not None,)
