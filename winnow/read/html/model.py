"""The trained model of HTML pages: one data file, read once per process.

The environment variable `WINNOW_HTML_MODEL` names another file, so that benchmarks can judge pages by a model that has
not seen their site.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from winnow.read.html import features
from winnow.read.html.blocks import Block
from winnow.read.html.second_opinions import Choice
from winnow.read.lines.features_line import Columns
from winnow.read.lines.model_file import LineModel, ModelFile
from winnow.read.lines.views import Floats, Ints, View, view
from winnow.read.lines.word_model import chances


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page's lines before trafilatura is asked."""

    page: View
    columns: Columns
    groups: list[tuple[str, Ints]]
    stated: Floats  # how much of each line the article body holds that the page states; -1 where it states none
    chances: Columns  # the word models' probabilities: "text", "aside"

    def features(self, choice: Choice | None = None) -> Floats:
        """Return the whole feature array (features x lines), with or without trafilatura's choice."""
        more = features.informed(self.page, self.columns, self.groups, self.stated, self.chances, choice)
        return features.matrix(self.columns | more)


@dataclass(frozen=True, slots=True)
class Model(LineModel):
    """Word models and line trees."""

    def look(self, blocks: Sequence[Block], stated: Floats, title: str) -> Known:
        """Return what is known of the lines before trafilatura is asked."""
        page = view([block.line for block in blocks])
        columns = features.plain(page, blocks, title)
        return Known(page, columns, features.groups(blocks), stated, chances(page, self.words, self.asides))

    def judge(self, known: Known, choice: Choice | None = None) -> Floats:
        """Return each line's probability of being part of the article."""
        return self.trees["lines"].probability(known.features(choice)) if len(known.page) else np.zeros(0, np.float32)


FILE = ModelFile(Model, Path(__file__).with_name("model.npz"), "WINNOW_HTML_MODEL", features.NAMES, ["lines"])
load = FILE.load
