"""Tell of what kind a capture is: an article, a discussion, a product, …

A logistic model weighs what the lines of a capture are like and its words. The environment variable
`WINNOW_TEXT_KIND_MODEL` names another model file than the shipped one, so that benchmarks can judge captures by a model
that has not seen their site.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from winnow.items import Kind
from winnow.model_files import TEXT_KIND
from winnow.read.lines.features import LINE_NAMES
from winnow.read.lines.features_line import Columns
from winnow.read.lines.kind_model import KINDS, SHORT, KindModel, Signs, Words, numbers, read_model, wholes
from winnow.read.lines.views import View

ARTICLE = 0.25  # probability of an article, from which a capture is read as one, whatever is likelier
MANUAL = 0.3  # probability of documentation, from which on a capture is kept as manuals are
CERTAIN = 0.8  # probability of a kind that is certain: pages of most kinds are never copies of pages elsewhere


class Told(NamedTuple):
    """The kind that a capture is read as, and the probability of this kind."""

    read_as: Kind
    probability: float
    is_manual: bool = False  # whether it may well be documentation, even where it is read as an article

    @property
    def kind(self) -> Kind:
        """Return the kind where it is certain, else an article, which a text without its HTML mostly is."""
        return self.read_as if self.probability >= CERTAIN else Kind.ARTICLE


SURE_THREAD = Told(Kind.DISCUSSION, 1.0)  # by the moments of its posts, whatever its lines read like


def told_by(page: View, columns: Columns) -> Told:
    """Return what the lines of a capture and their features tell of its kind.

    Raises `ModelError` if the model cannot be read.
    """
    probabilities = load().probabilities(*facts_of(page, columns))
    article = KINDS.index(Kind.ARTICLE)
    best = article if probabilities[article] >= ARTICLE else int(probabilities.argmax())
    is_manual = probabilities[KINDS.index(Kind.DOCUMENTATION)] >= MANUAL
    return Told(KINDS[best], float(probabilities[best]), bool(is_manual))


def load(path: str | Path | None = None) -> KindModel:
    """Return the model of a file: `path`, else the one in use; cached."""
    return read_model(path or TEXT_KIND.path())


def facts_of(page: View, columns: Columns) -> tuple[Signs, Words]:
    """Return the signs and the words of a capture; the signs have the same names for every capture.

    Signs are the means of the lines' features, once over words and once over lines. Places of words are short lines,
    lines of few words as a whole, and all lines.
    """
    rows = np.stack([columns[name] for name in LINE_NAMES])
    signs = {"lines": float(np.log1p(len(page))), "words": float(np.log1p(page.words.sum()))}
    for over, weight in (("words", page.words), ("lines", np.ones_like(page.words))):
        means = (rows @ weight / max(float(weight.sum()), 1.0)).tolist()
        signs |= {f"{name} over {over}": value for name, value in zip(LINE_NAMES, means, strict=True)}
    short = page.words <= SHORT
    places = (page.hashes[short[page.owner]], wholes(page, short), page.hashes)
    return signs, [numbers(place, words) for place, words in enumerate(places)]
