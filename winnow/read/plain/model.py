"""The trained model: one data file, read once per process.

`WINNOW_TEXT_MODEL` names another file, so that pages can be judged by a model that has not seen their site.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from winnow.read.lines import features
from winnow.read.lines.model_file import Parts, read, write
from winnow.read.lines.steps import Judged
from winnow.read.lines.trees import Trees
from winnow.read.lines.views import Floats, Ints, View
from winnow.read.lines.word_model import WordModel, chances
from winnow.read.plain import title_features as titles
from winnow.read.plain.title_features import Start

SHIPPED = Path(__file__).with_name("model.npz")
VARIABLE = "WINNOW_TEXT_MODEL"


@dataclass(frozen=True, slots=True)
class Model:
    """Word models (of articles, of asides), line trees and title trees, with their provenance."""

    words: WordModel
    asides: WordModel
    lines: Trees
    titles: Trees
    provenance: dict[str, Any]

    def judge(self, page: View) -> Judged:
        """Give each line's probability of being article."""
        columns = features.plain(page)
        if not len(page):
            return Judged(page, columns, np.zeros(0, np.float32))
        informed = features.informed(page, columns, chances(page, self.words, self.asides))
        return Judged(page, columns, self.lines.probability(features.stack(columns | informed)))

    def title_chances(self, judged: Judged, start: Start) -> tuple[Ints, Floats]:
        """Give the candidate lines for the title and the probability of each."""
        at = titles.candidates(judged.page, start)
        if not len(at):
            return at, np.zeros(0, np.float32)
        rows = titles.title_features(judged.page, judged.columns, judged.probability, start, at)
        return at, self.titles.probability(rows)


def save(model: Model, path: Path) -> None:
    """Write a model file. The same model gives the same bytes."""
    trees = {"lines": model.lines, "titles": model.titles}
    write(path, Parts(model.words, model.asides, trees, model.provenance), features.NAMES)


def load(path: str | Path | None = None) -> Model:
    """Load a model file, by default the one that `WINNOW_TEXT_MODEL` names, else the shipped one; cached."""
    return _load(str(path or os.environ.get(VARIABLE) or SHIPPED))


@lru_cache(maxsize=8)
def _load(path: str) -> Model:
    parts = read(path, features.NAMES, ("lines", "titles"))
    return Model(parts.words, parts.asides, parts.trees["lines"], parts.trees["titles"], parts.provenance)
